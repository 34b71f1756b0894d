"""Which Pythons a target declares, and where this machine may have them."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

OLDEST, NEWEST = 8, 15
"""The minor versions of Python 3 that can be asked: older ones cannot run the child, newer ones are not known."""
_CLAUSE = re.compile(r"\s*(===|==|~=|!=|<=|>=|<|>|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?\s*$")
_MICROS = (0, 1, 2, 5, 10, 20, 50, 99)
"""Tried for each minor version: a bound such as ``>=3.10.3`` admits some of it."""
_SETUP = re.compile(r"""python_requires\s*=\s*["']?([^"'\n]+)""")


def required(pyproject: str, others: Iterable[str] = ()) -> str:
    """What a target declares of Python, from its pyproject, else from the text of a setup.cfg or setup.py."""
    import tomllib

    try:
        data = tomllib.loads(pyproject)
    except tomllib.TOMLDecodeError:
        data = {}
    project, poetry = data.get("project"), data.get("tool")
    if isinstance(project, dict) and isinstance(project.get("requires-python"), str):
        return str(project["requires-python"])
    for key in ("poetry", "dependencies", "python"):
        poetry = poetry.get(key) if isinstance(poetry, dict) else None
    if isinstance(poetry, str):
        return poetry
    found = (_SETUP.search(text) for text in others)
    return next((match[1].strip() for match in found if match), "")


def admitted(requires: str) -> tuple[str, ...]:
    """The minor versions that a declaration admits, oldest first; all that are known for what says nothing."""
    alternatives = [part for part in requires.split("||") if part.strip()] or [""]
    return tuple(
        f"3.{minor}"
        for minor in range(OLDEST, NEWEST + 1)
        if any(_admits(part, (3, minor, micro)) for part in alternatives for micro in _MICROS)
    )


def _admits(clauses: str, version: tuple[int, int, int]) -> bool:
    return all(_fits(clause, version) for clause in clauses.split(",") if clause.strip())


def _fits(clause: str, version: tuple[int, int, int]) -> bool:
    """Whether a version fits a clause of PEP 440, or of Poetry's ``^`` and ``~``; any other admits all."""
    match = _CLAUSE.match(clause)
    if match is None:
        return True
    sign, numbers, star = match[1] or "==", tuple(map(int, match[2].split("."))), match[3]
    here = version[: len(numbers)]
    if sign in {"==", "===", "!="}:
        same = here == numbers if star or len(numbers) < 3 else version == numbers
        return same if sign != "!=" else not same or (not star and len(numbers) < 3)
    if sign == "^":
        return version >= _padded(numbers) and version[0] == numbers[0]
    if sign in {"~=", "~"}:
        kept = numbers[:-1] if sign == "~=" or len(numbers) > 2 else numbers
        return version >= _padded(numbers) and version[: len(kept)] == kept
    bound = _padded(numbers)
    return {"<": version < bound, "<=": version <= bound, ">": version > bound, ">=": version >= bound}[sign]


def _padded(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return (*numbers, 0, 0)[:3]


def candidates(version: str, folders: Sequence[Path]) -> list[str]:
    """Programs that may be this version of Python, the one on the PATH first; which of them run is for the caller.

    A shim, which looks for a Python each time it is called, comes after the Pythons themselves.
    """
    name = f"python{version}"
    on_path = shutil.which(name)
    beside = [str(folder / name) for folder in reversed(folders) if (folder / name).is_file()]
    if on_path is None:
        return beside
    return [*beside, on_path] if "/shims/" in on_path else [on_path, *beside]
