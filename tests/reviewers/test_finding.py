"""The identity of a finding."""

from __future__ import annotations

from dataclasses import replace

from reviewers.finding import Finding, Severity, Span, fingerprint, identify, number_twins


def finding(path: str, line: int, rule: str = "r", symbol: str | None = "f", syntax: str = "x") -> Finding:
    mark = fingerprint(rule, symbol, syntax)
    return Finding(rule, "nova", Severity.LOW, 0.5, path, Span(line, 1, line, 2), symbol, "m", mark)


def test_twins_in_one_symbol_are_told_apart_by_their_order() -> None:
    one, two = number_twins([finding("a.py", 9), finding("a.py", 3)])
    assert (one.span.line, two.span.line) == (3, 9)
    assert one.fingerprint != two.fingerprint
    moved = number_twins([finding("a.py", 19), finding("a.py", 13)])
    assert [f.fingerprint for f in moved] == [one.fingerprint, two.fingerprint]


def test_a_finding_alone_with_its_fingerprint_keeps_its_id_wherever_its_file_goes() -> None:
    here, there = finding("a.py", 1), finding("b/c.py", 40)
    assert identify([here], {}, {})["a.py", here.fingerprint] == identify([there], {}, {})["b/c.py", there.fingerprint]


def test_twins_in_two_files_are_told_apart_by_their_first_paths() -> None:
    a, b = finding("a.py", 1), finding("b.py", 1)
    before = identify([a, b], {}, {})
    assert len(set(before.values())) == 2
    moved = replace(b, path="new.py")
    after = identify([a, moved], {"new.py": "b.py"}, {})
    assert after["a.py", a.fingerprint] == before["a.py", a.fingerprint]
    assert after["new.py", b.fingerprint] == before["b.py", b.fingerprint]


def test_an_id_that_memory_gave_is_kept_when_a_twin_appears() -> None:
    a, b = finding("a.py", 1), finding("b.py", 1)
    given = identify([a], {}, {})["a.py", a.fingerprint]
    after = identify([a, b], {}, {("a.py", a.fingerprint): given})
    assert after["a.py", a.fingerprint] == given
    assert after["b.py", b.fingerprint] != given


def test_rule_symbol_and_syntax_each_make_another_finding() -> None:
    marks = {
        fingerprint("r", "f", "x"),
        fingerprint("s", "f", "x"),
        fingerprint("r", "g", "x"),
        fingerprint("r", "f", "y"),
    }
    assert len(marks) == 4
