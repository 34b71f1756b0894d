from __future__ import annotations

import pytest

from nova.proof import rung0_text
from nova.proof.case import Case, FileChange, Mend, Patch, TargetFacts
from nova.proof.child.comments import complaints
from nova.proof.compilers import Compilers
from nova.proof.verdict import Outcome
from reviewers.finding import Span
from tests.nova.proof.cases import OWN, text_case, tools

KEPT = {
    "nothing changes around it": ("# a\nx = 1\n", "# a\nx = 2\n"),
    "its code is written otherwise": ("x = not a is b  # why\n", "x = a is not b  # why\n"),
    "it stands inside of what changes": ("f(\n    a,  # first\n    b,\n)\n", "f(\n    a,  # first\n    c,\n)\n"),
    "a line moves with its comment": ("import b  # x\nimport a\n", "import a\nimport b  # x\n"),
    "a block moves with its comment": ("# of b\nimport b\nimport a\n", "import a\n# of b\nimport b\n"),
    "white space behind it goes": ("x = 1  # a  \n", "x = 1  # a\n"),
    "the code above it goes": ("x = 1\n# of y\ny = 2\n", "# of y\ny = 2\n"),
    "twins": ("x = 1  # a\ny = 1  # a\n", "x = 2  # a\ny = 1  # a\n"),
    "a sharp in a text": ("x = '# no comment'\n", "x = 'no comment'\n"),
    "it is indented with its block": (
        "if a:\n    if b:\n        # why\n        c()\n",
        "if a and b:\n    # why\n    c()\n",
    ),
    "it is at the end": ("x = 1\n# the end\n", "x = 2\n# the end\n"),
    "a form feed stands before it": ("x = 1\n\x0c\n# part two\ny = 1\n", "x = 2\n\x0c\n# part two\ny = 1\n"),
    "of many alike the first one's line changes": ("f()  # a\ng()\n" * 3, "f(0)  # a\ng()\n" + "f()  # a\ng()\n" * 2),
    "a word is added": ("x = 1\n", "x = 1  # one\n"),
}
LOST = {
    "it goes with its line": ("import os  # for x\ny = 1\n", "y = 1\n"),
    "it goes and its line stays": ("x = 1  # why\n", "x = 1\n"),
    "its words change": ("x = 1  # why\n", "x = 1  # what\n"),
    "one of two twins goes": ("x = 1  # a\ny = 1  # a\n", "x = 1  # a\ny = 1\n"),
    "inside of an expression": ("x = [  # why\n    1,\n]\n", "x = [1]\n"),
}
MOVED = {
    "from one line to the next": ("x = 1  # a\ny = 2\n", "x = 1\ny = 2  # a\n"),
    "above another statement": ("# of x\nx = 1\ny = 2\n", "x = 1\n# of x\ny = 2\n"),
    "out of its block": ("if a:\n    # why\n    b()\nc()\n", "if a:\n    b()\n# why\nc()\n"),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_comment_is_kept(name: str) -> None:
    assert complaints(*KEPT[name]) == []


@pytest.mark.parametrize("name", LOST)
def test_a_comment_is_lost(name: str) -> None:
    assert [told.split(":")[0] for told in complaints(*LOST[name])] == ["a comment is lost"]


@pytest.mark.parametrize("name", MOVED)
def test_a_comment_has_left_its_code(name: str) -> None:
    assert [told.split(":")[0] for told in complaints(*MOVED[name])] == ["a comment has left its code"]


@pytest.mark.parametrize(
    "words", ["noqa", "noqa: E501", "type: ignore[x]", "nova: ignore", "pragma: no cover", "fmt: off"]
)
def test_a_comment_that_silences_is_not_added_unasked(words: str) -> None:
    assert [t.split(":")[0] for t in complaints("x = 1\n", f"x = 1  # {words}\n")] == [
        "a comment is added that silences"
    ]
    assert complaints(f"x = 1  # {words}\n", f"x = 2  # {words}\n") == []


def _outcome(before: str | bytes, after: str | bytes, *mends: Mend) -> tuple[Outcome, str]:
    with Compilers() as found:
        result = rung0_text.climb(text_case(before, after, *mends), tools(found))
    return result.outcome, result.why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"x = 1\r\ny = 2\r\n", b"x = 2\r\ny = 2\r\n"),
        (b"\xef\xbb\xbfx = 1\n", b"\xef\xbb\xbfx = 2\n"),
        (b"x = 1", b"x = 2"),
        (b"x = 1", b"x = 2\n"),
        (b"if a:\n\tx = 1\n", b"if a:\n\tx = 2\n"),
        (b"x = 1\n\x0cy = 1\n", b"x = 1\n\x0cy = 2\n"),
        ("# coding: latin-1\nx = '\u00e4'\n".encode("latin-1"), "# coding: latin-1\nx = '\u00f6'\n".encode("latin-1")),
        (b"x = 1\r\ny = 2\n", b"x = 1\r\ny = 3\n"),
        (b"", b"x = 1\n"),
    ],
)
def test_a_text_keeps_its_encoding_its_mark_and_its_line_ends(before: bytes, after: bytes) -> None:
    assert _outcome(before, after)[0] is Outcome.PASSED


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b"x = 1\r\ny = 2\r\n", b"x = 1\r\ny = 3\n", "line ends"),
        (b"x = 1\n", b"x = 2\r\n", "line ends"),
        (b"\xef\xbb\xbfx = 1\n", b"x = 1\n", "encoding"),
        (b"x = 1\n", b"\xef\xbb\xbfx = 1\n", "encoding"),
        (b"x = 1\n", b"x = 2", "last line"),
        (b"# coding: latin-1\nx = 1\n", b"# coding: utf-8\nx = 1\n", "encoding"),
        (b"x = 1\n", b"x = '\xff'\n", "utf-8"),
    ],
)
def test_a_text_that_changes_beside_its_words_is_told(before: bytes, after: bytes, says: str) -> None:
    outcome, why = _outcome(before, after)
    assert (outcome, says in why) == (Outcome.FAILED, True)


TWO = "import a\n\n\ndef f():\n    x = 1\n    return x\n\n\ndef g():\n    y = 1\n    return y\n"
MEND = Mend("rule", "a.py", Span(5, 5, 5, 10))


def test_only_what_is_mended_and_imports_may_change() -> None:
    assert _outcome(TWO, TWO.replace("    x = 1\n    return x", "    return 1"), MEND)[0] is Outcome.PASSED
    assert (
        _outcome(TWO, TWO.replace("import a", "import a\nimport b").replace("x = 1", "x = 2"), MEND)[0]
        is Outcome.PASSED
    )
    outcome, why = _outcome(TWO, TWO.replace("y = 1", "y = 2").replace("x = 1", "x = 2"), MEND)
    assert (outcome, "line 10" in why) == (Outcome.FAILED, True)


def test_a_line_outside_of_every_definition_is_not_touched() -> None:
    text = "A = 1\n" + TWO
    mend = Mend("rule", "a.py", Span(6, 5, 6, 10))
    assert _outcome(text, text.replace("A = 1", "A = 2"), mend)[0] is Outcome.FAILED


def test_a_patch_that_mends_nothing_in_particular_may_change_every_line() -> None:
    assert _outcome(TWO, TWO.replace("y = 1", "y = 2").replace("x = 1", "x = 2"))[0] is Outcome.PASSED


def test_a_removed_file_loses_its_comments() -> None:
    case = Case(Patch((FileChange("a.py", b"# a\n", None),)), TargetFacts("/nowhere", versions=(OWN,)))
    with Compilers() as found:
        assert rung0_text.climb(case, tools(found)).outcome is Outcome.FAILED


def test_a_text_that_only_a_newer_python_reads_is_read_by_that_one(compilers: Compilers) -> None:
    newer = "3.12"
    if OWN != "3.11" or not compilers.present([newer]):
        pytest.skip("there is no newer Python here")
    before, after = "type A = int  # why\n", "type A = int\n"
    case = text_case(before, after, versions=("3.11", newer))
    result = rung0_text.climb(case, tools(compilers))
    assert (result.outcome, "is lost" in result.why) == (Outcome.FAILED, True)
    kept = text_case(before, "type A = str  # why\n", versions=("3.11", newer))
    assert rung0_text.climb(kept, tools(compilers)).outcome is Outcome.PASSED
