"""The order of findings."""

from __future__ import annotations

from nova.ranking import Prior, rank
from reviewers.finding import Finding, Severity, Span
from reviewers.snapshot import FileHistory, History

DAY = 86_400
PRIORS = {"likely": Prior(0.4, "likely"), "unlikely": Prior(0.05, "unlikely"), "tidy": Prior(0.6, "tidy")}


def finding(
    rule: str, line: int, path: str = "a.py", severity: Severity = Severity.MEDIUM, *, fixable: bool = False
) -> Finding:
    return Finding(
        rule,
        "nova",
        severity,
        0.9,
        path,
        Span(line, 1, line, 2),
        None,
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


def test_no_fourth_clean_up_stands_before_what_may_go_wrong() -> None:
    tidy = [finding("tidy", n, severity=Severity.INFO, fixable=True) for n in range(1, 3)]
    other = [
        Finding("neat", "nova", Severity.INFO, 0.9, "a.py", Span(n, 1, n, 2), None, "neat", f"n{n}", fixable=True)
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
        Finding("likely", "ruff", Severity.HIGH, 0.9, "a.py", Span(n, 1, n, 2), None, "Undefined name `_`", f"{n}")
        for n in range(30)
    ]
    ranked = rank([*same, finding("unlikely", 99)], PRIORS, History())
    assert ranked[0].finding.rule == "unlikely"


def test_the_order_does_not_depend_on_the_order_given() -> None:
    found = [finding(rule, n, f"{path}.py") for rule in ("likely", "unlikely") for n in range(5) for path in "ab"]
    assert order(found) == order(found[::-1])


def test_every_score_is_a_share() -> None:
    scored = rank([finding("likely", 1), finding("unknown", 2, "tests/x.py")], PRIORS, History())
    assert all(0 < s.score < 1 and s.reasons for s in scored)
