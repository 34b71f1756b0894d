"""Agents from their pages: Nova's own, and a person's, which may do at most what Nova's may."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.errors import RosterError
from nova.orchestrator.handoff import Budget
from nova.roster.agent import Agent, Roster, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_LISTS = ("when", "not_when", "triggers", "tools", "writes", "memory")
_WANTED = {
    "name": "add  name: <small-letters-and-hyphens>",
    "description": "add  description: <its scope, in one line>",
    "when": "add  when:  and at least ten requests that are its work, one  - request  a line",
}


def load(own: Path | None = None, folder: Path | None = None) -> Roster:
    """The roster: Nova's agents (or those of ``folder`` in their place), with a person's own from ``own``.

    Raises ``RosterError`` for the first page that is wrong.
    """
    found = []
    for _, agent in every(own, folder):
        if isinstance(agent, RosterError):
            raise agent
        found.append(agent)
    return make(found)


def every(own: Path | None = None, folder: Path | None = None) -> Iterator[tuple[Path, Agent | RosterError]]:
    """Each page with its agent, or what is wrong with it. A person's page takes the place of the one it narrows."""
    shipped = _gathered(_pages(folder or built_in()), _whole)
    base = {agent.name: agent for _, agent in shipped if isinstance(agent, Agent)}
    mine = _gathered(_pages(own), lambda given, source: _own(given, source, base)) if own and own.is_dir() else []
    replaced = {agent.name for _, agent in mine if isinstance(agent, Agent)}
    yield from mine
    yield from (row for row in shipped if isinstance(row[1], RosterError) or row[1].name not in replaced)


def built_in() -> Path:
    """The folder of Nova's own pages."""
    return Path(__file__).resolve().parent.parent / "agents"


def _pages(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise RosterError(
            f"there is no folder of agents at {folder}", next_step="name the folder that holds their pages"
        )
    found = (path for path in folder.rglob("*.md") if path.name.lower() != "readme.md")
    return sorted(path for path in found if not path.name.startswith((".", "_")))


def _gathered(
    pages: Iterable[Path], form: Callable[[dict[str, Any], Path], Agent]
) -> list[tuple[Path, Agent | RosterError]]:
    rows: list[tuple[Path, Agent | RosterError]] = []
    seen: dict[str, Path] = {}
    for path in pages:
        try:
            agent = form(_given(path), path)
        except RosterError as error:
            rows.append((path, error))
            continue
        first = seen.setdefault(agent.name, path)
        twice = RosterError(f"{path} describes {agent.name}, and so does {first}", next_step="rename one")
        rows.append((path, agent if first == path else twice))
    return rows


def _given(path: Path) -> dict[str, Any]:
    """What a page sets; requests in a text file beside it, one a line, stand behind those under ``when``."""
    from nova.roster.page import read

    given = {"name": path.stem, **read(_text(path), str(path))}
    more = path.with_suffix(".txt")
    if more.is_file():
        given["when"] = [*given.get("when", ()), *filter(None, map(str.strip, _text(more).splitlines()))]
    return given


def _text(path: Path) -> str:
    from nova.roster.page import Unreadable

    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read", why=str(error)) from error


def _whole(given: dict[str, Any], path: Path) -> Agent:
    """An agent that stands on its own."""
    if given.get("base"):
        raise RosterError(
            f"{path} sets base, which is for a person's own agents", next_step="leave base out, and say all that it may"
        )
    given.setdefault("group", path.parent.name)
    for key in ("name", "description", "when"):
        if not given.get(key):
            raise RosterError(f"{path} sets no {key}", next_step=_WANTED[key])
    return _made(given, path)


def _own(given: dict[str, Any], path: Path, shipped: Mapping[str, Agent]) -> Agent:
    """A person's own agent: one of Nova's with other words, or a new one with at most the rights of its base."""
    from nova.roster.own import narrowed
    from nova.roster.page import nearest

    name, base = given["name"], given.get("base") or given["name"]
    if base not in shipped:
        told = f"{path} describes {name}, which is none of Nova's agents, and names no base" if base == name else ""
        raise RosterError(
            told or f"{path} builds on {base}, which is none of Nova's agents",
            why="an agent of one's own takes its work and its rights from one of Nova's",
            next_step=("add  base: <agent>;  " if told else "") + nearest(base, shipped),
        )
    fields = {key: getattr(shipped[base], key) for key in Agent.__slots__}
    fields["budget"] = asdict(fields["budget"])
    if base != name:
        for key in ("description", "when"):
            if not given.get(key):
                raise RosterError(f"{path} sets no {key}", next_step=_WANTED[key])
        given = {"not_when": [], "triggers": [], **given, "base": base}
    elif name in shipped and given.get("base"):
        raise RosterError(f"{path} names itself as its base", next_step="leave base out")
    return _made(narrowed(fields, given, str(path)), path)


def _made(fields: Mapping[str, Any], path: Path) -> Agent:
    lists = {key: tuple(fields[key]) for key in _LISTS if key in fields}
    made = {**fields, **lists, "budget": Budget(**fields.get("budget", {})), "source": str(path)}
    return Agent(**made)
