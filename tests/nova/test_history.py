"""History: lines followed from commit to commit, and reading on from where the last run stopped."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from nova.git import Git
from nova.history import Reader, followed, mends

if TYPE_CHECKING:
    from pathlib import Path


class Repository:
    """A small repository whose clock is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = 1_700_000_000
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        stamp = f"{self.clock} +0000"
        names = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
        environment = dict.fromkeys(names, stamp) | {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(self.folder)}
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        ).stdout

    def commit(self, message: str, **files: str) -> None:
        self.clock += 86_400
        for name, text in files.items():
            (self.folder / f"{name}.py").write_text(text)
        self.git("add", "-A")
        self.git("commit", "-qm", message)


def lines(*numbers: int) -> str:
    return "".join(f"x{n} = {n}\n" for n in numbers)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.commit("Begin", a=lines(*range(10)))
    made.commit("Fix a crash", a=lines(0, 1, 99, 3, 4, 5, 6, 7, 8, 9))
    made.commit("Add above", a="# new\n# new\n" + lines(0, 1, 99, 3, 4, 5, 6, 7, 8, 9))
    made.git("checkout", "-qb", "side")
    made.commit("Side work", b=lines(1, 2, 3), a="# new\n# new\n" + lines(0, 1, 99, 3, 4, 5, 6, 7, 88, 9))
    made.git("checkout", "-q", "main")
    made.commit("Main work", a="# new\n# new\n" + lines(0, 11, 99, 3, 4, 5, 6, 7, 8, 9))
    made.clock += 86_400
    made.git("merge", "-q", "--no-ff", "-m", "Merge branch 'side'", "side")
    made.clock += 86_400
    made.git("mv", "a.py", "moved.py")
    made.git("commit", "-qm", "Move it")
    made.commit("Correct the total", moved="# new\n# new\n" + lines(0, 11, 99, 3, 4, 5, 7, 88, 9) + "last = 1\n")
    return made


def read(repository: Repository, *stops: str) -> Reader:
    git = Git.at(repository.folder)
    assert git is not None
    reader = Reader()
    for stop in (*stops, "HEAD"):
        again = Reader.from_bytes(reader.to_bytes())
        assert again is not None
        reader = again
        reader.read_on(git, git.commit(stop))
    return reader


def test_every_line_is_known_by_the_commit_that_wrote_it_as_blame_tells(repository: Repository) -> None:
    history = read(repository).history(shallow=False)
    checked = 0
    for path in ("moved.py", "b.py"):
        blamed = repository.git("blame", "--first-parent", "--line-porcelain", "HEAD", "--", path)
        number = 0
        for row in blamed.split("\n"):
            if found := re.match(r"[0-9a-f]{40} \d+ (\d+)", row):
                number = int(found[1])
            elif row.startswith("committer-time "):
                time = int(row.split()[1])
                touches = history.files[path].touches
                assert any(t.time == time and t.line <= number <= t.end_line for t in touches), (path, number)
                checked += 1
    assert checked >= 14


def test_reading_on_gives_what_reading_at_once_gives(repository: Repository) -> None:
    at_once = read(repository).history(shallow=False).files
    in_steps = read(repository, "HEAD~3", "HEAD~1").history(shallow=False).files
    assert set(at_once) == set(in_steps) == {"moved.py", "b.py"}
    for path, file in at_once.items():
        other = in_steps[path]
        assert file.touches == other.touches
        assert (file.commits, file.fixes, file.last, file.origin) == (
            other.commits,
            other.fixes,
            other.last,
            other.origin,
        )


def test_a_renamed_file_keeps_its_history_and_its_first_path(repository: Repository) -> None:
    file = read(repository).history(shallow=False).files["moved.py"]
    assert file.origin == "a.py"
    assert file.commits >= 6
    assert file.fixes == 1
    assert any(t.fix for t in file.touches)


def test_a_scope_leaves_the_rest_out(repository: Repository) -> None:
    git = Git.at(repository.folder)
    assert git is not None
    head = git.head()
    assert head is not None
    reader = Reader("b.py")
    reader.read_on(git, head)
    assert set(reader.files) == {"b.py"}


def test_state_of_another_format_is_not_read() -> None:
    assert Reader.from_bytes(b"[0,1,2,3,4,5]") is None
    assert Reader.from_bytes(b"no json") is None


@pytest.mark.parametrize(
    ("hunk", "before", "after"),
    [
        ((1, 0, 2, 3), (5, 6), (8, 9)),
        ((1, 2, 1, 1), (5, 6), (4, 5)),
        ((5, 2, 5, 4), (5, 6), (5, 8)),
        ((5, 2, 4, 0), (5, 6), (4, 4)),
        ((9, 1, 9, 5), (5, 6), (5, 6)),
        ((4, 2, 4, 2), (5, 8), (4, 8)),
    ],
)
def test_lines_are_carried_through_a_hunk(
    hunk: tuple[int, int, int, int], before: tuple[int, int], after: tuple[int, int]
) -> None:
    carried = followed([[*before, 1, 0]], [hunk], 2, fix=True)
    assert carried[0] == [*after, 1, 0]
    assert carried[1][2:] == [2, 1]


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Fix crash when the list is empty", True),
        ("Fixed #123 -- Added a setting", False),
        ("Fixed #123 -- Fixed a crash in the admin", True),
        ("Merge pull request #9 from a/b\n\nFix wrong total\n", True),
        ("Merge branch 'fix-bugs'", False),
        ("Fix typo in docs", False),
        ("Add a feature\n\nThis also fixes a bug", False),
    ],
)
def test_a_subject_tells_whether_a_fault_was_mended(message: str, says: bool) -> None:
    assert mends(message) is says
