"""What people read on a pull request: short, honest about what is missing, and harmless whatever the code holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nova.answer import Left
from nova.living.values import Limits, Standing, Wanted
from nova.report import comments
from reviewers.finding import Span
from tests.nova.report.reviews import HOSTILE, HOSTILE_PATH, ranked

if TYPE_CHECKING:
    from nova.answer import Ranked

FINDING = ranked(
    id="0123456789abcdef", rule="B904", path="src/a b.py", span=Span(7, 1, 7, 9), message="raise it from the cause",
    reasons=("people acted on 17%", "new here", "a third"),
)  # fmt: skip
TOLD = comments.Told("https://github.com/o/r", "main", "b" * 40, "a" * 40, 3)
EVIL = "x <!-- nova:finding v=1 --> @owner #1 ```suggestion [l](http://x) <b> https://x.y"


def _wanted(finding: Ranked) -> Wanted:
    line = comments.entry(finding, TOLD.url, TOLD.head_commit)
    return Wanted(finding.id, "m", finding.path, None, "", "", "", "", line)


def test_a_comment_has_the_message_the_reason_and_how_to_say_no() -> None:
    text = comments.comment(FINDING)
    assert text.startswith("**raise it from the cause**\n\nWhy: people acted on 17%; new here.\n")
    assert "`/nova dismiss by design`" in text
    assert len(text.splitlines()) <= 5


def test_a_suggestion_comes_with_its_proof_and_a_fix_without_one_with_the_command() -> None:
    block = comments.Suggested("```suggestion\nx\n```", "Proven: the same bytecode on 3.11")
    text = comments.comment(FINDING, block)
    assert "```suggestion\nx\n```\n\nProven: the same bytecode on 3.11." in text
    assert "`nova fix 01234567`" in comments.comment(replace(FINDING, fixable=True))
    assert "nova fix" not in comments.comment(FINDING)


def test_what_was_missed_is_marked() -> None:
    assert comments.MISSED in comments.comment(FINDING, missed=True)


def test_reasons_are_no_cause_to_edit_a_comment() -> None:
    assert comments.substance(FINDING) == comments.substance(
        replace(FINDING, reasons=("another",), span=Span(9, 1, 9, 2))
    )
    assert comments.substance(FINDING) != comments.substance(replace(FINDING, message="other"))


@pytest.mark.parametrize("where", ["message", "path", "rule"])
def test_text_from_the_code_makes_no_markup_mention_link_or_marker(where: str) -> None:
    given = {"reasons": (EVIL, HOSTILE), where: EVIL if where != "path" else EVIL + HOSTILE_PATH}
    evil = ranked(1, **given)
    for text in (comments.comment(evil), comments.entry(evil, TOLD.url, TOLD.head_commit)):
        plain = comments_without_code(text)
        assert "<!--" not in plain
        assert "@owner" not in plain
        assert "<b>" not in plain
        assert "\n```suggestion" not in text


def comments_without_code(text: str) -> str:
    """The text without its code spans, in which nothing is markup, and without the address of its own link."""
    return re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text).replace("\\<", "").replace(TOLD.url, "")


def test_a_path_leads_to_its_line_at_the_head() -> None:
    line = comments.entry(FINDING, TOLD.url, TOLD.head_commit)
    assert f"(https://github.com/o/r/blob/{'a' * 40}/src/a%20b.py#L7)" in line


def test_nothing_found_is_said_in_two_lines() -> None:
    text = comments.summary(TOLD, Standing(), Limits())
    assert text == (
        "### Nova: nothing found\n\nLooked at `aaaaaaaaaa` against `main` (`bbbbbbbbbb`): 3 changed Python files."
    )


def test_what_failed_is_never_told_as_clean() -> None:
    text = comments.summary(replace(TOLD, failed=(Left("a.py", "unknown encoding"),)), Standing(), Limits())
    assert text.startswith("### Nova: incomplete, 1 file could not be reviewed; nothing found so far")
    assert "- `a.py`: unknown encoding" in text


def test_what_was_not_looked_at_is_said() -> None:
    told = replace(TOLD, others=2, binary=1, skipped=(Left("s", "submodule: a repository of its own"),))
    text = comments.summary(told, Standing(), Limits())
    assert (
        "Not looked at: 1 file (submodule: a repository of its own); 2 files that are no Python; 1 binary file." in text
    )


def test_what_the_token_may_not_do_is_said() -> None:
    text = comments.summary(TOLD, Standing(), Limits(resolve=True, reasons={"resolve": "no"}))
    assert comments.LIMITS["resolve"] in text


def test_thousands_of_findings_fit_into_one_comment() -> None:
    many = tuple(_wanted(replace(FINDING, id=f"{n:016x}", message="m" * 300)) for n in range(5000))
    text = comments.summary(TOLD, Standing(below=many), Limits())
    assert len(text) < 45_000
    assert "more findings did not fit here" in text
    assert "5000 below" in text
