"""Which packages a target's tests need, read from the files that name them; resolving them is left to pip."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nova.proof.poetry import poetry_requirements
from nova.proof.suites import ini, pyproject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_TEST, _DEV = frozenset({"test", "tests", "testing"}), frozenset({"dev", "develop", "development"})
_FILE = re.compile(
    r"(?:requirements[-_.\w]*(?:test|dev)\w*|(?:test|tests|testing|dev|development)(?:[-_]requirements)?)\.(?:txt|in)$"
)
_RECIPE = 1
"""Goes up with every change of what is installed, so that no environment is taken for one of another kind."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What to install: the target itself, editable, with extras; requirement files; single requirements.

    ``is_package`` tells whether the target can be installed at all. ``key`` is a digest of all that is said here and
    of the files that say it.
    """

    is_package: bool
    extras: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    key: str = ""

    @property
    def words(self) -> str:
        """For a person."""
        own = ["the target" + (f" with {', '.join(self.extras)}" if self.extras else "")] if self.is_package else []
        count = len(self.requirements)
        single = [f"{count} {'package' if count == 1 else 'packages'} by name"] if count else []
        return ", ".join([*own, *self.files, *single]) or "nothing"


@dataclass(slots=True)
class _Found:
    """What is gathered, by the name of the group that it is of."""

    groups: list[tuple[str, list[str]]] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def chosen(self, names: frozenset[str]) -> tuple[list[str], list[str], list[str]]:
        """The extras, files and requirements of groups of such names."""
        extras = [name for name in self.extras if _plain(name) in names]
        files = [path for path in self.files if any(name in re.split(r"\W|_", path) for name in names)]
        single = [text for name, texts in self.groups if _plain(name) in names for text in texts]
        return extras, files, single


def dependencies(root: Path, runner: str) -> Dependencies:
    """What the tests of a folder need. What is named for tests goes before what is named for development."""
    data = pyproject(root)
    found = _Found([*_groups(data)], [*_extras(root, data)], [*_files(root)])
    extras, files, single = found.chosen(_TEST)
    deps = _tox(root)
    if not (extras or files or single or deps):
        extras, files, single = found.chosen(_DEV)
    is_package = _is_package(root, data)
    if not is_package:
        project = data.get("project")
        own = project.get("dependencies") if isinstance(project, dict) else None
        single = [*(own if isinstance(own, list) else ()), *single]
        if (root / "requirements.txt").is_file():
            files = ["requirements.txt", *files]
    for dep in deps:
        if dep.startswith("-r"):
            files.append(dep[2:].strip())
        elif dep.startswith("."):
            extras += re.findall(r"[\w-]+", dep)
        else:
            single.append(dep)
    if runner == "pytest":
        single.append("pytest")
    extras, files, single = [*dict.fromkeys(extras)], [*dict.fromkeys(files)], [*dict.fromkeys(map(str, single))]
    files = [path for path in files if (root / path).is_file()]
    told = [_RECIPE, is_package, extras, files, single, _stated(data)]
    told += [_read(root / name) for name in ("setup.py", "setup.cfg", "requirements.txt", *files)]
    key = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return Dependencies(is_package, tuple(extras), tuple(files), tuple(single), key)


def _stated(data: Mapping[str, Any]) -> list[Any]:
    """The parts of a pyproject that decide what is installed: settings of linters are none of them."""
    tool = data.get("tool")
    tools = tool if isinstance(tool, dict) else {}
    return [data.get("project"), data.get("build-system"), tools.get("poetry"), tools.get("setuptools")]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_package(root: Path, data: Mapping[str, Any]) -> bool:
    """Whether pip can install it: it names a way to be built, or has setuptools' own files."""
    return "build-system" in data or (root / "setup.py").is_file() or ini(root / "setup.cfg").has_section("metadata")


def _groups(data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The dependency groups of PEP 735, of poetry, and what uv, pdm and hatch called them before."""
    groups = _table(data, "dependency-groups")
    for name in groups:
        yield name, [*_expanded(groups, name, ())]
    tool = _table(data, "tool")
    yield from poetry_requirements(_table(tool, "poetry"))
    for name, listed in _table(_table(tool, "pdm"), "dev-dependencies").items():
        yield name, [*_texts(listed)]
    yield "dev", [*_texts(_table(tool, "uv").get("dev-dependencies"))]
    environments = _table(_table(tool, "hatch"), "envs")
    for name, into in (
        ("default", "dev"),
        ("dev", "dev"),
        ("test", "test"),
        ("tests", "tests"),
        ("hatch-test", "test"),
    ):
        own = _table(environments, name)
        yield into, [*_texts(own.get("dependencies")), *_texts(own.get("extra-dependencies"))]


def _expanded(groups: Mapping[str, Any], name: str, within: tuple[str, ...]) -> Iterator[str]:
    for item in groups.get(name, ()):
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict) and isinstance(other := item.get("include-group"), str) and other not in within:
            real = next((known for known in groups if _plain(known) == _plain(other)), other)
            yield from _expanded(groups, real, (*within, name))


def _extras(root: Path, data: Mapping[str, Any]) -> Iterator[str]:
    yield from _table(_table(data, "project"), "optional-dependencies")
    yield from _table(_table(_table(data, "tool"), "poetry"), "extras")
    settings = ini(root / "setup.cfg")
    if settings.has_section("options.extras_require"):
        yield from settings.options("options.extras_require")
    yield from _setup_extras(_read(root / "setup.py"))


def _setup_extras(text: str) -> Iterator[str]:
    """The names in ``extras_require={...}``, where they are written out; the file is parsed, never run."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        named = isinstance(node, ast.keyword) and node.arg == "extras_require"
        assigned = isinstance(node, ast.Assign) and any("extras" in ast.unparse(t).lower() for t in node.targets)
        if (named or assigned) and isinstance(node.value, ast.Dict):  # type: ignore[attr-defined]
            for key in node.value.keys:  # type: ignore[attr-defined]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value


def _files(root: Path) -> Iterator[str]:
    """Requirement files for tests and development; of a pair only the pinned one."""
    seen = set()
    for folder in ("", "requirements/", "reqs/", "tests/", "test/"):
        for path in sorted((root / folder).glob("*.txt")) + sorted((root / folder).glob("*.in")):
            is_one = _FILE.match(path.name) if folder in {"", "requirements/", "reqs/"} else path.stem == "requirements"
            if folder == "" and "requirements" not in path.name:
                is_one = None
            if is_one and (folder, path.stem) not in seen:
                seen.add((folder, path.stem))
                yield f"{folder}{path.name}"


def _tox(root: Path) -> list[str]:
    """The ``deps`` and ``extras`` of tox's test environment that stand there without a condition."""
    settings = ini(root / "tox.ini")
    if not settings.has_section("testenv"):
        return []
    listed = settings.get("testenv", "deps", fallback="").splitlines()
    extras = settings.get("testenv", "extras", fallback="")
    found = [f".[{extra}]" for extra in re.split(r"[\s,]+", extras) if extra and "{" not in extra]
    for line in listed:
        text = line.partition("#")[0].strip().replace("{toxinidir}/", "").replace("{tox_root}/", "")
        if text and "{" not in text and not re.match(r"[\w!.,-]+\s*:", text):
            found.append(text)
    return [text for text in found if not text.startswith("-") or text.startswith("-r")]


def _table(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""
