"""git as a child process: what is in a repository, with nothing of the repository's own ever run.

Hooks, clean and smudge filters, textconv, external diffs, fsmonitor, pagers, signature programs, lazy fetches and
transports are switched off through the environment of every call.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nova.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_QUIET = {
    "core.fsmonitor": "false",
    "core.untrackedCache": "keep",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.attributesFile": os.devnull,
    "core.sshCommand": "false",
    "core.quotePath": "false",
    "core.deltaBaseCacheLimit": "64m",
    "core.packedGitLimit": "96m",
    "core.packedGitWindowSize": "8m",
    "color.ui": "false",
    "credential.helper": "",
    "diff.external": "",
    "diff.noprefix": "false",
    "diff.mnemonicPrefix": "false",
    "diff.algorithm": "myers",
    "diff.renameLimit": "400",
    "diff.orderFile": os.devnull,
    "diff.ignoreSubmodules": "all",
    "diff.suppressBlankEmpty": "false",
    "diff.interHunkContext": "0",
    "log.showSignature": "false",
    "log.follow": "false",
    "log.mailmap": "false",
    "log.diffMerges": "separate",
    "protocol.allow": "never",
    "status.renames": "false",
    "status.showStash": "false",
    "submodule.recurse": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
_DROPPED = (
    "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_TRACE", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR",
    "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
)  # fmt: skip
_OF_ONE_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
)  # fmt: skip
"""What git sets for a hook: it holds for the repository whose hook runs, and for no other."""
_ECHOED = "--path-format=absolute"
"""Known since git 2.31, as the settings by environment are; an older git prints it back."""
_LINES = 7
"""How many lines answer the question in ``at``, the empty one at the end included."""


class Entry(NamedTuple):
    """A path in the index or a commit: git's mode, the object's name and, for the index, its flags."""

    path: str
    mode: str
    object: str
    stage: int = 0
    tag: str = "H"
    """``S`` where the work tree leaves it out (sparse checkout); lower case where git assumes it unchanged."""


@dataclass(frozen=True, slots=True)
class Status:
    """What differs from the last commit."""

    changed: frozenset[str]
    """Tracked paths whose work tree file is not the index's."""
    staged: frozenset[str]
    deleted: frozenset[str]
    untracked: tuple[str, ...]
    unmerged: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """The commit that one stands on."""

    commit: str
    time: int


@dataclass(frozen=True)
class Git:
    """A repository, asked through child processes. ``folder`` is where they run."""

    folder: str
    bare: bool = False
    shallow: bool = False
    git_dir: str = ""
    common_dir: str = ""
    """The git folder that linked work trees of one repository share; for any other it is ``git_dir``."""
    prefix: str = ""
    """Where the person stands inside the repository, with a trailing slash; empty at its root."""
    _extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    _foreign: tuple[str, ...] = field(default=(), repr=False)
    """Names in the environment that speak of another repository."""

    @classmethod
    def at(cls, folder: Path) -> Git | None:
        """The repository that holds ``folder``; None where there is none.

        Raises ``GitError`` where git is missing, too old, or refuses to read the repository.
        """
        folder = Path(os.path.realpath(folder))
        foreign = _foreign_names(folder)
        probe = cls(str(folder), _foreign=foreign)
        answer = probe._call(
            ["rev-parse", _ECHOED, "--is-bare-repository", "--is-shallow-repository", "--absolute-git-dir",
             "--git-common-dir", "--show-prefix", "--show-toplevel"],
            check=False,
        )  # fmt: skip
        lines = os.fsdecode(answer.stdout).split("\n")
        if _ECHOED in lines:
            raise GitError(
                "git is older than 2.31",
                why="it cannot be told to run nothing of what a repository's own settings name",
                next_step="install a newer git",
            )
        if not answer.returncode and len(lines) != _LINES:
            lines = probe._one_by_one()
        if answer.returncode and len(lines) < 5:
            said = os.fsdecode(answer.stderr).strip()
            if "not a git repository" in said:
                if "GIT_DIR" in probe._environment:
                    raise GitError(
                        f"GIT_DIR is set to {os.environ['GIT_DIR']}, and from {folder} there is no repository there",
                        why="git sets it for hooks, where it counts from the folder that the hook began in",
                        next_step="run nova from that folder, or unset GIT_DIR",
                    )
                _refuse_broken(folder)
                return None
            if "dubious ownership" in said:
                raise GitError(
                    f"git will not read {folder}: it belongs to another user",
                    why="a repository of somebody else can carry settings that run commands",
                    next_step=f"if you trust it: git config --global --add safe.directory {folder}",
                )
            raise GitError(f"git cannot read the repository at {folder}", why=_first_line(said))
        bare, shallow, git_dir, common_dir, prefix, *top = lines
        if answer.returncode and bare != "true":
            raise GitError(
                f"{folder} is inside a .git folder, not in a work tree",
                next_step="name the folder that holds the files",
            )
        root = top[0] if top and top[0] and bare != "true" else git_dir
        if bare != "true" and Path(root) not in (folder, *folder.parents):
            raise GitError(
                f"the repository at {folder} has its files elsewhere, in {root}",
                why="its own settings say so (core.worktree)",
                next_step=f"if that is meant, set GIT_DIR={git_dir} and run nova in {root}",
            )
        located = cls(
            root, bare == "true", shallow == "true", git_dir, common_dir, "" if bare == "true" else prefix,
            _foreign=foreign,
        )  # fmt: skip
        return replace(located, _extra=located._filters_off())

    def _one_by_one(self) -> list[str]:
        """What ``at`` asks, for a folder whose own name holds a line break."""
        asked = (
            "--is-bare-repository",
            "--is-shallow-repository",
            "--absolute-git-dir",
            "--git-common-dir",
            "--show-prefix",
            "--show-toplevel",
        )
        return [self.text("rev-parse", _ECHOED, question).removesuffix("\n") for question in asked]

    def _filters_off(self) -> tuple[tuple[str, str], ...]:
        """Overrides that empty every filter driver that any configuration names."""
        answer = self._call(["config", "-z", "--name-only", "--get-regexp", r"^filter\."], check=False)
        drivers = {name.rpartition(".")[0] for name in os.fsdecode(answer.stdout).split("\0") if name}
        return tuple(
            (f"{driver}.{key}", "false" if key == "required" else "")
            for driver in sorted(drivers)
            for key in ("clean", "smudge", "process", "required")
        )

    @cached_property
    def _environment(self) -> dict[str, str]:
        environment = {k: v for k, v in os.environ.items() if k not in _DROPPED and k not in self._foreign}
        environment |= {
            "GIT_ALLOW_PROTOCOL": "",
            "GIT_FLUSH": "0",  # git log would else hand over every commit by itself
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "LC_ALL": "C",
        }
        # What stands last here outweighs every file, GIT_CONFIG_COUNT and what the caller of a hook gave by ``git -c``.
        settings = [f"{_quoted(key)}={_quoted(value)}" for key, value in (*_QUIET.items(), *self._extra)]
        given = environment.get("GIT_CONFIG_PARAMETERS")
        environment["GIT_CONFIG_PARAMETERS"] = " ".join([given, *settings] if given else settings)
        return environment

    def _call(
        self,
        arguments: Sequence[str],
        *,
        check: bool = True,
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            answer = subprocess.run(
                ["git", *arguments],
                cwd=self.folder,
                env=self._environment | dict(environment or {}),
                input=data,
                stdin=subprocess.DEVNULL if data is None else None,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            if not Path(self.folder).is_dir():
                raise GitError(f"there is no folder {self.folder}") from error
            raise no_git() from error
        except PermissionError as error:
            raise GitError(f"no permission to enter {self.folder}") from error
        if check and answer.returncode:
            said = _first_line(os.fsdecode(answer.stderr))
            raise GitError(f"git {arguments[0]} failed in {self.folder}", why=said)
        return answer

    def start(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Begin a git call whose output is read as it comes.

        Raises ``GitError`` where git is missing.
        """
        try:
            return subprocess.Popen(
                ["git", *arguments],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except FileNotFoundError as error:
            raise no_git() from error

    def text(self, *arguments: str) -> str:
        """What a git call prints, decoded as paths are.

        Raises ``GitError`` with git's own first line where it fails.
        """
        return os.fsdecode(self._call(arguments).stdout)

    def write(self, *arguments: str, data: bytes | None = None, environment: Mapping[str, str] | None = None) -> str:
        """What a git call prints that writes into the repository; no hook and no filter runs.

        Raises ``GitError`` with git's own first line where it fails.
        """
        return os.fsdecode(self._call(arguments, data=data, environment=environment).stdout).strip()

    def head(self) -> Head | None:
        """The present commit; None before the first one."""
        answer = self._call(["log", "-1", "--no-walk", "--format=%H %ct", "HEAD", "--"], check=False)
        commit, _, time = answer.stdout.decode("ascii", "replace").strip().partition(" ")
        return Head(commit, int(time)) if commit and not answer.returncode else None

    def commit(self, name: str) -> Head:
        """The commit that a name leads to.

        Raises ``GitError`` where there is none.
        """
        if name.startswith("-"):
            raise GitError(f"{name} is no name of a commit")
        answer = self._call(["log", "-1", "--no-walk", "--format=%H %ct", f"{name}^{{commit}}", "--"], check=False)
        commit, _, time = answer.stdout.decode("ascii", "replace").strip().partition(" ")
        if answer.returncode or not commit:
            why = "the clone is shallow: older commits are not in it" if self.shallow else ""
            raise GitError(
                f"{name} names no commit in {self.folder}",
                why=why,
                next_step="git fetch --unshallow" if self.shallow else "git log --oneline  shows what there is",
            )
        return Head(commit, int(time))

    def merge_base(self, one: str, other: str) -> str:
        """The commit where two lines of history part.

        Raises ``GitError`` where they have none in common.
        """
        answer = self._call(["merge-base", one, other], check=False)
        if answer.returncode:
            raise GitError(
                f"{one} and {other} have no commit in common",
                why="the clone is shallow" if self.shallow else "",
                next_step="fetch more history" if self.shallow else "name another base",
            )
        return answer.stdout.decode("ascii").strip()

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether the first commit is the second or lies behind it."""
        return self._call(["merge-base", "--is-ancestor", one, other], check=False).returncode == 0

    def index(self) -> list[Entry]:
        """Every path in the index, all stages."""
        return [_index_entry(r) for r in self._records(["ls-files", "-s", "-v", "-z", "--full-name"])]

    def tree(self, commit: str) -> list[Entry]:
        """Every path in a commit."""
        entries = []
        for record in self._records(["ls-tree", "-r", "-z", "--full-tree", commit]):
            meta, _, path = record.partition("\t")
            mode, _, name = meta.split(" ", 2)
            entries.append(Entry(path, mode, name))
        return entries

    def status(self) -> Status:
        """What the work tree and the index hold that the last commit does not."""
        changed, staged, deleted, unmerged = set(), set(), set(), set()
        untracked = []
        arguments = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames",
                     "--ignore-submodules=all"]  # fmt: skip
        for record in self._records(arguments):
            kind = record[:1]
            if kind == "?":
                untracked.append(record[2:])
            elif kind == "1":
                _, state, *_, path = record.split(" ", 8)
                if state[0] != ".":
                    staged.add(path)
                if state[1] == "D":
                    deleted.add(path)
                elif state[1] != ".":
                    changed.add(path)
            elif kind == "u":
                unmerged.add(record.split(" ", 10)[-1])
        return Status(frozenset(changed), frozenset(staged), frozenset(deleted), tuple(untracked), frozenset(unmerged))

    def renames(self, base: str, *, staged: bool = True) -> dict[str, str]:
        """New path to old path, for what moved between a commit and the index."""
        options = ["--cached"] if staged else []
        records = list(
            self._records(
                ["diff", *options, "--name-status", "-M", "-z", "--diff-filter=R", "--no-ext-diff", base, "--"]
            )
        )
        return {records[n + 2]: records[n + 1] for n in range(0, len(records) - 2, 3)}

    def renames_between(self, base: str, commit: str) -> dict[str, str]:
        """New path to old path, for what moved between two commits."""
        records = list(
            self._records(["diff-tree", "-r", "--name-status", "-M", "-z", "--diff-filter=R", base, commit, "--"])
        )
        return {records[n + 2]: records[n + 1] for n in range(0, len(records) - 2, 3)}

    def blobs(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """The content of objects, in the order asked for; None for one that the repository does not hold."""
        wanted = list(names)
        if not wanted:
            return
        process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            for name in wanted:
                process.stdin.write(name.encode() + b"\n")
                process.stdin.flush()
                head = process.stdout.readline().split()
                if len(head) != 3:
                    yield name, None
                    continue
                data = process.stdout.read(int(head[2]))
                process.stdout.read(1)
                yield name, data
        finally:
            process.stdin.close()
            process.stdout.close()
            process.wait()

    def user(self) -> str:
        """Who the person is to git: name and address, or an empty text."""
        name = self._call(["config", "user.name"], check=False).stdout.decode("utf-8", "replace").strip()
        address = self._call(["config", "user.email"], check=False).stdout.decode("utf-8", "replace").strip()
        return f"{name} <{address}>" if address else name

    def _records(self, arguments: Sequence[str]) -> list[str]:
        out = os.fsdecode(self._call(arguments).stdout)
        return out.split("\0")[:-1]


def _quoted(text: str) -> str:
    """A text between single quotes, as git reads it: it takes no other way of a shell's."""
    return "'" + text.replace("'", "'\\''") + "'"


def _refuse_broken(folder: Path) -> None:
    """Raise ``GitError`` where there is a ``.git`` that git takes for none: a review without it would look like one."""
    found = next((p for f in (folder, *folder.parents) if os.path.lexists(p := f / ".git")), None)
    if found is not None:
        readable = os.access(found, os.R_OK | (os.X_OK if found.is_dir() else 0))
        raise GitError(
            f"git takes {found} for no repository",
            why="it is damaged: its HEAD, objects or refs are missing" if readable else "no permission to read it",
            next_step="mend it (git fsck may tell more), or move it away to review the plain folder",
        )


def _foreign_names(folder: Path) -> tuple[str, ...]:
    """Names in the environment that a hook was given for another repository than the one that holds ``folder``."""
    given = tuple(name for name in _OF_ONE_REPOSITORY if name in os.environ)
    if not given:
        return ()
    try:
        here = Git(str(Path.cwd()))._call(["rev-parse", "--show-toplevel"], check=False).stdout
    except FileNotFoundError:  # the folder one stands in is gone: what was set for it means nothing
        return given
    told = Path(os.path.realpath(os.fsdecode(here).rstrip("\n"))) if here else None
    return () if told is None or told in (folder, *folder.parents) else given


def no_git() -> GitError:
    """The error for a machine without git."""
    return GitError(
        "git is not installed, or not on the PATH",
        why="Nova asks git which files there are and how they changed",
        next_step="install git and try again",
    )


def _index_entry(record: str) -> Entry:
    meta, _, path = record.partition("\t")
    tag, mode, name, stage = meta.split(" ")
    return Entry(path, mode, name, int(stage), tag)


def _first_line(text: str) -> str:
    return next((line.removeprefix("fatal: ").removeprefix("error: ") for line in text.splitlines() if line), "")
