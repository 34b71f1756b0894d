from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova import app, proofs
from nova.ports import silent
from nova.proof.case import FileChange, Mend, Patch
from nova.proof.verdict import Counterexample, Outcome, Proof, RungResult, Verdict
from nova.proving import conditions_of
from nova.request import Request
from reviewers.finding import Span
from tests.functional.test_fix import BOTH, PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functional.repositories import Answer, Repository

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(repository: Repository) -> Repository:
    repository.write("pyproject.toml", PROJECT)
    repository.write("both.py", BOTH)
    repository.commit("first")
    return repository


def test_a_counterexample_is_remembered_against_the_rule_and_its_fixes_go_last(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    before = [fix["rule"] for fix in nova("fix", "--format", "json").data["fixes"]]
    rule = before[0]
    request = Request(path=shop.path)
    patch = Patch((FileChange("both.py", b"x = 1\n", b"x = 2\n"),))
    found = RungResult(6, "inputs", Outcome.REFUTED, "f(0) is another", counterexample=Counterexample("f(0)"))
    kept = proofs.Kept(
        "f00d", patch, (Mend(rule, "both.py", Span(1, 1, 1, 2)),), Proof(patch.key, Verdict.REFUTED, (found,))
    )
    proofs.keep(request, app.find_subject(request), [kept], silent)
    proofs.keep(request, app.find_subject(request), [kept], silent)
    answer = nova("fix", "--format", "json")
    assert answer.data["refuted_before"] == {rule: "a fix of this rule was refuted before"}
    assert [fix["rule"] for fix in answer.data["fixes"]] == [*(r for r in before if r != rule), rule]
    assert "a fix of this rule was refuted before" in nova("fix").out


def test_conditions_are_those_of_every_mend_or_none() -> None:
    before, after = b"def f(a):\n    x = not a == 1\n    return x\n", b"def f(a):\n    return not a == 1\n"
    patch = Patch((FileChange("a.py", before, after),))
    mend = Mend("RET504", "a.py", Span(3, 12, 3, 13))
    assert conditions_of(patch, [mend])
    assert conditions_of(patch, [mend, Mend("SIM201", "a.py", Span(2, 9, 2, 19))]) == ()
    assert conditions_of(patch, []) == ()
    assert conditions_of(Patch((*patch.files, FileChange("b.py", b"", b"x = 1\n"))), [mend]) == ()
