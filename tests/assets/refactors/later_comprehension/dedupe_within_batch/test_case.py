import subject


def test_articles_are_shown_once():
    feed = subject.Feed()
    assert feed.push([("/a", "A"), ("/b", "B")]) == 2
    assert feed.push([("/b", "B again"), ("/c", "C")]) == 1
    assert feed.push([("/a", "A"), ("/c", "C")]) == 0
    assert feed.titles == ["A", "B", "C"]
    assert feed.seen == {"/a", "/b", "/c"}


def test_empty_batch():
    feed = subject.Feed()
    assert feed.push([]) == 0
    assert feed.page(1) == []


def test_pages():
    feed = subject.Feed()
    feed.push((f"/{n}", str(n)) for n in range(5))
    assert feed.page(1, size=2) == ["0", "1"]
    assert feed.page(3, size=2) == ["4"]
    assert feed.page(1) == ["0", "1", "2", "3", "4"]
