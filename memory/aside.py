"""Files as wholes: set aside by another name, never deleted, and put in place at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_KEPT = 9


def beside(path: Path, suffix: str) -> Path:
    """The path with a suffix behind its whole name."""
    return path.with_name(path.name + suffix)


def free_name(path: Path, suffix: str) -> Path:
    """The first of ``<name><suffix>-1`` to ``-9`` that is free; the last where none is."""
    names = [beside(path, f"{suffix}-{number}") for number in range(1, MOST_KEPT + 1)]
    return next((name for name in names if not name.exists()), names[-1])


def set_aside(path: Path, suffix: str = ".damaged") -> Path:
    """Rename a file out of the way; gives its new path."""
    kept = free_name(path, suffix)
    path.replace(kept)
    return kept


def sync_folder(folder: Path) -> None:
    """Make sure that names created in a folder survive a loss of power, where the system can."""
    if os.name != "nt":
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def sync_file(path: Path) -> None:
    """Make sure that a file that somebody else wrote survives a loss of power."""
    file = os.open(path, os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def put_whole(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, for its owner alone, or leave what is there."""
    fresh = beside(path, ".new")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(file, "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Create a folder and what is missing above it, for their owner alone."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
