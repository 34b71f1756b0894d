from __future__ import annotations

import pytest

from reviewers.comments import silencers
from reviewers.report import Ignore

IGNORES = {
    "behind code": ("x = 1  # nova: ignore[a-b] why\n", Ignore(1, 1, 1, ("a-b",), "why")),
    "several rules": ("x = 1  # nova: ignore[b, a]\n", Ignore(1, 1, 1, ("a", "b"), "")),
    "all rules": ("x = 1  # nova: ignore - old\n", Ignore(1, 1, 1, (), "old")),
    "alone": ("# nova: ignore[a] why\n\n# more\nx = 1\n", Ignore(1, 4, 4, ("a",), "why")),
    "alone inside": ("if x:\n    # nova: ignore[a]\n    y = 1\n", Ignore(2, 3, 3, ("a",), "")),
    "beside others": ("x = 1  # type: ignore  # nova: ignore[a]\n", Ignore(1, 1, 1, ("a",), "")),
    "at the end": ("x = 1\n# nova: ignore[a]\n", Ignore(2, 2, 2, ("a",), "")),
    "before a fault": ("x = 1  # nova: ignore[a]\ny = (\n", Ignore(1, 1, 1, ("a",), "")),
}


@pytest.mark.parametrize("name", IGNORES)
def test_an_ignore_comment_speaks_for_its_line(name: str) -> None:
    text, expected = IGNORES[name]
    assert silencers(text)[0] == (expected,)


@pytest.mark.parametrize(
    "text", ['x = "# nova: ignore"\n', "x = '''\n# nova: ignore[a]\n'''\n", "x = 1  # supernova ignore\n", ""]
)
def test_only_comments_silence(text: str) -> None:
    assert silencers(text) == ((), ())


@pytest.mark.parametrize(
    ("comment", "codes"),
    [("# noqa", ()), ("# NOQA: F401", ("F401",)), ("# noqa: F401, BLE001 because", ("F401", "BLE001")),
     ("# ruff: noqa: S110", ("S110",)),
     ("# pylint: disable=broad-except,W0702", ("broad-except", "W0702"))],
)  # fmt: skip
def test_comments_of_other_linters_are_known(comment: str, codes: tuple[str, ...]) -> None:
    assert silencers(f"x = 1\ny = 2  {comment}\n")[1] == ((2, codes),)
