from __future__ import annotations

import pytest

from nova.proof.commands import TestCommand, read_command
from nova.proof.testing import Untestable


@pytest.mark.parametrize(
    ("text", "runner", "arguments"),
    [
        ("pytest -q tests", "pytest", ("-q", "tests")),
        ("py.test", "pytest", ()),
        ("python -m pytest -k 'a and b'", "pytest", ("-k", "a and b")),
        ("python3.12 -B -m pytest", "pytest", ()),
        ("python -m unittest discover -s tests", "unittest", ("discover", "-s", "tests")),
        ("uv run pytest -x", "pytest", ("-x",)),
        ("uv run --group test --with hypothesis -- pytest", "pytest", ()),
        ("uv run -m pytest tests", "pytest", ("tests",)),
        ("poetry run python -m pytest", "pytest", ()),
        ("hatch run test:pytest -q", "pytest", ("-q",)),
        ("env A=1 poetry run pytest", "pytest", ()),
        ("coverage run --branch -m pytest tests", "pytest", ("tests",)),
        ("python -m coverage run -m unittest", "unittest", ()),
        ("tox -e py", "tox", ("-e", "py")),
    ],
)
def test_a_command_is_read_through_what_stands_before_it(text: str, runner: str, arguments: tuple[str, ...]) -> None:
    found = read_command(text)
    assert isinstance(found, TestCommand)
    assert (found.runner, found.arguments) == (runner, arguments)


def test_variables_the_folder_and_the_interpreter_are_kept() -> None:
    found = read_command("cd ./backend && env A=1 B='x y' ../.venv/bin/python -W error -X dev -m pytest")
    assert isinstance(found, TestCommand)
    assert found.folder == "backend"
    assert found.python == "../.venv/bin/python"
    assert found.variables == {"A": "1", "B": "x y", "PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"}
    beside = read_command(".venv/bin/pytest")
    assert isinstance(beside, TestCommand)
    assert beside.python == ".venv/bin/python"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("make test", "Makefile"),
        ("pytest | tee log", "needs a shell"),
        ("pytest && echo done", "needs a shell"),
        ("pytest $FLAGS", "needs a shell"),
        ("cd .. && pytest", "leaves the repository"),
        ("pytest 'a", "quotes"),
        ("./runtests.py", "no test runner"),
        ("python runtests.py", "of a script"),
        ("python -m nose", "nose is no test runner"),
        ("sh test.sh", "shell script"),
        ("A=1", "names no program"),
    ],
)
def test_what_cannot_be_read_says_so_and_what_to_write_instead(text: str, says: str) -> None:
    found = read_command(text)
    assert isinstance(found, Untestable)
    assert says in found.why
    assert "[test] command" in found.next_step


def test_shell_signs_within_quotes_are_arguments() -> None:
    found = read_command("pytest -m 'slow|fast' -k \"a & b\"")
    assert isinstance(found, TestCommand)
    assert found.arguments == ("-m", "slow|fast", "-k", "a & b")
