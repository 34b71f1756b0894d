from __future__ import annotations

import time
from dataclasses import replace

import pytest
from rich.text import Text

from nova.answer import Left, Review, State
from nova.report import render
from nova.report.characters import cells
from nova.report.screen import WIDEST
from reviewers.finding import Severity
from tests.nova.report.reviews import hostile, place, ranked, review, usual


def flat(answer: Review, width: int = 80) -> str:
    """The screen with its lines run together."""
    return " ".join(render(answer, width=width).split())


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("answer", [usual(), hostile(), review()])
def test_nothing_but_a_path_is_wider_than_the_screen(answer: Review, width: int) -> None:
    for line in render(answer, width=width).splitlines():
        assert cells(line) <= min(width, WIDEST) or ".py" in line


def test_colour_changes_no_word() -> None:
    for answer in (usual(), hostile(), review(), review(files=0)):
        painted = Text.from_ansi(render(answer, color=True)).plain
        assert [line.rstrip() for line in painted.splitlines()] == render(answer).splitlines()


def test_without_colour_there_is_no_escape() -> None:
    assert "\x1b" not in render(usual())
    assert "\x1b" in render(usual(), color=True)


def test_the_header_says_what_was_looked_at() -> None:
    first, second, *_ = render(usual()).splitlines()
    assert first == "shop  work tree at 1234abcd, with uncommitted changes"
    assert second == "120 files, 34,210 lines, 1.9 s, 98 from cache"
    assert render(review(scope="commit 1234abcd")).splitlines()[0] == "shop  commit 1234abcd"
    assert render(review(commit=None, scope="")).splitlines()[0] == "shop  no commit yet"


def test_a_finding_says_where_what_why_and_what_next() -> None:
    lines = render(usual()).splitlines()
    start = next(n for n, line in enumerate(lines) if "module_1.py" in line)
    assert lines[start].split() == ["1", "shop/module_1.py:41", "Order.total", "close-resources", "019a1c20"]
    assert lines[start + 1] == "    The file that `open()` returns is never closed when `parse()` raises"
    assert lines[start + 2] == "    why: 3 of 4 of these were mended here; changed 12 times this year"
    assert lines.count("    fix: nova show 029a1c20") == 1


def test_a_long_head_keeps_the_path_whole_and_the_rule_at_the_margin() -> None:
    for width in (80, 120):
        lines = render(usual(), width=width).splitlines()
        start = next(n for n, line in enumerate(lines) if "checkout_complete.py" in line)
        assert lines[start] == " 2  shop/graphql/checkout/mutations/checkout_complete.py:42"
        assert lines[start + 1].startswith("    CheckoutComplete.perform_mutation  regressed")
        assert lines[start + 1].endswith("no-blocking-in-async  029a1c20")
        assert len(lines[start + 1]) == min(width, WIDEST)


def test_states_are_marked_and_what_all_share_is_said_once() -> None:
    mixed = flat(review(ranked(1, state=State.NEW), ranked(2, state=State.REGRESSED), ranked(3)))
    assert "Order.total new close-resources" in mixed
    assert "Order.total regressed close-resources" in mixed
    new = flat(review(ranked(1, state=State.NEW), ranked(2, state=State.NEW)))
    assert "2 findings, all new" in new
    assert "Order.total new" not in new
    assert "Order.total new" in flat(review(ranked(1, state=State.NEW)))
    assert "Order.total from this change" in flat(review(ranked(introduced_by_diff=True)))
    assert "Order.total dismissed" in flat(review(ranked(1), ranked(2, state=State.DISMISSED)))


def test_places_are_listed_with_their_numbers_and_the_step() -> None:
    text = render(review(places=(place(),)))
    assert "Places to mend first" in text
    assert " 1  shop/checkout.py:10  Checkout.complete\n    88 lines, complexity 23; changed 31 times" in text
    assert "    step: take the loop at line 40 out into a function of its own" in text


def test_the_footer_says_what_was_not_looked_at_and_what_is_not_shown() -> None:
    text = flat(usual())
    assert "Not looked at: 14 files (10 vendored, 3 generated, 1 larger than 1 MB)" in text
    assert "Fixed since the last run: 2. Dismissed earlier: 5." in text
    assert "Note: The history is shallow: 50 commits were read." in text
    assert "nova review --all 31 more: 2 high, 9 medium, 20 low" in text
    assert "nova show 1" in text
    assert "nova verdict 1 dismiss --because" in text


def test_one_reason_for_skipping_needs_no_number_of_its_own() -> None:
    assert "Not looked at: 2 files (vendored)" in flat(review(skipped=(Left("a", "vendored"), Left("b", "vendored"))))


def test_many_reasons_for_skipping_are_summed_up() -> None:
    skipped = tuple(Left(f"{n}.py", f"reason {n}") for n in range(9))
    assert "1 reason 5, 3 for other reasons)" in flat(review(skipped=skipped))


def test_nothing_found_is_said_plainly() -> None:
    text = render(review(skipped=(Left("v.py", "vendored"),)))
    assert "Nothing found in 120 files.\n" in text
    assert "Not looked at: 1 file (vendored)" in text
    assert "Next" not in text


def test_no_python_at_all_is_not_called_clean() -> None:
    text = render(review(files=0, lines=0))
    assert "No Python files to review." in text
    assert "Nothing found" not in text


def test_an_incomplete_review_is_never_called_clean() -> None:
    failed = tuple(Left(f"bad_{n}.py", "took longer than 10 s") for n in range(12))
    text = render(review(failed=failed))
    assert text.splitlines()[2] == "Incomplete: 12 files could not be reviewed, so there may be more to find."
    assert "Nothing found in the 120 files that could be read." in text
    assert "  bad_9.py  took longer than 10 s\n  ... and 2 more\n" in text
    assert "bad_10.py" not in text
    assert "Nothing could be reviewed." in render(review(files=0, lines=0, failed=failed))


def test_what_counts_and_is_not_shown_is_not_called_clean() -> None:
    text = flat(review(total=31, counts={"low": 31}))
    assert "31 findings in 120 files (31 low); none scored high enough to be shown unasked" in text
    assert "nova review --all 31 more: 31 low" in text


def test_a_finding_of_a_silent_rule_is_marked_and_counted_apart() -> None:
    text = flat(review(ranked(1), ranked(2, state=State.DISMISSED, silent=True), dismissed=3, silent=1))
    assert "Order.total silent" in text
    assert "1 finding, and 1 of silent rules" in text
    assert "Dismissed earlier: 2. Silent after what you dismissed: 1 (nova verdict --list)." in text


def test_a_dismissed_finding_on_the_screen_does_not_count_as_shown() -> None:
    answer = review(ranked(1, severity=Severity.HIGH), ranked(2, state=State.DISMISSED), total=1, shown=1)
    assert "--all" not in render(answer)


def test_how_severe_the_rest_is_is_said_only_where_it_adds_up() -> None:
    assert flat(review(ranked(), total=3, counts={"medium": 1})).endswith("nova review --all 2 more")


def test_paths_begin_where_the_person_stands() -> None:
    text = render(review(ranked(), places=(place(),)), base="../")
    assert " ../shop/orders.py:41 " in text
    assert " ../shop/checkout.py:10 " in text


def test_ranks_of_three_digits_line_up() -> None:
    lines = render(review(ranked(9), ranked(100))).splitlines()
    assert any(line.startswith("  9  shop/") for line in lines)
    assert any(line.startswith("100  shop/") for line in lines)


def test_the_usual_screen_is_drawn_at_once() -> None:
    render(usual(), color=True)
    begin = time.process_time()
    render(usual(), color=True)
    assert time.process_time() - begin < 0.025


def test_without_memory_no_step_is_advised_that_would_need_it() -> None:
    text = render(replace(usual(), remembered=False))
    assert "nova show" not in text
    assert "nova verdict" not in text
    assert "all new" not in text
