"""The order of findings."""

from __future__ import annotations

import math

from nova.ranking import FLOOR, Lesson, Prior, rank, worth_showing
from reviewers.finding import Finding, Severity, Span
from reviewers.snapshot import FileHistory, History

DAY = 86_400
PRIORS = {"likely": Prior(0.4, "likely"), "unlikely": Prior(0.05, "unlikely"), "tidy": Prior(0.6, "tidy")}


def finding(
    rule: str,
    line: int,
    path: str = "a.py",
    severity: Severity = Severity.MEDIUM,
    *,
    fixable: bool = False,
    symbol: str = "",
) -> Finding:
    return Finding(
        rule,
        "nova",
        severity,
        0.9,
        path,
        Span(line, 1, line, 2),
        symbol or f"f{line}",
        f"{rule} {line}",
        f"{rule}{path}{line}",
        fixable=fixable,
    )


def order(findings: list[Finding], history: History | None = None, **named: object) -> list[tuple[str, int]]:
    scored = rank(findings, PRIORS, history or History(), **named)  # type: ignore[arg-type]
    return [(s.finding.rule, s.finding.span.line) for s in scored]


def test_what_people_act_on_comes_first_whatever_its_severity() -> None:
    found = [finding("unlikely", 1, severity=Severity.HIGH), finding("likely", 2, severity=Severity.LOW)]
    assert order(found) == [("likely", 2), ("unlikely", 1)]


def test_no_rule_takes_a_fourth_place_before_the_others_had_theirs() -> None:
    found = [finding("likely", n) for n in range(1, 6)] + [finding("unlikely", 9)]
    assert order(found) == [("likely", 1), ("likely", 2), ("likely", 3), ("unlikely", 9), ("likely", 4), ("likely", 5)]


def test_one_rule_speaks_once_of_a_function_before_others_had_their_turn() -> None:
    twins = [finding("likely", n, symbol="same") for n in range(1, 4)]
    found = [*twins, finding("likely", 8), finding("unlikely", 9)]
    assert order(found) == [("likely", 1), ("likely", 8), ("unlikely", 9), ("likely", 2), ("likely", 3)]


def test_twins_of_one_function_take_no_place_from_the_rest_of_their_rule() -> None:
    twins = [finding("likely", n, symbol="same") for n in range(1, 6)]
    found = [*twins, finding("likely", 7), finding("likely", 8), finding("unlikely", 9)]
    assert order(found)[:4] == [("likely", 1), ("likely", 7), ("likely", 8), ("unlikely", 9)]


def test_no_fourth_clean_up_stands_before_what_may_go_wrong() -> None:
    tidy = [finding("tidy", n, severity=Severity.INFO, fixable=True) for n in range(1, 3)]
    other = [
        Finding("neat", "nova", Severity.INFO, 0.9, "a.py", Span(n, 1, n, 2), f"f{n}", "neat", f"n{n}", fixable=True)
        for n in range(5, 8)
    ]
    ranked = rank([*tidy, *other, finding("unlikely", 9)], {**PRIORS, "neat": Prior(0.6, "neat")}, History())
    place = [s.finding.rule for s in ranked].index("unlikely")
    assert place == 3


def test_a_fix_and_a_lately_changed_file_move_a_finding_up() -> None:
    assert order([finding("likely", 1), finding("likely", 2, fixable=True)])[0] == ("likely", 2)
    until = 1_000 * DAY
    history = History({"b.py": FileHistory(3, 0, until - 5 * DAY, "b.py")}, 3, False, until)
    ranked = rank([finding("likely", 1), finding("likely", 2, "b.py")], PRIORS, history)
    assert ranked[0].finding.path == "b.py"
    assert "the file was last changed 5 days before" in ranked[0].reasons


def test_tests_and_documentation_stand_behind_the_code() -> None:
    found = [finding("likely", 1, "tests/a.py"), finding("likely", 2, "docs/a.py"), finding("likely", 3, "src/a.py")]
    assert order(found)[0] == ("likely", 3)


def test_what_a_change_brings_in_stands_before_what_was_there() -> None:
    old, new = finding("likely", 1), finding("unlikely", 2)
    assert order([old, new], introduced=frozenset({(new.path, new.fingerprint)}))[0] == ("unlikely", 2)


def test_one_undefined_name_everywhere_is_taken_for_a_builtin_of_the_project() -> None:
    same = [
        Finding("likely", "ruff", Severity.HIGH, 0.9, "a.py", Span(n, 1, n, 2), f"f{n}", "Undefined name `_`", f"{n}")
        for n in range(30)
    ]
    ranked = rank([*same, finding("unlikely", 99)], PRIORS, History())
    assert ranked[0].finding.rule == "unlikely"


def test_a_code_whose_findings_were_worth_it_when_read_stands_before_one_whose_were_not() -> None:
    priors = {code: Prior(0.2, "the same") for code in ("B012", "B905")}
    ranked = rank([finding("B905", 1), finding("B012", 2)], priors, History())
    assert [s.finding.rule for s in ranked] == ["B012", "B905"]
    assert any("read by hand were worth mending" in reason for reason in ranked[0].reasons)


def test_reading_the_ruff_codes_leaves_the_score_of_other_rules_alone() -> None:
    [scored] = rank([finding("likely", 1), finding("likely", 2)], PRIORS, History())[:1]
    assert math.isclose(math.log(scored.score / (1 - scored.score)), math.log(0.4 / 0.6) - 0.5)


def test_what_people_said_moves_a_finding_and_is_told_as_a_reason() -> None:
    one, other = finding("likely", 1), finding("likely", 2)
    lessons = {(one.path, one.fingerprint): Lesson(-1.5, "dismissed 3 of 4 times in this file")}
    first, second = rank([one, other], PRIORS, History(), lessons=lessons)
    assert (first.finding, second.finding) == (other, one)
    assert second.reasons[1] == "dismissed 3 of 4 times in this file"
    plain = rank([one, other], PRIORS, History())[0].score
    assert math.isclose(math.log(second.score / (1 - second.score)), math.log(plain / (1 - plain)) - 1.5)
    assert first.score == plain


def test_what_is_not_worth_a_readers_time_is_not_shown_to_fill_the_list() -> None:
    ranked = rank([finding("likely", n) for n in range(3)] + [finding("unlikely", 9)], PRIORS, History())
    assert ranked[-1].score < FLOOR
    assert worth_showing(ranked, 10, folded=False) == ranked[:-1]
    assert worth_showing(ranked, 2, folded=False) == ranked[:2]


def test_one_rule_speaks_once_of_a_file_and_of_three_files_unless_a_change_is_reviewed() -> None:
    found = [finding("likely", n, f"{path}.py") for path in "abcd" for n in range(3)]
    ranked = rank(found, PRIORS, History())
    folded = worth_showing(ranked, 10, folded=True)
    assert len(folded) == len({s.finding.path for s in folded}) == 3
    assert worth_showing(ranked, 10, folded=False) == ranked[:10]


def test_what_a_package_imports_to_hand_on_is_not_shown_unasked() -> None:
    priors = {"F401": Prior(0.3, "the same")}
    own, face = rank([finding("F401", 1, "pkg/a.py"), finding("F401", 1, "pkg/__init__.py")], priors, History())
    assert own.finding.path == "pkg/a.py"
    assert worth_showing([own, face], 10, folded=True) == [own]


def test_the_order_does_not_depend_on_the_order_given() -> None:
    found = [finding(rule, n, f"{path}.py") for rule in ("likely", "unlikely") for n in range(5) for path in "ab"]
    assert order(found) == order(found[::-1])


def test_every_score_is_a_share() -> None:
    scored = rank([finding("likely", 1), finding("unknown", 2, "tests/x.py")], PRIORS, History())
    assert all(0 < s.score < 1 and s.reasons for s in scored)
