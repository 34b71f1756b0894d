from __future__ import annotations

import pytest
from rich.text import Text

from nova.answer import Fix, State
from nova.report import show
from nova.report.characters import cells
from nova.report.detail import Event, Said, SourceLine, rule_text
from nova.report.excerpt import excerpt
from nova.report.screen import text_of
from reviewers.finding import Safety, Severity, Span
from reviewers.rule import Precision, Rule
from tests.nova.report.reviews import HOSTILE, HOSTILE_PATH, PATCH, detail, ranked


def drawn(text: str, span: Span, width: int = 80) -> list[str]:
    return text_of(excerpt([SourceLine(span.line, text)], span, width), color=False).splitlines()


def underlined(text: str, span: Span, width: int = 80) -> str:
    """What stands above the carets."""
    above, below = drawn(text, span, width)
    columns = [c for character in above for c in [character] + [""] * (cells(character) - 1)]
    return "".join(columns[below.index("^") : below.rindex("^") + 1])


def test_the_page_tells_all_that_is_known() -> None:
    text = show(detail())
    for words in (
        "shop/orders.py:42:9  Order.total",
        "> 42 |     f = open(path)\n     |         ^^^^^^^^^^\n",
        "  43 |     return parse(f.read())",
        "id        019a1c20d4e5f607",
        "rule      close-resources, medium, 92% sure",
        "state     open, rank 1, score 0.89",
        "why       3 of 4 of these were mended here\n          changed 12 times this year",
        "see also  shop/other.py:3-9  the same pattern",
        "verdict   later: after the release (Ann, 2026-05-12)",
        "  2026-03-01  first seen  aaaa1111\n  2026-03-02  dismissed\n  2026-05-11  seen again  bbbb2222",
        "  A file that is left open loses what was not flushed, and in a server it runs\n  out of handles.",
        "92% were right",
        "The fix  open the file in a with statement, proven",
    ):
        assert words in text, words


def test_what_is_not_known_is_left_out() -> None:
    text = show(detail(life=(), rule=None, fix=None, said=None, excerpt=(), finding=ranked(reasons=(), symbol=None)))
    for word in ("History", "The rule", "The fix", "verdict  ", "why", "|"):
        assert word not in text, word


def test_a_fix_that_was_announced_and_could_not_be_made_is_owned_up_to() -> None:
    assert "none could be made here" in show(detail(fix=None))
    assert "none could be made" not in show(detail(fix=None, finding=ranked()))


def test_the_patch_can_be_copied_as_it_is() -> None:
    patch = PATCH.replace("    with", "\twith")
    lines = show(detail(fix=Fix("mend", Safety.UNPROVEN, patch))).splitlines()
    start = lines.index("--- a/shop/orders.py")
    assert lines[start : start + 10] == [line.rstrip(" ") for line in patch.splitlines()]


def test_the_fix_of_the_finding_itself_will_do() -> None:
    fix = Fix("mend it", Safety.TESTED, PATCH)
    assert "The fix  mend it, tested" in show(detail(fix=None, finding=ranked(fix=fix)))


def test_code_may_use_the_whole_width() -> None:
    text = "x = " + "a" * 130
    assert text in show(detail(excerpt=(SourceLine(42, text),)), width=160)
    assert text not in show(detail(excerpt=(SourceLine(42, text),)), width=100)


def test_colour_changes_no_word() -> None:
    painted = Text.from_ansi(show(detail(), color=True)).plain
    assert [line.rstrip() for line in painted.splitlines()] == show(detail()).splitlines()


def test_hostile_text_reaches_no_terminal() -> None:
    text = show(
        detail(
            finding=ranked(
                path=HOSTILE_PATH, symbol=HOSTILE, message=HOSTILE, reasons=(HOSTILE,), span=Span(1, 1, 1, 9)
            ),
            excerpt=(SourceLine(1, HOSTILE.replace("\n", "")),),
            life=(Event(HOSTILE, HOSTILE, HOSTILE),),
            fix=Fix(HOSTILE, Safety.UNPROVEN, f"-{HOSTILE}\n"),
            said=Said(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        )
    )
    assert all(c in "\n\t" or c.isprintable() for c in text)
    text.encode()


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("x = open(path)", Span(7, 5, 7, 15), "open(path)"),
        ("\tx = open(path)", Span(7, 6, 7, 10), "open"),
        ("漢字 = open(path)", Span(7, 6, 7, 10), "open"),
        ("x = '漢字'", Span(7, 6, 7, 8), "漢字"),
        ("é = e\u0301 + y", Span(7, 10, 7, 11), ""),
        ("x = '\x1b' + y", Span(7, 6, 7, 7), "\\x1b"),
        ("x = 1\r", Span(7, 5, 7, 6), "1"),
        ("a" * 100 + " bad(" + "b" * 100, Span(7, 102, 7, 105), "bad"),
        ("a" * 100 + " bad", Span(7, 102, 7, 105), "bad"),
        ("漢" * 100 + " bad " + "字" * 90, Span(7, 102, 7, 105), "bad"),
        ("bad" + "b" * 200, Span(7, 1, 7, 4), "bad"),
    ],
)
def test_the_underline_is_right_to_the_character(text: str, span: Span, marked: str) -> None:
    for width in (40, 80, 120):
        lines = drawn(text, span, width)
        assert all(cells(line) <= width for line in lines)
        if marked:
            assert underlined(text, span, width) == marked


def test_a_span_that_is_too_long_is_underlined_as_far_as_it_is_shown() -> None:
    above, below = drawn("x = " + "a" * 200, Span(7, 5, 7, 205), 60)
    assert above.endswith("…")
    assert len(below) == len(above) == 60


def test_an_empty_span_still_has_a_mark() -> None:
    assert drawn("x = 1", Span(7, 3, 7, 3))[1].strip(" |") == "^"


def test_a_span_over_several_lines_has_a_bar_in_the_margin() -> None:
    lines = [SourceLine(n, f"line {n}") for n in range(1, 6)]
    shown = text_of(excerpt(lines, Span(2, 1, 4, 1), 80), color=False).splitlines()
    assert [line[0] for line in shown] == [" ", ">", ">", " ", " "]
    assert "^" not in "".join(shown)


class _Careful(Rule):
    """Be careful.

    It pays off.
    """

    name = "be-careful"
    severity = Severity.LOW
    precision = Precision(9, 10, ("shop",))


class _Unmeasured(Rule):
    """Guess."""

    name = "guess"
    severity = Severity.INFO


def test_a_rule_tells_about_itself() -> None:
    text = rule_text(_Careful())
    assert (text.name, text.source, text.severity) == ("be-careful", "nova", Severity.LOW)
    assert (text.summary, text.text, text.precision) == ("Be careful.", "Be careful.\n\nIt pays off.", 0.9)
    assert rule_text(_Unmeasured()).precision is None


def test_the_state_is_told_in_words() -> None:
    assert "state     regressed, from this change, rank 1" in show(
        detail(finding=ranked(state=State.REGRESSED, introduced_by_diff=True))
    )
