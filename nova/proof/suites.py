"""How a target's tests are started when nobody declared it: by its own settings, else by what its tests look like."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.proof.commands import INSTEAD, TestCommand, read_command, read_words
from nova.proof.testing import Untestable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FOLDERS = ("tests", "test", "testing")
_POSARGS = re.compile(r"\{posargs(?::([^{}]*))?\}")
_NO_TESTS = Untestable(
    "no tests were found: no settings of pytest, no tests folder, no test_*.py",
    f"where there are some, {INSTEAD}",
)


@dataclass(frozen=True, slots=True)
class Suite:
    """A command that was found, as a person would write it, and in words where it was found."""

    command: TestCommand
    written: str
    found: str


def detected(root: Path) -> Suite | Untestable:
    """How the tests of a folder are started. Without settings pytest is taken; it runs unittest's tests too."""
    settings = _pytest_settings(root)
    if settings:
        return Suite(TestCommand("pytest"), "python -m pytest", f"pytest, by its settings in {settings}")
    said: Untestable | None = None
    for look in (tox, nox):
        found = look(root)
        if isinstance(found, Suite):
            return found
        said = said or found
    folder = tests_folder(root)
    if folder is not None:
        return _by_looks(root, folder)
    return said or _NO_TESTS


def _by_looks(root: Path, folder: str) -> Suite:
    """Say pytest where any test asks for it; unittest where all are its own, for then nothing else need be there."""
    texts = [_text(path) for path in sorted((root / folder).rglob("test*.py"))[:200]]
    if any(re.search(r"^\s*(?:import|from) pytest\b", text, re.MULTILINE) for text in texts):
        return Suite(TestCommand("pytest"), "python -m pytest", f"pytest, which its tests in {folder or '.'} import")
    if texts and all("unittest" in text or not re.search(r"^def test", text, re.MULTILINE) for text in texts):
        top = ("-t", ".") if folder and (root / folder / "__init__.py").is_file() else ()
        start = ("-s", folder) if folder else ()
        words = ("discover", *start, *top)
        return Suite(
            TestCommand("unittest", words), " ".join(("python -m unittest", *words)),
            f"unittest, for the tests in {folder or '.'} are of that kind",
        )  # fmt: skip
    return Suite(TestCommand("pytest"), "python -m pytest", f"pytest, for there are tests in {folder or '.'}")


def tests_folder(root: Path) -> str | None:
    """Where a folder holds its tests: a folder's name, ``""`` for beside the code, None for nowhere."""
    for name in _FOLDERS:
        if next((root / name).rglob("test*.py"), None) or next((root / name).rglob("*_test.py"), None):
            return name
    return "" if next(root.glob("test_*.py"), None) else None


def _pytest_settings(root: Path) -> str:
    """The file that holds pytest's settings, in the order in which pytest looks; empty where none does."""
    for name in ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"):
        if (root / name).is_file():
            return name
    tool = _table(pyproject(root), "tool")
    if "pytest" in tool:
        return "pyproject.toml"
    for name, section in (("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")):
        if ini(root / name).has_section(section):
            return name
    return ""


def tox(root: Path, environment: str = "testenv") -> Suite | Untestable | None:
    """What tox runs: the first command of its environment that runs tests; None where the folder knows no tox."""
    settings = ini(root / "tox.ini")
    name = "tox.ini"
    if not settings.has_section(environment):
        legacy = _table(_table(pyproject(root), "tool"), "tox").get("legacy_tox_ini")
        settings, name = _parsed(legacy if isinstance(legacy, str) else ""), "the tox settings in pyproject.toml"
    if not settings.has_section(environment):
        return None
    lines = _lines(settings.get(environment, "commands", fallback=""))
    for line in lines:
        plain = _POSARGS.sub(lambda m: m[1] or "", line.removeprefix("-").strip())
        plain = plain.replace("{envpython}", "python").replace("{toxinidir}", ".").replace("{tox_root}", ".")
        if (
            "{" not in plain
            and isinstance(found := read_command(plain), TestCommand)
            and found.runner not in {"tox", "nox"}
        ):
            return Suite(found, " ".join(plain.split()), f"the command in {name}")
    return Untestable(f"no command in {name} could be read", INSTEAD)


def _lines(text: str) -> list[str]:
    """The lines of a setting, those that end in a backslash joined."""
    return [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip() and line.strip()[0] != "#"]


def nox(root: Path) -> Suite | Untestable | None:
    """What nox runs: the first plain ``session.run("pytest", ...)``; its file is parsed, never run."""
    path = root / "noxfile.py"
    if not path.is_file():
        return None
    try:
        tree = ast.parse(_text(path))
    except (SyntaxError, ValueError):
        return Untestable("noxfile.py cannot be parsed", INSTEAD)
    for words in _sessions(tree):
        found = read_words(words)
        if isinstance(found, TestCommand) and found.runner not in {"tox", "nox"}:
            return Suite(found, " ".join(words), "session.run in noxfile.py")
    return Untestable('no plain  session.run("pytest", ...)  is in noxfile.py', INSTEAD)


def _sessions(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """The words of each ``session.run`` whose first ones are written out; what is starred in after them is left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run":
            given = [a for a in node.args if not isinstance(a, ast.Starred)]
            words = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if words and len(words) == len(given):
                yield tuple(words)


def pyproject(root: Path) -> dict[str, Any]:
    """The target's pyproject; empty where it is none, or no TOML."""
    try:
        return tomllib.loads(_text(root / "pyproject.toml"))
    except tomllib.TOMLDecodeError:
        return {}


def ini(path: Path) -> configparser.ConfigParser:
    """A file of that form; empty where it is none."""
    return _parsed(_text(path))


def _parsed(text: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        found.read_string(text)
    except configparser.Error:
        return configparser.ConfigParser(interpolation=None)
    return found


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""
