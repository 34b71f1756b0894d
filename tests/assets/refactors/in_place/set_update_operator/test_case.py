import subject


def test_a_union():
    assert subject.union({1}, {2}, {1, 3}) == {1, 2, 3}
    assert subject.union() == set()


def test_the_groups_stay_as_they_are():
    seen, found = {1}, {2}
    subject.union(seen, found)
    assert (seen, found) == ({1}, {2})


def test_what_is_new():
    assert subject.new({1}, {3, 1, 2}) == [2, 3]
    assert subject.LIMITS == (-5, 1024)
