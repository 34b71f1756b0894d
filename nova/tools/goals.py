"""``goals``: what is to be reached, in projects and for the target, with what was told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, world: World, /, *, project: str = "") -> dict[str, Any]:
    """The open and the reached goals of one project, or of all, and what the target's settings say of its own.

    ``told`` lists the notes and decisions that speak of a goal, the newest first: what there is to show for it beside
    commits.
    """
    from memory import Kind
    from memory.query import FINDABLE, Query
    from nova import projects
    from nova.tools._ground import memory_of
    from nova.tools._memory import now, place_of

    place = place_of(world)
    kinds = frozenset(FINDABLE) - {Kind.GOAL, Kind.VALUE, Kind.INSTRUCTION}
    at = now()
    with memory_of(world) as memory:
        kept = {scope: memory.items(scope, (Kind.GOAL,)) for scope in place.scopes}
        known = projects.projects(projects.kept(memory))
        chosen = [projects.named(known, project)] if project else [p for p in known if not p.archived]

        def goal(name: str, number: str, text: str, since: str) -> dict[str, Any]:
            fits = [one.item for one in memory.recall(Query(text, place.scopes, kinds=kinds, now=at, standing=False))]
            fits.sort(key=lambda i: i.valid_from, reverse=True)
            told = [{"id": i.id, "kind": i.kind, "text": i.value, "date": i.valid_from} for i in fits]
            return {"project": name, "id": number, "text": text, "since": since, "told": told}

        loose = [
            (i, place.name if scope else "") for scope, items in kept.items() for i in items
            if i.holds and not any(p.name == i.subject for p in known)
        ]  # fmt: skip
        goals = [
            *(goal(p.name, aim.id, aim.text, aim.since) for p in chosen for aim in p.goals),
            *(goal(where, i.id, i.value, i.valid_from) for i, where in loose if not project),
        ]
    active = projects.active(known, place.name)
    return {
        "active": active.name if active else None,
        "goals": goals,
        "reached": [
            {"project": p.name, "id": aim.id, "text": aim.text, "when": aim.ended} for p in chosen for aim in p.reached
        ],
        "target": {
            "name": place.name,
            "goals": list(place.target.goals) if place.target else [],
            "values": list(place.target.values) if place.target else [],
        },
    }


TOOL = Tool("goals", "What is to be reached, by project and for the target, with what was told of each.", work)
