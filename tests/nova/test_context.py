"""What an agent is shown: what stands first, then what is needed, each with its reason, within the budget."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import Item
from memory.store import Memory
from nova import projects
from nova.anchors import Anchor
from nova.context import CHARACTERS, TOKENS, Known, Need, Shower, context_for, cost, pack
from nova.orchestrator.handoff import Budget
from nova.projects import Teller
from nova.targets import Target

if TYPE_CHECKING:
    from pathlib import Path

    from nova.orchestrator.handoff import Recalled

DAY = "2026-03-01T10:00:00Z"
LATER = "2026-04-01T10:00:00Z"
SHOP = Target(
    "shop", "shop.toml", goals=("orders arrive once",), values=("be kind",), constraints=("money is Decimal",)
)
ALL = ("instruction", "note", "fact", "decision", "project", "goal", "value", "constraint")
NUMBER = iter(range(10**6))


def known(
    value: str, kind: str = "note", subject: str = "", *, here: bool = True, when: str = DAY, **more: str
) -> Known:
    name = f"id{next(NUMBER):08}"
    return Known(Item(name, kind, subject, more.get("predicate", ""), value, "", "ada", "nova ask", when, when), here)


def texts(shown: tuple[Recalled, ...]) -> list[str]:
    return [one.text for one in shown]


def test_what_is_shown_says_why_it_is_there_from_where_and_of_when() -> None:
    (one,) = pack([known("the vpn needs a certificate")], Need("fix the vpn certificate", ALL), TOKENS)
    assert (one.kind, one.why) == ("note", "it speaks of vpn and certificate")
    assert (one.source, one.date) == ("nova ask, ada", "2026-03-01")


def test_standing_instructions_are_shown_whatever_is_asked_with_their_scope() -> None:
    items = [known("use tabs", "instruction"), known("be brief", "instruction", here=False)]
    shown = pack(items, Need("how is the weather", (), SHOP), TOKENS)
    whys = {one.text: one.why for one in shown}
    assert whys["use tabs"] == "a standing instruction for shop"
    assert whys["be brief"] == "a standing instruction for all work"


def test_what_does_not_fit_the_question_is_not_shown() -> None:
    items = [known("lunch is at noon"), known("the vpn needs a certificate")]
    assert pack(items, Need("which functions are complex", ALL), TOKENS) == ()


def test_an_agent_is_shown_only_the_kinds_of_its_page() -> None:
    items = [known("the vpn is slow"), known("we keep the vpn", "decision", "vpn")]
    assert texts(pack(items, Need("why is the vpn slow", ("decision",)), TOKENS)) == ["we keep the vpn"]
    assert pack(items, Need("why is the vpn slow", ()), TOKENS) == ()


def test_the_active_project_comes_with_its_goals_and_values() -> None:
    made = projects.add((), "books", Teller("ada", DAY), goals=["no entry is lost"], values=["slow is fine"])
    items = [Known(replace(c.item, id=f"id{at}"), here=False) for at, c in enumerate(made)]
    shown = pack(items, Need("what of books, is it slow", ALL), TOKENS)
    assert [(one.kind, one.text) for one in shown] == [
        ("project", "books"), ("goal", "no entry is lost"), ("value", "slow is fine")
    ]  # fmt: skip
    assert shown[1].why == "a goal of books, the project that is worked on"


def test_the_target_gives_goals_and_values_to_all_and_constraints_to_those_whose_page_names_them() -> None:
    assert texts(pack((), Need("hello", (), SHOP), TOKENS)) == ["orders arrive once", "be kind"]
    (first, *_) = pack((), Need("hello", ("constraint",), SHOP), TOKENS)
    assert (first.text, first.why, first.source) == ("money is Decimal", "a constraint of the target shop", "shop.toml")


def test_decisions_about_everything_stand_and_those_about_one_thing_wait_to_be_needed() -> None:
    items = [known("we use ruff", "decision"), known("we keep postgres", "decision", "database")]
    assert texts(pack(items, Need("hello", ("decision",)), TOKENS)) == ["we use ruff"]
    assert len(pack(items, Need("which database?", ("decision",)), TOKENS)) == 2


def test_what_is_named_comes_before_what_is_found() -> None:
    items = [known("the cart is slow, the cart is old"), known("frozen until May", subject="shop/cart.py")]
    shown = pack(items, Need("speed up the cart", ALL, anchors=(Anchor("file", "shop/cart.py"),)), TOKENS)
    assert [one.why for one in shown] == ["it names the file shop/cart.py", "it speaks of cart"]


def test_what_was_replaced_or_forgotten_is_not_shown(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "nova.duckdb") as memory:
        for number, value in enumerate(("10.0.0.7", "10.0.0.9")):
            memory.remember(known(value, "fact", "staging", predicate="address").item, "shop", str(number))
        gone = memory.remember(known("staging is haunted").item, "shop", "ghost")
        memory.forget("shop", gone.id, "ada", LATER)
        shown = context_for(memory, SHOP, ("fact", "note"), "where is staging", key="shop")
        assert [one.text for one in shown if one.kind in {"fact", "note"}] == ["staging address: 10.0.0.9"]


def test_the_targets_own_value_goes_before_the_one_that_holds_everywhere() -> None:
    items = [
        known("4", "fact", "indent", here=False, predicate="width"),
        known("2", "fact", "indent", predicate="width"),
    ]
    assert texts(pack(items, Need("which indent", ALL), TOKENS)) == ["indent width: 2"]


@pytest.mark.parametrize("archived", [False, True])
def test_goals_of_an_archived_project_are_not_shown(tmp_path: Path, archived: bool) -> None:
    with Memory.open(tmp_path / "nova.duckdb") as memory:
        for name, goals in (("shop", []), ("books", ["no ledger entry is lost"])):
            projects.record(memory, projects.add(memory.items(""), name, Teller("ada", DAY), goals=goals))
        if archived:
            books = projects.named(projects.projects(memory.items("")), "books")
            projects.record(memory, projects.archive(memory.items(""), books, Teller("ada", LATER)))
        shown = context_for(memory, None, ALL, "is a ledger entry lost")
    assert ("goal" in {one.kind for one in shown}) is not archived


def test_near_copies_are_shown_once() -> None:
    items = [
        known("Deploys happen on Tuesdays after lunch"), known("deploys happen on tuesdays, after lunch", when=LATER),
        known("deploys happen on Thursdays after lunch"),
    ]  # fmt: skip
    shown = pack(items, Need("when do deploys happen", ALL), TOKENS)
    assert sorted(one.date for one in shown) == ["2026-03-01", "2026-04-01"]
    assert [one.date for one in shown if "uesdays" in one.text] == ["2026-04-01"]


def test_many_instructions_leave_room_for_what_the_message_needs() -> None:
    items = [known(f"instruction number {n} is to be followed always", "instruction") for n in range(200)]
    items.append(known("the vpn needs a certificate"))
    shown = pack(items, Need("fix the vpn certificate", ALL), 400)
    assert "the vpn needs a certificate" in texts(shown)
    assert sum(one.kind == "instruction" for one in shown) > 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text("vpn ab1", max_size=80), st.sampled_from(ALL[:4]), st.booleans()), max_size=25),
    st.integers(0, 300),
)
def test_the_budget_is_never_passed_and_nothing_is_shown_twice(told: list[tuple[str, str, bool]], budget: int) -> None:
    items = [known(value, kind, here=here) for value, kind, here in told]
    shown = pack(items, Need("the vpn ab1", ALL, SHOP), budget)
    assert sum(map(cost, shown)) <= budget * CHARACTERS
    assert len(set(texts(shown))) == len(shown)
    assert all(one.why and one.text for one in shown)
    assert shown == pack(items, Need("the vpn ab1", ALL, SHOP), budget)


class Page(SimpleNamespace):
    """As much of an agent's page as is asked for."""


def test_without_memory_the_target_is_shown_all_the_same_and_that_memory_is_missing(tmp_path: Path) -> None:
    (tmp_path / "nova.duckdb").mkdir()
    page = Page(memory=("constraint",), budget=Budget(tokens=0))
    shown = Shower(tmp_path, "airep", tmp_path / "nova.duckdb")(page, "hello", "hello", {})
    assert shown[0].kind == "notice"
    assert {one.kind for one in shown[1:]} >= {"constraint", "goal", "value"}


@pytest.mark.parametrize(("tokens", "most"), [(0, TOKENS), (400, 100)])
def test_an_agent_with_a_small_budget_is_shown_a_quarter_of_it(tmp_path: Path, tokens: int, most: int) -> None:
    with Memory.open(tmp_path / "nova.duckdb") as memory:
        for number in range(200):
            told = f"instruction number {number} is to be followed always"
            memory.remember(known(told, "instruction").item, "", str(number))
    shown = Shower(tmp_path, None, tmp_path / "nova.duckdb")(
        Page(memory=(), budget=Budget(tokens=tokens)), "x", "x", {}
    )
    assert most * CHARACTERS * 0.8 < sum(map(cost, shown)) <= most * CHARACTERS
