"""The roster: pages that are read and checked, and a person's own, which may do less but never more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from nova import roster, tools
from nova.orchestrator.handoff import Budget
from nova.roster import DOOR, Agent, RosterError, load
from nova.roster.lint import FEWEST_EXAMPLES, Problem, confusion, lint
from nova.roster.page import read
from nova.roster.text import edges, graph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = {
    "concierge", "explainer", "code-reviewer", "refactor-scout", "security-auditor", "meta-reviewer", "recall",
    "archivist", "project-tracker", "incident-scribe", "patch-smith", "pr-scribe",
}  # fmt: skip
HANDLER = "nova.orchestrator.handoff:Done"
"""Something that can be loaded and called."""


def page(folder: Path, name: str, body: str = "Does its work.", **front: Any) -> Path:
    """A page of an agent; what is not given is left out."""
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{yaml.safe_dump({'name': name, **front}, sort_keys=False)}---\n\n{body}\n", encoding="utf-8")
    return path


def whole(folder: Path, name: str, **front: Any) -> Path:
    """A page on which nothing is wrong but what ``front`` makes so."""
    when = [f"{name} please do number {number}" for number in range(FEWEST_EXAMPLES)]
    given = {"group": "chat", "description": f"Does {name}.", "when": when, "handler": HANDLER, "output": "an answer"}
    return page(folder, name, **{**given, **front})


def wrong(folder: Path, text: str) -> RosterError:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "odd.md").write_text(text, encoding="utf-8")
    with pytest.raises(RosterError) as error:
        load(folder=folder)
    return error.value


class Echo:
    """A classifier that knows a text by its first word."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        self.names = sorted(examples)

    def scores(self, text: str) -> dict[str, float]:
        return {name: float(text.split(maxsplit=1)[0] == name) for name in self.names}


def found(folder: Path, *known: str) -> list[Problem]:
    return lint(load(folder=folder), set(known), Echo)


def kinds(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(problem.kind, problem.agent) for problem in problems}


# What ships


def test_the_shipped_pages_are_right() -> None:
    known = load()
    assert set(known) == NAMES
    for agent in known.values():
        assert Path(agent.source).parent.name == agent.group
        assert len(agent.when) >= 100
        assert agent.not_when
        assert agent.output
        assert agent.handler == f"nova.agents.{agent.group}.{agent.name.replace('-', '_')}:work"
        assert agent.body.startswith(f"# {agent.name}\n")
        assert "## What it never does" in agent.body
        assert "## Example" in agent.body


def test_only_agents_that_write_ask_and_every_one_that_writes_does() -> None:
    for agent in load().values():
        assert (agent.approval == "ask") == bool(agent.writes), agent.name


def test_the_shipped_edges_are_the_declared_ones() -> None:
    known = load()
    told = {name: set(agent.handoffs) for name, agent in known.items() if name != DOOR and agent.handoffs}
    assert told == {
        "explainer": {"code-reviewer", "archivist"},
        "code-reviewer": {"refactor-scout", "security-auditor", "patch-smith"},
        "meta-reviewer": {"code-reviewer", "refactor-scout"},
        "refactor-scout": {"patch-smith"},
        "patch-smith": {"pr-scribe"},
        "recall": {"archivist"},
        "archivist": {"recall"},
        "incident-scribe": {"archivist"},
    }
    assert set(known[DOOR].handoffs) == NAMES - {DOOR}
    assert known.allows("recall", "archivist")
    assert known.allows("recall", DOOR)
    assert not known.allows("recall", "code-reviewer")
    assert not known.allows("recall", "nobody")


def test_no_two_agents_have_the_same_example() -> None:
    owner: dict[str, str] = {}
    for name, texts in load().examples().items():
        for text in texts:
            assert owner.setdefault(text.casefold().rstrip("?!. "), name) == name, text


def test_a_trigger_never_decides_against_an_example() -> None:
    known = load()
    for agent in known.values():
        for trigger in agent.triggers:
            for other in known.values():
                taken = [
                    text for text in other.when if re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", text.casefold())
                ]
                assert other.name == agent.name or not taken, (trigger, taken)


def test_the_tools_that_a_handler_calls_are_on_its_page() -> None:
    read_handlers = 0
    for agent in load().values():
        path = Path(agent.source).with_name(f"{agent.name.replace('-', '_')}.py")
        if not path.is_file():
            continue
        called = set(re.findall(r"\.call\(\s*\"(\w+)\"", path.read_text(encoding="utf-8")))
        assert called <= set(agent.tools), agent.name
        read_handlers += 1
    assert read_handlers


def test_reading_the_package_loads_neither_pydantic_nor_yaml() -> None:
    code = "import sys, nova.roster; print({'pydantic', 'yaml', 'sklearn', 'numpy'} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert run.stdout == "set()\n"


# Pages


def test_a_page_is_read_whole(tmp_path: Path) -> None:
    whole(
        tmp_path / "ops", "night-watch", group="ops", llm="optional", tools=["runs"], triggers=["/watch"],
        budget={"seconds": 5, "money": 0.5}, handoffs={"day-watch": "it is day"}, memory=["goal"],
    )  # fmt: skip
    agent = load(folder=tmp_path)["night-watch"]
    assert (agent.llm, agent.tools, agent.triggers, agent.memory) == ("optional", ("runs",), ("/watch",), ("goal",))
    assert agent.budget == Budget(seconds=5.0, money=0.5)
    assert agent.handoffs == {"day-watch": "it is day"}
    assert agent.body == "Does its work."
    assert asdict(agent)["when"] == agent.when


def test_requests_in_a_file_beside_the_page_are_examples_too(tmp_path: Path) -> None:
    whole(tmp_path, "watch", when=["look out"]).with_suffix(".txt").write_text("keep watch\n\n  stay awake \n")
    assert load(folder=tmp_path)["watch"].when == ("look out", "keep watch", "stay awake")


def test_the_group_is_the_folder_where_the_page_names_none(tmp_path: Path) -> None:
    page(tmp_path / "ops", "watch", description="Watches.", when=["look out"])
    assert load(folder=tmp_path)["watch"].group == "ops"


def test_a_readme_beside_the_pages_is_no_agent(tmp_path: Path) -> None:
    whole(tmp_path, "watch")
    (tmp_path / "README.md").write_text("# These are my agents\n")
    assert set(load(folder=tmp_path)) == {"watch"}


@pytest.mark.parametrize(
    ("front", "what", "next_step"),
    [
        ("trigers: [x]", "sets trigers", "did you mean triggers?"),
        ("budget: {secs: 1}", "budget.secs", "did you mean seconds?"),
        ("budget: {seconds: soon}", "budget.seconds in", ""),
        ("budget: {calls: -1}", "budget.calls in", ""),
        ("llm: sometimes", "llm in", "'none', 'optional' or 'required'"),
        ("approval: false", "approval in", "'none' or 'ask'"),
        ("when: review", "must be a list of texts", ""),
        ("when: [yes]", "must be a text, not True", "quotes"),
        ("when:\n  - fix: this", "must be a text", "quotes"),
        ("handoffs: [recall]", "must be a table", ""),
        ("handler: os.system", "handler in", ""),
        ("name: Not A Name", "name in", ""),
        ("base: recall", "sets base", "leave base out"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_what_to_do(tmp_path: Path, front: str, what: str, next_step: str) -> None:
    keys = {line.split(":")[0] for line in front.splitlines()}
    rest = {"name": "odd", "description": "Odd.", "when": "[do it]"}
    text = "\n".join([*(f"{key}: {value}" for key, value in rest.items() if key not in keys), front])
    error = wrong(tmp_path, f"---\n{text}\n---\n")
    assert what in error.what
    assert "odd.md" in error.what
    assert next_step in error.next_step


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# An agent\n", "has no front matter"),
        ("", "has no front matter"),
        ("---\nname: odd\n", "has no end"),
        ("---\nname: [odd\n---\n", "not valid YAML"),
        ("---\n- odd\n---\n", "is not a table"),
        ("---\nname: &a [*a]\n---\n", "odd.md"),
        ("---\nname: odd\nwhen: [do it]\n---\n", "sets no description"),
        ("---\nname: odd\ndescription: Odd.\n---\n", "sets no when"),
    ],
)
def test_what_is_no_page_is_told_apart_and_named(tmp_path: Path, text: str, what: str) -> None:
    assert what in wrong(tmp_path, text).what


def test_yaml_that_would_make_objects_is_refused(tmp_path: Path) -> None:
    error = wrong(tmp_path, "---\nname: !!python/object/apply:os.getcwd []\n---\n")
    assert "not valid YAML" in error.what


def test_a_page_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_bytes(b"---\nname: caf\xe9\n---\n")
    with pytest.raises(RosterError, match="cannot be read"):
        load(folder=tmp_path)


def test_two_pages_with_one_name_are_one_too_many(tmp_path: Path) -> None:
    whole(tmp_path / "a", "watch")
    whole(tmp_path / "b", "watch")
    with pytest.raises(RosterError, match="and so does"):
        load(folder=tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="no folder of agents"):
        load(folder=tmp_path / "nowhere")


def test_an_agent_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(RosterError) as error:
        load().named("code-reviwer")
    assert error.value.next_step == "did you mean code-reviewer?"


def test_a_windows_file_is_read_as_well() -> None:
    assert read("\ufeff---\r\nname: watch\r\n---\r\nBody.\r\n", "watch.md") == {"name": "watch", "body": "Body."}


def test_a_star_stands_for_every_other_agent(tmp_path: Path) -> None:
    whole(tmp_path, "door", handoffs={"*": "its work", "left": "turn left"})
    whole(tmp_path, "left")
    whole(tmp_path, "right")
    assert load(folder=tmp_path)["door"].handoffs == {"left": "turn left", "right": "Does right."}


# A person's own


def test_ones_own_page_changes_words_and_narrows_rights(tmp_path: Path) -> None:
    page(
        tmp_path, "incident-scribe", body="", description="Only timelines.", triggers=["/what"], tools=["timeline"],
        writes=[], handoffs={}, budget={"seconds": 60},
    )  # fmt: skip
    before, after = load()["incident-scribe"], load(tmp_path)["incident-scribe"]
    assert (after.description, after.triggers, after.tools) == ("Only timelines.", ("/what",), ("timeline",))
    assert (after.writes, dict(after.handoffs)) == ((), {})
    assert after.budget == Budget(60.0, before.budget.calls, before.budget.tokens, before.budget.money)
    assert (after.handler, after.approval, after.when, after.body) == (
        before.handler, before.approval, before.when, before.body,
    )  # fmt: skip
    assert after.source == str(tmp_path / "incident-scribe.md")
    assert len(load(tmp_path)) == len(load())


@pytest.mark.parametrize(
    ("name", "front", "what"),
    [
        ("recall", {"tools": ["recall", "forget"]}, "tools: forget"),
        ("recall", {"writes": ["everything"]}, "writes: everything"),
        ("recall", {"memory": ["secret"]}, "memory: secret"),
        ("recall", {"handoffs": {"code-reviewer": "always"}}, "handoffs: code-reviewer"),
        ("recall", {"handoffs": {"*": "always"}}, "handoffs: *"),
        ("recall", {"llm": "required"}, "llm: required"),
        ("recall", {"handler": "os:system"}, "handler: os:system"),
        ("recall", {"handler": None}, "handler: None"),
        ("recall", {"budget": {"seconds": 9999}}, "budget.seconds: 9999"),
        ("recall", {"budget": {"seconds": None}}, "budget.seconds: None"),
        ("archivist", {"approval": "none"}, "approval: none"),
        ("my-recall", {"base": "recall", "tools": ["forget"]}, "tools: forget"),
        ("my-recall", {"base": "recall", "handler": "os:system"}, "handler: os:system"),
    ],
)
def test_ones_own_page_never_widens(tmp_path: Path, name: str, front: dict[str, Any], what: str) -> None:
    page(tmp_path, name, **{"description": "Mine.", "when": ["do mine"], **front})
    with pytest.raises(RosterError) as error:
        load(tmp_path)
    assert what in error.value.what
    assert "more than" in error.value.what


def test_ones_own_agent_has_at_most_the_rights_of_its_base(tmp_path: Path) -> None:
    page(tmp_path, "shop-recall", base="recall", description="Knows the shop.", when=["what of the shop"])
    known = load(tmp_path)
    mine, base = known["shop-recall"], known["recall"]
    assert (mine.handler, mine.tools, mine.budget, mine.group) == (base.handler, base.tools, base.budget, base.group)
    assert mine.triggers == ()
    assert mine.when == ("what of the shop",)
    assert known.allows(DOOR, "shop-recall")
    assert mine.base == "recall"


@pytest.mark.parametrize(
    ("front", "what", "next_step"),
    [
        ({}, "names no base", "add  base:"),
        ({"base": "recal"}, "builds on recal", "did you mean recall?"),
        ({"base": "recall", "when": []}, "sets no when", "ten requests"),
    ],
)
def test_ones_own_agent_needs_a_base_and_words(
    tmp_path: Path, front: dict[str, Any], what: str, next_step: str
) -> None:
    page(tmp_path, "mine", **{"description": "Mine.", "when": ["do mine"], **front})
    with pytest.raises(RosterError) as error:
        load(tmp_path)
    assert what in error.value.what
    assert next_step in error.value.next_step


def test_who_may_hand_off_to_all_may_be_kept_to_some(tmp_path: Path) -> None:
    page(tmp_path, DOOR, handoffs={"recall": "what is known"})
    assert dict(load(tmp_path)[DOOR].handoffs) == {"recall": "what is known"}


def test_ones_own_agents_do_not_reach_into_a_folder_that_was_named(tmp_path: Path) -> None:
    whole(tmp_path, "watch")
    assert set(load(None, tmp_path)) == {"watch"}


# Lint


def test_a_sound_roster_has_nothing_wrong(tmp_path: Path) -> None:
    whole(tmp_path, "concierge", handoffs={"*": "its work"})
    whole(tmp_path, "watch", tools=["runs"])
    whole(tmp_path, "scribe", handoffs={"watch": "to see"})
    assert found(tmp_path, "runs") == []


def test_lint_names_tools_and_targets_that_are_not_there(tmp_path: Path) -> None:
    whole(tmp_path, "watch", tools=["rnus"], handoffs={"scrbe": "to write", "watch": "to watch"})
    whole(tmp_path, "scribe")
    problems = found(tmp_path, "runs")
    assert kinds(problems) == {("tool", "watch"), ("target", "watch")}
    assert {problem.next_step for problem in problems} >= {"did you mean runs?", "did you mean scribe?"}


def test_lint_names_agents_that_nobody_leads_to(tmp_path: Path) -> None:
    whole(tmp_path, "concierge", handoffs={"watch": "to see"})
    whole(tmp_path, "watch", handoffs={"scribe": "to write"})
    whole(tmp_path, "scribe")
    whole(tmp_path, "hermit")
    assert kinds(found(tmp_path)) == {("unreachable", "hermit")}


def test_lint_names_a_ring_that_no_edge_leaves(tmp_path: Path) -> None:
    whole(tmp_path, "ping", handoffs={"pong": "back"})
    whole(tmp_path, "pong", handoffs={"ping": "forth"})
    problems = found(tmp_path)
    assert kinds(problems) == {("cycle", "ping")}
    assert "ping -> pong -> ping" in problems[0].message


def test_a_ring_with_an_answer_or_an_edge_outwards_is_none(tmp_path: Path) -> None:
    whole(tmp_path, "concierge", handoffs={"ping": "to play"})
    whole(tmp_path, "ping", handoffs={"pong": "back"})
    whole(tmp_path, "pong", handoffs={"ping": "forth"})
    assert found(tmp_path) == []
    whole(tmp_path, "ping", handoffs={"pong": "back"}, output="")
    whole(tmp_path, "pong", handoffs={"ping": "forth"}, output="")
    assert kinds(found(tmp_path)) == {("cycle", "ping")}
    whole(tmp_path, "pong", handoffs={"ping": "forth", "umpire": "to end it"}, output="")
    whole(tmp_path, "umpire")
    assert found(tmp_path) == []


def test_lint_counts_examples_that_differ(tmp_path: Path) -> None:
    whole(tmp_path, "watch", when=["watch out", "Watch  out!", *(f"watch {n}" for n in range(FEWEST_EXAMPLES - 2))])
    problems = found(tmp_path)
    assert kinds(problems) == {("examples", "watch")}
    assert f"has {FEWEST_EXAMPLES - 1} different" in problems[0].message


def test_lint_names_examples_and_triggers_that_two_agents_share(tmp_path: Path) -> None:
    shared = [f"watch this number {number}" for number in range(FEWEST_EXAMPLES)]
    whole(tmp_path, "watch", when=shared, triggers=["/see"])
    whole(tmp_path, "look", when=[*shared[:1], *(f"look at {n}" for n in range(FEWEST_EXAMPLES))], triggers=["/SEE"])
    assert kinds(found(tmp_path)) == {("trigger", "look"), ("overlap", "look")}


def test_lint_names_agents_whose_work_nobody_does_and_writers_that_ask_nobody(tmp_path: Path) -> None:
    whole(tmp_path, "idle", handler=None)
    whole(tmp_path, "lost", handler="nova.agents.nowhere:work")
    whole(tmp_path, "bold", writes=["files"])
    assert kinds(found(tmp_path)) == {("handler", "idle"), ("handler", "lost"), ("approval", "bold")}


def test_lint_names_scopes_that_overlap(tmp_path: Path) -> None:
    mine = [f"watch number {n}" for n in range(FEWEST_EXAMPLES)]
    whole(tmp_path, "watch", when=[*mine[:-3], "look here", "look there", "look away"])
    whole(tmp_path, "look")
    problems = found(tmp_path)
    assert kinds(problems) == {("overlap", "watch")}
    assert "3 of its 10 examples sound like look" in problems[0].message


def test_what_is_told_apart_was_left_out_of_what_was_learnt() -> None:
    learnt: list[Mapping[str, Sequence[str]]] = []

    class Spy(Echo):
        def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
            super().__init__(examples)
            self.examples = {text for texts in examples.values() for text in texts}
            learnt.append(examples)

        def scores(self, text: str) -> dict[str, float]:
            assert text not in self.examples
            return super().scores(text)

    examples = {"a": [f"a {n}" for n in range(12)], "b": [f"b {n}" for n in range(10)] + ["a wrong one"]}
    assert confusion(examples, Spy) == [("b", "a", "a wrong one")]
    assert len(learnt) > 1


def test_the_shipped_roster_names_only_tools_that_are_there() -> None:
    known = set(tools.names())
    assert [(agent.name, tool) for agent in load().values() for tool in agent.tools if tool not in known] == []


# The document


def test_the_document_counts_and_names_the_agents_that_are_there() -> None:
    text = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (?:chat|review|memory|ops) \| ([\w-]+) \|", text, re.MULTILINE)) == set(load())
    assert f"**{len(load())} of the {roster.PLANNED} agents that are planned are there.**" in text


def test_the_pages_in_the_document_can_be_used_as_they_are(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
    whole_page, *own = re.findall(r"```yaml\n(---\n.*?)```", text, re.DOTALL)
    assert set(read(whole_page, "recall.md")) == {
        key for key in (*Agent.__slots__, "body") if key not in {"base", "source"}
    }
    assert len(own) == 2
    for number, part in enumerate(own):
        (tmp_path / f"{number}.md").write_text(part, encoding="utf-8")
    assert load(tmp_path)["incident-scribe"].tools == ("clock", "timeline")
    assert load(tmp_path)["shop-recall"].base == "recall"


# The graph


def test_the_graph_draws_every_edge_and_no_word_of_mermaid_as_a_name(tmp_path: Path) -> None:
    whole(tmp_path, "end", handoffs={"sub-graph": "always", "nobody": "never"})
    whole(tmp_path, "sub-graph", group="ops")
    drawn = graph(load(folder=tmp_path))
    assert drawn.startswith("flowchart LR\n")
    assert '  subgraph g0["chat"]' in drawn
    assert '    agent_end["end"]' in drawn
    assert "  agent_end --> agent_sub_graph" in drawn
    assert "nobody" not in drawn
    assert edges(load(folder=tmp_path)) == [{"from": "end", "to": "sub-graph", "when": "always"}]


def test_agents_stand_in_the_order_of_their_groups() -> None:
    assert list(dict.fromkeys(agent.group for agent in load().values())) == ["chat", "review", "memory", "ops"]
    made = roster.make(Agent(name, group, "", ()) for name, group in [("b", "own"), ("a", "ops"), ("c", "chat")])
    assert list(made) == ["c", "a", "b"]
