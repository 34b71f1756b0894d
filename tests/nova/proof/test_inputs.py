"""What rung 6 reads, chooses and compares."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nova.proof.inputs.adequate import gone, uncaught, unreached
from nova.proof.inputs.choose import Bounds, plan_of, settings, where
from nova.proof.inputs.compare import compared, stands, unstable
from nova.proof.inputs.records import Told, Torn, read

NONCE = "n"


def outcome(**given: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "gave": "1", "then": "1", "stdout": "", "stderr": "", "raised": "", "changed": {}, "changed at return": {},
        "names": {}, "log": [], "warnings": [], "slept": [], "asked": [], "left": [], "lines": ["m.py:2"],
        "callees": [], "wrong type": False, "fired": False, "reached": True,
    }  # fmt: skip
    return {**blank, **{key.replace("_", " "): value for key, value in given.items()}}


def told(*runs: tuple[str, bool, dict[str, Any] | None], space: dict[str, str] | None = None) -> Told:
    batches = [[key for key, _, _ in runs if key]]
    record = {
        "nonce": NONCE, "record": "t|f|1", "function": "f", "module": "m", "given": ["1"], "callees": [], "batches": batches, "cut": False,
        "runs": {key: {"kept": kept, "outcome": out, "pair": []} for key, kept, out in runs},
    }  # fmt: skip
    lines = [record, {"nonce": NONCE, "path": "m.py", "space": space or {}}, {"nonce": NONCE, "end": True}]
    return read("\n".join(json.dumps(line) for line in lines).encode(), NONCE)


def test_what_was_left_is_read() -> None:
    found = told(("", True, outcome()), ("a: 0", False, None))
    assert found.ended
    assert found.records["t|f|1"].runs["a: 0"].outcome is None


@pytest.mark.parametrize(
    "line",
    [
        b"not json", b"[]", b'{"nonce": "other", "end": true}', b'{"nonce": "n", "record": "t|f|1"}',
        b'{"nonce": "n", "record": "r", "function": "f", "module": "m", "given": 1, "callees": [], "batches": [], "cut": 0, "runs": {}}',
        b'{"nonce": "n", "end": true}\n{"nonce": "n", "end": true}',
    ],
)  # fmt: skip
def test_what_is_not_ours_is_torn(line: bytes) -> None:
    with pytest.raises(Torn):
        read(line, NONCE)


def test_equal_outcomes_make_no_difference() -> None:
    one = told(("", True, outcome()), ("a: 0", False, outcome()))
    assert compared(one, one).differences == ()
    assert compared(one, one).inputs == 2


@pytest.mark.parametrize(
    ("new", "aspect"),
    [
        ({"gave": "2"}, "gave"), ({"then": "2"}, "then"), ({"stdout": "x"}, "stdout"), ({"log": ["x"]}, "log"),
        ({"changed": {"a 0": "list[1]"}}, "changed a 0"), ({"left": ["1"]}, "left"),
    ],
)  # fmt: skip
def test_each_part_of_an_outcome_counts(new: dict[str, Any], aspect: str) -> None:
    found = compared(told(("", True, outcome())), told(("", True, outcome(**new)))).differences
    assert [(d.aspect, d.firm) for d in found] == [(aspect, True)]


def test_a_difference_on_a_kind_of_value_that_nobody_gave_is_not_firm() -> None:
    old, new = told(("a: None", False, outcome())), told(("a: None", False, outcome(gave="2")))
    assert [d.firm for d in compared(old, new).differences] == [False]


def test_a_value_of_a_wrong_type_may_fail_in_any_way() -> None:
    old = told(("a: None", False, outcome(gave="raises TypeError", wrong_type=True)))
    assert compared(old, told(("a: None", False, outcome(gave="2")))).differences == ()


def test_a_call_that_could_not_be_made_to_raise_on_both_sides_is_passed_over() -> None:
    old = told(("call 1 of g raises KeyError", True, outcome(fired=True)))
    found = compared(old, told(("call 1 of g raises KeyError", True, outcome(gave="2"))))
    assert (found.differences, found.passed_over) == ((), 1)


def test_a_call_that_does_not_end_any_more_is_a_difference() -> None:
    found = compared(told(("", True, outcome())), told(("", True, None))).differences
    assert [d.aspect for d in found] == ["time"]


def test_what_the_new_module_alone_holds_is_its_own_business() -> None:
    old = told(("", True, outcome()), space={"LIMIT": "1"})
    cached = told(("", True, outcome(names={"_cache": "dict{}"})), space={"LIMIT": "1", "_cache": "dict{}"})
    assert compared(old, cached).differences == ()
    known = told(("", True, outcome(names={"LIMIT": "2"})), space={"LIMIT": "1"})
    assert [d.aspect for d in compared(old, known).differences] == ["names LIMIT"]


def test_a_name_that_is_gone_from_a_module_is_told() -> None:
    old = told(("", True, outcome()), space={"signature of f": "x", "_own": "1"})
    assert [d.aspect for d in compared(old, told(("", True, outcome()))).differences] == ["signature of f"]


def test_what_wavers_between_two_runs_of_the_old_code_is_masked() -> None:
    def side(value: str) -> Told:
        return told(("", True, outcome(gave=f"(at 0x, {value}, 5)")))

    wavering = unstable(side("17"), side("18"))
    (same,) = compared(side("17"), side("99")).differences
    assert not stands(same, wavering)
    other = told(("", True, outcome(gave="(at 0x, 17, 6)")))
    (difference,) = compared(side("17"), other).differences
    assert stands(difference, wavering)


BEFORE = 'LIMIT = 3\n\n\ndef f(x):\n    def g():\n        return x + 7\n    return g() if x else "none"\n'


def test_a_function_within_a_function_stands_for_both() -> None:
    assert where(BEFORE, BEFORE.replace("x + 7", "x + 8")).functions == ("f", "f.<locals>.g")
    assert where(BEFORE, BEFORE.replace("LIMIT = 3", "LIMIT = 4")).module


def test_the_plugin_is_told_the_constants_of_both_sides() -> None:
    given = json.loads(settings({"m.py": (BEFORE, BEFORE.replace("7", "8"))}, {}, NONCE, Bounds()))
    assert {3, 7, 8, "none"} <= set(given["plain"])
    assert given["files"]["m.py"] == {"functions": ["f", "f.<locals>.g"], "module": False}


def test_what_is_run_again_keeps_its_company() -> None:
    one = told(("", True, outcome()), ("a: 0", True, outcome()), ("a: 1", True, outcome()))
    assert plan_of(one, [("t|f|1", "a: 1")])["t|f|1"]["batches"] == [["a: 0", "a: 1"]]
    assert plan_of(one, []) == {}


def test_a_changed_line_that_no_input_reached_is_told() -> None:
    after = BEFORE.replace("x + 7", "x + 8")
    files = {"m.py": (BEFORE, after)}
    hit = told(("", True, outcome(lines=["m.py:6"])))
    assert unreached(files, hit, hit) == []
    assert unreached(files, hit, told(("", True, outcome(lines=["m.py:7"])))) == ["line 6 of m.py after"]


def test_a_changed_function_that_was_never_called_is_told() -> None:
    after = BEFORE.replace("x + 7", "x + 8")
    one = told(("", True, outcome()))
    assert uncaught({"m.py": (BEFORE, after)}, one) == []
    other = BEFORE.replace("def f(", "def h(")
    assert uncaught({"m.py": (other, after.replace("def f(", "def h("))}, one) == ["h in m.py", "h.<locals>.g in m.py"]


def test_a_helper_that_is_gone_is_not_missed() -> None:
    assert gone({"m.py": (BEFORE, BEFORE.replace("g", "k"))}) == {"f.<locals>.g"}
    old = told(("", True, outcome()))
    assert compared(old, Told(), frozenset({"f"})).differences == ()
    assert [d.aspect for d in compared(old, Told()).differences] == ["calls"]
