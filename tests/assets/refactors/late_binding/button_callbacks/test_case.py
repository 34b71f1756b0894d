import pytest

import subject


def test_an_entry_sends_its_name():
    sent = []
    commands = subject.menu(["save"], sent.append)
    subject.press(commands, "save")
    assert sent == ["save"]


def test_the_entries_are_in_order():
    commands = subject.menu(["open", "save", "quit"], str.upper)
    assert list(commands) == ["open", "save", "quit"]
    assert subject.press(commands, "quit") == "QUIT"


def test_an_unknown_entry_is_an_error():
    with pytest.raises(KeyError, match="no entry close"):
        subject.press(subject.menu([], print), "close")
