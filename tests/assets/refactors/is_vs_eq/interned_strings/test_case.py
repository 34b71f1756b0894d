import pytest

import subject


@pytest.mark.parametrize(("word", "answer"), [("help", True), ("quit", False), ("", False), ("HELP", False)])
def test_help(word, answer):
    assert subject.is_help(word) is answer


def test_answers():
    assert subject.answer("help") == "say quit to leave"
    assert subject.answer("quit") is None
    assert subject.answer("x") == "unknown: x"
