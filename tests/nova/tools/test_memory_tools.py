"""The tools of memory: what they record, that they can be repeated, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nova.errors import UsageError
from nova.tools import World, bound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., dict[str, Any]]

NAMES = ("recall", "remember", "supersede", "forget", "projects", "goals")


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls a tool by name with a key, in a folder that is in no repository."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    tools = bound(NAMES, World(tmp_path, tmp_path / "nova.duckdb"))

    def work(name: str, key: str = "k", **arguments: Any) -> dict[str, Any]:
        answer: dict[str, Any] = tools[name].work(key, **arguments)
        return answer

    return work


def values(call: Call, query: str, **more: Any) -> list[str]:
    return [item["value"] for item in call("recall", query=query, **more)["items"]]


def test_what_is_remembered_is_found_with_its_reason(call: Call) -> None:
    told = call("remember", text="We use ruff", kind="decision", because="one tool is enough")
    assert (told["new"], told["item"]["kind"], told["holds_for"]) == (True, "decision", "everywhere")
    (found,) = call("recall", query="do we use ruff?")["items"]
    assert found["id"] == told["item"]["id"]
    assert found["why"]
    assert values(call, "how is the weather") == []


@pytest.mark.parametrize("kind", ["note", "goal", "project"])
def test_remembering_again_with_the_same_key_gives_the_same_answer(call: Call, kind: str) -> None:
    first = call("remember", "one", text="ship twice a week", kind=kind)
    assert call("remember", "one", text="ship twice a week", kind=kind) == first
    other = call("remember", "two", text="Ship twice  a week", kind=kind)
    assert (other["new"], other["item"]["id"]) == (False, first["item"]["id"])


def test_what_recall_showed_in_this_turn_is_not_learnt_again(call: Call) -> None:
    call("remember", "one", text="Deploys happen on Tuesdays after lunch")
    shown = values(call, "when do deploys happen")
    echo = call("remember", "two", text="deploys happen on Tuesdays", shown=shown)
    assert (echo["echo"], echo["new"]) == (True, False)
    news = call("remember", "three", text="deploys happen on Tuesdays, except in December", shown=shown)
    assert (news["echo"], news["new"]) == (False, True)
    assert len(call("recall", query="deploys")["items"]) == 2


def test_a_new_value_takes_the_place_of_the_old_one(call: Call) -> None:
    call("remember", "one", text="10.0.0.7", kind="fact", subject="staging", predicate="address")
    told = call("remember", "two", text="10.0.0.9", kind="fact", subject="staging", predicate="address")
    assert [old["value"] for old in told["replaced"]] == ["10.0.0.7"]
    assert values(call, "address of staging") == ["10.0.0.9"]
    assert sorted(values(call, "address of staging", past=True)) == ["10.0.0.7", "10.0.0.9"]


def test_superseding_keeps_both_and_can_be_repeated(call: Call) -> None:
    old = call("remember", "one", text="The test server is called hermes", kind="fact")["item"]
    told = call("supersede", "two", id=old["id"][:6], text="The test server is called atlas")
    assert (told["old"]["replaced_by"], told["new"]["kind"]) == (told["new"]["id"], "fact")
    assert call("supersede", "two", id=old["id"][:6], text="The test server is called atlas") == told
    assert values(call, "what is the test server called") == ["The test server is called atlas"]
    with pytest.raises(UsageError, match="no longer holds"):
        call("supersede", "three", id=old["id"], text="The test server is called iris")


def test_what_is_forgotten_cannot_be_found_and_forgetting_can_be_repeated(call: Call) -> None:
    told = call("remember", "one", text="The vpn needs a certificate")["item"]
    gone = call("forget", "two", id=told["id"])
    assert call("forget", "two", id=told["id"]) == gone
    assert "certificate" not in str(gone)
    assert values(call, "vpn certificate", past=True) == []


def test_words_that_name_no_memory_are_refused(call: Call) -> None:
    for name, more in (("forget", {}), ("supersede", {"text": "x"})):
        with pytest.raises(UsageError, match="no memory has the id"):
            call(name, id="abcdef", **more)
    with pytest.raises(UsageError, match="no kind of memory"):
        call("remember", text="x", kind="thought")
    with pytest.raises(UsageError, match="empty"):
        call("remember", text="  ")


def test_keys_and_passwords_are_not_kept(call: Call) -> None:
    secret = "AKIA" + "Q3XJ7PLM2WZK9RTY"
    with pytest.raises(UsageError, match="password or a key"):
        call("remember", text=f"the key is {secret}")
    assert call("recall")["items"] == []


def test_goals_go_to_the_active_project_and_are_listed_with_what_was_told_of_them(call: Call) -> None:
    call("remember", "one", text="shop", kind="project")
    call("remember", "two", text="twins are found before publishing", kind="goal")
    call("remember", "three", text="twins in the east are found now")
    told = call("goals")
    (goal,) = told["goals"]
    assert (goal["project"], told["active"], [n["text"] for n in goal["told"]]) == (
        "shop", "shop", ["twins in the east are found now"]
    )  # fmt: skip
    (project,) = call("projects")["projects"]
    assert (project["name"], [g["text"] for g in project["goals"]]) == ("shop", ["twins are found before publishing"])
    with pytest.raises(UsageError, match="there is no project shp"):
        call("goals", project="shp")


def test_a_goal_without_a_project_is_kept_all_the_same(call: Call) -> None:
    call("remember", text="fewer false alarms", kind="goal")
    assert [(g["project"], g["text"]) for g in call("goals")["goals"]] == [("", "fewer false alarms")]


def test_a_project_is_neither_forgotten_nor_replaced_by_words(call: Call) -> None:
    told = call("remember", "one", text="shop", kind="project")["item"]
    with pytest.raises(UsageError, match="archived, not forgotten"):
        call("forget", "two", id=told["id"])
    with pytest.raises(UsageError, match="not replaced by words"):
        call("supersede", "three", id=told["id"], text="store")


def test_what_would_be_written_is_told_before(tmp_path: Path) -> None:
    tools = bound(NAMES, World(tmp_path, tmp_path / "nova.duckdb"))
    writing = {name: tool for name, tool in tools.items() if tool.writes}
    assert set(writing) == {"remember", "supersede", "forget"}
    arguments: dict[str, Any] = {"id": "abcdef0123", "text": "use ruff"}
    for name, tool in writing.items():
        assert tool.effect is not None
        assert ("abcdef01" if name == "forget" else "use ruff") in tool.effect(**arguments)
