"""Decision records in the forms in which they are about."""

from __future__ import annotations

import pytest

from memory.decision_records import Record, is_record, linked, read
from memory.record_status import Status, status_of

NYGARD = """\
# 4. Use {what}

Date: 2017-07-14

## Status

{status}

## Context

Names must be known.
They are not.

## Decision

We will use {what}.

## Consequences

Somebody has to run it.
"""
MADR = """\
---
status: accepted
date: 2024-03-01
---
# Write Own TOC Tool

## Context and Problem Statement

Which tool?

## Considered Options

* a
* b

## Decision Outcome

Chosen option: "Write own tool `adr-log`", because it sorts by number.

### Consequences

* Good, because small
"""
BULLETS = "# Use Go\n\n* Status: superseded by [ADR-0007](0007-use-rust.md)\n* Date: 2020-05-06\n\n## Decision\n\nGo.\n"
TITLED = (
    "---\nid: adr003\ntitle: 'ADR003: Avoid default exports'\n---\n\n## Context\n\nOld.\n\n## Decision\n\nNamed ones.\n"
)
PROSE = (
    "# 3. The journal is the truth\n\nEvery event is written first.\n\n**Why.** It can be mended.\n\n**Cost.** Two.\n"
)


def record(path: str, text: str) -> Record:
    found = read(path, text)
    assert found is not None
    return found


def test_nygards_form_is_read() -> None:
    one = record("doc/adr/0004-use-bind.md", NYGARD.format(what="bind", status="Accepted"))
    assert (one.number, one.title, one.status, one.day) == (4, "Use bind", Status.ACCEPTED, "2017-07-14")
    assert (one.decision, one.because) == ("We will use bind.", "Names must be known. They are not.")
    assert [(heading, text) for heading, text, _ in one.sections] == [("Consequences", "Somebody has to run it.")]


def test_madr_is_read_with_its_reason() -> None:
    one = record("0004-write-own-toc-tool.md", MADR)
    assert (one.title, one.day, one.decision) == ("Write Own TOC Tool", "2024-03-01", "Write own tool `adr-log`")
    assert one.because == "it sorts by number."
    assert [heading for heading, _, _ in one.sections] == [
        "Context and Problem Statement", "Considered Options", "Consequences"
    ]  # fmt: skip


def test_bullets_titles_in_front_matter_and_prose_are_read() -> None:
    go = record("0002-use-go.md", BULLETS)
    assert (go.status, go.day, go.replaced_by) == (Status.SUPERSEDED, "2020-05-06", ("0007-use-rust",))
    titled = record("adr003-avoid.md", TITLED)
    assert (titled.number, titled.title, titled.because) == (3, "Avoid default exports", "Old.")
    prose = record("003-the-journal.md", PROSE)
    assert (prose.title, prose.decision, prose.because) == (
        "The journal is the truth", "Every event is written first.", "It can be mended."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Accepted", Status.ACCEPTED), ("", Status.ACCEPTED), ("Proposed", Status.PROPOSED), ("draft", Status.PROPOSED),
        ("Rejected", Status.REJECTED), ("Deprecated", Status.DEPRECATED), ("Superseded by 5", Status.SUPERSEDED),
        ("Accepted\nSuperceded by [5. x](0005-x.md)", Status.SUPERSEDED), ("Partly superseded", Status.ACCEPTED),
        ("Accepted\nSupersedes [1. y](0001-y.md)", Status.ACCEPTED), ("Accepted\nAmended by 9", Status.ACCEPTED),
    ],
)  # fmt: skip
def test_a_status_is_understood(text: str, status: Status) -> None:
    assert status_of(text) is status


def test_who_is_replaced_is_told_from_either_side_and_stands_first() -> None:
    old = record("a/0009-old.md", NYGARD.format(what="bind", status="Superseded by [2. new](0002-new.md)"))
    new = record("a/0002-new.md", NYGARD.format(what="route", status="Accepted"))
    other = record("a/0010-last.md", NYGARD.format(what="dns", status="Accepted\n\nSupersedes ADR 2"))
    found = linked([new, old, other])
    assert [one.path for one in found] == ["a/0009-old.md", "a/0002-new.md", "a/0010-last.md"]
    assert [one.replaces for one in found] == [(), ("a/0009-old.md",), ("a/0002-new.md",)]


def test_records_that_replace_each_other_are_told_all_the_same() -> None:
    one = record("0001-a.md", NYGARD.format(what="a", status="Superseded by ADR 2"))
    two = record("0002-b.md", NYGARD.format(what="b", status="Superseded by ADR 1"))
    assert {r.path for r in linked([one, two])} == {"0001-a.md", "0002-b.md"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("adr-template.md", MADR),
        ("0000-x.md", MADR.replace("Write Own TOC Tool", "{short title}")),
        ("empty.md", ""),
        ("0001-x.md", "# 1. Only a title\n"),
    ],
)
def test_templates_and_files_that_decide_nothing_are_none(name: str, text: str) -> None:
    assert read(name, text) is None


def test_records_are_told_from_notes() -> None:
    assert is_record("0004-use-bind", NYGARD.format(what="x", status="Accepted"))
    assert is_record("anything", MADR)
    assert is_record("003-the-journal", PROSE)
    assert not is_record("2026-10-05", "# Today\n\n- Anna left\n")
    assert not is_record("shopping", "## Decision\n\nmilk\n")
