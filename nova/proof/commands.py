"""Reads a test command as a person writes it, as far as it can be read without running it. Pure."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.proof.testing import Untestable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INSTEAD = 'write the command that runs the tests, as  [test] command = "python -m pytest -q tests"'
"""What to do where a command cannot be read through."""
_SHELL = re.compile(r"[|<>`;]|&|\$")
_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")
_PYTHON = re.compile(r"(?:python|py|pypy)(?:\d(?:\.\d+)?)?(?:\.exe)?$")
_RUNNERS = frozenset({"uv", "poetry", "hatch", "pdm", "pipenv", "rye"})
_VALUED = frozenset({
    "--group", "--only-group", "--no-group", "--extra", "--no-extra", "--with", "--with-requirements", "--package",
    "--project", "--directory", "--env-file", "--python", "-p", "-C", "-P", "-e", "--env",
})  # fmt: skip
_INDIRECT = {
    "make": "what make runs is written in the Makefile, and Nova does not read that",
    "just": "what just runs is written in the justfile, and Nova does not read that",
    "invoke": "what invoke runs is written in tasks.py, and Nova does not read that",
    "sh": "a shell script is not read",
    "bash": "a shell script is not read",
}
DEFERRING = ("tox", "nox")
"""Commands that run what their own settings say."""


@dataclass(frozen=True, slots=True)
class TestCommand:
    """A command that was read: the runner, what it is given, and what stands around it.

    ``runner`` is pytest or unittest, or tox or nox, whose settings say what to run. ``python`` is the interpreter where
    the command names one by a path. ``folder`` is where it is run, relative to the root; ``""`` is the root.
    """

    __test__ = False

    runner: str
    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    folder: str = ""


def read_command(text: str) -> TestCommand | Untestable:
    """What a command runs, or why that cannot be told."""
    folder = ""
    match = re.match(r"\s*cd\s+(\S+)\s*&&\s*(.*)$", text, re.DOTALL)
    if match:
        folder, text = match[1].strip("\"'").removeprefix("./").strip("/"), match[2]
        if folder.startswith(("/", "~")) or ".." in folder.split("/"):
            return _unread(text, "it leaves the repository")
    try:
        words = shlex.split(text)
    except ValueError as error:
        return _unread(text, f"its quotes do not match ({error})")
    if any(_SHELL.search(word) for word in _bare(text)):
        return _unread(text, "it needs a shell, and no shell is started here")
    found = read_words(words, text)
    if isinstance(found, Untestable):
        return found
    return replace(found, folder="" if folder == "." else folder)


def _bare(text: str) -> list[str]:
    """The words of a command as a shell splits them, without those that are quoted."""
    return [word for word in shlex.split(text, posix=False) if word[:1] not in {"'", '"'}]


def _unread(text: str, why: str) -> Untestable:
    return Untestable(f"the test command ({text.strip()}) cannot be read: {why}", INSTEAD)


def read_words(words: Sequence[str], text: str = "") -> TestCommand | Untestable:
    """The same of a command that is split into words already."""
    rest, variables = _unwrapped(list(words))
    if not rest:
        return _unread(text or shlex.join(words), "it names no program")
    program = rest[0].replace("\\", "/").rpartition("/")[2]
    path = rest[0] if "/" in rest[0] else ""
    if program in {"pytest", "py.test"}:
        python = path.rpartition("/")[0] + "/python" if path else ""
        return TestCommand("pytest", tuple(rest[1:]), variables, python)
    if program in DEFERRING:
        return TestCommand(program, tuple(rest[1:]), variables)
    if program == "coverage":
        return _covered(rest, variables, text)
    if _PYTHON.match(program):
        return _python(rest, variables, path, text)
    why = _INDIRECT.get(program, f"{rest[0]} is no test runner that Nova knows: pytest and unittest are")
    return _unread(text or shlex.join(words), why)


def _unwrapped(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """A command without what only prepares for it, and the variables that are set for it."""
    variables: dict[str, str] = {}
    while words:
        if _ASSIGNED.match(words[0]):
            name, _, value = words.pop(0).partition("=")
            variables[name] = value
        elif words[0] == "env":
            words.pop(0)
        elif words[0] in _RUNNERS and len(words) > 1 and words[1] == "run":
            words = _without_options(words[2:])
            if ":" in words[0] if words else False:
                words[0] = words[0].partition(":")[2]
        else:
            break
    return words, variables


def _without_options(words: list[str]) -> list[str]:
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option == "--":
            break
        if option in {"-m", "--module"}:
            return ["python", "-m", *words]
        if option in _VALUED and words:
            words.pop(0)
    return words


def _covered(words: Sequence[str], variables: Mapping[str, str], text: str) -> TestCommand | Untestable:
    """``coverage run [OPTIONS] -m pytest ...``: the lines that tests run are recorded here in another way."""
    if words[1:2] == ["run"] and "-m" in words:
        return _module(list(words[words.index("-m") + 1 :]), variables, "", text or shlex.join(words))
    return _unread(text or shlex.join(words), "of coverage only  coverage run -m pytest  is understood")


def _python(words: Sequence[str], variables: Mapping[str, str], path: str, text: str) -> TestCommand | Untestable:
    own, rest = dict(variables), list(words[1:])
    while rest:
        option = rest.pop(0)
        if option == "-m":
            return _module(rest, own, path, text or shlex.join(words))
        if option.startswith("-W"):
            own["PYTHONWARNINGS"] = option[2:] or (rest.pop(0) if rest else "")
        elif option == "-X" and rest[:1] == ["dev"]:
            own["PYTHONDEVMODE"] = rest.pop(0) and "1"
        elif option not in {"-B", "-u", "-s"}:
            return _unread(text or shlex.join(words), f"of a script ({option}) it is not known which tests it runs")
    return _unread(text or shlex.join(words), "it names no module to run")


def _module(words: list[str], variables: Mapping[str, str], path: str, text: str) -> TestCommand | Untestable:
    module = words[0] if words else ""
    if module in {"pytest", "unittest"}:
        return TestCommand(module, tuple(words[1:]), variables, path)
    if module in DEFERRING:
        return TestCommand(module, tuple(words[1:]), variables)
    if module == "coverage":
        return _covered(words, variables, text)
    return _unread(text, f"{module or 'nothing'} is no test runner that Nova knows: pytest and unittest are")
