import subject


def test_a_token_has_a_text():
    assert repr(subject.Token("if")) == "<if>"


def test_a_token_has_a_number():
    assert subject.Token("x").number >= 1


def test_tokens_of_a_text():
    found = subject.tokens("a b  c")
    assert [token.text for token in found] == ["a", "b", "c"]
    assert subject.tokens("") == []
