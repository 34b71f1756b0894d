import subject


def test_a_value_is_stored_under_the_current_key():
    feed = subject.Feed(["a", "b"])
    assert feed.fetch(lambda feed: 1) == {"a": 1}


def test_a_loader_that_advances_stores_under_the_new_key():
    feed = subject.Feed(["a", "b"])

    def loader(feed):
        feed.advance()
        return 2

    assert feed.fetch(loader) == {"b": 2}
