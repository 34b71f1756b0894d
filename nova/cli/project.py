"""``nova project``: what a person works on, with its goals and values, as agents are shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.cli.flags import command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from memory import Item
    from nova.projects import Aim, Change, Project, Teller

    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]
    Changing = Callable[[Sequence[Item], Teller], tuple[Change, ...]]
    """What a command changes, given the memories that there are."""

NOTHING = "nothing changed: it was so already"


def add(commands: Parsers) -> None:
    """Add the command."""
    parser = command(
        commands, "project", "your projects, goals and values",
        "Keep projects with their goals and values. Agents are shown the active one, and the daily brief follows it.",
        'nova project add shop --goal "orders arrive once" --value "a refused order beats a double one"',
    )  # fmt: skip
    parser.set_defaults(run=listed, all=False)
    _common(parser)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    one = _action(
        actions, "list", "the projects", "List the projects that are not archived.", "nova project list", listed
    )
    one.add_argument("--all", action="store_true", help="archived ones too")
    one = _action(
        actions, "add", "begin a project, or add to one",
        "Begin a project, or give one that is there further goals, values and targets; an archived one opens again.",
        'nova project add shop --goal "orders arrive once" --target shop', added,
    )  # fmt: skip
    one.add_argument("name", metavar="NAME", help="what it is called")
    one.add_argument("--goal", metavar="TEXT", action="append", default=[], help="a goal (may be repeated)")
    one.add_argument("--value", metavar="TEXT", action="append", default=[], help="a value (may be repeated)")
    one.add_argument(
        "--target", metavar="NAME", action="append", default=[],
        help="a target that belongs to it, as nova targets lists them (may be repeated)",
    )  # fmt: skip
    one = _action(
        actions, "show", "one project", "Show a project with its goals and values.", "nova project show shop", shown
    )
    one.add_argument("name", nargs="?", metavar="NAME", help="which one (default: the active one)")
    one = _action(
        actions, "use", "make one the active one", "Make a project the active one.", "nova project use shop", used
    )
    one.add_argument("name", metavar="NAME", help="which one")
    for noun, verb, over, example in (
        ("goal", "done", "close a goal because it is reached", "orders arrive once"),
        ("value", "drop", "close a value that is none any more", "a refused order beats a double one"),
    ):
        one = _action(
            actions, noun, f"add a {noun}, or close one", f"Add a {noun} to a project, or {over}; it stays readable.",
            f'nova project {noun} {verb} "{example}"', aimed,
        )  # fmt: skip
        one.add_argument("verb", choices=("add", verb), help=f"add it, or {over}")
        one.add_argument(
            "text", metavar="TEXT", help=f"its words; to {over.split()[0]} it, some of them or its id will do"
        )
        one.add_argument("--project", metavar="NAME", help="which project (default: the active one)")
    one = _action(
        actions, "archive", "put a project away", "Archive a project: it stays readable, and no agent is shown it.",
        "nova project archive shop", archived,
    )  # fmt: skip
    one.add_argument("name", metavar="NAME", help="which one")


def _common(parser: argparse.ArgumentParser, **default: Any) -> None:
    from pathlib import Path

    parser.add_argument("--db", metavar="FILE", type=Path, help="another memory than the user's own", **default)
    parser.add_argument(
        "--format", choices=("text", "json"), help="how to say it (default: text)", **{"default": "text", **default}
    )


def _action(
    actions: Parsers, name: str, brief: str, says: str, example: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    from argparse import SUPPRESS

    parser = command(actions, name, brief, says, example)
    _common(parser, default=SUPPRESS)  # what was given before the action stands
    parser.set_defaults(run=run)
    return parser


def listed(given: argparse.Namespace) -> int:
    """Print the projects."""
    from dataclasses import asdict

    known = _known(given)
    rows = [p for p in known if given.all or not p.archived]
    if given.format == "json":
        _put([asdict(p) for p in rows])
    elif rows:
        _put("\n".join(_line(p) for p in rows))
    else:
        away = f"  ({len(known)} archived: nova project list --all)" if known else ""
        _put(f'No projects{" are open" if known else " yet"}.  nova project add NAME --goal "..."  begins one.{away}')
    return 0


def shown(given: argparse.Namespace) -> int:
    """Print one project."""
    from dataclasses import asdict

    one = _chosen(_known(given), given.name)
    _put(asdict(one) if given.format == "json" else _page(one))
    return 0


def added(given: argparse.Namespace) -> int:
    """Begin a project, or add to one."""
    from nova import projects, targets
    from nova.config import places

    names = [targets.named(name, places().targets).name for name in given.target]
    name = " ".join(given.name.split())
    return _change(
        given, lambda items, by: projects.add(items, name, by, given.goal, given.value, names), lambda _: name
    )


def used(given: argparse.Namespace) -> int:
    """Make a project the active one."""
    from nova import projects

    return _on_named(given, projects.use)


def archived(given: argparse.Namespace) -> int:
    """Put a project away."""
    from nova import projects

    return _on_named(given, projects.archive)


def aimed(given: argparse.Namespace) -> int:
    """Add a goal or a value, or close one."""
    from nova import projects

    def change(items: Sequence[Item], by: Teller) -> tuple[Change, ...]:
        one = _chosen(projects.projects(items), given.project)
        if given.verb == "add":
            return projects.add(items, one.name, by, **{f"{given.action}s": [given.text]})
        return (projects.reach if given.action == "goal" else projects.drop)(items, one, given.text, by)

    return _change(given, change, lambda known: _chosen(known, given.project).name)


def _on_named(
    given: argparse.Namespace, change: Callable[[Sequence[Item], Project, Teller], tuple[Change, ...]]
) -> int:
    from nova import projects

    return _change(
        given,
        lambda items, by: change(items, projects.named(projects.projects(items), given.name), by),
        lambda known: projects.named(known, given.name).name,
    )


def _change(given: argparse.Namespace, change: Changing, name_of: Callable[[tuple[Project, ...]], str]) -> int:
    """Record what a command changes, and say what that was and how the project stands now."""
    from dataclasses import asdict
    from datetime import UTC, datetime

    from memory import MemoryUnavailable
    from nova import app, projects
    from nova.cli.progress import bar
    from nova.errors import UsageError
    from nova.request import Request

    by = projects.Teller(_who(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    with bar() as progress, app.remembered(Request(database=given.db), progress) as memory:
        items = projects.kept(memory)
        changes = change(items, by)
        name = name_of(projects.projects(items))
        try:
            projects.record(memory, changes)
        except MemoryUnavailable as error:
            raise UsageError(error.what, why=error.why, next_step=error.next_step) from error
        known = projects.projects(projects.kept(memory))
    one = projects.named(known, name)
    said = [_said(c) for c in changes] or [NOTHING]
    if given.format == "json":
        _put({"changed": bool(changes), "said": said, "project": asdict(one)})
    else:
        _put("\n".join([*said, "", _page(one)]))
    return 0


def _said(change: Change) -> str:
    """A change in words."""
    from nova import projects

    item = change.item
    if item.predicate == projects.STATE:
        begun = f"{item.subject} is open" if item.value == projects.OPEN else f"{item.subject} is archived"
        return f"project {begun}"
    if item.predicate == projects.ACTIVE:
        return f"{item.value} is the active project now"
    if item.predicate:
        return f"target {item.value} belongs to {item.subject}"
    return item.value if change.replaces else f"{item.kind} added: {item.value}"


def _known(given: argparse.Namespace) -> tuple[Project, ...]:
    from nova import app, projects
    from nova.cli.progress import bar
    from nova.request import Request

    with bar() as progress, app.remembered(Request(database=given.db), progress) as memory:
        return projects.projects(projects.kept(memory))


def _chosen(known: tuple[Project, ...], name: str | None) -> Project:
    """The project that was named, or the active one. Raises ``UsageError``."""
    from nova import projects
    from nova.errors import UsageError

    if name is not None:
        return projects.named(known, name)
    one = projects.active(known)
    if one is None:
        names = ", ".join(p.name for p in known if not p.archived)
        raise UsageError(
            "no project is active",
            why=f"open projects: {names}" if names else "there is none yet",
            next_step="nova project use NAME  makes one active" if names else "nova project add NAME  begins one",
        )
    return one


def _who() -> str:
    """The person, as git knows them where one stands."""
    from nova.git import Git

    found = Git.at(_here())
    return found.user() if found else ""


def _here() -> Path:
    from pathlib import Path

    from nova.errors import UsageError

    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the folder that one stands in is gone", next_step="cd to another") from error


def _line(project: Project) -> str:
    state = "archived" if project.archived else "active" if project.active else ""
    goals = f"{len(project.goals)} goal{'s' * (len(project.goals) != 1)} open, {len(project.reached)} reached"
    return f"{project.name:<20}  {state:<8}  {goals}".rstrip()


def _page(project: Project) -> str:
    state = "archived" if project.archived else "active" if project.active else "open"
    lines = [f"{project.name}  {state}, since {project.since[:10]}"]
    if project.targets:
        lines.append(f"  targets: {', '.join(project.targets)}")
    for title, aims in (("Goals", project.goals), ("Values", project.values), ("Reached", project.reached)):
        if aims:
            lines += ["", title, *(f"  {_aim(aim)}" for aim in aims)]
    return "\n".join(lines)


def _aim(aim: Aim) -> str:
    return f"{aim.id[:8]}  {aim.text}" + (f"  ({aim.ended[:10]})" if aim.ended else "")


def _put(what: object) -> None:
    import json

    from nova.cli import output

    output.put(what if isinstance(what, str) else json.dumps(what, indent=2, ensure_ascii=False))
