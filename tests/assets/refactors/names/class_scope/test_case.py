import subject


def test_a_voice_ends_with_a_full_stop():
    assert subject.Voice().say("hello") == "hello."
    assert subject.Voice().say("") == "."


def test_loud_is_in_capitals():
    text = subject.Loud().shout("hello")
    assert text[:-1] == "HELLO"


def test_marks():
    assert subject.Voice.MARK == subject.MARK == "."
    assert subject.Loud.MARK == "!"
