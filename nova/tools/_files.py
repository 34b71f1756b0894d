"""The Python files of a repository as agents look at them: own code, parsed one by one."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nova.tools import World

MENTIONING = (
    ".toml", ".cfg", ".ini", ".yml", ".yaml", ".json", ".html", ".jinja", ".jinja2", ".j2", ".txt", ".pyi", ".pyx",
    ".pxd", ".po", ".sh", ".in",
)  # fmt: skip
"""Endings of files, other than Python's own, that may name what the code defines."""
LARGEST = 1_000_000


@dataclass(frozen=True)
class Files:
    """The texts of a repository's Python files by path, generated and unreadable ones left out."""

    root: str
    texts: Mapping[str, str]
    modules: Mapping[str, str]
    """The dotted name by which each is imported."""
    lost: Mapping[str, str]
    """What could not be read, and why."""

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The paths of code like any other: no tests, examples, migrations or scripts."""
        from reviewers.paths import kind_of_path

        return tuple(path for path in self.texts if not kind_of_path(path))

    def tree(self, path: str) -> ast.Module | None:
        """A file parsed; None where Python refuses it."""
        return parsed(self.texts[path])

    def naming(self, name: str) -> Iterator[str]:
        """The paths of the files in which a name stands as a word."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        return (path for path, text in self.texts.items() if name in text and word.search(text))


def parsed(text: str) -> ast.Module | None:
    """A text as a tree; None where Python refuses it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def files_of(world: World) -> Files:
    """The Python files of the world's repository, as its target settings have them."""
    from nova.globs import matcher
    from nova.ground import reader_of
    from nova.tools._ground import subject_of
    from reviewers.project import module_names
    from reviewers.text import Undecodable, decoded, is_generated, unified

    found = subject_of(world)
    excluded = matcher(found.target.exclude)
    read = reader_of(found)
    texts: dict[str, str] = {}
    lost = {left.path: left.reason for left in found.tree.snapshot.failed}
    for file in found.tree.snapshot.files:
        if excluded(file.path):
            continue
        data = read(file.path)
        if data is None:
            lost[file.path] = "it cannot be read"
        elif not is_generated(data) and b"\0" not in data:
            try:
                texts[file.path] = unified(decoded(data))
            except Undecodable as error:
                lost[file.path] = str(error)
    return Files(found.root, texts, module_names(found.tree.python), lost)


def other_texts(world: World) -> Iterator[tuple[str, str]]:
    """The texts of the repository's other small files that may name what its code defines."""
    from pathlib import Path

    from nova.git import Git
    from nova.tools._ground import root_of

    root, git = root_of(world), Git.at(world.folder)
    if git is None or git.bare:
        return
    for entry in git.index():
        place = Path(root, entry.path)
        if entry.path.endswith(MENTIONING) and place.is_file() and not place.is_symlink():
            try:
                if place.stat().st_size <= LARGEST:
                    yield entry.path, place.read_text("utf-8", "replace")
            except OSError:
                continue  # it is gone meanwhile, and names nothing any more
