import subject


def test_the_last_one_is_first():
    recent = subject.Recent()
    assert recent.menu() == []
    recent.opened("/a", "A")
    recent.opened("/b", "B")
    assert recent.menu() == ["B", "A"]


def test_the_oldest_one_leaves():
    recent = subject.Recent(size=2)
    for name in "abcd":
        recent.opened("/" + name, name)
    assert recent.menu() == ["d", "c"]
    assert list(recent.titles) == ["/c", "/d"]


def test_opened_again():
    recent = subject.Recent()
    recent.opened("/a", "A")
    recent.opened("/b", "B")
    recent.opened("/b", "B, renamed")
    assert recent.menu() == ["B, renamed", "A"]
    assert len(recent.titles) == 2
