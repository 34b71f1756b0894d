"""What a person tells memory, read from their words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import Item
from nova.errors import UsageError
from nova.remembering import Here, Told, draft, lines, read

HERE = Here("/home/ada/shop/.git", "Ada", "2026-11-22T10:00:00.000000Z", date(2026, 11, 22), "shop")


def told(text: str, **said: Any) -> Told:
    return read(text, HERE, Told("", **said))


@pytest.mark.parametrize(
    ("text", "kind", "value", "because"),
    [
        ("staging is at 10.0.0.7", "note", "staging is at 10.0.0.7", ""),
        ("We decided to keep DuckDB, because one user has one file.", "decision", "We decided to keep DuckDB",
         "one user has one file"),
        ("Decision: use uv", "decision", "use uv", ""),
        ("Anna and I agreed on Tuesday releases due to the support hours", "decision",
         "Anna and I agreed on Tuesday releases", "the support hours"),
        ("Never deploy on Fridays because Bo is away", "instruction", "Never deploy on Fridays", "Bo is away"),
        ("From now on tests run without the network", "instruction", "From now on tests run without the network", ""),
        ("Goal: orders arrive once", "goal", "orders arrive once", ""),
        ("Our goal is that orders arrive once", "goal", "Our goal is that orders arrive once", ""),
        ("Fact: deploys take 4 minutes", "fact", "deploys take 4 minutes", ""),
        ("the build never finishes on CI because of the cache", "note",
         "the build never finishes on CI because of the cache", ""),
        ("Always deploy as root", "instruction", "Always deploy as root", ""),
        ("drop the table before the import", "note", "drop the table before the import", ""),
        ("We decided to wait because Bo is ill. Ask him.", "decision",
         "We decided to wait because Bo is ill. Ask him.", ""),
        ("http://x.example: down", "note", "http://x.example: down", ""),
    ],
)  # fmt: skip
def test_kind_and_reason_are_read_where_the_words_are_plain(text: str, kind: str, value: str, because: str) -> None:
    one = told(text)
    assert (one.kind, one.text, one.because) == (kind, value, because)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("The freeze holds until May 3", "", "2027-05-03"),
        ("The freeze holds until 2026-12-24.", "", "2026-12-24"),
        ("The freeze lasted until 2026-05-03", "", ""),
        ("wait until Friday", "", ""),
        ("Bo is away since November 20 until 2026-12-01", "2026-11-20", "2026-12-01"),
        ("in use since 2030-01-01", "", ""),
    ],
)
def test_days_are_read_from_the_words_only_where_they_are_plain(text: str, since: str, until: str) -> None:
    one = told(text)
    assert (one.since[:10], one.until, one.text) == (since, until, text.strip())


def test_what_is_said_beside_a_text_goes_before_its_words() -> None:
    one = told("Never deploy because of Bo until May 3", kind="note", because="x", until="2026-12-01")
    assert (one.kind, one.text, one.because, one.until) == (
        "note", "Never deploy because of Bo until May 3", "x", "2026-12-01"
    )  # fmt: skip


def test_as_is_reads_nothing() -> None:
    here = Here(HERE.key, HERE.who, HERE.present, HERE.today, as_is=True)
    one = read("  Decision: x because y until May 3 ", here, Told(""))
    assert (one.text, one.kind, one.because, one.until) == ("  Decision: x because y until May 3 ", "note", "", "")


@pytest.mark.parametrize("text", ["", "  \n\t", "x" * 1_000_001])
def test_nothing_and_a_whole_file_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        told(text)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(UsageError, match="before it begins"):
        told("x", since="2026-10-05T00:00:00.000000Z", until="2026-10-04")
    assert told("x", since="2026-10-05T00:00:00.000000Z", until="2026-10-05").until == "2026-10-05"


def test_lines_are_notes_bullets_dated_notes_and_objects() -> None:
    rows = [
        "plain", "", "- a bullet", "* [ ] a task", "1. a step", "2026-10-05 staging moved", "- 2026-10-06: Anna left",
        json.dumps(
            {"text": "hello", "project": "blog", "since": "2026-01-02", "until": "2026-03", "about": ["a.py", "Bo"],
             "who": "Bo", "file": "x.md", "because": "y", "kind": "fact"}
        ),
        "{not json at all", "2026-10-05",
    ]  # fmt: skip
    found, bad = lines(rows, HERE, Told("", project="shop"))
    assert bad == []
    assert [(number, one.text, one.since[:10], one.project) for number, one in found] == [
        (1, "plain", "", "shop"), (3, "a bullet", "", "shop"), (4, "a task", "", "shop"), (5, "a step", "", "shop"),
        (6, "staging moved", "2026-10-05", "shop"), (7, "Anna left", "2026-10-06", "shop"),
        (8, "hello", "2026-01-02", "blog"), (9, "{not json at all", "", "shop"), (10, "2026-10-05", "", "shop"),
    ]  # fmt: skip
    one = found[6][1]
    assert (one.until, one.about, one.who, one.source, one.because, one.kind) == (
        "2026-03", ("a.py", "Bo"), "Bo", "x.md", "y", "fact"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('{"text": "x", "bad": 1}', "the key 'bad'"), ('{"text": 7}', "text is no text"), ("{}", "the text is empty"),
        ('{"text": "x", "kind": "nonsense"}', "nonsense is no kind"), ('{"text": "x", "kind": "project"}', "no kind"),
        ('{"text": "x", "since": "someday"}', "no day"), ('{"text": "x", "about": [1]}', "about"),
        ('{"text": "x", "position": -1}', "position"), ('{"text": "x",}', "JSON"),
        ('{"text": "x", "since": "2026-05-03", "until": "2026-05-02"}', "before it begins"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_kept(row: str, why: str) -> None:
    found, bad = lines(["one", row, "three"], HERE, Told(""))
    assert [one.text for _, one in found] == ["one", "three"]
    ((number, said),) = [(line.number, line.why) for line in bad]
    assert number == 2
    assert why in said


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_line_is_a_note_or_is_named(row: str) -> None:
    found, bad = lines([row], HERE, Told(""))
    assert len(found) + len(bad) == (1 if row.strip() else 0)
    assert all(one.text.strip() for _, one in found)


def test_a_note_belongs_to_the_target_and_its_project() -> None:
    made = draft(told("staging is at 10.0.0.7"), HERE, "k")
    assert (made.target, made.item.project, made.item.valid_from) == (HERE.key, "shop", HERE.present)


def test_a_note_of_another_project_holds_for_all_work() -> None:
    assert draft(told("x", project="blog"), HERE, "k").target == ""
    assert draft(told("x", project="shop"), HERE, "k").target == HERE.key


def test_a_goal_of_a_project_is_the_projects_own() -> None:
    made = draft(told("Goal: orders arrive once"), HERE, "k")
    assert (made.target, made.item.subject, made.item.project) == ("", "shop", "shop")


def test_what_takes_a_place_belongs_where_that_one_did() -> None:
    old = Item("7", "fact", "staging", "", "old", "", "", "", "", "", project="blog")
    made = draft(told("new", kind="fact"), HERE, "k", ("elsewhere", old))
    assert (made.target, made.replaces, made.item.subject, made.item.project) == ("elsewhere", "7", "staging", "blog")
