"""Memory as Markdown: nothing is lost on the way, and what a person changes is told from what stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.item import Item
from memory.markdown import MARK, Kept, printed, read

NOTE = Item(
    "3f2a91bc00000000", "note", "", "", "staging is at 10.0.0.7", "", "Ada", "nova remember",
    "2026-10-05T00:00:00.000000Z", "2026-10-05T00:00:00.000000Z", project="shop",
)  # fmt: skip
STRANGE = [
    "-->", "<!-- nova {} -->", "<!--", "<\\!-- x", "# Heading\n\n- bullet", "a\n*Because* b", "*Because* c",
    "2026-10-05: x", "2026-10-05 to now: x", "```\ncode\n```", "\n\n- a", "  lead", "trail  ", "a\r\nb", "**Bold:** x",
    "\U0001f469\u200d\U0001f4bb", "\u0645\u0631\u062d\u0628\u0627", "\u202eevil", "\x1b[2J", "\ud800", "", "\t", "&lt;",
]  # fmt: skip
TEXTS = st.sampled_from(STRANGE) | st.text(
    alphabet=st.characters() | st.sampled_from("-<>!#*`\n \t\r\u2028\u200d\x00\x1b\\"), max_size=30
)
ITEMS = st.builds(
    Item, id=TEXTS, kind=st.sampled_from(["note", "decision", "project"]) | TEXTS, subject=TEXTS, predicate=TEXTS,
    value=TEXTS, because=TEXTS, who=TEXTS, source=TEXTS, valid_from=st.just("2026-10-05T00:00:00.000000Z") | TEXTS,
    recorded_at=TEXTS, closed_at=st.none() | TEXTS, superseded_by=st.none() | TEXTS, forgotten=st.booleans(),
    project=TEXTS, until=TEXTS, about=st.lists(TEXTS, max_size=2).map(tuple), session=TEXTS,
    position=st.integers(0, 2**31 - 1), mark=TEXTS, seen=st.integers(1, 99), closed_why=TEXTS,
    rivals=st.dictionaries(TEXTS, TEXTS, max_size=2),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, ITEMS), max_size=3))
def test_whatever_the_texts_the_page_gives_every_item_back(rows: list[tuple[str, Item]]) -> None:
    kept = [Kept(target, item, place) for place, (target, item) in enumerate(rows)]
    page = printed(kept)
    trimmed = "\r\n".join(line.rstrip() for line in page.split("\n"))
    for text in (page.encode().decode(), trimmed):
        back = read(text)
        assert (back.problems, back.edited) == ((), ())
        assert sorted(back.kept, key=lambda one: one.place) == kept


@pytest.mark.parametrize("text", STRANGE)
def test_no_text_steers_the_terminal_on_which_the_page_is_read(text: str) -> None:
    page = printed([Kept("", replace(NOTE, value=text, because=text, project=text, subject=text), 0)])
    assert [c for c in page if not c.isprintable() and c not in "\n\u200d\u200c"] == []


def test_a_person_can_read_the_page() -> None:
    decision = replace(NOTE, id="b", kind="decision", value="We keep DuckDB", because="one user has one file")
    old = replace(NOTE, id="c", closed_at="2026-11-01T08:00:00.000000Z", project="")
    value = replace(NOTE, id="d", kind="fact", subject="staging", predicate="address", value="10.0.0.9", project="")
    page = printed([Kept("", one, at) for at, one in enumerate((NOTE, decision, old, value))])
    seen = "\n".join(line.partition(" <!-- nova {")[0] for line in page.split("\n"))
    assert (
        seen
        == f"""# Memory

{MARK}

## shop

### Decisions

- 2026-10-05: We keep DuckDB
  *Because* one user has one file

### Notes

- 2026-10-05: staging is at 10.0.0.7

## No project

### Facts

- 2026-10-05: **staging address:** 10.0.0.9

### Notes

- 2026-10-05 to 2026-11-01: staging is at 10.0.0.7
"""
    )


def test_a_changed_text_is_a_new_one_in_the_place_of_the_old_one() -> None:
    page = printed([Kept("t", NOTE, 0)]).replace("10.0.0.7", "10.0.0.9").replace("2026-10-05: ", "2026-10-07: ")
    (one,) = read(page).edited
    assert (one.text, one.since, one.of, one.kind, one.project) == (
        "staging is at 10.0.0.9", "2026-10-07", NOTE.id, "note", "shop"
    )  # fmt: skip
    assert one.base is not None
    assert one.base.target == "t"


def test_a_changed_reason_is_a_change_too() -> None:
    item = replace(NOTE, kind="decision", because="it is near")
    (one,) = read(printed([Kept("", item, 0)]).replace("it is near", "it is cheap")).edited
    assert (one.text, one.because, one.since) == (item.value, "it is cheap", "")


def test_new_bullets_are_new_notes_under_their_headings() -> None:
    page = printed([Kept("", NOTE, 0)])
    page = (
        page.replace("### Notes\n", "### Notes\n\n- 2026-10-09: Anna left\n* two\n  lines\n") + "\nA line of prose.\n"
    )
    told = [(one.text, one.since, one.kind, one.project) for one in read(page).edited]
    assert told == [
        ("Anna left", "2026-10-09", "note", "shop"), ("two\nlines", "", "note", "shop"),
        ("A line of prose.", "", "note", "shop"),
    ]  # fmt: skip
    assert [one.item for one in read(page).kept] == [NOTE]


def test_a_deleted_line_and_an_emptied_bullet_change_nothing() -> None:
    page = printed([Kept("", NOTE, 0)])
    bullet = next(line for line in page.split("\n") if line.startswith("- "))
    assert read(page.replace(bullet, "")) == read("")
    emptied = read(page.replace("2026-10-05: staging is at 10.0.0.7", ""))
    assert (emptied.kept, emptied.edited, emptied.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "after"),
    [('"place":0', '"place":'), ('"place":0,', ""), ('"kind":"note"', '"kind":7'), ('"who"', '"whose"'),
     ('"place":0', '"place":0,"position":-1'), ('"place":0', '"place":0,"about":"x"')],
)  # fmt: skip
def test_a_comment_that_was_broken_is_named_with_its_line(before: str, after: str) -> None:
    page = printed([Kept("", NOTE, 0)])
    told = '{"place":0,' if before == '"place":0,' else ""
    changed = page.replace(',"place":0', "") if told else page.replace(before, after)
    assert changed != page
    ((line, why),) = read(changed).problems
    assert changed.split("\n")[line - 1].startswith("- 2026-10-05")
    assert why.startswith("the comment does not hold")
