import pytest

import subject


@pytest.mark.parametrize(
    ("words", "answer"), [(["fine"], True), (["bad"], False), (["bad", "fine"], False), ([], True)]
)
def test_clean_words(words, answer):
    assert subject.clean(words, {"bad"}) is answer


def test_the_first_banned_word():
    assert subject.first_banned(["a", "b", "c"], {"b", "c"}) == "b"
    assert subject.first_banned(["a"], set()) is None
