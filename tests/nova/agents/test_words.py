"""What a message names: places, findings, rules, names, changes."""

from __future__ import annotations

import pytest

from nova.agents import words
from nova.agents.words import Change, Place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("explain nova/app.py", [Place("nova/app.py")]),
        ("explain nova/app.py:42-50 please", [Place("nova/app.py", 42, 50)]),
        ("what's in lines 40 to 80 of billing/models.py?", [Place("billing/models.py", 40, 80)]),
        ("what does line 112 in checkout.py mean", [Place("checkout.py", 112, 112)]),
        ("review everything in src/flask/json/", [Place("src/flask/json")]),
        ("compare a.py with b.py.", [Place("a.py"), Place("b.py")]),
        ("the logs are in /var/log/shop.log and ./app.log.1", [Place("/var/log/shop.log"), Place("./app.log.1")]),
        ("is it ok, e.g. with Python 3.11?", []),
        ("what does cart.total() do", []),
        ("", []),
    ],
)
def test_places_are_found_with_their_lines(text: str, found: list[Place]) -> None:
    assert list(words.places(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("explain finding 3", "3"),
        ("explain finding #12", "12"),
        ("what about #2?", "2"),
        ("explain the first finding please", "1"),
        ("explain 82dab09cc6610ede", "82dab09cc6610ede"),
        ("finding 82DAB09C", "82dab09c"),
        ("explain the findings", ""),
        ("explain deadline.py", ""),
        ("explain decade", ""),
    ],
)
def test_a_finding_is_named_by_rank_or_id(text: str, found: str) -> None:
    assert words.finding(text) == found


def test_rules_are_codes_and_hyphenated_names() -> None:
    assert words.rules("what do B006 and close-resources want") == ("B006", "close-resources")
    assert words.rules("see nova/no-such-file.py") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what does parse_config do?", ("parse_config",)),
        ("how does get_queryset get called by save()", ("get_queryset", "save")),
        ("what is Celery.send_task for, e.g. here", ("Celery.send_task",)),
        ("what does `Cart` do", ("Cart",)),
        ("explain class Flask", ("Flask",)),
        ("explain nova/app.py", ()),
        ("what is this function for", ()),
    ],
)
def test_names_of_functions_and_classes_are_found(text: str, found: tuple[str, ...]) -> None:
    assert words.symbols(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("review what i staged", Change(staged=True)),
        ("review main...HEAD", Change(diff="main...HEAD")),
        ("review v1.0..v2.0", Change(diff="v1.0..v2.0")),
        ("review my branch against the branch origin/main", Change(diff="origin/main")),
        ("review the last commit", Change(diff="HEAD~1...HEAD")),
        ("any secrets in the last 3 commits?", Change(diff="HEAD~3...HEAD")),
        ("review the last two commits", Change(diff="HEAD~2...HEAD")),
        ("is this ready to merge?", Change(branch=True)),
        ("check my changes before i push", Change(diff="HEAD")),
        ("did i introduce any new issues", Change(diff="HEAD")),
        ("review nova/app.py please", Change()),
        ("review this repo", Change()),
    ],
)
def test_the_change_that_is_meant(text: str, found: Change) -> None:
    assert words.change(text) == found


def test_an_answer_chooses_by_number_text_or_its_beginning() -> None:
    options = ["code-reviewer: reviews", "recall: brings back"]
    assert words.chosen("2", options) == options[1]
    assert words.chosen("the first", options) == options[0]
    assert words.chosen("@recall", options) == options[1]
    assert words.chosen("brings", options) == options[1]
    assert words.chosen("3", options) == ""
    assert words.chosen("re", ["recall", "review"]) == ""


def test_lists_and_numbers_are_put_in_words() -> None:
    assert words.counted(1, "file") == "1 file"
    assert words.counted(12_345, "branch", "branches") == "12 345 branches"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed("abcdefg", 3) == "a, b, c and 4 more"
    assert words.listed([]) == ""


def test_words_are_found_whole_or_by_their_beginning() -> None:
    assert words.any_of("Find the clones", "clon*")
    assert not words.any_of("undead things", "dead")
    assert not words.any_of("deadline", "dead")
