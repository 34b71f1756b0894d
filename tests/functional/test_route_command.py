"""``nova route`` as a person or a program uses it."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.repositories import Answer

    Nova = Callable[..., Answer]

REVIEW = [
    "review my code", "check this change", "look over the diff", "any bugs in it", "is this patch right",
    "review the branch", "check my work", "look at the commit", "find bugs in the file", "review what i changed",
]  # fmt: skip
NOTES = [
    "keep this note", "remember that we use tabs", "write down the decision", "store what i said", "note to self",
    "remember my choice", "keep the decision", "save this note", "take a note", "note that down",
]  # fmt: skip


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, group, when, triggers in (("reader", "review", REVIEW, ["/read"]), ("keeper", "memory", NOTES, [])):
        front = {"name": name, "group": group, "description": f"The {name}.", "when": when, "triggers": triggers}
        lines = [f"{key}: {json.dumps(value)}" for key, value in front.items()]
        text = "\n".join([*lines, "handler: nova.orchestrator.handoff:Done"])
        (folder / f"{name}.md").write_text(f"---\n{text}\n---\nIts text.\n", encoding="utf-8")
    return folder


@pytest.fixture
def route(nova: Nova, pages: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    def run(*words: str, given: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        return nova("route", "--roster", str(pages), "--embedder", "none", *words)

    return run


def told(answer: Answer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def test_one_request_is_answered_with_its_agent(route: Callable[..., Answer]) -> None:
    answer = route("check the diff")
    assert (answer.code, answer.out.strip()) == (0, "reader")


def test_why_tells_the_step_and_the_nearest(route: Callable[..., Answer]) -> None:
    answer = route("/read it", "--why")
    assert "trigger" in answer.out
    assert "/read" in answer.out
    assert "keeper 0." in answer.out


def test_json_tells_the_agent_the_step_the_scores_and_the_reason(route: Callable[..., Answer]) -> None:
    (found,) = told(route("save the note", "--format", "json"))
    assert (found["agent"], found["step"]) == ("keeper", "classifier")
    assert [one["agent"] for one in found["scores"]] == ["keeper", "reader"]
    assert found["why"]


def test_a_request_that_is_nobodys_work_is_asked_about(route: Callable[..., Answer]) -> None:
    (found,) = told(route("zzz qqq", "--format", "json"))
    assert (found["agent"], found["step"]) == (None, "ask")
    assert len(found["scores"]) == 2
    assert route("zzz qqq").out.startswith("?")


def test_many_requests_are_read_by_lines_and_know_nothing_of_each_other(route: Callable[..., Answer]) -> None:
    odd = "\0🤖".encode()
    answer = route("--format", "json", given=b"check the diff\r\n\nsave the note\n" + odd + b"\n\xff\xfe\n{not json\n")
    found = told(answer)
    assert answer.code == 0
    assert [one["agent"] for one in found[:2]] == ["reader", "keeper"]
    assert len(found) == 5


def test_dialogues_keep_their_floor_apart_from_each_other(route: Callable[..., Answer]) -> None:
    lines = [
        {"conversation": "a", "text": "check the diff"}, {"conversation": "b", "text": "save this note"},
        {"conversation": "a", "text": "zzz"}, {"conversation": "b", "text": "zzz"},
        {"conversation": "a", "text": "now please remember that decision, keep the note"},
        {"conversation": "a", "text": "zzz"}, {"conversation": "c", "text": "zzz"},
        {"conversation": "c", "text": "zzz", "active": "keeper"}, {"text": "yes", "pending": "reader"},
    ]  # fmt: skip
    found = told(route("--format", "json", given="\n".join(map(json.dumps, lines)).encode()))
    agents = ["reader", "keeper", "reader", "keeper", "keeper", "keeper", None, "keeper", "reader"]
    assert [one["agent"] for one in found] == agents
    assert found[0]["conversation"] == "a"
    assert found[-1]["step"] == "pending"


def test_a_correction_counts_from_then_on(route: Callable[..., Answer]) -> None:
    request = "check that the decision is in the diff"
    assert route(request).out.strip() == "reader"
    answer = route(request, "--right", "keeper")
    assert answer.code == 0
    assert "keeper from now on (was reader)" in answer.out
    assert route(request).out.strip() == "keeper"
    assert route("check the diff").out.strip() == "reader"


def test_an_unknown_agent_and_a_line_that_cannot_be_are_told(route: Callable[..., Answer]) -> None:
    assert route("check it", "--right", "nobody").code == 2
    assert route("check it", "--active", "nobody").code == 2
    assert route("--right", "keeper").code == 2
    answer = route(given=b'{"text": ["a"]}')
    assert answer.code == 2
    assert "line 1" in answer.err


def test_a_request_of_a_million_characters_is_answered(route: Callable[..., Answer]) -> None:
    answer = route(given=b"check " + b"x" * 1_000_000)
    assert answer.code == 0
