"""Comments are found without the tokenizer as they are with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewers.comments import by_pattern, by_tokens, silencers

ROOT = Path(__file__).resolve().parents[2]

ODD = (
    "",
    "x = 1",
    "# alone\n\n# again\nx = 1  # behind\n",
    "x = '#'  # no: '#'\ny = \"it's # not\" + 'a\\'# b'  # yes\n",
    "x = '''\n# not\n'''  # yes\n\n\n# last",
    'x = """a\\"""# not\n"""  # yes\n',
    "x = r'\\'  # still in it'\n",
    "x = 'a\\\n# not' # yes\n",
    "f(  # one\n    a,\n    # two\n\n    b,\n)\n",
    "def f():\n    # in\n    pass\n# out\n",
    'x = f"{y!r:>{w}} # {z}"  # yes\n',
    "x = b'#' u'#' Rb'\\'#'  # yes\n",
    "if x:\n\tpass  # tab\n\f# form feed\ny = 1\n",
)


@pytest.mark.parametrize("text", ODD)
def test_both_ways_find_the_same_comments(text: str) -> None:
    assert by_pattern(text) == by_tokens(text)


def test_both_ways_find_the_same_comments_in_real_files() -> None:
    checked = 0
    for folder in ("nova", "reviewers", "memory", "tests", "scripts", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            if "assets" in path.parts:
                continue
            text = path.read_text("utf-8")
            assert by_pattern(text) == by_tokens(text), path
            checked += 1
    assert checked > 100


def test_what_only_looks_like_a_silencer_silences_nothing() -> None:
    text = "x = '# noqa'\ny = '''\n# nova: ignore\n'''\nz = 1  # noqa: F401\n"
    assert silencers(text) == ((), ((5, ("F401",)),))
