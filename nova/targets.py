"""Targets: a repository and its settings, from a file of its own or from ``[tool.nova]`` in its pyproject."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEVELS = ("info", "low", "medium", "high", "never")
PROOFS = ("proven", "tested", "unproven")
REPORTS = ("auto", "check", "status", "none")


@dataclass(frozen=True, slots=True)
class Target:
    """One target. Lists are tuples; what a file does not set has the value given here."""

    name: str
    source: str = ""
    """Where the settings were read: a path, ``pyproject.toml``, or empty for the defaults."""
    description: str = ""
    path: str | None = None
    branch: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "never"
    top: int = 10
    test_command: str = ""
    test_environment: str = ""
    trusted: bool = False
    least_proof: str = "proven"
    protected: tuple[str, ...] = ()
    verdicts_in_repository: bool = False
    goals: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    github_api: str = ""
    """Believed only from a person's own settings, as ``trusted`` and ``github_repository`` are: a token goes there."""
    github_repository: str = ""
    github_comments: int = 7
    github_report: str = "auto"
    github_sarif: bool = False


@dataclass(frozen=True, slots=True)
class _Key:
    field: str
    kind: type
    choices: tuple[str, ...] = ()


_SECTIONS: Mapping[str, Mapping[str, _Key]] = {
    "target": {
        "name": _Key("name", str),
        "description": _Key("description", str),
        "path": _Key("path", str),
        "branch": _Key("branch", str),
    },
    "review": {
        "select": _Key("select", list),
        "ignore": _Key("ignore", list),
        "exclude": _Key("exclude", list),
        "fail_on": _Key("fail_on", str, LEVELS),
        "top": _Key("top", int),
    },
    "test": {"command": _Key("test_command", str), "environment": _Key("test_environment", str)},
    "trust": {"run": _Key("trusted", bool)},
    "proof": {"least": _Key("least_proof", str, PROOFS)},
    "protected": {"paths": _Key("protected", list)},
    "verdicts": {"in_repository": _Key("verdicts_in_repository", bool)},
    "context": {
        "goals": _Key("goals", list),
        "values": _Key("values", list),
        "constraints": _Key("constraints", list),
    },
    "github": {
        "api": _Key("github_api", str),
        "repository": _Key("github_repository", str),
        "comments": _Key("github_comments", int),
        "report": _Key("github_report", str, REPORTS),
        "sarif": _Key("github_sarif", bool),
    },
}


def read(data: Mapping[str, Any], source: str, name: str) -> Target:
    """The target that parsed TOML describes; ``name`` is used where it names none.

    Raises ``TargetError`` for a section, key or value that is not one, naming the nearest that is.
    """
    found: dict[str, Any] = {"name": name}
    for section, keys in data.items():
        known = _SECTIONS.get(section)
        if known is None:
            raise _unknown(section, source)
        if not isinstance(keys, dict):
            raise TargetError(
                f"[{section}] in {source} is not a table", next_step=f"write  [{section}]  and its keys below"
            )
        for key, value in keys.items():
            if key not in known:
                raise _unknown_key(key, section, source)
            found[known[key].field] = _checked(value, known[key], f"{section}.{key}", source)
    return Target(**found, source=source)


def _unknown(section: str, source: str) -> TargetError:
    home = next((s for s, keys in _SECTIONS.items() if section in keys), None)
    if home is not None:
        return TargetError(f"{section} stands outside its table in {source}", next_step=f"move it below  [{home}]")
    return TargetError(
        f"{source} has a table [{section}] that Nova does not know", next_step=_nearest(section, _SECTIONS)
    )


def _unknown_key(key: str, section: str, source: str) -> TargetError:
    home = next((s for s, keys in _SECTIONS.items() if key in keys), None)
    import difflib

    near = difflib.get_close_matches(key, _SECTIONS[section], n=1, cutoff=0.5)
    hint = f"move it below  [{home}]" if home and not near else _nearest(key, _SECTIONS[section])
    return TargetError(f"{source} sets {key} in [{section}], which Nova does not know", next_step=hint)


def _nearest(word: str, known: Mapping[str, object]) -> str:
    import difflib

    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"


def _checked(value: Any, key: _Key, name: str, source: str) -> Any:
    if key.kind is list:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise TargetError(
            f"{name} in {source} must be a list of texts", next_step=f'write  {name.split(".")[1]} = ["..."]'
        )
    if not isinstance(value, key.kind) or (key.kind is int and isinstance(value, bool)):
        kind = {str: "a text", int: "a whole number", bool: "true or false"}[key.kind]
        raise TargetError(f"{name} in {source} must be {kind}, not {value!r}")
    if key.choices and value not in key.choices:
        raise TargetError(f"{name} in {source} is {value!r}", next_step=f"one of: {', '.join(key.choices)}")
    if isinstance(value, int) and key.kind is int and value < 1:
        raise TargetError(f"{name} in {source} must be 1 or more")
    return value


def load_file(path: Path) -> Target:
    """The target in a TOML file, named by the file where it names itself nothing else.

    Raises ``TargetError``.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TargetError(f"{path} cannot be read", why=str(error)) from error
    return read(_parsed(text, str(path)), str(path), path.stem)


def from_pyproject(text: str, name: str, source: str = "pyproject.toml") -> Target:
    """The target that ``[tool.nova]`` describes; the defaults where there is none.

    Raises ``TargetError``; a pyproject that is no TOML at all counts as one without the table.
    """
    if "tool.nova" not in text and "[tool]" not in text:
        return Target(name)
    try:
        data = _parsed(text, source)
    except TargetError:
        if "[tool.nova" in text:
            raise
        return Target(name)
    tool = data.get("tool")
    table = tool.get("nova") if isinstance(tool, dict) else None
    if table is None:
        return Target(name)
    if not isinstance(table, dict):
        raise TargetError(f"[tool.nova] in {source} is not a table")
    return read(table, source, name)


def _parsed(text: str, source: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TargetError(f"{source} is not valid TOML", why=str(error)) from error


def shipped() -> Path:
    """The folder of the targets that come with Nova."""
    here = Path(__file__).resolve().parent.parent / "repo_targets"
    if here.is_dir():
        return here
    from importlib.resources import files

    return Path(str(files("repo_targets")))


def every(own: Path) -> Iterator[tuple[Path, Target | TargetError]]:
    """Each target file, the user's own first; one that is wrong comes as its error. An own one hides a shipped one."""
    seen: set[str] = set()
    for folder in (own, shipped()):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            if path.stem in seen:
                continue
            seen.add(path.stem)
            try:
                yield path, load_file(path)
            except TargetError as error:
                yield path, error


def named(name: str, own: Path) -> Target:
    """The target of that name.

    Raises ``TargetError`` where there is none, or where it is wrong.
    """
    names = []
    for path, target in every(own):
        if isinstance(target, TargetError):
            if path.stem == name:
                raise target
            continue
        names.append(target.name)
        if name in {target.name, path.stem}:
            return target
    import difflib

    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    raise TargetError(
        f"there is no target called {name}",
        next_step=f"did you mean {near[0]}?" if near else f"known: {', '.join(names)}  (nova targets lists them)",
    )


def folder_of(target: Target) -> Path:
    """Where a target's repository is.

    A relative path counts from the folder that holds the settings file's folder, so ``path = "."`` in
    ``repo_targets/nova.toml`` is the repository that ships it. Raises ``TargetError`` where no path is set.
    """
    if target.path is None:
        raise TargetError(
            f"target {target.name} does not say where its repository is",
            why="its goals and values are known, its files are not",
            next_step=f"copy {target.source} to your configuration folder (nova targets shows it) "
            'and add  path = "..."  below [target]',
        )
    path = Path(os.path.expanduser(target.path))
    if path.is_absolute():
        return path
    home = Path(target.source).resolve().parent.parent
    if not (home / ".git").exists() and home == shipped().parent:
        raise TargetError(
            f"target {target.name} is the repository that Nova is made in, and this Nova was installed without it",
            next_step="clone that repository, and run  nova review  in it",
        )
    return (home / path).resolve()
