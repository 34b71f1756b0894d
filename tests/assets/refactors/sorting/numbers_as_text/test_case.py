import subject


def test_the_newest():
    assert subject.newest(["1.2", "1.3", "0.9"]) == "1.3"
    assert subject.newest(["1.10", "1.9"]) == "1.10"


def test_patches():
    assert subject.is_patch("1.2.3", "1.2.4")
    assert not subject.is_patch("1.2.3", "1.3.4")
    assert not subject.is_patch("1.2.4", "1.2.3")
