import subject


def test_a_counter_goes_on():
    count = subject.counter()
    assert [count(), count(), count()] == [1, 2, 3]


def test_two_counters_do_not_meet():
    one, two = subject.counter(10, 5), subject.counter()
    assert one() == 15
    assert two() == 1
    one.reset()
    assert one() == 15
