"""What a person wants of memory, read from their own words."""

from __future__ import annotations

import pytest

from nova.agents.memory.intake import Intake, is_question, read, topic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("remember that the demo is on friday", Intake("keep", "the demo is on friday")),
        ("remember: never push on friday", Intake("keep", "never push on friday", "instruction")),
        ("please remember i prefer small commits", Intake("keep", "i prefer small commits", "instruction")),
        ("always use tabs, everywhere", Intake("keep", "always use tabs, everywhere", "instruction", everywhere=True)),
        (
            "we decided to use duckdb because one file is enough.",
            Intake("keep", "we decided to use duckdb", "decision", "one file is enough"),
        ),
        ("decision: names start with the ticket", Intake("keep", "names start with the ticket", "decision")),
        ("goal: no high findings", Intake("keep", "no high findings", "goal")),
        ("fact: the supplier is in Bonn", Intake("keep", "the supplier is in Bonn", "fact")),
        ("don't forget the milk", Intake("keep", "the milk")),
        ("remember this", Intake("keep", "")),
        ("save this conversation", Intake("keep", "")),
        ("forget the note about the vpn", Intake("forget", "the vpn")),
        ("forget 82dab09c", Intake("forget", "82dab09c")),
        ("forget that", Intake("forget", "")),
        (
            "the test server is now called atlas",
            Intake("replace", "the test server is now called atlas", "fact", about="test server"),
        ),
        (
            "thats outdated, the test server is called atlas",
            Intake("replace", "the test server is called atlas", "fact", about="test server"),
        ),
        (
            "replace the old rule about line length with 120",
            Intake("replace", "rule about line length: 120", "instruction", about="rule about line length"),
        ),
    ],
)  # fmt: skip
def test_what_is_to_be_done_and_in_which_words(text: str, found: Intake) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("what did we decide about the database", "database"),
        ("what do you remember about payments?", "payments"),
        ("why did we choose duckdb", "duckdb"),
        ("what's relevant to the auth rewrite", "auth rewrite"),
        ("what are my standing instructions", ""),
    ],
)
def test_a_question_is_about_what_is_left_without_its_asking_words(text: str, about: str) -> None:
    assert is_question(text)
    assert topic(text) == about


def test_what_tells_is_no_question() -> None:
    assert not is_question("we use postgres now")
    assert is_question("we use postgres now?")
