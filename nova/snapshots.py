"""Snapshots by git: the work tree, a commit, the staged changes; or a plain folder. What is left out says why."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nova import vendored
from nova.errors import UsageError
from reviewers.snapshot import Left, Snapshot, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nova.git import Entry, Git, Head

_NOT_OURS = frozenset({".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", ".eggs", "__pycache__", ".mypy_cache",
                       ".ruff_cache", ".pytest_cache", "node_modules"})  # fmt: skip
_GENERATED = ("_pb2.py", "_pb2_grpc.py", "_pb2.pyi")


def _is_config(name: str) -> bool:
    """Whether a file name is one of a tool's settings; what ruff's own ones ``extend`` is mostly named after ruff."""
    return name == "pyproject.toml" or (name.endswith(".toml") and "ruff" in name)


@dataclass(frozen=True, slots=True)
class Tree:
    """Every path of one moment with what git knows of it; ``contents`` is the object that holds a path's bytes.

    ``snapshot`` is the part that is reviewed; ``configs`` are the settings files of tools, path to content key.
    """

    snapshot: Snapshot
    contents: Mapping[str, str]
    configs: Mapping[str, str]
    python: tuple[str, ...] = ()
    """Every Python path of the whole repository, in scope or not, reviewed or not: package roots are told by them."""
    unmerged: int = 0


def of_work_tree(git: Git, head: Head | None, scope: str = "") -> Tree:
    """The files as they lie on disk: tracked ones, and untracked ones that are not ignored."""
    status = git.status()
    found = _Sorter(scope)
    root = git.folder
    unknown = status.changed | status.unmerged
    for entry in git.index():
        path = entry.path
        if path in status.deleted:
            continue
        if entry.tag in "Ss" and not os.path.lexists(os.path.join(root, path)):
            found.leave(path, "not checked out (sparse checkout)")
        elif entry.tag in "Ss":
            found.on_disk(root, path)
        elif entry.stage or path in unknown or entry.tag.islower():
            found.on_disk(root, path)
        else:
            found.entry(entry)
    for path in status.untracked:
        found.on_disk(root, path)
    found.settle()
    changed = frozenset(p for p in (*unknown, *status.staged, *status.untracked) if _in_scope(p, scope))
    dirty = bool(changed) or any(_in_scope(p, scope) for p in status.deleted)
    renames = git.renames(head.commit) if head and status.staged else {}
    renames |= _moved_by_hand(found, status.deleted, git, head)
    key = _key(head.commit if head else "", found, dirty)
    snapshot = Snapshot(
        root, key, head.commit if head else None, head.time if head else None, dirty, found.sources(),
        found.skipped(), found.failed(), changed, renames, complete=not scope,
    )  # fmt: skip
    return Tree(snapshot, found.contents, found.configs, found.python(), len(status.unmerged))


def of_commit(git: Git, head: Head, scope: str = "") -> Tree:
    """The files of a commit. Their bytes are not on disk: see ``write_out``."""
    found = _Sorter(scope)
    for entry in git.tree(head.commit):
        found.entry(entry)
    found.settle()
    key = _key(head.commit, found, dirty=False)
    snapshot = Snapshot(
        git.folder, key, head.commit, head.time, False, found.sources(), found.skipped(), found.failed(),
        complete=not scope,
    )  # fmt: skip
    return Tree(snapshot, found.contents, found.configs, found.python())


def of_index(git: Git, head: Head | None, scope: str = "") -> Tree:
    """The files as they are staged: what a commit made now would hold."""
    found = _Sorter(scope)
    unmerged = set()
    for entry in git.index():
        if entry.stage:
            unmerged.add(entry.path)
            if entry.path.endswith((".py", ".pyw")):
                found.fail(entry.path, "unmerged: nothing is staged for it yet")
        else:
            found.entry(entry)
    found.settle()
    status = git.status()
    key = _key(head.commit if head else "", found, dirty=True)
    snapshot = Snapshot(
        git.folder, key, head.commit if head else None, head.time if head else None, bool(status.staged),
        found.sources(), found.skipped(), found.failed(), status.staged, git.renames(head.commit) if head else {},
        complete=not scope,
    )  # fmt: skip
    return Tree(snapshot, found.contents, found.configs, found.python(), len(unmerged))


def of_folder(folder: Path, scope: str = "") -> Tree:
    """The Python files below a plain folder, links not followed, environments and caches left out."""
    found = _Sorter(scope)
    root = str(folder)

    def unreadable(error: OSError) -> None:
        found.fail(os.path.relpath(error.filename or root, root), f"{error.strerror or error}")

    for at, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            f for f in folders if f not in _NOT_OURS and not os.path.exists(os.path.join(at, f, "pyvenv.cfg"))
        )
        for name in sorted(names):
            if name.endswith((".py", ".pyw", ".ipynb")) or _is_config(name):
                path = os.path.relpath(os.path.join(at, name), root)
                found.on_disk(root, PurePosixPath(path).as_posix() if os.sep == "/" else path.replace(os.sep, "/"))
    found.settle()
    key = _key("", found, dirty=True)
    snapshot = Snapshot(root, key, None, None, False, found.sources(), found.skipped(), found.failed())
    return Tree(snapshot, found.contents, found.configs, found.python())


def write_out(git: Git, tree: Tree, folder: Path, paths: Iterable[str], configs: Tree | None = None) -> dict[str, str]:
    """Write files of a commit or index below ``folder``, with the settings files of ``configs`` (or their own).

    No filter runs. Returns the paths that could not be had, with the reason.
    """
    source = configs if configs is not None else tree
    wanted = {path: tree.contents[path] for path in paths if path in tree.contents}
    wanted |= {path: source.contents[path] for path in source.configs if path in source.contents}
    missing: dict[str, str] = {}
    by_object: dict[str, list[str]] = {}
    for path, name in wanted.items():
        by_object.setdefault(name, []).append(path)
    for name, data in git.blobs(by_object):
        for path in by_object[name]:
            if data is None:
                missing[path] = "its content is not in this clone"
                continue
            place = folder / path
            if folder not in place.resolve().parents:
                raise UsageError(f"{path} would be written outside of its folder")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    return missing


class _Sorter:
    """Sorts paths into those to read and those to leave, with the reason."""

    def __init__(self, scope: str) -> None:
        self._scope = scope
        self._files: dict[str, str] = {}
        self._left: dict[str, str] = {}
        self._lost: dict[str, str] = {}
        self._python: list[str] = []
        self.contents: dict[str, str] = {}
        self.configs: dict[str, str] = {}

    def leave(self, path: str, reason: str) -> None:
        if _in_scope(path, self._scope) and path.endswith((".py", ".pyw", ".ipynb")):
            self._left[path] = reason

    def fail(self, path: str, reason: str) -> None:
        if _in_scope(path, self._scope):
            self._lost[path] = reason

    def entry(self, entry: Entry) -> None:
        """A path whose content git names."""
        path = entry.path
        if entry.mode == "160000":
            if _in_scope(path, self._scope):
                self._left[path] = "submodule: a repository of its own"
            return
        if entry.mode == "120000":
            self.leave(path, "symbolic link")
            return
        self._add(path, entry.object)
        self.contents[path] = entry.object

    def on_disk(self, root: str, path: str) -> None:
        """A path whose content must be read to be named."""
        if not (path.endswith((".py", ".pyw", ".ipynb")) or _is_config(path.rpartition("/")[2])):
            return
        name = os.path.join(root, path)
        try:
            state = os.lstat(name)
            if stat.S_ISLNK(state.st_mode):
                self.leave(path, "symbolic link")
                return
            if not stat.S_ISREG(state.st_mode):
                self.leave(path, "not a regular file")
                return
            if state.st_size > 50_000_000:
                self.leave(path, f"larger than 1 MB ({state.st_size / 1e6:.1f} MB)")
                return
            with open(name, "rb") as file:
                data = file.read()
        except OSError as error:
            self.fail(path, f"{(error.strerror or str(error)).lower()}")
            return
        self._add(path, hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest())

    def _add(self, path: str, key: str) -> None:
        if not path.endswith((".py", ".pyw", ".ipynb")):
            if _is_config(path.rpartition("/")[2]):
                self.configs[path] = key
            return
        notebook = path.endswith(".ipynb")
        if not notebook:
            self._python.append(path)
        if not _in_scope(path, self._scope):
            return
        if notebook:
            self._left[path] = "notebook"
        elif vendored.is_named_so(path):
            self._left[path] = "vendored"
        elif path.endswith(_GENERATED):
            self._left[path] = "generated: by the protocol buffer compiler"
        else:
            self._files[path] = key

    def settle(self) -> None:
        """Once every path is known: leave out what is a copy of a well-known package."""
        copies = vendored.copies(self._python)
        for path in [p for p in self._files if p.startswith(copies)] if copies else ():
            del self._files[path]
            self._left[path] = "vendored: a copy of a well-known package"

    def sources(self) -> tuple[SourceFile, ...]:
        return tuple(SourceFile(path, self._files[path]) for path in sorted(self._files))

    def python(self) -> tuple[str, ...]:
        return tuple(sorted(self._python))

    def skipped(self) -> tuple[Left, ...]:
        return tuple(Left(path, self._left[path]) for path in sorted(self._left))

    def failed(self) -> tuple[Left, ...]:
        return tuple(Left(path, self._lost[path]) for path in sorted(self._lost))


def _in_scope(path: str, scope: str) -> bool:
    return not scope or path == scope or path.startswith(scope + "/")


def _key(commit: str, found: _Sorter, dirty: bool) -> str:
    """The name of a snapshot: its commit, and a digest of all it holds where that is not the commit's."""
    if commit and not dirty:
        return commit
    hasher = hashlib.blake2b(digest_size=10)
    for file in found.sources():
        hasher.update(f"{file.path}\0{file.key}\0".encode("utf-8", "surrogateescape"))
    return f"{commit}+{hasher.hexdigest()}" if commit else hasher.hexdigest()


def _moved_by_hand(
    found: _Sorter, deleted: Sequence[str] | frozenset[str], git: Git, head: Head | None
) -> dict[str, str]:
    """Files moved without telling git: deleted under one path, equal under an untracked one."""
    gone = [p for p in deleted if p.endswith((".py", ".pyw"))]
    if not gone or head is None:
        return {}
    objects = {e.object: e.path for e in git.tree(head.commit) if e.path in set(gone)}
    return {f.path: objects[f.key] for f in found.sources() if f.key in objects and f.path not in gone}
