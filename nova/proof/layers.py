"""The folders that are laid over one another to be the tree of a run; the target's own is only read."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nova.proof.mounts import NOBODY

if TYPE_CHECKING:
    from nova.proof.running import Tree

_LEFTOVERS = frozenset({
    "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".tox", ".nox", ".coverage",
})  # fmt: skip
"""What tools leave behind, in which an earlier run could speak to a later one."""


def layered(tree: Tree, scratch: Path, python: Path | None, *, root: bool) -> list[Path]:
    """The layers, the lowest first: the tree, and what is changed of it. OSError where one cannot be made.

    For root the tree is copied: the command runs as nobody, who could neither read nor change all of root's files. A
    folder that ``prepare`` made is nobody's already, and is taken as it is.
    """
    lowest = tree.folder
    if root and tree.folder.stat().st_uid != NOBODY:
        lowest = scratch / "tree"
        copy(tree.folder, lowest, python)
        _give(lowest)
    layers = [lowest]
    if tree.changed:
        layers.append(scratch / "changed")
        lay(tree, scratch / "changed")
        if root:
            _give(scratch / "changed")
    return layers


def prepare(folder: Path, to: Path, python: Path | None = None) -> None:
    """Copy a tree once for many runs, without what earlier runs of tools have left in it. OSError where that fails."""
    copy(folder, to, python, leave=_LEFTOVERS)
    if os.geteuid() == 0:
        _give(to)


def copy(folder: Path, to: Path, python: Path | None = None, leave: frozenset[str] = frozenset()) -> None:
    """Copy a tree, links as links, without its git folder, an environment that lies within it, pipes and sockets.

    Nor is what has a name in ``leave`` copied, wherever it stands.
    """
    environment = str(python.parent.parent) if python else ""

    def left_out(at: str, names: list[str]) -> list[str]:
        within = (Path(at, name) for name in names)
        return [
            path.name
            for path in within
            if path.name in leave or str(path) == environment or _odd(path) or path == folder / ".git"
        ]

    shutil.copytree(folder, to, symlinks=True, ignore=left_out)


def lay(tree: Tree, to: Path) -> None:
    """Write the changed files of a tree below a folder. OSError for a path that leaves the tree or crosses a link."""
    to.mkdir(exist_ok=True)
    for name, data in tree.changed.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise OSError(f"{name} is not a path within the tree")
        if any((tree.folder / parent).is_symlink() for parent in (path, *path.parents)[:-1]):
            raise OSError(f"{name} lies behind a symbolic link")
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_bytes(data)
        if (tree.folder / path).exists():
            (to / path).chmod(stat.S_IMODE((tree.folder / path).stat().st_mode))


def _odd(path: Path) -> bool:
    mode = path.lstat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


def _give(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(os.path.join(at, name), NOBODY, NOBODY, follow_symlinks=False)
