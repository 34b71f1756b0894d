from datetime import date, datetime

import subject


DAY = date(2024, 5, 1)


def test_the_day_of_all_sorts():
    assert subject.day_of(DAY) == DAY
    assert subject.day_of("2024-05-01") == DAY
    moment = subject.day_of(datetime(2024, 5, 1, 12))
    assert type(moment) is date


def test_events_of_a_day():
    events = [("a", datetime(2024, 5, 1, 9)), ("b", date(2024, 5, 2)), ("c", "2024-05-01")]
    assert subject.on(events, DAY) == ["a", "c"]
    assert subject.on([], subject.NEVER) == []
