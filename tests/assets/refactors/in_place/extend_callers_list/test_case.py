import pytest

import subject


def test_a_command_line():
    assert subject.command("cc", ["-v"]) == ["cc", "-v"]
    assert subject.command("cc", ["-v"], ("-O2", "-g")) == ["cc", "-v", "-O2", "-g"]
    assert subject.command("ls", []) == ["ls"]


def test_flags_that_contradict():
    with pytest.raises(ValueError, match="quiet and verbose"):
        subject.command("cc", ["-q"], ["-v"])


def test_quotes_where_needed():
    assert subject.quoted(["cat", "my file"]) == 'cat "my file"'
