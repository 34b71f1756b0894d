"""What a review is of: the repository or folder, its settings, the files of now and, for a change, of before."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova import snapshots, targets
from nova.errors import GitError, UsageError
from nova.git import Git
from reviewers.snapshot import Snapshot

if TYPE_CHECKING:
    from nova.config import Places
    from nova.git import Head
    from nova.request import Request
    from nova.snapshots import Tree
    from nova.targets import Target


@dataclass(frozen=True, slots=True)
class Subject:
    """``key`` names it in memory; ``scope`` is the part below its root that is reviewed (empty for all)."""

    key: str
    root: str
    scope: str
    words: str
    target: Target
    tree: Tree
    git: Git | None = None
    head: Head | None = None
    base: Tree | None = None
    renames: dict[str, str] | None = None
    """From a path of now to its path in ``base``."""
    on_disk: bool = True
    """Whether the bytes of ``tree`` lie in the work tree."""
    request_is_change: bool = False
    """Whether a change is reviewed: then settings are the base's, and memory follows no lives."""
    notices: tuple[str, ...] = ()


def of(request: Request, places: Places) -> Subject:
    """Find out what is to be reviewed.

    Raises ``UsageError``, ``GitError`` or ``TargetError`` for what cannot be.
    """
    named = targets.named(request.target, places.targets) if request.target else None
    path = request.path or (targets.folder_of(named) if named else _here())
    if not os.path.lexists(path):
        raise UsageError(
            f"there is no file or folder {path}", next_step="check the path, or leave it out to review where you stand"
        )
    path = path.resolve()
    folder = path if path.is_dir() else path.parent
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UsageError(f"no permission to read {folder}")
    if not path.is_dir() and not path.is_file():
        raise UsageError(f"{path} is neither a file nor a folder")
    git = Git.at(folder)
    if git is None:
        return _folder(request, path, named)
    return _repository(request, git, path, named)


def whereabouts(folder: Path, name: str | None, places: Places) -> tuple[str, Target | None]:
    """Where a person stands, without a look at the files: the key in memory, as ``of`` has it, and the settings.

    The key is empty outside of a repository, and for a target that does not say where its repository is. Raises
    ``TargetError`` for settings that are wrong, and for a name that no target has.
    """
    named = targets.named(name, places.targets) if name else None
    if named is not None:
        if named.path is None:
            return "", named
        folder = targets.folder_of(named)
    git = Git.at(folder)
    if git is None:
        return "", named
    root = Path(git.folder)
    return _key(git.git_dir), named or _own_target(root) or _settings(_read(root / "pyproject.toml"), root.name)


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the folder that one stands in is gone", next_step="cd to another, or name one") from error


def _key(folder: str) -> str:
    """A folder as a text that can be stored: its name may hold what is no UTF-8."""
    return os.fsencode(folder).decode("utf-8", "backslashreplace")


def _folder(request: Request, path: Path, named: Target | None) -> Subject:
    if request.path is None and named is None:
        raise UsageError(
            f"{path} is not inside a git repository",
            why="with no path, Nova reviews the repository that one stands in",
            next_step="name a folder:  nova review PATH",
        )
    for flag, given in (("--diff", request.diff), ("--staged", request.staged), ("--baseline", request.baseline)):
        if given:
            raise UsageError(f"{flag} needs a git repository, and {path} is in none")
    folder = path if path.is_dir() else path.parent
    scope = "" if path.is_dir() else path.name
    tree = snapshots.of_folder(folder, scope)
    target = named or _settings(_read(folder / "pyproject.toml"), folder.name)
    return Subject(
        _key(str(folder)), str(folder), scope, "folder", target, tree,
        notices=("not a git repository: there is no history to rank by",),
    )  # fmt: skip


def _repository(request: Request, git: Git, path: Path, named: Target | None) -> Subject:
    head = git.head()
    root = Path(git.folder)
    scope = "" if request.path is None or git.bare else path.relative_to(root.resolve()).as_posix()
    scope = "" if scope == "." else scope
    notices: list[str] = []
    if git.shallow:
        notices.append("the clone is shallow: history is short, and what it says of churn is too low")
    if head is None:
        notices.append("there is no commit yet: no history to rank by")
    if git.bare:
        if head is None:
            raise UsageError(
                f"{git.folder} is a bare repository without a commit", next_step="name a clone with files in it"
            )
        notices.append("a bare repository has no work tree: its newest commit was reviewed")
    subject = Subject(
        _key(git.common_dir), git.folder, scope, "work tree", targets.Target(root.name), _EMPTY, git, head,
        notices=tuple(notices),
    )  # fmt: skip
    if request.is_change:
        subject = _change(request, git, head, subject)
    elif git.bare:
        assert head is not None
        subject = replace(
            subject, tree=snapshots.of_commit(git, head, scope), words=f"commit {head.commit[:10]}", on_disk=False
        )
    else:
        subject = replace(subject, tree=snapshots.of_work_tree(git, head, scope))
    if request.baseline:
        before = git.commit(request.baseline)
        base = snapshots.of_commit(git, before, scope)
        renames = git.renames_between(before.commit, head.commit) if head else {}
        renames |= dict(subject.tree.snapshot.renames)
        subject = replace(subject, base=base, renames=renames, words=f"{subject.words}, against {request.baseline}")
    if subject.tree.unmerged:
        number = subject.tree.unmerged
        said = f"a merge or rebase is not finished: {number} unmerged {'path' if number == 1 else 'paths'}"
        subject = replace(subject, notices=(*subject.notices, said))
    return replace(subject, target=named or _settings_of(subject, root.name))


def _change(request: Request, git: Git, head: Head | None, subject: Subject) -> Subject:
    """A review of what is staged, or of what lies between a base and a head."""
    if request.diff is not None and request.staged:
        raise UsageError("--diff and --staged ask for two different changes", next_step="give one of them")
    if request.staged:
        if git.bare:
            raise UsageError("a bare repository has nothing staged")
        tree = snapshots.of_index(git, head, subject.scope)
        base = snapshots.of_commit(git, head, subject.scope) if head else _EMPTY
        return replace(
            subject, tree=tree, base=base, renames=dict(tree.snapshot.renames), words="staged changes",
            on_disk=False, request_is_change=True,
        )  # fmt: skip
    assert request.diff is not None
    before, dots, after = request.diff.partition("...")
    if not dots:
        before, dots, after = request.diff.partition("..")
    if head is None:
        raise GitError("there is no commit yet, so there is nothing to compare with")
    if not before and not after:
        raise UsageError(f"--diff {request.diff} names no commit", next_step="--diff main, or --diff main...feature")
    tip = git.commit(after) if after else head
    if not before:
        raise UsageError(f"--diff {request.diff} does not say what to compare with", next_step=f"--diff main...{after}")
    base_commit = git.commit(git.merge_base(git.commit(before).commit, tip.commit))
    base = snapshots.of_commit(git, base_commit, subject.scope)
    renames = git.renames_between(base_commit.commit, tip.commit)
    if dots or git.bare:
        tree = snapshots.of_commit(git, tip, subject.scope)
        words, on_disk = f"{before}...{after or 'HEAD'}", False
    else:
        tree = snapshots.of_work_tree(git, head, subject.scope)
        renames = renames | dict(tree.snapshot.renames)
        words, on_disk = f"work tree against {before}", True
    return replace(
        subject, tree=tree, base=base, head=tip, renames=renames, words=words, on_disk=on_disk, request_is_change=True
    )


def _settings_of(subject: Subject, name: str) -> Target:
    """The settings of a repository: for a change they are the base's, so that the change cannot turn rules off."""
    shipped = _own_target(Path(subject.root))
    if shipped is not None:
        return shipped
    git = subject.git
    if git is not None and ((subject.base is not None and subject.request_is_change) or git.bare):
        tree = subject.base if subject.base is not None else subject.tree
        blob = tree.contents.get("pyproject.toml")
        data = next(git.blobs([blob]))[1] if blob else None
        return _settings(data or b"", name)
    return _settings(_read(Path(subject.root) / "pyproject.toml"), name)


def _own_target(root: Path) -> Target | None:
    """The target that this very repository ships for itself, where Nova runs from it."""
    own = root / "repo_targets" / "nova.toml"
    if own.is_file() and targets.shipped() == own.parent.resolve():
        return targets.load_file(own)
    return None


def _settings(data: bytes, name: str) -> Target:
    return targets.from_pyproject(data.decode("utf-8", "replace"), name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


_EMPTY = snapshots.Tree(Snapshot("", "", None, None, False, ()), {}, {})
