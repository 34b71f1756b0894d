from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from nova.patch import fixes, unified_diff
from reviewers.finding import Edit, Finding, Severity, Span

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "plain": b"import os\nx = 1\n",
    "no newline": b"import os\nx = 1",
    "crlf": b"import os\r\nx = 1\r\n",
    "byte order mark": b"\xef\xbb\xbfimport os\nx = 1\n",
    "form feed": b"import os\n\x0cx = 1\n\x0c\n",
    "line separator": "import os\nx = '\u2028'\n".encode(),
    "umlaut": "import os\nx = '\u00e4'\n".encode(),
}


def _finding(*edits: Edit) -> Finding:
    return Finding(
        "F401",
        "ruff",
        Severity.LOW,
        0.8,
        "a.py",
        Span(1, 8, 1, 10),
        None,
        "m",
        "mark",
        fixable=True,
        fix_title="Remove it",
        edits=edits,
    )


@pytest.mark.parametrize("name", TEXTS)
def test_git_applies_the_patch_to_the_bytes_as_they_are(tmp_path: Path, name: str) -> None:
    data = TEXTS[name]
    edit = Edit(Span(1, 1, 2, 1), "")
    (fix,) = fixes([_finding(edit)], lambda _: data).values()
    assert fix.title == "Remove it"
    (tmp_path / "a.py").write_bytes(data)
    subprocess.run(
        ["git", "apply", "-"],
        cwd=tmp_path,
        input=fix.patch.encode(),
        check=True,
        env={
            "PATH": "/usr/bin:/bin",
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": "/nonexistent",
            "GIT_CEILING_DIRECTORIES": str(tmp_path.parent),
        },
    )
    left = (tmp_path / "a.py").read_bytes()
    assert left == data.replace(b"import os\r\n", b"").replace(b"import os\n", b"")


@pytest.mark.parametrize(
    ("edits", "data"),
    [
        ((Edit(Span(1, 1, 1, 7), "def ("),), b"import os\n"),
        ((Edit(Span(1, 1, 1, 9), "a"), Edit(Span(1, 3, 1, 5), "b")), b"import os\n"),
        ((Edit(Span(1, 1, 1, 1), ""),), b"import os\n"),
        ((Edit(Span(1, 1, 2, 1), ""),), "# coding: latin-1\n# \u00e4\n".encode("latin-1")),
    ],
    ids=["it breaks the syntax", "its edits overlap", "it changes nothing", "another encoding"],
)
def test_a_fix_that_would_do_harm_is_left_out(edits: tuple[Edit, ...], data: bytes) -> None:
    assert fixes([_finding(*edits)], lambda _: data) == {}


def test_a_file_that_cannot_be_had_has_no_fix() -> None:
    assert fixes([_finding(Edit(Span(1, 1, 2, 1), ""))], lambda _: None) == {}


def test_a_diff_of_equal_texts_is_empty() -> None:
    assert unified_diff("a.py", "x\n", "x\n") == ""
