"""Notes in Markdown, cut into parts that stand for themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import documents, notes
from memory.passages import LONGEST

PAGE = """\
---
title: Shop
tags: [infra, "#ops"]
project: shop
date: 2026-10-04
---
# Work log

- staging moved to 10.0.0.7 #net
- 2026-10-02: older, said later
- [ ] call [[Anna|the boss]] about refunds
  - ask for **the invoice**
- [x] pay

## Monday, 5 October 2026

A paragraph
wrapped <!-- not this --> here.

<!-- nor this -->

Run this:

```sh
make deploy
```

| a | b |
|---|---|
| 1 | 2 |

> said
> by Bo

### Deploys on Tuesday

1. build

## October 7, 2026 - Retro

- good
"""


def told(text: str, stem: str = "") -> list[tuple[str, str, str]]:
    return [(part.text, part.subject, part.day) for part in notes.read(text, stem).parts]


def test_a_page_of_notes_becomes_its_parts_with_heading_and_day() -> None:
    assert told(PAGE) == [
        ("staging moved to 10.0.0.7 #net", "Shop", "2026-10-04"),
        ("older, said later", "Shop", "2026-10-02"),
        ("To do: call [[Anna|the boss]] about refunds\n- ask for **the invoice**", "Shop", "2026-10-04"),
        ("Done: pay", "Shop", "2026-10-04"),
        ("A paragraph wrapped here.", "Shop", "2026-10-05"),
        ("Run this:\n```sh\nmake deploy\n```", "Shop", "2026-10-05"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "Shop", "2026-10-05"),
        ("said by Bo", "Shop", "2026-10-05"),
        ("build", "Deploys on Tuesday", "2026-10-05"),
        ("good", "Retro", "2026-10-07"),
    ]


def test_lines_places_and_what_it_is_about_are_told() -> None:
    found = notes.read(PAGE)
    assert found.project == "shop"
    assert [part.position for part in found.parts] == list(range(10))
    lines = PAGE.split("\n")
    assert "staging moved" in lines[found.parts[0].line - 1]
    assert "Run this" in lines[found.parts[5].line - 1]
    assert found.parts[0].about == ("net", "infra", "ops")
    assert found.parts[2].about == ("Anna", "infra", "ops")
    assert [part.is_passage for part in found.parts] == [at in {5, 6} for at in range(10)]


def test_the_name_of_a_daily_note_gives_its_day_and_no_subject() -> None:
    assert told("- Anna left", "2026-10-05") == [("Anna left", "", "2026-10-05")]
    assert told("- Anna left", "Meeting with Bo") == [("Anna left", "Meeting with Bo", "")]
    assert told("- Anna left", "README") == [("Anna left", "", "")]


def test_a_long_item_is_told_by_its_children_each_with_what_stands_above() -> None:
    children = "\n".join(f"  - {name} {'x ' * 90}" for name in ("one", "two", "three"))
    found = told(f"- Deploy:\n{children}\n")
    assert [text[:12] for text, _, _ in found] == ["Deploy: one ", "Deploy: two ", "Deploy: thre"]


def test_a_long_text_is_cut_into_passages() -> None:
    parts = notes.read("word " * 2000).parts
    assert len(parts) > 5
    assert all(part.is_passage and len(part.text) <= LONGEST for part in parts)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "---\n---\n", "---\na: [\n---\n", "<!-- only -->", "# only a heading", "---", "\ufeff"]
)
def test_a_file_with_nothing_in_it_has_no_parts(text: str) -> None:
    assert [part for part in notes.read(text).parts if part.text != "a: ["] == []


def test_front_matter_that_is_none_is_text() -> None:
    assert documents.read("---\n- a\n- b\n---\n").front == {}
    assert documents.read("---\n&a [*a]\n---\nx").blocks != ()


def test_a_deep_outline_keeps_its_words() -> None:
    deep = "".join(f"{'  ' * depth}- level{depth} {'x ' * 40}\n" for depth in range(40))
    said = " ".join(part.text for part in notes.read(deep).parts)
    assert [depth for depth in range(40) if f"level{depth} " not in said] == []


@pytest.mark.parametrize("sign", ["> ", "- ", "["])
def test_what_is_nested_too_deep_to_be_read_is_kept_as_lines(sign: str) -> None:
    (part,) = notes.read(f"{sign * 2000}deep\n").parts[:1]
    assert "deep" in part.text or part.is_passage


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("-*#>|`[] \n\t:"), max_size=200))
def test_any_text_can_be_read_and_no_part_is_empty(text: str) -> None:
    parts = notes.read(text, "x").parts
    assert all(part.text.strip() for part in parts)
    assert all(1 <= part.line <= text.count("\n") + text.count("\r") + 1 for part in parts)
