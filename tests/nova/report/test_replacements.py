from __future__ import annotations

import difflib
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nova.report.replacements import replacements
from reviewers.finding import Edit, Span
from tests.nova.report.reviews import PATCH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINES = st.lists(
    st.sampled_from(["a", "b", "", "x = 1", "é漢\u2028 y", "\x0c", "a\r", "-- a", "++ b", "\tb\\"]), max_size=9
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    text = "\n".join(draw(LINES))
    return text + draw(st.sampled_from(["", "\n", "\r\n"]))


def lines_of(text: str) -> list[str]:
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def diff(old: str, new: str, context: int = 3, path: str = "a.py") -> str:
    """A unified diff as git writes it."""
    lines = difflib.unified_diff(lines_of(old), lines_of(new), f"a/{path}", f"b/{path}", n=context)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def applied(old: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, by nothing but lines and columns."""
    starts = [0]
    for line in lines_of(old):
        starts.append(starts[-1] + len(line))
    for edit in reversed(list(edits)):
        begin = starts[edit.span.line - 1] + edit.span.column - 1
        end = starts[edit.span.end_line - 1] + edit.span.end_column - 1
        assert begin <= end <= len(old)
        old = old[:begin] + edit.text + old[end:]
    return old


@given(texts(), texts(), st.integers(0, 3))
@example("a\nb", "a\nb\n", 3)
@example("a\r\nb\r\n", "a\nb\n", 3)
@example("a\n", "a\r\n", 0)
@example("", "a\n", 3)
@example("a\n", "", 3)
def test_replacements_do_what_the_patch_does(old: str, new: str, context: int) -> None:
    if old == new:
        return
    (change,) = replacements(diff(old, new, context))
    assert change.path == "a.py"
    assert applied(old, change.edits) == new


@given(texts(), texts())
def test_replacements_are_in_order_apart_and_never_inside_a_line_end(old: str, new: str) -> None:
    if old == new:
        return
    (change,) = replacements(diff(old, new))
    here = (1, 1)
    parts = lines_of(old)
    for edit in change.edits:
        begin, end = (edit.span.line, edit.span.column), (edit.span.end_line, edit.span.end_column)
        assert here <= begin <= end
        here = end
        for line, column in (begin, end):
            text = parts[line - 1] if line <= len(parts) else ""
            assert not (text[: column - 1].endswith("\r") and text[column - 1 :].startswith("\n"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def f():\n    x = 1\n    return x\n", "def f():\n    return 1\n"),
        ("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n", "A\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl"),
        ("a\nb", "a\nb\nc"),
        ("é = '漢'\r\nx\r\n", "é = '字'\r\nx\r\n"),
    ],
)
def test_replacements_and_git_agree(old: str, new: str, tmp_path: Path) -> None:
    patch = diff(old, new)
    file = tmp_path / "a.py"
    file.write_bytes(old.encode())
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    (change,) = replacements(patch)
    assert applied(old, change.edits) == file.read_bytes().decode() == new


def test_an_edit_is_as_small_as_it_can_be() -> None:
    (change,) = replacements(diff("a\nx = 1 + y\nb\n", "a\nx = 2 + y\nb\n"))
    assert change.edits == (Edit(Span(2, 5, 2, 6), "2"),)


def test_a_line_added_at_the_end_hangs_on_the_line_before() -> None:
    (change,) = replacements(diff("a\nb\n", "a\nb\nc\n"))
    assert change.edits == (Edit(Span(2, 2, 2, 2), "\nc"),)


def test_a_patch_of_several_files_is_read_file_by_file() -> None:
    changes = replacements(PATCH + diff("a\n", "b\n", path="shop/two.py"))
    assert [c.path for c in changes] == ["shop/orders.py", "shop/two.py"]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("a/shop/x.py", "shop/x.py"),
        ("a/with space.py\t", "with space.py"),
        ("a/x.py\t2026-01-01 00:00:00", "x.py"),
        ('"a/caf\\303\\251 \\"q\\"\\t.py"', 'café "q"\t.py'),
        ('"a/caf\\351.py"', "caf\udce9.py"),
        ("x.py", "x.py"),
    ],
)
def test_the_path_is_read_as_git_writes_it(written: str, path: str) -> None:
    plus = written.replace("a/", "b/", 1)
    (change,) = replacements(f"diff --git 1 2\nindex 1..2 100644\n--- {written}\n+++ {plus}\n@@ -1 +1 @@\n-a\n+b\n")
    assert change.path == path


@pytest.mark.parametrize(
    "patch",
    [
        "",
        "no diff at all",
        "--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+a\n",
        "--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
        "--- a/old.py\n+++ b/new.py\n@@ -1 +1 @@\n-a\n+b\n",
        "--- a/x.py\n+++ b/x.py\n",
        "--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-a\n+b\n",
        "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n?a\n+b\n",
        "--- a/x.py\n@@ -1 +1 @@\n-a\n+b\n",
    ],
)
def test_what_cannot_be_told_as_replacements_is_refused(patch: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        replacements(patch)
