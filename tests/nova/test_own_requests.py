"""Requests and dialogues written from each agent's row alone, its examples unseen, find their agent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nova import roster, routing
from nova.orchestrator.router import Floor

LATER = {"patch-smith", "pr-scribe"}
"""Agents that came after the strangers' requests; theirs, in ``patches.tsv``, are by somebody who knew the examples."""
REQUESTS = Path(__file__).resolve().parents[1] / "assets" / "requests"


@pytest.fixture(scope="module")
def router(tmp_path_factory: pytest.TempPathFactory) -> routing.Router:
    return routing.router(roster.load(), tmp_path_factory.mktemp("data"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["by_row.tsv", "by_scope.tsv"])
def test_strangers_requests_find_their_agent_or_are_asked_about(router: routing.Router, name: str) -> None:
    wanted = [line.split("\t") for line in (REQUESTS / name).read_text("utf-8").splitlines()]
    found = [(agent, router.route(request, Floor())) for agent, request in wanted]
    right = sum(route.agent == agent for agent, route in found)
    near = sum(agent == route.agent or agent in [name for name, _ in route.scores[:3]] for agent, route in found)
    assert {agent for agent, _ in wanted} == set(roster.load()) - LATER
    assert right >= 0.85 * len(wanted)
    assert near >= 0.97 * len(wanted)


@pytest.mark.slow
def test_requests_for_patches_and_pull_requests_find_who_makes_them(router: routing.Router) -> None:
    wanted = [line.split("\t") for line in (REQUESTS / "patches.tsv").read_text("utf-8").splitlines()]
    assert {agent for agent, _ in wanted} == LATER
    assert sum(router.route(request, Floor()).agent == agent for agent, request in wanted) >= 0.85 * len(wanted)


@pytest.mark.slow
def test_in_strangers_dialogues_the_floor_moves_when_the_work_does(router: routing.Router) -> None:
    right = turns = stays = spurious = 0
    floors: dict[int, tuple[str, str]] = {}
    for line in (REQUESTS / "dialogues.jsonl").read_text("utf-8").splitlines():
        turn = json.loads(line)
        active, before = floors.get(turn["conversation"], ("", ""))
        agent = router.route(turn["text"], Floor(active)).agent or active
        turns += 1
        right += agent == turn["want"]
        if active and active == before == turn["want"]:
            stays += 1
            spurious += agent != active
        floors[turn["conversation"]] = agent, turn["want"]
    assert stays > 100
    assert right >= 0.86 * turns
    assert spurious <= 0.09 * stays
