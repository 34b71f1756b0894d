"""``projects``: what the person works on, with goals and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, world: World, /, *, archived: bool = True) -> dict[str, Any]:
    """The projects and which one is active; ``target`` is where the person stands.

    Each target of a project comes with the time of its last commit, in seconds since 1970, None where its repository
    is not known on this machine.
    """
    from dataclasses import asdict

    from nova import projects
    from nova.tools._ground import memory_of
    from nova.tools._memory import place_of

    place = place_of(world)
    with memory_of(world) as memory:
        known = projects.projects(projects.kept(memory))
    active = projects.active(known, place.name)
    names = {name for project in known for name in project.targets}
    last = {name: _last_commit(name) for name in names}
    return {
        "active": active.name if active else None,
        "projects": [
            {**asdict(p), "targets": [{"name": name, "last_commit": last[name]} for name in p.targets]}
            for p in known if archived or not p.archived
        ],
        "target": place.name,
    }  # fmt: skip


def _last_commit(name: str) -> float | None:
    """When the newest commit of a target's present branch was made."""
    from nova import targets
    from nova.config import places
    from nova.errors import NovaError
    from nova.git import Git

    try:
        git = Git.at(targets.folder_of(targets.named(name, places().targets)))
        head = git.head() if git else None
    except NovaError:
        return None
    return float(head.time) if head else None


TOOL = Tool("projects", "The projects of the person, with goals and values, and which one is active.", work)
