import subject


def test_an_event_without_tags_is_its_name():
    assert subject.Event("start").line() == "start"
    assert subject.Event("start", {}).line() == "start"


def test_tags_are_sorted():
    event = subject.Event("stop", {"b": 2}).tag("a", 1)
    assert event.line() == "stop|a=1,b=2"


def test_tags_that_are_given_are_shared():
    tags = {"b": 2}
    subject.Event("stop", tags).tag("a", 1)
    assert tags == {"a": 1, "b": 2}


def test_two_events_share_nothing():
    subject.Event("one").tag("a", 1)
    assert subject.Event("two").tags == {}
