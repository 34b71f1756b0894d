"""What sentences claim: their parts, their cues and how they are meant."""

from __future__ import annotations

import pytest

from memory.claims.parts import Cue, Mood
from memory.claims.reading import claims
from memory.claims.values import comparable, values
from memory.claims.words import concept, opposed


def keys(text: str) -> set[str]:
    return {word.key for claim in claims(text) for word in claim.words if word.role == "topic"}


@pytest.mark.parametrize(
    ("text", "sort", "amount"),
    [
        ("jobs time out after 24 hours", "duration", "86400"),
        ("jobs time out after one day", "duration", "86400"),
        ("keys rotate every 90 days", "interval", "7776000"),
        ("the index is rebuilt twice a day", "interval", "43200"),
        ("rent is 1,200 EUR", "money", "1200"),
        ("demo on the 14th", "date", "-14"),
        ("release on March 3", "date", "3-3"),
        ("standup is at 9:30", "time", "09:30"),
        ("I get up at quarter past six", "time", "06:15"),
        ("retro on Thursdays", "day", "thursday"),
        ("uploads of 10 MB", "size", "10"),
        ("Python 3.10 is the minimum", "version", "3.10"),
        ("it answers on 10.0.0.7:80", "address", "10.0.0.7:80"),
        ("deploys need two approvals", "number", "2"),
    ],
)
def test_a_value_is_found_with_its_sort_in_one_form(text: str, sort: str, amount: str) -> None:
    found = values(text)
    assert [
        (value.sort, float(value.amount) if sort in {"duration", "interval"} else value.amount) for value in found
    ] == [(sort, float(amount) if sort in {"duration", "interval"} else amount)]


def test_a_word_that_begins_with_digits_is_no_number() -> None:
    assert values("turn on 2fa in the 3d-view") == []


def test_a_number_without_unit_may_stand_for_one_with_and_a_time_may_not() -> None:
    money, number, time = (values(text)[0] for text in ("200 EUR", "raised to 350", "at 9:30"))
    assert comparable(number, money) > 0.5
    assert comparable(time, money) == 0


@pytest.mark.parametrize(
    ("one", "other"), [("rotation", "rotated"), ("shipped", "ship"), ("database", "db"), ("leads", "maintainer")]
)
def test_forms_and_synonyms_are_one_concept(one: str, other: str) -> None:
    assert concept(one) == concept(other)


def test_states_exclude_each_other_only_on_one_axis() -> None:
    assert opposed("on", "off")
    assert not opposed("on", "closed")


def test_a_sentence_says_of_what_and_what() -> None:
    (claim,) = claims("The staging server listens on 8080.")
    assert claim.subject == ("stag", "server")
    assert claim.value == "8080"
    assert claim.mood is Mood.FACT


def test_key_and_value_are_a_claim() -> None:
    (claim,) = claims("Release date: March 10")
    assert claim.amounts[0].value.amount == "3-10"
    assert len(claim.subject) == 2


def test_who_leads_is_the_value_and_what_is_led_the_topic() -> None:
    (claim,) = claims("Jonas took over billing from Maria this week")
    assert claim.value == "jonas"
    assert concept("maria") in claim.ended
    assert claim.cue is Cue.CHANGE


@pytest.mark.parametrize(
    "text",
    [
        "we type-check with mypy nowadays, not pyright",
        "mypy instead of pyright",
        "mypy replaced pyright",
        "we swapped pyright for mypy",
        "type checks moved from pyright to mypy",
        "pyright is gone, we use mypy",
        "we no longer use pyright",
    ],
)
def test_what_a_sentence_says_is_over_is_named(text: str) -> None:
    assert any(concept("pyright") in claim.ended for claim in claims(text))
    assert not any(concept("mypy") in claim.ended for claim in claims(text))


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("We might move to Dramatiq next year", Mood.PLAN),
        ("Should we replace Celery with cron?", Mood.QUESTION),
        ("I wonder whether we should move the repo", Mood.PLAN),
        ("If QA finds blockers the launch moves to May 16", Mood.CONDITION),
        ("Paul thinks one approval is enough", Mood.OPINION),
        ("Until 2021 we used MySQL for the orders", Mood.PAST),
        ("We used to deploy on Fridays", Mood.PAST),
        ("The launch is planned for May 2", Mood.FACT),
        ("We decided to move to GitLab", Mood.FACT),
    ],
)
def test_what_is_no_fact_is_known_as_such(text: str, mood: Mood) -> None:
    assert {claim.mood for claim in claims(text)} == {mood}


def test_a_clause_without_a_subject_goes_on_about_the_one_before() -> None:
    last = claims("Oslo flight has been rebooked, departs 9:15")[-1]
    assert "oslo" in last.subject
    assert last.amounts[0].value.amount == "09:15"


def test_a_reason_is_no_claim() -> None:
    assert "heat" not in keys("Because of the heat, the party is on August 2")


@pytest.mark.parametrize(
    "text", ["", "   ", "?!.", "::", "->", "🙂", "не работает", "a" * 100_000, "(((", "x's", "not"]
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(claims(text), tuple)
