"""Every rule holds to its own examples."""

from __future__ import annotations

import ast

import pytest

from reviewers.registry import RULES
from reviewers.rule import Invalid, ProjectRule, Rule, Valid
from reviewers.testing import fixed, hits

CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_example_holds(rule: Rule | ProjectRule, example: Valid | Invalid) -> None:
    found = hits(rule, example.code, example.path, example.files)
    assert len(found) == (example.hits if isinstance(example, Invalid) else 0)
    if isinstance(example, Invalid) and example.fixed is not None:
        after = fixed(rule, example.code, example.path, example.files)
        assert after == example.fixed
        ast.parse(after)
    else:
        assert not any(hit.fixable for _, hit in found), "a fixable example shows its fixed text"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_shows_both_sides(rule: Rule | ProjectRule) -> None:
    assert sum(isinstance(e, Valid) for e in rule.examples) >= 5
    assert sum(isinstance(e, Invalid) for e in rule.examples) >= 3
    assert bool(rule.fix_title) == any(isinstance(e, Invalid) and e.fixed is not None for e in rule.examples)
    assert (type(rule).__doc__ or "").strip()
