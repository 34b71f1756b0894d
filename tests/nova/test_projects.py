"""Projects, goals and values: what a change records, and that doing it again records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.store import Memory
from nova import projects
from nova.errors import UsageError
from nova.projects import EVERYWHERE, Project, Teller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BY = Teller("ada", "2026-03-01T10:00:00Z")
LATER = Teller("ada", "2026-04-01T10:00:00Z")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "nova.duckdb") as opened:
        yield opened


def add(memory: Memory, name: str, by: Teller = BY, **told: list[str]) -> int:
    """Add to a project; how many items that took."""
    changes = projects.add(memory.items(EVERYWHERE), name, by, **told)
    projects.record(memory, changes)
    return len(changes)


def known(memory: Memory) -> dict[str, Project]:
    return {p.name: p for p in projects.projects(memory.items(EVERYWHERE))}


def reach(memory: Memory, name: str, word: str) -> int:
    changes = projects.reach(memory.items(EVERYWHERE), known(memory)[name], word, LATER)
    projects.record(memory, changes)
    return len(changes)


def drop(memory: Memory, name: str, word: str) -> int:
    changes = projects.drop(memory.items(EVERYWHERE), known(memory)[name], word, LATER)
    projects.record(memory, changes)
    return len(changes)


def test_a_project_comes_back_with_its_goals_values_and_targets(memory: Memory) -> None:
    add(memory, "shop", goals=["orders arrive once"], values=["refuse rather than double"], targets=["nova", "airep"])
    shop = known(memory)["shop"]
    assert [g.text for g in shop.goals] == ["orders arrive once"]
    assert [v.text for v in shop.values] == ["refuse rather than double"]
    assert (shop.targets, shop.since, shop.archived) == (("nova", "airep"), BY.when, False)


def test_the_first_project_becomes_the_active_one_and_the_second_does_not(memory: Memory) -> None:
    add(memory, "shop")
    add(memory, "blog")
    assert {name: p.active for name, p in known(memory).items()} == {"shop": True, "blog": False}
    projects.record(memory, projects.use(memory.items(EVERYWHERE), known(memory)["blog"], LATER))
    assert {name: p.active for name, p in known(memory).items()} == {"shop": False, "blog": True}
    assert projects.use(memory.items(EVERYWHERE), known(memory)["blog"], LATER) == ()


def test_saying_the_same_again_changes_nothing(memory: Memory) -> None:
    assert add(memory, "shop", goals=["orders arrive once"], values=["be kind"], targets=["nova"]) == 5
    goals, values = ["Orders arrive  once!"], ["be kind", "Be kind"]
    assert add(memory, "Shop", LATER, goals=goals, values=values, targets=["nova", "nova"]) == 0


def test_two_processes_that_do_the_same_at_once_record_it_once(memory: Memory) -> None:
    before = memory.items(EVERYWHERE)
    for by in (BY, LATER):
        projects.record(memory, projects.add(before, "shop", by, goals=["orders arrive once"]))
    assert [g.since for g in known(memory)["shop"].goals] == [BY.when]


def test_a_goal_that_is_reached_stays_readable_and_can_be_a_goal_again(memory: Memory) -> None:
    add(memory, "shop", goals=["orders arrive once", "no order is lost"])
    assert reach(memory, "shop", "orders arrive") == 1
    shop = known(memory)["shop"]
    assert [g.text for g in shop.goals] == ["no order is lost"]
    assert [(g.text, g.since, g.ended) for g in shop.reached] == [("orders arrive once", BY.when, LATER.when)]
    assert reach(memory, "shop", "orders arrive") == reach(memory, "shop", shop.reached[0].id[:8]) == 0
    assert add(memory, "shop", LATER, goals=["orders arrive once"]) == 1
    assert len(known(memory)["shop"].goals) == 2
    assert reach(memory, "shop", "orders arrive once") == 1


def test_a_value_that_is_given_up_is_shown_no_more(memory: Memory) -> None:
    add(memory, "shop", values=["be kind", "be quick"])
    assert drop(memory, "shop", "be quick") == 1
    assert drop(memory, "shop", "be quick") == 0
    assert [v.text for v in known(memory)["shop"].values] == ["be kind"]


def test_words_that_fit_several_goals_or_none_are_refused_with_what_would_do(memory: Memory) -> None:
    add(memory, "shop", goals=["orders arrive once", "orders arrive quickly"])
    with pytest.raises(UsageError) as several:
        reach(memory, "shop", "orders")
    assert "2 goals" in several.value.what
    assert known(memory)["shop"].goals[0].id[:8] in several.value.next_step
    with pytest.raises(UsageError) as none:
        reach(memory, "shop", "ordrs arive once")
    assert none.value.next_step == 'did you mean "orders arrive once"?'


def test_a_goal_in_other_words_is_not_one_that_was_reached(memory: Memory) -> None:
    add(memory, "shop", goals=["orders arrive once"])
    (old,) = known(memory)["shop"].goals
    item = next(i for i in memory.items(EVERYWHERE) if i.id == old.id)
    reworded = type(item)("", item.kind, "shop", "", "each order arrives once", "", "ada", "", LATER.when, LATER.when)
    memory.remember(reworded, EVERYWHERE, "again", replaces=old.id)
    shop = known(memory)["shop"]
    assert ([g.text for g in shop.goals], shop.reached) == (["each order arrives once"], ())


def test_an_archived_project_is_not_active_and_opens_again(memory: Memory) -> None:
    add(memory, "shop", goals=["orders arrive once"])
    shop = known(memory)["shop"]
    projects.record(memory, projects.archive(memory.items(EVERYWHERE), shop, LATER))
    gone = known(memory)["shop"]
    assert (gone.archived, gone.active, len(gone.goals)) == (True, False, 1)
    assert projects.archive(memory.items(EVERYWHERE), gone, LATER) == ()
    assert projects.active([gone]) is None
    with pytest.raises(UsageError, match="archived"):
        projects.use(memory.items(EVERYWHERE), gone, LATER)
    assert add(memory, "shop", LATER) == 1
    assert not known(memory)["shop"].archived


def test_a_goal_that_was_forgotten_is_gone_and_can_be_told_anew(memory: Memory) -> None:
    add(memory, "shop", goals=["orders arrive once"])
    memory.forget(EVERYWHERE, known(memory)["shop"].goals[0].id, "ada", LATER.when)
    assert known(memory)["shop"].goals == ()
    assert add(memory, "shop", LATER, goals=["orders arrive once"]) == 1
    assert [g.text for g in known(memory)["shop"].goals] == ["orders arrive once"]


def test_where_none_is_chosen_the_only_project_of_a_target_is_the_active_one() -> None:
    shop, blog = Project("shop", "", targets=("nova",)), Project("blog", "", targets=("nova", "site"))
    assert projects.active([shop, blog], "site") == blog
    assert projects.active([shop, blog], "nova") is None
    chosen = Project("home", "", active=True)
    assert projects.active([shop, blog, chosen], "site") == chosen


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        projects.add([], name, BY)


def test_a_name_that_is_not_known_names_the_nearest() -> None:
    with pytest.raises(UsageError) as error:
        projects.named([Project("invoices", ""), Project("shop", "")], "invioces")
    assert "did you mean invoices?" in error.value.next_step


ACTS = st.tuples(st.sampled_from(["add", "goal", "done", "value", "drop", "use", "archive"]), st.sampled_from("abAé"))


@settings(max_examples=25, deadline=None)
@given(st.lists(ACTS, max_size=14))
def test_whatever_is_done_doing_it_twice_is_doing_it_once(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str]]
) -> None:
    with Memory.open(tmp_path_factory.mktemp("memory") / "nova.duckdb") as memory:
        for act, word in acts:
            for again in (False, True):
                items = memory.items(EVERYWHERE)
                try:
                    if act in {"add", "goal", "value"}:
                        told = {} if act == "add" else {f"{act}s": [f"to {word}"]}
                        changes = projects.add(items, "p" if told else word, BY, **told)
                    else:
                        one = projects.named(projects.projects(items), "p" if act in {"done", "drop"} else word)
                        does = {"done": projects.reach, "drop": projects.drop}
                        if act in does:
                            changes = does[act](items, one, f"to {word}", BY)
                        else:
                            changes = (projects.use if act == "use" else projects.archive)(items, one, BY)
                except UsageError:
                    break
                assert not (again and changes)
                projects.record(memory, changes)
        found = projects.projects(memory.items(EVERYWHERE))
        assert sum(p.active for p in found) <= 1
        assert len({p.name.casefold() for p in found}) == len(found)
        memory.rebuild()
        assert projects.projects(memory.items(EVERYWHERE)) == found
