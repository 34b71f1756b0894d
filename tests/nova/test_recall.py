"""What memory finds for a question, what it leaves out, and what is only an echo."""

from __future__ import annotations

import pytest

from memory import Item
from nova.anchors import Anchor, anchors_in
from nova.recall import hits, is_echo, near, says_what, told
from tests.nova.recall_questions import ASKED, TOLD

DAY = "2026-03-01T10:00:00Z"


def item(value: str, kind: str = "note", subject: str = "", when: str = DAY, **more: str) -> Item:
    return Item(
        value[:16], kind, subject, more.get("predicate", ""), value, more.get("because", ""), "ada", "", when, when
    )


ITEMS = [Item(t.key, t.kind, t.subject, "", t.value, t.because, "ada", "", DAY, DAY) for t in TOLD]


def first(question: str) -> str:
    found = hits(question, ITEMS, anchors_in(question))
    return found[0].item.id if found else ""


def test_questions_find_what_answers_them_and_others_find_nothing() -> None:
    right = sum(first(question) == key for question, key in ASKED if key)
    answerable = sum(bool(key) for _, key in ASKED)
    assert right >= 0.95 * answerable
    assert [question for question, key in ASKED if not key and first(question)] == []


def test_in_a_small_memory_no_word_is_too_common_to_count() -> None:
    (hit,) = hits("which linter do we use, ruff?", [item("We use ruff")])
    assert hit.why == "it speaks of use and ruff"
    assert hits("which linter is best", [item("We use ruff")]) == []


def test_a_long_message_still_finds_what_it_speaks_of() -> None:
    message = (
        "Today I looked at the geocoder. " + "It was a long day with many meetings and little to show for it. " * 9
    )
    assert [h.item.id for h in hits(message + "The requests a minute were few.", ITEMS)] == ["rate"]


def test_what_was_replaced_or_forgotten_is_not_found_unless_the_past_is_asked_for() -> None:
    old = Item("a", "fact", "staging", "address", "10.0.0.7", "", "ada", "", DAY, DAY, closed_at=DAY, superseded_by="b")
    gone = Item("c", "fact", "", "", "", "", "ada", "", DAY, DAY, closed_at=DAY, forgotten=True)
    new = Item("b", "fact", "staging", "address", "10.0.0.9", "", "ada", "", DAY, DAY)
    assert [h.item.id for h in hits("address of staging", [old, gone, new])] == ["b"]
    assert {h.item.id for h in hits("address of staging", [old, gone, new], past=True)} == {"a", "b"}


def test_what_names_the_very_thing_comes_before_what_speaks_of_it() -> None:
    named, speaks = item("frozen until May: cart.py"), item("the shop cart is slow and the shop cart is old")
    found = hits(
        "is the shop cart slow in shop/cart.py", [speaks, named], anchors_in("is the cart slow in shop/cart.py")
    )
    assert (found[0].item, found[0].why) == (named, "it names the file shop/cart.py")


@pytest.mark.parametrize(
    ("message", "anchor"),
    [
        ("look at shop/cart.py please", Anchor("file", "shop/cart.py")),
        ("everything below nova/tools/", Anchor("file", "nova/tools")),
        ("why does load_prices fail", Anchor("symbol", "load_prices")),
        ("why does `total` fail", Anchor("symbol", "total")),
        ("is Cart.total right", Anchor("symbol", "Cart.total")),
        ("what of PriceList", Anchor("symbol", "PriceList")),
        ("why close-resources", Anchor("rule", "close-resources")),
        ("why B006 here", Anchor("rule", "B006")),
        ("ask @anna", Anchor("person", "anna")),
        ("what was decided on 2026-03-01?", Anchor("date", "2026-03-01")),
    ],
)
def test_names_are_known_by_their_looks(message: str, anchor: Anchor) -> None:
    assert anchors_in(message) == (anchor,)


@pytest.mark.parametrize("message", ["review my changes", "what now?", "e.g. this", "Hello, World.", "10.0.0.7"])
def test_plain_words_name_nothing(message: str) -> None:
    assert [a for a in anchors_in(message) if a.text not in {"e.g", "e.g."}] == []


def test_a_date_finds_what_was_said_then() -> None:
    march, april = item("use ruff"), item("use mypy", when="2026-04-01T10:00:00Z")
    (hit,) = hits("anything of 2026-04", [march, april], anchors_in("anything of 2026-04"))
    assert (hit.item, hit.why) == (april, "it is of 2026-04")


def test_a_name_within_a_longer_one_is_not_meant() -> None:
    found = hits("fix `cart`", [item("the cartridge"), item("old-cart is gone")], anchors_in("fix `cart`"))
    assert [(h.item.value, h.why) for h in found] == [("old-cart is gone", "it speaks of cart")]


def test_a_question_of_no_words_asks_nothing() -> None:
    assert not says_what("what do you remember?")
    assert says_what("what do you remember of the vpn?")
    assert hits("what do you remember?", ITEMS) == []


def test_an_item_is_told_with_what_it_is_about_and_why() -> None:
    assert told(item("10.0.0.7", subject="staging", predicate="address")) == "staging address: 10.0.0.7"
    assert (
        told(item("never float", subject="prices", because="of rounding"))
        == "prices: never float (because of rounding)"
    )
    assert told(item("Anna owns the deploy", subject="anna")) == "Anna owns the deploy"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Use ruff, not flake8.", "use ruff not flake8", True),
        ("deploys happen on tuesdays after lunch", "Deploys happen on Tuesdays after the lunch", True),
        ("the limit of the geocoder is 50", "the limit of the geocoder is 500", False),
        ("always merge on green builds in main", "never always merge on green builds in main", False),
        ("anna owns the shop, its queue, cache and vpn", "tom owns the shop, its queue, cache and vpn", False),
        ("deploys on Tuesdays", "deploys on Thursdays", False),
    ],
)  # fmt: skip
def test_near_copies_say_the_same_and_contradictions_do_not(one: str, other: str, same: bool) -> None:
    assert near(one, other) == near(other, one) == same


SHOWN = ["Deploys happen on Tuesdays after lunch", "never use tabs", "staging address: 10.0.0.7"]


@pytest.mark.parametrize(
    "text",
    [
        "deploys happen on TUESDAYS, after lunch!",
        "remember that deploys happen on Tuesdays after lunch",
        "deploys happen on Tuesdays",
        "the staging address is 10.0.0.7",
        "Deploys happen on Tuesdays after lunch, and never use tabs.",
    ],
)
def test_what_recall_showed_is_an_echo(text: str) -> None:
    assert is_echo(text, SHOWN)


@pytest.mark.parametrize(
    "text",
    [
        "deploys happen on Tuesdays after lunch, except in December",
        "deploys happen on Thursdays after lunch",
        "deploys do not happen on Tuesdays after lunch",
        "use tabs",
        "the staging address is 10.0.0.9",
        "remember this",
        "",
    ],
)
def test_what_adds_or_denies_something_is_no_echo(text: str) -> None:
    assert not is_echo(text, SHOWN)
    assert not is_echo(text, [])
