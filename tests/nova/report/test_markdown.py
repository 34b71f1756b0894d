from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nova.answer import Fix, Left
from nova.report import render
from nova.report.characters import sentence, visible
from nova.report.markdown import ROOM, block, code, escape
from reviewers.finding import Safety
from tests.nova.report.reviews import HOSTILE, PATCH, hostile, place, ranked, review, usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def shown(text: str) -> str:
    """The text that a reader sees."""
    kinds = {"text", "code_inline", "text_special", "softbreak"}
    return "".join(t.content for t in tokens(text) if t.type in kinds).replace("\u200b", "")


def test_the_summary_says_what_was_found_and_what_was_not_looked_at() -> None:
    text = shown(render(usual(), "markdown"))
    for words in (
        "Nova: shop",
        "41 findings in 120 files (3 high, 17 medium, 21 low).",
        "shop/graphql/checkout/mutations/checkout_complete.py:42",
        "(high, regressed)",
        "Why: 3 of 4 of these were mended here; changed 12 times this year",
        "Step: take the loop at line 40",
        "31 more findings (2 high, 9 medium, 20 low) not shown",
        "14 files (10 vendored, 3 generated, 1 larger than 1 MB)",
        "Fixed since the last run: 2. Dismissed earlier: 5.",
        "The history is shallow",
    ):
        assert words in text, words


def test_an_incomplete_review_says_so_at_the_top() -> None:
    text = render(review(failed=tuple(Left(f"bad_{n}.py", "took too long") for n in range(12))), "markdown")
    assert text.split("\n")[3] == "**Incomplete: 12 files could not be reviewed, so there may be more to find.**  "
    assert "- `bad_9.py`: took too long\n- and 2 more" in text


def test_a_patch_is_folded_away_and_whole() -> None:
    text = render(review(ranked(fix=Fix("use `with` & co", Safety.PROVEN, PATCH))), "markdown")
    assert "<details><summary>Fix: use `with` &amp; co (proven)</summary>" in text
    (fence,) = [t for t in tokens(text) if t.type == "fence"]
    assert fence.content == PATCH


def test_hostile_text_makes_no_markup() -> None:
    text = render(hostile(), "markdown")
    seen = list(tokens(text))
    assert not {t.type for t in seen} & {"link_open", "image", "html_inline", "table_open", "em_open", "s_open", "hr"}
    assert [t.content.split("\n")[0].partition(" ")[0] for t in seen if t.type == "html_block"] == [
        "<details><summary>Fix:",
        "</details>",
    ]
    assert [t.tag for t in seen if t.type == "heading_open"] == ["h2", "h3", "h3", "h3"]
    assert sum(t.type == "fence" for t in seen) == 1
    assert sum(t.type == "list_item_open" for t in seen) == 1


def test_hostile_text_notifies_nobody_and_links_nowhere() -> None:
    prose = [t.content for t in tokens(render(hostile(), "markdown")) if t.type in {"text", "html_block"}]
    for mark in ("@octocat", "#42", "://", "www.evil", "GH-7"):
        assert not any(mark in html.unescape(part) for part in prose), mark


@given(st.text())
def test_escaped_text_shows_as_it_is(text: str) -> None:
    paragraph = f"First line  \n{escape(text)}"
    assert shown(paragraph) == f"First line{_without_code_marks(text)}"


@given(st.text(st.sampled_from("ab `*_#-+=.1)!<>&[]()~|$\\:@\n/")))
def test_escaped_marks_show_as_they_are(text: str) -> None:
    assert shown(f"First line  \n{escape(text)}") == f"First line{_without_code_marks(text)}"
    assert not {t.type for t in tokens(escape(text))} & {"heading_open", "list_item_open", "hr", "blockquote_open"}


def _without_code_marks(text: str) -> str:
    """What is left of a text when pairs of single backticks have made code."""
    parts = sentence(text).replace("\u200b", "").split("`")
    if len(parts) < 3 or "" in parts[1:-1]:
        return "`".join(parts)
    said = ""
    for number, part in enumerate(parts):
        pair = number % 2 == 1 and number < len(parts) - 1
        said += part if pair or number % 2 == 0 else f"`{part}"
    return said


@given(st.text(st.sampled_from("ab `\n\\|\u200b")))
def test_code_shows_as_it_is(text: str) -> None:
    assert shown(f"x{code(text)}x") == f"x{visible(text)}x"


@given(st.text(st.sampled_from("ab`~\n \t")))
def test_no_line_closes_a_fence(text: str) -> None:
    (fence,) = [t for t in tokens(block(text, "diff")) if t.type == "fence"]
    assert fence.content.rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize("size", [100, 50_000])
def test_the_text_stays_within_what_github_takes(size: int) -> None:
    findings = [ranked(n, message="m" * size, reasons=(HOSTILE * 200,)) for n in range(1, 400)]
    text = render(review(*findings, places=tuple(place(n) for n in range(1, 400))), "markdown")
    assert len(text) < ROOM + 2_000
    assert "did not fit here" in text
