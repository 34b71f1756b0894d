"""What a target's own ruff settings ignore: ``--select`` on ruff's command line would override those lists.

Files and lists that ruff honours by itself (``exclude``, ``per-file-ignores``, ``noqa``) are left to it.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAMES = (".ruff.toml", "ruff.toml", "pyproject.toml")
"""In the order in which ruff looks for them in one folder."""
MOST_EXTENDED = 20
_GROUPS = {"C": ("C4", "C90"), "T": ("T10", "T20"), "PL": ("PLC", "PLE", "PLR", "PLW")}
"""Selectors that stand for several prefixes."""


class Settings:
    """The ruff settings of one folder; each file is read once."""

    def __init__(self, folder: str) -> None:
        self._root = folder
        self._layers: dict[str, tuple[Mapping[str, Any], ...]] = {}

    def ignores(self, path: str, code: str) -> bool:
        """Whether the settings that govern a path (relative to the folder) ignore a code."""
        return ignored(self._governing(path.rpartition("/")[0]), code)

    def unreadable(self, paths: Iterable[str]) -> str:
        """A settings file above one of the paths that is no regular file, such as a pipe; empty where all are."""
        for folder in {f for path in paths for f in _upwards(path.rpartition("/")[0])}:
            for name in NAMES:
                place = Path(self._root, folder, name)
                if place.exists() and not place.is_file() and not place.is_dir():
                    return f"{folder}/{name}" if folder else name
        return ""

    def _governing(self, folder: str) -> tuple[Mapping[str, Any], ...]:
        if folder not in self._layers:
            self._layers[folder] = self._read(folder)
        return self._layers[folder]

    def _read(self, folder: str) -> tuple[Mapping[str, Any], ...]:
        for name in NAMES:
            table = _table(Path(self._root, folder, name))
            if table is not None:
                return _with_extended(table, Path(self._root, folder))
        return self._governing(folder.rpartition("/")[0]) if folder else ()


def ignored(layers: Sequence[Mapping[str, Any]], code: str) -> bool:
    """Whether settings ignore a code; ``layers`` are the tables, what is extended before what extends it.

    In one table the longest selector that fits decides, and of equal ones the ignoring one. A table with a
    ``select`` of its own forgets what was said before it.
    """
    answer = False
    for table in layers:
        lint = table.get("lint")
        parts = [table, lint] if isinstance(lint, dict) else [table]
        wanted = [s for part in parts for key in ("select", "extend-select") for s in _texts(part.get(key))]
        refused = [s for part in parts for key in ("ignore", "extend-ignore") for s in _texts(part.get(key))]
        if any("select" in part for part in parts):
            answer = False
        take, leave = _longest(wanted, code), _longest(refused, code)
        if leave >= 0 or take >= 0:
            answer = leave >= take
    return answer


def _longest(selectors: Iterable[str], code: str) -> int:
    """The length of the longest selector that means the code: 0 for ``ALL``, -1 for none."""
    best = -1
    for selector in selectors:
        if selector == "ALL":
            best = max(best, 0)
        elif any(_means(prefix, code) for prefix in _GROUPS.get(selector, (selector,))):
            best = max(best, len(selector))
    return best


def _means(prefix: str, code: str) -> bool:
    rest = code.removeprefix(prefix)
    return bool(prefix) and rest != code and (not rest or prefix[-1].isdigit() or rest[0].isdigit())


def _with_extended(table: Mapping[str, Any], folder: Path) -> tuple[Mapping[str, Any], ...]:
    layers = [table]
    while isinstance(name := layers[0].get("extend"), str) and len(layers) < MOST_EXTENDED:
        place = folder / os.path.expanduser(os.path.expandvars(name))
        below = _table(place)
        if below is None:
            break
        layers.insert(0, below)
        folder = place.parent
    return tuple(layers)


def _table(path: Path) -> Mapping[str, Any] | None:
    """The settings of ruff in a file; None where there are none. What is broken is ruff's to complain of."""
    if not path.is_file():
        return None
    try:
        data: Any = tomllib.loads(path.read_text("utf-8"))
        table = data.get("tool", {}).get("ruff") if path.name == "pyproject.toml" else data
    except (OSError, ValueError, AttributeError):
        return None
    return table if isinstance(table, dict) else None


def _upwards(folder: str) -> Iterable[str]:
    yield folder
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _texts(value: object) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
