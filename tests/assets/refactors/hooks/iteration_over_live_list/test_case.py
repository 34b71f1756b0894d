import subject


def test_all_listeners_are_called():
    event, heard = subject.Event(), []
    event.add(heard.append)
    event.add(lambda value: heard.append(-value))
    assert event.fire(3) == 2
    assert heard == [3, -3]


def test_who_has_left_is_not_called():
    event, heard = subject.Event(), []
    listener = event.add(heard.append)
    event.remove(listener)
    event.remove(listener)
    assert event.fire(1) == 0
    assert heard == []
