"""The brief of a day: each line from something that is there, and none where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nova.brief import Facts, brief, last_activity

SINCE, NOW = "2026-03-02T00:00:00+00:00", "2026-03-03T09:00:00+00:00"
NONE = Facts(SINCE, NOW)


def commit(subject: str, when: str = "2026-03-02T10:00:00Z", **more: Any) -> dict[str, Any]:
    return {"commit": "c" * 40, "when": when, "author": "Ada", "subject": subject, "paths": ["a.py"], "added": 3,
            "removed": 1, **more}  # fmt: skip


def goal(text: str, since: str = "2026-01-01T00:00:00Z", **more: Any) -> dict[str, Any]:
    return {"project": "shop", "text": text, "since": since, "told": [], **more}


def finding(**more: Any) -> dict[str, Any]:
    return {"rule": "B006", "severity": "low", "path": "a.py", "line": 3, "message": "A list.", "first_seen": "",
            "gone_seen": "", **more}  # fmt: skip


def branch(name: str, days: int, **more: bool) -> dict[str, Any]:
    return {"name": name, "days": days, "current": False, "stale": days >= 30, "merged": False, **more}


def test_where_nothing_is_there_is_nothing_to_say() -> None:
    told = brief(NONE)
    assert told.quiet
    assert told.lines() == ()


def test_commits_are_told_with_how_much_they_changed() -> None:
    told = brief(replace(NONE, commits=[commit("add a cart"), commit("fix", author="Tom", paths=["a.py", "b.py"])]))
    assert told.moved[0] == "- 2 commits in 2 files, +6 -2 lines, by Ada 1, Tom 1 (git)"
    assert told.moved[1] == "  cccccccccc add a cart"
    assert told.lines()[0] == "Moved:"


def test_findings_are_new_or_gone_only_when_that_was_seen_in_the_stretch() -> None:
    day, before = "2026-03-02T12:00:00Z", "2026-02-02T12:00:00Z"
    facts = replace(
        NONE,
        open=[finding(first_seen=day, severity="high"), finding(first_seen=before), finding()],
        fixed=[finding(rule="F401", gone_seen=day), finding(gone_seen=before)],
    )
    told = brief(facts)
    assert told.moved == ("- 1 finding gone: F401 1 (reviews)",)
    assert told.ahead == (
        "- 1 new finding: B006 1 (reviews)",
        "- 3 open findings: 1 high, 2 low (reviews)",
        "  a.py:3 B006: A list",
    )


def test_a_goal_that_nothing_spoke_of_for_long_stands_still() -> None:
    told = brief(replace(NONE, goals=[goal("twins are found")]))
    assert told.still == ('- goal "twins are found" of shop: nothing to show for it yet, 61 days',)
    assert told.ahead == ('- goal "twins are found" of shop',)


def test_a_commit_that_speaks_of_a_goal_keeps_it_moving() -> None:
    facts = replace(NONE, goals=[goal("twins are found")], commits=[commit("Find twins by their address")])
    told = brief(facts)
    assert told.still == ()
    assert told.ahead == ('- goal "twins are found" of shop: last commit cccccccccc of 2026-03-02',)
    old = replace(NONE, goals=facts.goals, earlier=[commit("Find twins", "2026-02-01T00:00:00Z")])
    assert "commit cccccccccc of 2026-02-01 is the last that speaks of it, 30 days" in brief(old).still[0]


def test_a_note_counts_as_something_to_show_too() -> None:
    note = {"id": "abcdef0123", "kind": "note", "text": "twins found in the east", "date": "2026-03-01T00:00:00Z"}
    assert last_activity(goal("twins are found", told=[note]), []) == ("2026-03-01T00:00:00Z", "note abcdef01")
    assert brief(replace(NONE, goals=[goal("twins are found", told=[note])])).still == ()


def test_a_young_goal_does_not_stand_still() -> None:
    assert brief(replace(NONE, goals=[goal("twins are found", since="2026-02-25T00:00:00Z")])).still == ()


def test_a_goal_of_the_settings_has_no_beginning_to_count_from() -> None:
    assert brief(replace(NONE, goals=[goal("twins are found", since="")])).still == ()


def test_stale_branches_and_idle_projects_stand_still() -> None:
    shop = {"name": "shop", "archived": False, "targets": [{"name": "shop", "last_commit": 1_770_000_000.0}]}
    facts = replace(
        NONE,
        branches=[
            branch("a", 40), branch("b", 70), branch("c", 90, merged=True), branch("d", 3),
            branch("e", 99, current=True),
        ],
        projects=[shop, {**shop, "name": "old", "archived": True}, {"name": "new", "archived": False, "targets": []}],
    )  # fmt: skip
    assert brief(facts).still == (
        "- shop: no commit for 29 days (git)",
        "- 2 branches not merged and long without a commit: b (70 days), a (40 days) (git)",
    )


def test_a_reached_goal_is_told_on_its_day_only() -> None:
    done = {"project": "shop", "text": "twins are found", "when": "2026-03-02T12:00:00Z"}
    assert brief(replace(NONE, reached=[done])).moved == ('- goal reached: "twins are found" of shop',)
    assert brief(replace(NONE, reached=[{**done, "when": "2026-02-02T12:00:00Z"}])).quiet


@given(
    st.lists(st.builds(commit, st.text(max_size=30)), max_size=12),
    st.lists(st.builds(goal, st.text(max_size=30)), max_size=9),
    st.lists(st.builds(finding, severity=st.sampled_from(["high", "medium", "low", "info"])), max_size=9),
)
def test_a_brief_fits_a_screen(commits: list[Any], goals: list[Any], findings: list[Any]) -> None:
    assert len(brief(replace(NONE, commits=commits, goals=goals, open=findings)).lines()) <= 32
