import pytest

import subject


def test_rows_are_written():
    book = subject.Book()
    book.write(lambda: 1)
    assert (book.rows, book.rolled_back) == ([1], 0)


def test_errors_of_the_maker_are_rolled_back():
    book = subject.Book()
    book.write(lambda: int("x"))
    assert (book.rows, book.rolled_back) == ([], 1)


def test_errors_of_the_commit_are_not():
    book = subject.Book()
    with pytest.raises(ValueError, match="nothing"):
        book.write(lambda: None)
    assert book.rolled_back == 0
