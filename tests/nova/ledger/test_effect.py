"""What is left of a proposal, from versions of its files that are written down by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nova.ledger.effect import Effect, Fate, FileTimes, Function, Numbers, Version, effect, unknown

OLD = Version(
    (
        "def load():\n",
        "    if a:\n",
        "        return 1\n",
        "    else:\n",
        "        return 2\n",
        "\n",
        "def save(): ...\n",
    ),
    (Function("load", 1, 5, 3, 2), Function("save", 7, 7, 1, 0)),
    (("F401", "x"), ("RET505", "m")),
)
NEW = Version(
    ("def load():\n", "    if a:\n", "        return 1\n", "    return 2\n", "\n", "def save(): ...\n"),
    (Function("load", 1, 4, 2, 1), Function("save", 6, 6, 1, 0)),
    (("F401", "x"),),
)
LONGER = Version(
    (*NEW.lines, "\n", "def more(): ...\n"), (*NEW.functions, Function("more", 8, 8, 1, 0)), NEW.findings
)  # fmt: skip


def told(today: Version | None, **more: Version | None) -> Effect:
    at = {"before": OLD, "promised": NEW, "merged": NEW, "today": today} | more
    return effect("RET505", [FileTimes("a.py", at)])


def test_what_stands_as_it_was_stayed_whatever_is_beside_it() -> None:
    found = told(LONGER)
    assert (found.fate, found.added, found.stand, found.mended, found.back) == (Fate.STAYED, 1, 1, 1, 0)
    assert found.numbers["before"] == Numbers(2, 4, 7)
    assert found.numbers["promised"] == Numbers(1, 3, 6)
    assert found.numbers["today"] == Numbers(1, 4, 8)


def test_only_functions_that_it_touched_are_told_of() -> None:
    (one,) = told(LONGER).functions
    assert (one.symbol, one.before, one.today) == ("load", OLD.functions[0], NEW.functions[0])


def test_what_is_as_it_was_before_was_undone() -> None:
    found = told(OLD)
    assert (found.fate, found.stand, found.back) == (Fate.UNDONE, 0, 1)


def test_the_old_text_is_undone_also_where_no_finding_tells() -> None:
    bare = Version(OLD.lines), Version(NEW.lines), Version(OLD.lines)
    at = dict(zip(("before", "promised", "today"), bare, strict=True))
    assert effect("no-cycles", [FileTimes("a.py", at)]).fate is Fate.UNDONE


def test_a_finding_that_is_there_again_is_undone_in_other_words_too() -> None:
    again = Version((*OLD.lines[:4], "        return 3\n", *OLD.lines[5:]), OLD.functions, OLD.findings)
    assert told(again).fate is Fate.UNDONE


def test_of_two_findings_one_that_is_back_is_a_part() -> None:
    two = Version(OLD.lines, OLD.functions, (("RET505", "m"), ("RET505", "n")))
    none = Version(NEW.lines, NEW.functions)
    one = Version(LONGER.lines, LONGER.functions, (("RET505", "n"),))
    found = told(one, before=two, promised=none, merged=none)
    assert (found.fate, found.mended, found.back) == (Fate.PARTLY, 2, 1)


def test_a_finding_of_another_kind_or_place_is_none_of_its_own() -> None:
    other = Version(NEW.lines, NEW.functions, (*NEW.findings, ("RET505", "elsewhere"), ("E713", "m")))
    assert told(other).fate is Fate.STAYED


def test_lines_that_were_worked_on_stay_mended() -> None:
    worked = Version((*NEW.lines[:3], "    return 4\n", *NEW.lines[4:]), NEW.functions, NEW.findings)
    found = told(worked)
    assert (found.fate, found.added, found.stand, found.back) == (Fate.EDITED, 1, 0, 0)


def test_files_that_are_gone_are_told_apart_from_what_was_worked_on() -> None:
    assert told(None).fate is Fate.GONE
    at = {"before": OLD, "promised": NEW, "merged": NEW, "today": NEW}
    found = effect("RET505", [FileTimes("a.py", at), FileTimes("b.py", {**at, "today": None})])
    assert (found.fate, found.gone, found.added, found.stand) == (Fate.EDITED, 1, 2, 1)


def test_without_a_commit_of_its_own_the_merge_tells_what_it_did() -> None:
    at = {"before": OLD, "merged": NEW, "today": LONGER}
    found = effect("RET505", [FileTimes("a.py", at)])
    assert found.fate is Fate.STAYED
    assert "promised" not in found.numbers


def test_without_a_merge_nothing_is_said_of_today() -> None:
    found = effect("RET505", [FileTimes("a.py", {"before": OLD, "promised": NEW})], "not fetched")
    assert (found.fate, found.why, found.mended) == (Fate.UNKNOWN, "not fetched", 0)
    assert set(found.numbers) == {"before", "promised"}


@pytest.mark.parametrize("name", ["before", "promised", "today"])
def test_a_version_that_cannot_be_read_is_no_measure(name: str) -> None:
    found = told(**{"today": NEW, name: Version((), failed="no UTF-8")})
    assert found == unknown(f"it cannot be read: a.py {name}: no UTF-8")


def test_of_twins_the_one_that_it_left_is_not_counted_as_back() -> None:
    two = Version(OLD.lines, OLD.functions, (("RET505", "m"), ("RET505", "m")))
    one = Version(NEW.lines, NEW.functions, (("RET505", "m"),))
    found = told(one, before=two, promised=one, merged=one)
    assert (found.fate, found.mended, found.back) == (Fate.STAYED, 1, 0)


def test_of_two_files_one_that_is_as_it_was_is_a_part() -> None:
    at = {"before": Version(OLD.lines), "promised": Version(NEW.lines)}
    files = [
        FileTimes("a.py", {**at, "today": Version(OLD.lines)}),
        FileTimes("b.py", {**at, "today": Version(NEW.lines)}),
    ]
    assert effect("no-cycles", files).fate is Fate.PARTLY


def test_the_innermost_function_is_the_one_that_it_changed() -> None:
    around = Function("Shop.load.<locals>", 1, 7, 4, 3)
    before = Version(OLD.lines, (around, *OLD.functions))
    promised = Version(NEW.lines, (replace(around, end_line=6), *NEW.functions))
    found = told(promised, before=before, promised=promised, merged=promised)
    assert [one.symbol for one in found.functions] == ["load"]
