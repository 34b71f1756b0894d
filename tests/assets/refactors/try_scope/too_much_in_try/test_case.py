import pytest

import subject


COMMANDS = {"add": lambda *words: "+".join(words), "fail": int}


def test_a_command_is_run():
    assert subject.run_line(COMMANDS, "add 1 2") == "1+2"
    assert subject.run(COMMANDS, "add") == ""


def test_an_unknown_command():
    assert subject.run_line(COMMANDS, "sub 1") == "unknown: sub"
    assert subject.run({}, "add") == "unknown: add"


def test_errors_of_a_command_are_passed_on():
    with pytest.raises(ValueError):
        subject.run_line(COMMANDS, "fail x")


def test_an_empty_line():
    assert subject.run_line(COMMANDS, "  ") is None
