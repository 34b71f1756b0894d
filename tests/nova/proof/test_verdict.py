from __future__ import annotations

from itertools import product

import pytest

from nova.proof.verdict import Outcome, Proof, RungResult, Verdict, verdict_of

P, F, R, N = Outcome.PASSED, Outcome.FAILED, Outcome.REFUTED, Outcome.NOT_RUN
EVERY = list(product((P, F, R, N), repeat=8))


def _results(outcomes: tuple[Outcome, ...]) -> list[RungResult]:
    return [RungResult(n, f"rung {n}", outcome, "because") for n, outcome in enumerate(outcomes)]


def _passed(outcomes: tuple[Outcome, ...], *rungs: int) -> bool:
    return {outcomes[rung] for rung in rungs} == {P}


def test_a_difference_anywhere_refutes_whatever_else_passed() -> None:
    assert {
        verdict_of(_results(o), capped=c, conditions=k)
        for o in EVERY
        if R in o
        for c in (False, True)
        for k in (False, True)
    } == {Verdict.REFUTED}


def test_without_a_difference_proven_is_rungs_0_1_and_2_and_nothing_else() -> None:
    for outcomes in (o for o in EVERY if R not in o):
        assert (verdict_of(_results(outcomes)) is Verdict.PROVEN) == _passed(outcomes, 0, 1, 2)


def test_tested_needs_0_1_3_4_5_and_6_or_conditions_that_were_checked_where_6_cannot_run() -> None:
    for outcomes in (o for o in EVERY if R not in o and not _passed(o, 0, 1, 2)):
        tests_pass = _passed(outcomes, 0, 1, 3, 4, 5) and outcomes[7] is not F
        plain, with_conditions = (verdict_of(_results(outcomes), conditions=c) for c in (False, True))
        assert (plain is Verdict.TESTED) == (tests_pass and outcomes[6] is P)
        assert (with_conditions is Verdict.TESTED) == (tests_pass and outcomes[6] in {P, N})


def test_a_patch_that_touches_what_judges_it_is_never_more_than_unproven() -> None:
    capped = {verdict_of(_results(o), capped=True, conditions=True) for o in EVERY}
    assert capped == {Verdict.UNPROVEN, Verdict.REFUTED}


def test_a_rung_that_is_missing_counts_as_not_run() -> None:
    for outcomes in product((P, F, R), repeat=3):
        short = _results(tuple(outcomes))
        assert verdict_of(short) is verdict_of(_results((*outcomes, N, N, N, N, N)))
    assert verdict_of([]) is Verdict.UNPROVEN


def test_a_rung_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        verdict_of([*_results((P,)), *_results((F,))])


def test_only_what_is_proven_or_passed_the_whole_suite_is_fit_for_a_proposal() -> None:
    tested = (P, P, F, P, P, P, P)

    def is_fit(outcomes: tuple[Outcome, ...], verdict: Verdict) -> bool:
        return Proof("key", verdict, tuple(_results(outcomes))).is_fit_for_proposal

    assert not is_fit((*tested, N), Verdict.TESTED)
    assert is_fit((*tested, P), Verdict.TESTED)
    assert is_fit((P, P, P, N, N, N, N, N), Verdict.PROVEN)
    assert not is_fit((P,) * 8, Verdict.UNPROVEN)


def test_what_is_refuted_reaches_nothing() -> None:
    reached = {v: [least for least in ("proven", "tested", "unproven") if v.reaches(least)] for v in Verdict}
    assert reached == {
        Verdict.PROVEN: ["proven", "tested", "unproven"],
        Verdict.TESTED: ["tested", "unproven"],
        Verdict.UNPROVEN: ["unproven"],
        Verdict.REFUTED: [],
    }


@pytest.mark.parametrize("outcomes", [(P, P, P), (F, P, F, N), (P, P, F, P), (R,), (P, R), (N, N)])
def test_every_proof_has_one_reason_to_show_first(outcomes: tuple[Outcome, ...]) -> None:
    results = tuple(_results(outcomes))
    assert Proof("key", verdict_of(results), results).why
