from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.functional.workers import write_roster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.repositories import Answer, Repository

SHOP = "def total(basket):\n    return sum(basket)\n"


@pytest.fixture
def ask(nova: Callable[..., Answer], repository: Repository, tmp_path: Path) -> Callable[..., Answer]:
    """``nova ask`` with the agents of the tests, in a repository with one function."""
    repository.commit(shop=SHOP)
    pages = write_roster(tmp_path / "agents")
    return lambda *arguments: nova("ask", "--roster", str(pages), *arguments)


def rows(answer: Answer) -> list[dict[str, Any]]:
    return [json.loads(row) for row in answer.out.splitlines()]


def notes(tmp_path: Path) -> int:
    """The notes in the journal."""
    journals = (tmp_path / "home" / "data" / "nova").glob("*.jsonl")
    told = ("the till closes at nine", '"kind":"note"')
    return sum(all(part in row for part in told) for path in journals for row in path.read_text("utf-8").splitlines())


def test_an_answer_goes_to_standard_output_and_what_is_done_to_standard_error(ask: Callable[..., Answer]) -> None:
    said = ask("--yes", "--agent", "concierge", "the till", "closes at nine")
    assert (said.code, said.out) == (0, "1 definitions; kept\n")
    for part in ("-> worker: it is work", "outline(path='shop.py')", "read the outline", "remember(", "<- keeper"):
        assert part in said.err


def test_as_json_lines_it_streams_the_record(ask: Callable[..., Answer], nova: Callable[..., Answer]) -> None:
    said = ask("--yes", "--format", "jsonl", "--agent", "worker", "the till closes at nine")
    assert said.code == 0
    found = rows(said)
    assert [found[0]["kind"], found[-1]["kind"]] == ["request", "ended"]
    assert found[-1]["text"] == "1 definitions; kept"
    trace = json.loads(nova("trace", "--format", "json").out)
    assert (trace["turn"], trace["calls"]) == (found[0]["turn"], found[-1]["used"]["calls"])


def test_with_nobody_to_ask_a_write_waits_and_is_made_when_it_is_approved(
    ask: Callable[..., Answer], nova: Callable[..., Answer], tmp_path: Path
) -> None:
    assert "1 write waits for your approval" in ask("--scheduled", "--agent", "worker", "the till closes at nine").out
    listed = ask("--waiting")
    assert "the till closes at nine" in listed.out
    name = listed.out.split()[0]
    assert ask("--approve", name[:5]).out.startswith("made: ")
    assert ask("--waiting").out == "No write waits for your approval.\n"
    assert ask("--approve", name).code == 2
    assert notes(tmp_path) == 1
    assert "approval given later" in nova("trace", "2").out


def test_a_declined_write_is_dropped(ask: Callable[..., Answer], tmp_path: Path) -> None:
    ask("--agent", "worker", "the till closes at nine")
    name = ask("--waiting").out.split()[0]
    assert ask("--decline", name).out.startswith("dropped")
    assert ask("--waiting").out == "No write waits for your approval.\n"
    assert notes(tmp_path) == 0


def test_no_allows_no_write(ask: Callable[..., Answer]) -> None:
    assert (
        ask("--no", "--agent", "worker", "the till closes at nine").out
        == "1 definitions; not kept: the person said no\n"
    )


def test_the_next_message_answers_a_question(ask: Callable[..., Answer]) -> None:
    asked = ask("--agent", "worker", "ask")
    assert asked.out.startswith("Which one?\n  1. this\n  2. that\n")
    assert ask("that", "one").out == "you said that one\n"


def test_another_conversation_does_not_hear_the_answer(ask: Callable[..., Answer]) -> None:
    ask("--agent", "worker", "ask")
    assert "you said" not in ask("--conversation", "other", "that").out


def test_a_failure_is_told_without_what_could_steer_a_terminal(ask: Callable[..., Answer]) -> None:
    said = ask("--agent", "worker", "fail")
    assert said.code == 2
    assert said.out == "worker could not do it: ValueError: it broke \\x1b[31m. keeper was asked in its place.\n" or (
        "worker could not do it: ValueError: it broke \\x1b[31m. Nothing was done in its place." in said.out
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "there is nothing to ask"),
        (("  ",), "there is nothing to ask"),
        (("--agent", "workr", "hello"), "did you mean worker?"),
        (("--resume",), "no turn was stopped here"),
        (("--resume", "2030"), "there are no turns yet"),
        (("--approve", "abc"), "no write with the id abc waits"),
        (("--approve", "abc", "hello"), "two things at once"),
        (("--waiting", "--resume"), "two things at once"),
    ],
)
def test_a_mistake_is_told_in_a_line_and_what_to_do(
    ask: Callable[..., Answer], arguments: tuple[str, ...], told: str
) -> None:
    said = ask(*arguments)
    assert said.code == 2
    assert told in said.err
    assert len(said.err.splitlines()) <= 3


def test_a_message_can_come_from_standard_input(ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("fail\n"))
    assert "worker could not do it" in ask("--agent", "worker", "-").out
    monkeypatch.setattr("sys.stdin", io.StringIO("x" * 100_001))
    assert "100000 are the most" in ask("--agent", "worker", "-").err


def test_an_unknown_roster_is_told(nova: Callable[..., Answer]) -> None:
    said = nova("ask", "--roster", "/no/such/folder", "hello")
    assert said.code == 2
    assert "no folder of agents" in said.err


def test_in_a_folder_without_a_repository_the_agent_says_what_it_can(
    ask: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nova.cli import main

    bare = tmp_path / "bare"
    bare.mkdir()
    ask("--waiting")
    monkeypatch.chdir(bare)
    code = main(["ask", "--roster", str(tmp_path / "agents"), "--agent", "worker", "the till closes at nine"])
    assert code == 2


def test_a_trace_shows_the_tree_and_the_list(ask: Callable[..., Answer], nova: Callable[..., Answer]) -> None:
    ask("--yes", "--agent", "concierge", "the till closes at nine")
    shown = nova("trace")
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert "route: concierge by explicit: named with --agent" in lines
    assert "      -> keeper: it is to be kept" in lines, shown.out
    assert 'remember(kind="note", text="the till closes at nine")  approval given' in shown.out
    listed = nova("trace", "--list")
    assert "answered    concierge" in listed.out
    (row,) = json.loads(nova("trace", "--list", "--format", "json").out)
    assert (row["agent"], row["message"]) == ("concierge", "the till closes at nine")


def test_a_turn_is_played_again_from_its_record_and_does_nothing(
    ask: Callable[..., Answer], nova: Callable[..., Answer], repository: Repository
) -> None:
    ask("--yes", "--agent", "concierge", "the till closes at nine")
    repository.write("shop.py", "def other():\n    pass\n")
    played = nova("trace", "--replay")
    assert played.code == 0
    assert played.out.splitlines() == [
        "concierge, step 1: the same handoff", "worker, step 1: the same handoff", "keeper, step 1: the same done",
        "worker, step 2: the same done", "concierge, step 2: the same done",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [((), "there are no turns yet"), (("2030",), "there are no turns yet"), (("--list", "2030"), "takes nothing else")],
)
def test_a_trace_of_nothing_says_so(nova: Callable[..., Answer], arguments: tuple[str, ...], told: str) -> None:
    said = nova("trace", *arguments)
    assert said.code == 2
    assert told in said.err
    assert nova("trace", "--list").out.startswith("No turns yet")


def test_an_unknown_turn_and_an_unclear_one_are_told(ask: Callable[..., Answer], nova: Callable[..., Answer]) -> None:
    ask("--agent", "worker", "ask")
    ask("that")
    assert "there is no turn 1999" in nova("trace", "1999").err
    assert "is the beginning of 2 turns" in nova("trace", "20").err


def turns(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home" / "data" / "nova" / "turns").glob("*.jsonl"))


def test_a_torn_record_is_resumed_and_a_damaged_one_is_shown_up_to_there(
    ask: Callable[..., Answer], nova: Callable[..., Answer], tmp_path: Path
) -> None:
    ask("--yes", "--agent", "worker", "the till closes at nine")
    (path,) = turns(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert "not finished:  nova ask --resume" in nova("trace").out
    assert ask("--resume", "--yes").out == "1 definitions; kept\n"
    rows = whole.splitlines(keepends=True)
    path.write_bytes(b"".join([*rows[:6], b"no line\n", *rows[7:-1]]))
    shown = nova("trace")
    assert (shown.code, "damaged at line 7" in shown.out) == (0, True)
    said = ask("--resume")
    assert (said.code, "damaged at line 7" in said.err) == (2, True)
    path.write_bytes(b"")
    assert "was stopped before it began" in ask("--resume", path.stem).err
