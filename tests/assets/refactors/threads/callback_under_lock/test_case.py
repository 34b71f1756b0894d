import subject


def test_news_is_kept():
    board = subject.Board()
    assert board.publish("a") == 1
    assert board.publish("b") == 2
    assert board.news == ["a", "b"]


def test_readers_are_told():
    board, told = subject.Board(), []
    board.readers += [told.append, told.append]
    board.publish("x")
    assert told == ["x", "x"]


def test_the_lock_is_free_in_the_end():
    board = subject.Board()
    board.publish("a")
    assert not board.lock.locked()
