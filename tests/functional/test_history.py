"""History, held against what git itself says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from nova.git import Git, Head
from nova.history import WINDOW, Reader, followed
from tests.functional.repositories import DAY, START, Repository

if TYPE_CHECKING:
    from pathlib import Path

    from reviewers.snapshot import History


def git_of(repository: Repository) -> Git:
    found = Git.at(repository.path)
    assert found is not None
    return found


def head_of(git: Git, name: str = "HEAD") -> Head:
    return git.commit(name)


def read(repository: Repository, *stops: str, scope: str = "") -> History:
    git = git_of(repository)
    reader = Reader(scope)
    for stop in (*stops, "HEAD"):
        reader.read_on(git, head_of(git, stop))
        kept = Reader.from_bytes(reader.to_bytes())
        assert kept is not None
        reader = kept
    return reader.history(shallow=False)


def lines(*words: str) -> str:
    return "".join(f"{word}\n" for word in words)


@pytest.fixture
def busy(repository: Repository) -> Repository:
    """Edits, a deletion, a rename with an edit, a merge with work on both sides, a file that dies and one reborn."""
    repository.commit("begin", a=lines(*(f"a = {n}" for n in range(12))), b=lines("b = 1", "c = 2"), dead="x = 1\n")
    repository.commit("fix: the fifth", a=lines(*(f"a = {n if n != 5 else 50}" for n in range(12))))
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("side work", b=lines("b = 1", "new = 0", "c = 3"))
    repository.git("checkout", "-q", "main")
    repository.commit("longer", a=lines("first = 0", *(f"a = {n if n != 5 else 50}" for n in range(12)), "last = 0"))
    repository.git("merge", "-q", "--no-ff", "-m", "merge side", "side")
    repository.commits += 1
    repository.git("rm", "-q", "dead.py")
    repository.commit("bury")
    repository.git("mv", "a.py", "pkg_a.py")
    repository.commit("move", pkg_a=lines("first = 0", *(f"a = {n if n != 5 else 50}" for n in range(10)), "last = 1"))
    repository.commit("again", dead="y = 1\n", b=lines("b = 1", "new = 0", "c = 3", "d = 4"))
    return repository


def test_reading_on_gives_what_reading_at_once_gives(busy: Repository) -> None:
    at_once = read(busy)
    stops = busy.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    step_by_step = read(busy, *stops[:-1])
    assert set(step_by_step.files) == set(at_once.files)
    assert step_by_step.commits == at_once.commits == int(busy.git("rev-list", "--no-merges", "--count", "HEAD"))
    for path, file in at_once.files.items():
        other = step_by_step.files[path]
        assert (other.commits, other.fixes, other.last, other.origin, other.touches) == (
            file.commits,
            file.fixes,
            file.last,
            file.origin,
            file.touches,
        )


def test_a_renamed_file_keeps_its_past(busy: Repository) -> None:
    file = read(busy).files["pkg_a.py"]
    assert (file.commits, file.fixes, file.origin) == (4, 1, "a.py")
    assert "a.py" not in read(busy).files


def test_a_file_that_was_deleted_starts_anew(busy: Repository) -> None:
    file = read(busy).files["dead.py"]
    assert (file.commits, file.origin) == (1, "dead.py")


@pytest.mark.parametrize("path", ["pkg_a.py", "b.py", "dead.py"])
def test_every_line_was_touched_last_when_blame_says_so(busy: Repository, path: str) -> None:
    touches = read(busy).files[path].touches
    said = busy.git("blame", "--first-parent", "--line-porcelain", "HEAD", "--", path)
    times = [int(t) for t in re.findall(r"^committer-time (\d+)$", said, re.MULTILINE)]
    assert times
    for line, time in enumerate(times, 1):
        mine = [t.time for t in touches if t.line <= line <= t.end_line]
        assert max(mine) == time, (path, line)


def test_all_commits_of_a_file_count_and_the_lines_of_the_last_24_months(repository: Repository) -> None:
    repository.commit("fix an old fault", a="x = 1\n")
    repository.git("mv", "a.py", "c.py")
    repository.commit("move")
    repository.commits += WINDOW // DAY + 1
    repository.commit("new", b="x = 1\n")
    for files in (read(repository).files, read(repository, "HEAD~2", "HEAD~1").files):
        old = files["c.py"]
        assert (old.commits, old.fixes, old.last, old.origin) == (2, 1, START + DAY, "a.py")
        assert old.touches == ()
        assert [t.time for t in files["b.py"].touches] == [START + (WINDOW // DAY + 3) * DAY]


def test_a_commit_that_is_no_ancestor_is_seen(repository: Repository) -> None:
    repository.commit(a="x = 1\n")
    old = repository.commit(a="x = 2\n")
    repository.git("commit", "-q", "--amend", "-m", "rewritten")
    git = git_of(repository)
    assert not git.is_ancestor(old, head_of(git).commit)
    assert git.is_ancestor("HEAD~1", "HEAD")
    assert not git.is_ancestor("0" * 40, "HEAD")


@pytest.mark.parametrize("scope", ["pkg", "pkg/a.py", "odd[x]", ":(top)"])
def test_a_scope_is_a_path_and_no_pattern(repository: Repository, scope: str) -> None:
    for name in ("pkg/a.py", "odd[x]/a.py", "oddx/a.py", ":(top)/a.py", "b.py"):
        repository.write(name, "x = 1\n")
    repository.commit()
    files = read(repository, scope=scope).files
    assert {path for path in files if path.startswith(scope)} == set(files) != set()
    assert all(file.touches for file in files.values())


def test_odd_names_are_read(repository: Repository) -> None:
    names = ["sp ace.py", 'q"uote.py', "tab\t.py", "new\nline.py", "\u00fc.py", "sur\udce9.py", "back\\slash.py"]
    for number in (1, 2):
        for name in names:
            repository.write(name, f"x = {number}\n")
        repository.commit()
    files = read(repository).files
    assert set(files) == set(names)
    assert all(len(file.touches) == 2 and file.commits == 2 for file in files.values())


def test_a_line_that_looks_like_a_header_is_a_line(repository: Repository) -> None:
    repository.commit(a="x = '''\n-- a/b.py\n++ b/b.py\n'''\n")
    repository.commit(a="x = '''\n'''\n", b="y = 1\n")
    files = read(repository).files
    assert {path: file.touches[-1].line for path, file in files.items()} == {"a.py": 1, "b.py": 1}
    assert set(files) == {"a.py", "b.py"}


def test_touches_move_with_their_lines() -> None:
    before = [[5, 6, 100, 0], [10, 10, 100, 1]]
    after = followed(before, [(1, 0, 2, 3), (10, 1, 13, 2)], 200, fix=True)
    assert after == [[8, 9, 100, 0], [13, 14, 100, 1], [2, 4, 200, 1], [13, 14, 200, 1]]


def test_another_format_is_no_history() -> None:
    assert Reader.from_bytes(b"[0,1]") is None
    assert Reader.from_bytes(b"no json") is None
    assert Reader.from_bytes(b'[0,"","",0,0,{}]') is None


def test_no_git_no_repository(tmp_path: Path) -> None:
    assert Git.at(tmp_path) is None
