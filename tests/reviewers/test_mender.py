from __future__ import annotations

import pytest

from reviewers import mender
from reviewers.finding import Span
from reviewers.registry import RULES
from reviewers.rule import Invalid, Rule
from reviewers.testing import hits

FIXABLE, EXAMPLE = next(
    (rule, example)
    for rule in RULES
    if isinstance(rule, Rule)
    for example in rule.examples
    if isinstance(example, Invalid) and example.fixed is not None and example.hits == 1
)


def _task() -> tuple[str, str, Span]:
    ((span, _),) = hits(FIXABLE, EXAMPLE.code, EXAMPLE.path, EXAMPLE.files)
    return FIXABLE.name, EXAMPLE.code, span


def test_a_child_makes_the_fix_of_the_rule() -> None:
    assert mender.mend([_task(), _task()]) == [EXAMPLE.fixed, EXAMPLE.fixed]


def test_nothing_to_mend_starts_no_child() -> None:
    assert mender.mend([]) == []


@pytest.mark.parametrize("text", ["def (\n", "x = 1\n"])
def test_a_fix_that_cannot_be_made_takes_no_other_with_it(text: str) -> None:
    assert mender.mend([(FIXABLE.name, text, Span(1, 1, 1, 2)), _task(), ("no-such-rule", text, Span(1, 1, 1, 2))]) == [
        None,
        EXAMPLE.fixed,
        None,
    ]


def test_a_child_that_dies_costs_only_the_fix_that_killed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = mender._run

    def run(tasks: list[tuple[str, str, Span]]) -> list[str | None] | None:
        return None if any(rule == "deadly" for rule, _, _ in tasks) else plain(tasks)

    monkeypatch.setattr(mender, "_run", run)
    assert mender.mend([("deadly", "", Span(1, 1, 1, 2)), _task()]) == [None, EXAMPLE.fixed]
