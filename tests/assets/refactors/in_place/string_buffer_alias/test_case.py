import subject


def test_events_are_added():
    history = subject.History([1]).add(2, 3)
    assert history.events == [1, 2, 3]


def test_a_snapshot_does_not_change():
    history = subject.History([1])
    snapshot = history.snapshot()
    history.add(2)
    assert snapshot == [1]
    assert history.snapshot() == [1, 2]
