"""``nova agents``: the list, one agent, the graph and what is wrong, as a person asks for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from nova.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.repositories import Answer

    Nova = Callable[..., Answer]

NOTES = (
    "keep this note/keep that note/note that down/keep a note of it/take a note/a note on ports/keep my notes/note it/"
    "another note/please keep a note"
)
SAME = (
    "keep the note/keep these notes/note this down/keep notes of it/take the note/a note about ports/keep his notes/"
    "note that/one more note/please keep the note"
)
BUGS = (
    "any bugs here/find bugs/check for bugs/find the bugs in it/check the bugs/find a bug/bugs in app.py/find all bugs/"
    "check for a bug/bug check"
)
SOUND = {"keeper": ("Keeps notes.", NOTES.split("/")), "finder": ("Finds bugs.", BUGS.split("/"))}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the person's own agents."""
    folder = tmp_path / "home" / "config" / "nova" / "agents"
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, name: str, description: str, when: list[str], *more: str) -> None:
    folder.mkdir(exist_ok=True)
    front = [f"name: {name}", f"description: {description}", f"when: {json.dumps(when)}", *more]
    (folder / f"{name}.md").write_text("---\n" + "\n".join(front) + "\n---\nIts text.\n", encoding="utf-8")


def sound(folder: Path) -> Path:
    for name, (description, when) in SOUND.items():
        write(folder, name, description, when, "group: chat", "handler: nova.orchestrator.handoff:Done")
    return folder


def test_the_list_tells_scope_model_and_edges_and_counts_honestly(nova: Nova, own: Path) -> None:
    answer = nova("agents")
    assert answer.code == 0
    assert "12 of the 34 agents that are planned" in answer.out
    assert str(own) in answer.out
    lines = answer.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")][:4] == ["chat", "review", "memory", "ops"]
    start = next(number for number, line in enumerate(lines) if line.startswith("  explainer "))
    about = " ".join(line.strip() for line in lines[start : start + 4])
    assert "model: optional; hands off to: code-reviewer, archivist" in about


def test_the_list_as_data(nova: Nova) -> None:
    listed: list[dict[str, Any]] = json.loads(nova("agents", "--format", "json").out)
    assert len(listed) == 12
    explainer = next(agent for agent in listed if agent["name"] == "explainer")
    assert (explainer["group"], explainer["llm"]) == ("chat", "optional")
    assert explainer["handoffs"] == ["code-reviewer", "archivist"]
    assert explainer["description"]


def test_ones_own_agents_are_listed_beside_novas(nova: Nova, own: Path) -> None:
    write(own, "shop-recall", "Knows the shop.", ["what of the shop"], "base: recall")
    out = nova("agents").out
    assert "  shop-recall " in out
    assert "12 of the 34 agents that are planned, and 1 of your own" in out


def test_a_wrong_page_is_shown_beside_the_right_ones(nova: Nova, own: Path) -> None:
    write(own, "recall", "Mine.", ["what is it"], "tools: [forget]")
    answer = nova("agents")
    assert answer.code == 2
    assert "recall  WRONG" in answer.out
    assert "tools: forget, which is more than recall may" in answer.out
    assert "  explainer " in answer.out
    data: list[dict[str, str]] = json.loads(nova("agents", "--format", "json").out)
    assert [row["file"] for row in data if "error" in row] == [str(own / "recall.md")]


def test_show_prints_the_page(nova: Nova) -> None:
    answer = nova("agents", "show", "archivist")
    assert answer.code == 0
    for told in (
        "asks first: yes",
        "Hands off to\n  - recall: ",
        "Not its work",
        "## What it never does",
        "archivist.md",
    ):
        assert told in answer.out


def test_show_as_data_holds_the_whole_page(nova: Nova) -> None:
    data = nova("agents", "show", "archivist", "--format", "json").data
    assert data["approval"] == "ask"
    assert data["handoffs"].keys() == {"recall"}
    assert data["budget"]["seconds"] > 0
    assert len(data["when"]) >= 10


def test_the_graph_is_mermaid_and_as_data_edges(nova: Nova) -> None:
    assert "  agent_recall --> agent_archivist\n" in nova("agents", "graph").out
    edges: list[dict[str, str]] = json.loads(nova("agents", "graph", "--format", "json").out)
    assert {"recall", "archivist"} in [{edge["from"], edge["to"]} for edge in edges]


@pytest.mark.parametrize(
    ("words", "what", "next_step"),
    [
        (("show", "code-reviwer"), "no agent called code-reviwer", "did you mean code-reviewer?"),
        (("show",), "needs the name", "nova agents"),
        (("grph",), "knows no grph", "did you mean graph?"),
        (("lint", "recall"), "takes no name", "leave recall out"),
        (("--roster", "nowhere"), "no folder of agents", "name the folder"),
    ],
)
def test_what_cannot_be_is_said_in_full(nova: Nova, words: tuple[str, ...], what: str, next_step: str) -> None:
    answer = nova("agents", *words)
    assert answer.code == 2
    assert what in answer.err
    assert next_step in answer.err


def test_lint_finds_nothing_in_a_sound_folder(nova: Nova, tmp_path: Path) -> None:
    answer = nova("agents", "lint", "--roster", str(sound(tmp_path / "mine")))
    assert (answer.code, answer.out) == (0, "2 agents, nothing wrong\n")


def test_lint_tells_what_is_wrong_and_what_to_do(nova: Nova, tmp_path: Path) -> None:
    folder = sound(tmp_path / "mine")
    write(folder, "clerk", "Clerks.", ["file it"], "group: chat", "tools: [revew]", "handoffs: {keper: to keep}")
    write(folder, "broken", "Breaks.", ["break it"], "gruop: chat")
    answer = nova("agents", "lint", "--roster", str(folder))
    assert answer.code == 1
    for told in (
        "clerk  tool: there is no tool called revew\n  did you mean review?",
        "clerk  target: hands off to keper, which is no agent\n  did you mean keeper?",
        "clerk  examples: has 1 different example under when",
        "clerk  handler: has no handler and needs no model",
        "sets gruop, which Nova does not know\n  did you mean group?",
    ):
        assert told in answer.out
    data = nova("agents", "lint", "--roster", str(folder), "--format", "json").data
    assert data["agents"] == 3
    assert {"page", "tool", "target", "examples", "handler"} <= {problem["kind"] for problem in data["problems"]}


def test_lint_that_cannot_read_a_page_has_not_run_to_its_end(nova: Nova, tmp_path: Path) -> None:
    folder = sound(tmp_path / "mine")
    (folder / "torn.md").write_text("---\nname: torn\n", encoding="utf-8")
    answer = nova("agents", "lint", "--roster", str(folder))
    assert answer.code == 2
    assert "torn  page: the front matter of" in answer.out


def test_lint_hears_when_two_agents_are_asked_for_in_the_same_words(nova: Nova, tmp_path: Path) -> None:
    folder = sound(tmp_path / "mine")
    write(folder, "hoarder", "Keeps.", SAME.split("/"), "group: chat", "handler: nova.orchestrator.handoff:Done")
    answer = nova("agents", "lint", "--roster", str(folder))
    assert answer.code == 1
    assert "overlap: " in answer.out
    assert "examples sound like keeper" in answer.out or "examples sound like hoarder" in answer.out


@pytest.mark.slow
def test_the_shipped_roster_has_nothing_wrong(nova: Nova) -> None:
    answer = nova("agents", "lint")
    assert (answer.code, answer.out) == (0, "12 agents, nothing wrong\n")


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["agents", "--help"])
    assert "nova agents show code-reviewer" in capsys.readouterr().out
