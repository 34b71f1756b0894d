from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova.proof.as_data import from_data, to_data
from nova.proof.case import Case, FileChange, Mend, Patch, TargetFacts
from nova.proof.ladder import cap, prove
from nova.proof.testing import Untestable
from nova.proof.tools import Diagnostic, Reviewed, Tools
from nova.proof.verdict import Outcome, Proof, Verdict
from reviewers.finding import Span
from tests.nova.proof.cases import OWN, Told, Types, finding, text_case, tools

if TYPE_CHECKING:
    from nova.proof.compilers import Compilers

AT = Span(1, 1, 1, 2)


def _outcomes(proof: Proof) -> str:
    return " ".join(
        {"passed": "P", "failed": "F", "refuted": "R", "not run": "-"}[r.outcome.value] for r in proof.rungs
    )


def test_the_climb_stops_where_the_patch_is_proven(compilers: Compilers) -> None:
    proof = prove(text_case("x = (1)\n", "x = 1\n"), tools(compilers, types=Types()))
    assert (proof.verdict, _outcomes(proof)) == (Verdict.PROVEN, "P P P - - - - -")
    assert proof.rungs[4].why == "it is proven already"


def test_the_climb_stops_at_a_difference(compilers: Compilers) -> None:
    proof = prove(text_case("x = 1\n", "x = = 1\n"), tools(compilers))
    assert (proof.verdict, _outcomes(proof)) == (Verdict.REFUTED, "P R - - - - - -")


def test_what_is_not_identical_goes_on_to_the_types(compilers: Compilers) -> None:
    proof = prove(text_case("x = 1\n", "x = 2\n"), tools(compilers, types=Types()))
    assert (proof.verdict, _outcomes(proof)) == (Verdict.UNPROVEN, "P P F P - - - -")
    assert proof.why.startswith("tests:")
    failed = prove(
        text_case("x = 1\n", "x = 2\n"), tools(compilers, types=Types(after=(Diagnostic("a.py", 1, "c", "m"),)))
    )
    assert failed.why.startswith("types:")


def test_a_patch_that_fails_low_goes_on_only_in_search_of_a_difference(compilers: Compilers) -> None:
    case = text_case("x = 1  # why\n", "x = 1\n")
    assert _outcomes(prove(case, tools(compilers, types=Types()))) == "F P - - - - - -"
    assert _outcomes(prove(case, tools(compilers, types=Types()), thorough=True)) == "F P P P - - - -"


def test_an_unread_file_after_a_failed_text_is_still_refuted(compilers: Compilers) -> None:
    proof = prove(text_case("x = 1  # why\n", "x = (\n"), tools(compilers))
    assert proof.verdict is Verdict.REFUTED


def test_rungs_that_run_code_say_why_they_did_not(compilers: Compilers) -> None:
    case = text_case("x = 1\n", "x = 2\n")
    without = Tools(compilers, Told(), Types(), find=lambda: Untestable("the target is not trusted", "trust it"))
    rungs = prove(case, without).rungs[4:]
    assert rungs[0].outcome is Outcome.NOT_RUN
    assert rungs[0].why == "the target is not trusted; next: trust it"


def test_tests_are_looked_for_only_where_a_climb_gets_to_them(compilers: Compilers) -> None:
    asked = []

    def find() -> Untestable:
        asked.append(1)
        return Untestable("none")

    low = Tools(compilers, Told(), Types(), find=find)
    prove(text_case("x = (1)\n", "x = 1\n"), low)
    prove(text_case("x = 1\n", "x = 2\n"), low, least="proven")
    assert not asked
    for _ in range(2):
        prove(text_case("x = 1\n", "x = 2\n"), low)
    assert len(asked) == 1


class _Broken(Told):
    def review(self, patch: Patch) -> tuple[Reviewed, Reviewed]:
        raise RuntimeError("no")


def test_a_rung_that_breaks_supports_nothing(compilers: Compilers) -> None:
    proof = prove(text_case("x = (1)\n", "x = 1\n"), Tools(compilers, _Broken()))
    assert (proof.verdict, proof.rungs[1].outcome) == (Verdict.UNPROVEN, Outcome.FAILED)
    assert "RuntimeError" in proof.rungs[1].why


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("tests/test_a.py", "tests"), ("src/conftest.py", "tests"), ("a_test.py", "tests"), ("setup.py", "configuration"),
        ("pyproject.toml", "configuration or data"), ("shop/data.json", "configuration or data"), ("docs/conf.py", "configuration"),
        ("shop/guard/a.py", "protected"), ("shop/a.pyi", "configuration or data"),
    ],
)  # fmt: skip
def test_what_judges_a_patch_caps_it(path: str, says: str, compilers: Compilers) -> None:
    case = text_case("x = (1)\n", "x = 1\n", path=path, protected=("shop/guard/**",))
    assert says in cap(case)
    proof = prove(case, tools(compilers))
    assert (proof.verdict, says in proof.why) == (Verdict.UNPROVEN, True)


def test_one_capped_file_caps_the_whole_patch() -> None:
    files = tuple(FileChange(path, b"x = (1)\n", b"x = 1\n") for path in ("a.py", "tests/test_a.py"))
    assert cap(Case(Patch(files), TargetFacts("/nowhere", versions=(OWN,)))) == "it touches tests (tests/test_a.py)"
    assert cap(Case(Patch(files[:1]), TargetFacts("/nowhere", versions=(OWN,)))) == ""


def test_a_proof_comes_back_from_its_data(compilers: Compilers) -> None:
    for case in (
        text_case("x = 1\n", "x = = 1\n"),
        text_case("x = (1)\n", "x = 1\n"),
        text_case("a", "b", path="a.txt"),
    ):
        proof = prove(case, tools(compilers))
        assert from_data(to_data(proof)) == proof
        with pytest.raises(ValueError, match="schema"):
            from_data({**to_data(proof), "schema": 2})


def test_a_mend_is_proved_with_its_rule(compilers: Compilers) -> None:
    case = text_case("x = (1)\n", "x = 1\n", Mend("a", "a.py", AT))
    assert prove(case, tools(compilers, Told((finding("a", 1),)))).verdict is Verdict.PROVEN
    assert prove(case, tools(compilers, Told((finding("a", 1),), (finding("a", 1),)))).verdict is Verdict.UNPROVEN


def test_equal_patches_have_equal_keys_and_others_do_not() -> None:
    def key(before: bytes | None, after: bytes | None, path: str = "a.py") -> str:
        return Patch((FileChange(path, before, after),)).key

    keys = [
        key(b"a", b"b"),
        key(b"ab", b""),
        key(b"", b"ab"),
        key(None, b"ab"),
        key(b"ab", None),
        key(b"a", b"b", "b.py"),
    ]
    assert len(set(keys)) == len(keys)
    assert key(b"a", b"b") == keys[0]
