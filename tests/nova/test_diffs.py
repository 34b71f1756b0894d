from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.diffs import applied, parse
from nova.errors import UsageError
from nova.patch import unified_diff

if TYPE_CHECKING:
    from pathlib import Path

OLD = b"one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"


def _diff(before: bytes, after: bytes) -> bytes:
    return unified_diff("a.py", before.decode(), after.decode()).encode()


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\n", "\x0c\n", "d"]), max_size=12).map(
    lambda lines: "".join(line if n == len(lines) - 1 or line != "d" else "d\n" for n, line in enumerate(lines))
)


@given(LINES, LINES)
def test_a_diff_of_any_two_texts_leads_from_one_to_the_other(before: str, after: str) -> None:
    if before == after:
        return
    (diff,) = parse(unified_diff("a.py", before, after).encode())
    assert applied(before.encode(), diff) == after.encode()


def test_what_git_says_is_read_as_git_means_it(tmp_path: Path) -> None:
    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, check=True).stdout

    git("init", "-q")
    before = {"a.py": OLD, "gone.py": b"x = 1\n", "sp ace.py": b"x = 1\n", "\u00e4.py": b"x = 1", "moved.py": OLD}
    after = {
        "a.py": OLD.replace(b"two", b"2"),
        "new.py": b"y = 1\n",
        "sp ace.py": b"x = 2\n",
        "\u00e4.py": b"x = 2",
        "went.py": OLD,
    }
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    git("add", "-A")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")
    for name in before.keys() - after.keys():
        (tmp_path / name).unlink()
    for name, data in after.items():
        (tmp_path / name).write_bytes(data)
    git("add", "-A")
    found = {}
    for diff in parse(git("diff", "--cached", "-M")):
        found[diff.old, diff.new] = applied(before.get(diff.old or ""), diff) if diff.hunks else None
    assert found == {
        ("a.py", "a.py"): after["a.py"], ("gone.py", None): None, (None, "new.py"): after["new.py"],
        ("sp ace.py", "sp ace.py"): after["sp ace.py"], ("\u00e4.py", "\u00e4.py"): after["\u00e4.py"],
        ("moved.py", "went.py"): None,
    }  # fmt: skip


def test_lines_that_have_moved_are_found_where_they_stand_once() -> None:
    (diff,) = parse(_diff(OLD, OLD.replace(b"five", b"5")))
    assert applied(b"zero\n" * 3 + OLD, diff) == b"zero\n" * 3 + OLD.replace(b"five", b"5")
    with pytest.raises(UsageError, match="does not fit"):
        applied(b"x\n" + OLD + OLD, diff)


def test_what_does_not_fit_is_refused() -> None:
    (diff,) = parse(_diff(OLD, OLD.replace(b"five", b"5")))
    for other in (OLD.replace(b"four", b"4"), b"", OLD.replace(b"\n", b"\r\n")):
        with pytest.raises(UsageError, match="does not fit"):
            applied(other, diff)
    with pytest.raises(UsageError, match="not there"):
        applied(None, diff)
    (new,) = parse(b"--- /dev/null\n+++ b/a.py\n@@ -0,0 +1 @@\n+x = 1\n")
    assert applied(None, new) == b"x = 1\n"
    with pytest.raises(UsageError, match="there already"):
        applied(b"", new)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"no diff\n", b"--- a/../x.py\n+++ b/../x.py\n@@ -1 +1 @@\n-a\n+b\n",
        b"--- a/x\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n",
        b"--- a/x.py\n+++ b/x.py\n@@ -1,3 +1,3 @@\n-a\n+b\n", b"diff --git a/x b/x\nBinary files a/x and b/x differ\n",
        b"diff --git a/x b/x\nold mode 100644\nnew mode 100755\n",
        b"diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+y\n",
    ],
)  # fmt: skip
def test_what_is_no_diff_of_text_inside_of_the_repository_is_an_error(text: bytes) -> None:
    with pytest.raises(UsageError):
        parse(text)
