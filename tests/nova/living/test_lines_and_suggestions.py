"""Which lines can carry a comment, and which fix can be a block."""

from __future__ import annotations

import pytest

from nova.living.lines import Held, holds, of_diff, of_patches, place
from nova.living.marker import Marker, marked, read, written
from nova.living.suggestion import suggestion
from nova.living.values import Remark

DIFF = b"""\
diff --git a/old.py b/new.py
similarity index 80%
rename from old.py
rename to new.py
--- a/old.py
+++ b/new.py
@@ -1,3 +1,4 @@
 one
+two
 three
 four
@@ -20,2 +21,3 @@ def f():
 x
--- a/evil.py
+++ b/evil.py
+@@ -1 +1 @@
diff --git "a/a\\nb.py" "b/a\\nb.py"
new file mode 100644
--- /dev/null
+++ "b/a\\nb.py"
@@ -0,0 +1 @@
+x
\\ No newline at end of file
diff --git a/gone.py b/gone.py
deleted file mode 100644
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/p.png b/p.png
Binary files a/p.png and b/p.png differ
"""


def test_a_diff_holds_the_lines_of_its_new_side_and_no_text_is_taken_for_a_header() -> None:
    found = of_diff(DIFF.splitlines(keepends=True))
    assert set(found) == {"new.py", "a\nb.py"}
    assert found["new.py"][0] == Held(1, 4, frozenset({2}))
    assert found["new.py"][1] == Held(21, 23, frozenset({22, 23}))
    assert found["a\nb.py"] == (Held(1, 1, frozenset({1})),)


def test_githubs_own_patches_are_read_alike() -> None:
    patch = "@@ -1,3 +1,4 @@\n one\n+two\n three\n four"
    assert of_patches({"a.py": patch, "large.py": ""}) == {"a.py": (Held(1, 4, frozenset({2})),), "large.py": ()}


HELD = (Held(1, 4, frozenset({2})), Held(21, 23, frozenset({22, 23})))


@pytest.mark.parametrize(
    ("first", "last", "line"), [(2, 2, 2), (3, 40, 3), (10, 40, 22), (10, 12, None), (24, 30, None), (10, 21, 21)]
)
def test_a_comment_stands_on_a_line_that_the_diff_holds(first: int, last: int, line: int | None) -> None:
    assert place(HELD, first, last) == line


def test_a_range_stays_in_one_stretch() -> None:
    assert holds(HELD, 21, 23)
    assert not holds(HELD, 4, 21)


OLD = b"a\nb\nc\nd\n"


@pytest.mark.parametrize(
    ("new", "start", "end", "lines"),
    [
        (b"a\nB\nc\nd\n", 2, 2, ["B"]),
        (b"a\nd\n", 2, 3, []),
        (b"a\nb\nx\nc\nd\n", 2, 2, ["b", "x"]),
        (b"x\na\nb\nc\nd\n", 1, 1, ["x", "a"]),
        (b"A\nb\nc\nD\n", 1, 4, ["A", "b", "c", "D"]),
    ],
)
def test_a_block_replaces_whole_lines(new: bytes, start: int, end: int, lines: list[str]) -> None:
    found = suggestion(OLD, new)
    assert found is not None
    assert (found.start, found.end, list(found.lines)) == (start, end, lines)
    there = OLD.decode().splitlines()
    there[start - 1 : end] = lines
    assert "".join(f"{line}\n" for line in there).encode() == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a\r\nb\r\n", b"A\r\nb\r\n"),
        (b"a\nb", b"a\nB"),
        (OLD, OLD),
        (b"a\n", "a\u202eb\n".encode()),
        (b"a\n", b"\xff\n"),
        (b"x\n" * 99, b"y\n" * 99),
    ],
)
def test_what_a_block_cannot_say_safely_is_none(old: bytes, new: bytes) -> None:
    assert suggestion(old, new) is None


def test_no_line_closes_its_fence() -> None:
    found = suggestion(b"a\n", b"'''````'''\n")
    assert found is not None
    assert found.block == "`````suggestion\n'''````'''\n`````"


def test_a_marker_is_read_back_and_only_at_the_end_of_an_own_comment() -> None:
    one = Marker("finding", {"id": "ab", "mark": "cd", "inline": "a,b"})
    body = marked("text", one)
    found = read(Remark(1, "nova", body, is_own=True))
    assert found == one
    assert read(Remark(1, "eve", body)) is None
    assert read(Remark(1, "nova", body + "more", is_own=True)) is None


@pytest.mark.parametrize("value", ["-->", "a b", "x\n", "<"])
def test_no_value_ends_or_forges_a_marker(value: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        written(Marker("finding", {"id": value}))
