"""Which memories a new sentence replaces, which it contradicts, and which it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.updates import NEW, OLD, rarities, read
from memory.claims.updates import Relation, Said, aliases, judge, relation, same

OWN = Path(__file__).parents[1] / "assets" / "updates" / "dev.jsonl"


def kind(new: str, old: str, **more: str) -> Relation:
    return relation(Said(new, when=NEW, **more), Said(old, when=OLD)).kind


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The staging server listens on 8080.", "staging moved to port 9090"),
        ("Standup is at 10 on Mondays", "We shifted standup to Tuesdays, 9:30."),
        ("Maria leads billing", "Jonas took over billing from Maria this week"),
        ("We use Celery for background jobs", "Celery is gone, jobs run on plain cron now"),
        ("Release date: March 3", "Release date: March 10"),
        ("The webhook secret is required", "webhook secret is optional now"),
        ("I am vegetarian", "I'm no longer vegetarian"),
        ("Tickets are tracked in Jira", "We track tickets in Linear these days"),
    ],
)
def test_a_new_value_closes_the_old_one(old: str, new: str) -> None:
    assert kind(new, old) is Relation.CLOSES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The staging server listens on 8080.", "The production server listens on 9090."),
        ("We use Celery for background jobs", "We use Redis for caching"),
        ("Deploys need two approvals", "Deploys take about 8 minutes"),
        ("The budget for hosting is 200 EUR", "The budget for marketing is 500 EUR"),
        ("We use Celery for background jobs", "We might move background jobs to Dramatiq"),
        ("We use Celery for background jobs", "Should we replace Celery with cron?"),
        ("Anna speaks German", "Anna speaks Spanish too"),
        ("Sprint 14 ends on Friday", "Sprint 15 ends on the 28th"),
        ("The shop opens at 9", "The shop closes at 18"),
        ("I work at Siemens", "I used to work at Bosch"),
    ],
)
def test_what_only_looks_alike_is_not_closed(one: str, other: str) -> None:
    assert kind(other, one) is not Relation.CLOSES


def test_the_reason_names_what_both_speak_of_and_both_values() -> None:
    found = relation(Said("Retries: 5", when=NEW), Said("Retries: 3", when=OLD))
    assert "retries" in found.why
    assert "5 takes the place of 3" in found.why
    assert 0.5 < found.certainty < 1


def test_a_value_dated_before_the_other_one_is_the_outdated_one() -> None:
    found = relation(Said("Retries: 5", when=OLD), Said("Retries: 3", when=NEW))
    assert found.kind is Relation.OUTDATED


def test_a_change_dated_before_what_it_changes_is_a_conflict() -> None:
    old = Said("The staging server listens on 8080.", when=NEW)
    assert relation(Said("staging moved to port 9090", when=OLD), old).kind is Relation.CONFLICTS


def test_two_values_of_one_time_are_a_conflict_and_a_change_of_that_time_is_not() -> None:
    old = Said("The staging server listens on 8080.", when=NEW)
    assert relation(Said("The staging server listens on 9090.", when=NEW), old).kind is Relation.CONFLICTS
    assert relation(Said("staging moved to port 9090", when=NEW), old).kind is Relation.CLOSES


def test_what_held_earlier_is_older_though_it_is_said_later() -> None:
    assert kind("Until 2021 we used MySQL for the orders database", "We use Postgres for the orders database") in {
        Relation.OUTDATED,
        Relation.UNRELATED,
    }


def test_an_old_memory_with_more_in_it_is_not_closed_whole() -> None:
    found = relation(
        Said("The API listens on port 9090 now", when=NEW),
        Said("The API listens on port 8080 and logs go to Graylog", when=OLD),
    )
    assert found.kind is Relation.CONFLICTS
    assert found.why.startswith("partly outdated")


def test_another_scope_or_subject_is_left_alone() -> None:
    old = Said("Retries: 3", when=OLD, scope="shop")
    assert relation(Said("Retries: 5", when=NEW, scope="wiki"), old).kind is Relation.UNRELATED
    assert relation(Said("Retries: 5", when=NEW, about="a"), Said("Retries: 3", about="b")).kind is Relation.UNRELATED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Retries: 3", "retries = 3"),
        ("The staging server listens on port 8080.", "staging server listens on port 8080"),
        ("Sessions expire after 24 hours", "Sessions expire after one day"),
    ],
)
def test_the_same_in_other_words_is_the_same(one: str, other: str) -> None:
    assert same(other, one)
    assert kind(other, one) is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Retries: 3", "Retries: 5"),
        ("We support Windows", "We do not support Windows"),
        ("The signature has the old logo", "The signature has the new logo"),
        ("Sync is on", "Sync is off"),
    ],
)
def test_another_value_is_not_the_same(one: str, other: str) -> None:
    assert not same(other, one)


def test_a_renamed_thing_is_found_under_its_new_name_and_its_facts_stay() -> None:
    names = aliases(["Bluebird is now called Kestrel"])
    assert names == {"kestrel": "bluebird"}
    old = Said("Bluebird is deployed on Heroku", when=OLD)
    assert relation(Said("Bluebird is now called Kestrel", when=NEW), old).kind is Relation.UNRELATED
    new = Said("Kestrel is deployed on Fly.io now", when=NEW)
    assert relation(new, old, aliases=names).kind is Relation.CLOSES
    assert relation(new, old).kind is not Relation.CLOSES


def test_of_many_memories_only_those_that_fit_are_closed() -> None:
    olds = ["The staging server listens on 8080.", "The production server listens on 80.", "Maria leads billing"]
    found = judge(Said("staging moved to port 9090", when=NEW), [Said(old, when=OLD) for old in olds])
    assert [one.kind is Relation.CLOSES for one in found] == [True, False, False]


def test_our_own_updates_are_closed_and_look_alikes_stay() -> None:
    updates, alike = read([OWN])
    rarity = rarities(pair[side] for pair in updates + alike for side in ("old", "new"))

    def shares(pairs: list[dict[str, str]]) -> tuple[float, float]:
        kinds = [relation(Said(p["new"], when=NEW), Said(p["old"], when=OLD), rarity).kind for p in pairs]
        return kinds.count(Relation.CLOSES) / len(kinds), kinds.count(Relation.CONFLICTS) / len(kinds)

    closed, flagged = shares(updates)
    assert closed >= 0.6
    assert closed + flagged >= 0.95
    closed, flagged = shares(alike)
    assert closed <= 0.02
    assert flagged <= 0.25
