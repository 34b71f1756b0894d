"""What git remembers of each Python file: how often, when and why it changed, and which lines were written lately.

Two streams of ``git log`` are read from the oldest commit to the newest, so that a later run reads on from the
last commit it saw: the names of all history, and the hunks of the last 24 months (hunks cost ten times as much).
Ages and the 24 months count from the newest commit, never from the clock.
"""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from nova.errors import GitError
from reviewers.snapshot import FileHistory, History, Touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nova.git import Git, Head

FORMAT = 3
WINDOW = 730 * 86_400
"""Seconds of history whose hunks are read: 24 months."""
_TICKET = re.compile(r"^(?:Fixed|Fixes|Fix|Refs|Closes)\s+#\d+\s*(?:,\s*#\d+\s*)*(?:--|:)?\s*", re.IGNORECASE)
"""A ticket number says nothing of faults: half of Django's commits begin with one."""
_MENDS = re.compile(
    r"\b(?:fix(?:e[sd]|ing)?|bug\w*|hotfix\w*|regress\w*|crash\w*|broken|incorrect\w*|wrong\w*|leak\w*|deadlock\w*)\b",
    re.IGNORECASE,
)
_STEMS = re.compile("fix|bug|regress|crash|broken|incorrect|wrong|leak|deadlock")
"""One of these stands in whatever ``_MENDS`` finds: quicker to look for in the many messages that have none."""
_OTHERWISE = re.compile(
    r"\b(?:typos?|spelling|docs?|docstrings?|documentation|readme|changelog|lint\w*|ruff|flake8?|pylint|mypy|pyright|typing"
    r"|type (?:hints?|annotations?|errors?|issues?|checking)|types?|tests?|flaky|ci|format\w*|style|whitespace|isort"
    r"|black|bump\w*|upgrade|deprecat\w*|pre-commit|warnings?)\b",
    re.IGNORECASE,
)
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")

_COUNTS = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")


class _File:
    """A file under all its names: its commits, those that mend a fault, the newest's time, its first path, touches."""

    __slots__ = ("commits", "fixes", "last", "origin", "touches")

    def __init__(
        self, origin: str, commits: int = 0, fixes: int = 0, last: int = 0, touches: list[list[int]] | None = None
    ) -> None:
        self.origin = origin
        self.commits = commits
        self.fixes = fixes
        self.last = last
        self.touches = [] if touches is None else touches


class _Names:
    """Follows ``git log --name-status -z``: the files by name, as of the commit that was read last."""

    def __init__(self, files: dict[bytes, _File]) -> None:
        self.files = files
        self.count = 0
        self._time = 0
        self._fix = False
        self._subject = b""

    def take(self, parts: Sequence[bytes], upto: int) -> int:
        """Follow the records that begin before ``upto``; returns where the next one begins."""
        at, files = 0, self.files
        while at < upto:
            word = parts[at]
            kind = word[1:2] if word[:1] == b"\n" else word[:1]
            if kind == b"\1":
                stamp, _, self._subject = word[word.index(b"\1") + 1 :].partition(b" ")
                self._time, self._fix = int(stamp), False
                self.count += 1
                at += 1
                continue
            path = parts[at + 1]
            at += 2
            if kind == b"R" or kind == b"C":  # noqa: PLR1714  asked for every file of every commit
                old, path = path, parts[at]
                at += 1
                if kind == b"R" and path[-3:] == b".py":
                    files[path] = files.pop(old) if old in files else _File(os.fsdecode(old))
            if path[-3:] != b".py":
                continue
            if kind == b"D":
                files.pop(path, None)
                continue
            if self._subject:  # this is the first Python file of its commit
                self._fix, self._subject = mends(self._subject.decode("utf-8", "replace")), b""
            file = files.get(path)
            if file is None:
                file = files[path] = _File(os.fsdecode(path))
            file.commits += 1
            file.fixes += self._fix
            file.last = max(file.last, self._time)
        return at


class Reader:
    """The history read so far, up to one commit; ``read_on`` takes it to another."""

    def __init__(self, scope: str = "") -> None:
        self.scope = scope
        self.commit = ""
        self.time = 0
        self.count = 0
        self.partial = False
        """Whether git could not tell of all lines: a clone may be without the contents of older commits."""
        self.files: dict[str, _File] = {}

    def read_on(self, git: Git, head: Head) -> None:
        """Take in what lies between the commit read last and ``head``."""
        span = f"{self.commit}..{head.commit}" if self.commit else head.commit
        oldest = head.time - WINDOW
        paths = ["--", f":(literal){self.scope}"] if self.scope else ["--"]
        names = git.start(
            ["log", "--no-merges", "--reverse", "--name-status", "-M", "-l100", "-z", "--no-ext-diff",
             "--format=%x01%ct %s", span, *paths]
        )  # fmt: skip
        hunks = git.start(
            ["log", "--first-parent", "--diff-merges=first-parent", "--reverse", "-p", "-U0", "-M", "-l100",
             "--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/",
             f"--since=@{oldest}", "--format=%x01%ct %B%x02", span, "--",
             _python_below(self.scope)]
        )  # fmt: skip
        written = {path: file.touches for path, file in self.files.items()}
        try:
            self._take_names(names.stdout)
            _take_hunks(_lines(hunks.stdout), written)
            if names.wait():
                raise GitError(f"git log failed in {git.folder}")
            self.partial = self.partial or hunks.wait() != 0
        finally:
            for process in (names, hunks):
                process.kill()
                process.wait()
                if process.stdout is not None:
                    process.stdout.close()
        self.commit, self.time = head.commit, head.time
        self._forget(oldest, written)

    def _forget(self, oldest: int, written: Mapping[str, list[list[int]]]) -> None:
        """Drop the touches that lie further back, so that reading on and reading anew come to the same."""
        for path, file in self.files.items():
            file.touches = [t for t in written.get(path, ()) if t[2] >= oldest]

    def _take_names(self, stream: Any) -> None:
        """Count the commits of each Python file, under the name that it has by then."""
        names = _Names({os.fsencode(path): file for path, file in self.files.items()})
        rest, parts = b"", list[bytes]()
        while data := stream.read(1 << 20):
            *more, rest = (rest + data).split(b"\0")
            parts += more
            del parts[: names.take(parts, len(parts) - 2)]  # a record is of three parts at most
        names.take([*parts, rest, b""], len(parts))
        self.count += names.count
        self.files = {os.fsdecode(path): file for path, file in names.files.items()}

    def history(self, *, shallow: bool) -> History:
        """The history as reviewers take it."""
        files = {path: _told(file) for path, file in self.files.items()}
        return History(files, self.count, shallow, self.time)

    def to_bytes(self) -> bytes:
        """The reader's state, to be kept for the next run."""
        files = {path: [f.origin, f.commits, f.fixes, f.last, f.touches] for path, f in self.files.items()}
        state = [FORMAT, self.scope, self.commit, self.time, self.count, self.partial, files]
        return json.dumps(state, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Reader | None:
        """The reader that ``to_bytes`` wrote; None for another format."""
        try:
            number, *state = json.loads(data)
        except ValueError:
            return None
        if number != FORMAT:
            return None
        scope, commit, time, count, partial, files = state
        reader = cls(scope)
        reader.commit, reader.time, reader.count, reader.partial = commit, time, count, partial
        reader.files = {path: _File(*row) for path, row in files.items()}
        return reader


def _told(file: _File) -> FileHistory:
    touches = tuple(Touch(first, last, time, fix == 1) for first, last, time, fix in file.touches)
    return FileHistory(file.commits, file.fixes, file.last, file.origin, touches)


def _take_hunks(lines: Iterable[str], written: dict[str, list[list[int]]]) -> None:
    """Carry ``written`` (touches by path) through a stream of ``git log -p -U0``, oldest commit first."""
    time, fix = 0, False
    message: list[str] | None = None
    path = ""
    hunks: list[tuple[int, int, int, int]] = []

    def settle() -> None:
        if path and hunks:
            written[path] = followed(written.get(path, ()), hunks, time, fix=fix)
        hunks.clear()

    for row in lines:
        line = row
        if line[:1] == "\1" and message is None:
            settle()
            stamp, _, line = line[1:].partition(" ")
            time, message, path = int(stamp), [], ""
        if message is not None:
            head, end, _ = line.partition("\2")
            message.append(head)
            if end:
                fix, message = mends("\n".join(message)), None
        elif line[:1] == "@":
            found = _HUNK.match(line)
            if found:
                a, b, c, d = found.groups()
                hunks.append((int(a), 1 if b is None else int(b), int(c), 1 if d is None else int(d)))
        elif line.startswith("diff --git "):
            settle()
            path = ""
        else:
            path = _followed_path(line, path, written)
    settle()


def _followed_path(line: str, path: str, written: dict[str, list[list[int]]]) -> str:
    """The path that a header line of a diff leads to; what was written there goes along with a rename."""
    if line.startswith("rename from "):
        return _unquoted(line[12:])
    if line.startswith("rename to "):
        new = _unquoted(line[10:])
        if path in written:
            written[new] = written.pop(path)
        return new
    if line.startswith(("--- a/", '--- "a/')):
        return _unquoted(line[4:], "a/").removeprefix("a/")
    if line.startswith("+++ /dev/null"):
        written.pop(path, None)
        return ""
    if line.startswith(("+++ b/", '+++ "b/')):
        return _unquoted(line[4:], "b/").removeprefix("b/")
    return path


def mends(message: str) -> bool:
    """Whether a commit's message says that it mends a fault, by its subject.

    Of a merged pull request the first line of the body counts. Of 84 subjects that fitted, read by hand in 39
    repositories, about 76 were right; whole messages say it of every second commit and mean nothing.
    """
    low = message.lower()
    if not _STEMS.search(low):
        return False
    subject, _, body = message.strip().partition("\n")
    if subject.startswith("Merge pull request"):
        subject = next((line for line in body.split("\n") if line.strip()), "")
    elif subject.startswith("Merge "):
        return False
    subject = _TICKET.sub("", subject)
    return _MENDS.search(subject) is not None and _OTHERWISE.search(subject) is None


def followed(
    touches: Sequence[Sequence[int]], hunks: Sequence[tuple[int, int, int, int]], time: int, *, fix: bool
) -> list[list[int]]:
    """Touches (first line, last line, time, fix) carried through one commit's hunks, with the hunks' own added.

    A hunk is git's ``-a,b +c,d``: ``b`` lines from ``a`` became ``d`` lines from ``c``. Lines that were replaced
    move into what replaced them; lines that were deleted end on the line before.
    """
    ends, shifts, hunk_at = [0], [0], [-1]
    moved = 0
    for number, (a, b, _, d) in enumerate(hunks):
        start = a if b else a + 1
        ends += [start, start + b]
        moved += d - b
        shifts += [0, moved]
        hunk_at += [number, -1]
    carried = []
    for first, last, when, why in touches:
        new_first = _carried(first, ends, shifts, hunk_at, hunks, first=True)
        new_last = _carried(last, ends, shifts, hunk_at, hunks, first=False)
        carried.append([new_first, max(new_first, new_last), when, why])
    for _, _, c, d in hunks:
        carried.append([max(c, 1), max(c, 1) + max(d, 1) - 1, time, int(fix)])
    return carried


def _carried(
    line: int,
    ends: Sequence[int],
    shifts: Sequence[int],
    hunk_at: Sequence[int],
    hunks: Sequence[tuple[int, int, int, int]],
    *,
    first: bool,
) -> int:
    at = bisect_right(ends, line) - 1
    number = hunk_at[at]
    if number < 0:
        return line + shifts[at]
    _, _, c, d = hunks[number]
    if not d:
        return max(c, 1)
    return c if first else c + d - 1


def _lines(stream: Any) -> Iterator[str]:
    """The lines of a diff without the lines of the files themselves, which may look like anything."""
    left, message = 0, False
    for line in stream:
        first = line[:1]
        if message or first == b"\1":
            left, message = 0, b"\2" not in line
        elif left and first in b"+-":
            left -= 1
            continue
        elif first == b"@":
            found = _COUNTS.match(line)
            left = int(found[1] or 1) + int(found[2] or 1) if found else 0
        elif first != b"\\":
            left = 0
        yield line.decode("utf-8", "surrogateescape").rstrip("\n")


def _python_below(scope: str) -> str:
    """A pathspec for the Python files of a scope, which may be one file."""
    if scope.endswith(".py"):
        return f":(literal){scope}"
    plain = re.sub(r"([*?\[\]\\])", r"\\\1", scope)
    return f":(glob){plain}/**/*.py" if scope else ":(glob)**/*.py"


def _unquoted(name: str, prefix: str = "") -> str:
    """A path as git prints it: quoted like a C string where it holds odd characters (then with its prefix inside)."""
    name = name.rstrip("\t")
    if not name.startswith('"'):
        return name
    raw = name[1:-1].encode("utf-8", "surrogateescape").decode("unicode_escape").encode("latin-1", "replace")
    return raw.decode("utf-8", "surrogateescape").removeprefix(prefix)
