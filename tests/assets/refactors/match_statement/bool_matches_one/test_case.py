import subject


def test_levels():
    assert subject.levels([True, False, None, 1, 0, "full", "x"]) == [
        "all", "none", "none", "some", "none", "all", "none",
    ]


def test_a_level():
    assert subject.level(1.0) == "some"
    assert subject.level(2) == "none"
