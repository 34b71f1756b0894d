import subject


def test_delays_double():
    delays = subject.schedule(4, {"factor": 3})
    assert [delay() for delay in delays] == [3, 6, 12, 24]


def test_the_total_of_the_delays():
    assert subject.total(subject.schedule(3, {"factor": 1})) == 7
    assert subject.total([]) == 0
