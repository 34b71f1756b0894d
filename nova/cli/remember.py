"""``nova remember``: keeps what a person says, and says what it replaced."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_format, add_target, command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from memory import Draft, Item, Memory, Taken
    from nova.projects import Project
    from nova.remembering import BadLine, Here, Told

    Numbered = tuple[int, Told]
    """What a line told, and its number."""

SOURCE = "nova remember"
AT_ONCE = 50
"""Texts that are kept before it is looked whether to stop."""
MOST_TOLD = 40
"""Lines of what became of many texts that are told one by one."""
MOST_BYTES = 64_000_000


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "remember", "keep a note, a fact, a decision",
        "Keep what you say, for the repository that you stand in or, with --everywhere, for all your work. The kind, "
        "a reason behind *because* and an end behind *until* are read from plain words. With - each line of the "
        "standard input is kept: a note, a bullet, a day and a note, or a JSON object.",
        'nova remember "We decided to keep DuckDB, because one user has one file" --project shop',
    )  # fmt: skip
    parser.add_argument("text", nargs="?", metavar="TEXT", help="what to keep; - for the lines of the standard input")
    parser.add_argument(
        "--kind", metavar="KIND", default="",
        help="note, fact, decision, instruction, goal, value, skill (default: by the words)",
    )  # fmt: skip
    parser.add_argument("--project", metavar="NAME", default="", help="the project that it belongs to")
    parser.add_argument("--since", metavar="DATE", default="", help="since when it is so (default: now)")
    parser.add_argument("--until", metavar="DATE", default="", help="the last day on which it holds")
    parser.add_argument(
        "--about", metavar="NAME", action="append", default=[],
        help="a file, symbol, rule or person that it is about (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--because", metavar="WHY", default="", help="the reason")
    parser.add_argument("--everywhere", action="store_true", help="for all your work, not only for this repository")
    parser.add_argument("--replaces", metavar="ID", default="", help="the memory whose place it takes")
    parser.add_argument("--as-is", action="store_true", help="keep the words as they are, and read nothing from them")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Keep a text or many, and say what became of them."""
    from nova import projects
    from nova.cli.here import here, memory_of

    rows = _rows(given)
    with memory_of(given) as (memory, progress):
        known = projects.projects(projects.kept(memory))
        place = here(given, known, SOURCE, as_is=given.as_is)
        said = _said(given, place)
        told, bad = _told(given, rows, place, said)
        begun, told, bad = _with_projects(memory, known, place, told, bad)
        old = _replaced(memory, given.replaces) if given.replaces else None
        drafts = [_draft(one, number, place, old) for number, one in told]
        taken: list[tuple[int, list[Taken]]] = []
        stopped = _take(memory, [number for number, _ in told], drafts, taken, progress)
        targets = [draft.target for draft in drafts]
    return _tell(given, taken, targets, bad, begun, stopped=stopped, of=len(told), many=rows is not None)


def _rows(given: argparse.Namespace) -> list[str] | None:
    """The lines of the standard input, where they are asked for. Raises ``UsageError``."""
    from nova.errors import UsageError

    if given.text is not None and given.text != "-":
        return None
    if sys.stdin is None or (given.text is None and sys.stdin.isatty()):
        raise UsageError("say what to remember", next_step='nova remember "..."   or   nova remember - < notes.md')
    if given.replaces:
        raise UsageError("--replaces names one memory, and so one text takes its place", next_step="give that text")
    data = sys.stdin.buffer.read(MOST_BYTES + 1) if hasattr(sys.stdin, "buffer") else sys.stdin.read().encode()
    if len(data) > MOST_BYTES:
        raise UsageError(f"more than {MOST_BYTES // 1_000_000} MB came in", next_step="give it in parts")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            "what came in is no text in UTF-8", why=f"byte {error.start} does not fit", next_step="nothing was kept"
        ) from None
    if "\0" in text:
        raise UsageError("what came in is no text: it holds NUL characters", next_step="nothing was kept")
    return text.split("\n")


def _said(given: argparse.Namespace, place: Here) -> Told:
    from nova import moments, remembering

    since = moments.beginning(given.since, place.today, place.present) if given.since else ""
    until = moments.ending(given.until, place.today) if given.until else ""
    return remembering.Told(
        "", remembering.kind_of(given.kind), given.because, given.project, since, until, tuple(given.about)
    )  # fmt: skip


def _told(
    given: argparse.Namespace, rows: list[str] | None, place: Here, said: Told
) -> tuple[list[Numbered], list[BadLine]]:
    from nova import remembering
    from nova.errors import UsageError

    if rows is None:
        return [(0, remembering.read(given.text, place, said))], []
    told, bad = remembering.lines(rows, place, said)
    if not told and not bad:
        raise UsageError("there is nothing to remember: no line has a text")
    return told, bad


def _with_projects(
    memory: Memory, known: Sequence[Project], place: Here, told: list[Numbered], bad: list[BadLine]
) -> tuple[list[str], list[Numbered], list[BadLine]]:
    """Let each memory name its project rightly, and begin those that are new."""
    from dataclasses import replace

    from nova import projects
    from nova.cli.here import project_named
    from nova.errors import UsageError
    from nova.remembering import BadLine

    begun: dict[str, str] = {}
    found: list[Numbered] = []
    for number, one in told:
        if not one.project:
            found.append((number, one))
            continue
        try:
            name, fresh = project_named(known, one.project)
        except UsageError as error:
            if not number:
                raise
            bad.append(BadLine(number, f"{error.what}; {error.next_step}".rstrip("; ")))
            continue
        if fresh:
            name = begun.setdefault(name.casefold(), name)
        found.append((number, replace(one, project=name)))
    by = projects.Teller(place.who, place.present, SOURCE)
    for name in begun.values():
        projects.record(memory, projects.add(projects.kept(memory), name, by))
    return list(begun.values()), found, sorted(bad, key=lambda line: line.number)


def _replaced(memory: Memory, word: str) -> tuple[str, Item]:
    """The memory that the beginning of an id names. Raises ``UsageError``."""
    from nova.errors import UsageError
    from nova.report.memories import quoted

    found = memory.beginning(["", *memory.targets()], word.lower()) if word else []
    fits = [(target, item) for target, item in found if not item.forgotten]
    if len(fits) == 1:
        return fits[0]
    if fits:
        told = "; ".join(quoted(item) for _, item in fits[:5])
        raise UsageError(f"{word} is the beginning of {len(fits)} memories", next_step=f"one of: {told}")
    raise UsageError(f"no memory has the id {word}", next_step="nova recall shows ids")


def _draft(told: Told, number: int, place: Here, old: tuple[str, Item] | None) -> Draft:
    import os
    from dataclasses import replace

    from nova import remembering

    if old is not None and told.kind == "note":
        told = replace(told, kind=old[1].kind)
    return remembering.draft(told, place, f"remember\0{place.present}\0{os.getpid()}\0{number}", old)


def _take(
    memory: Memory, numbers: list[int], drafts: list[Draft], taken: list[tuple[int, list[Taken]]], progress: Any
) -> bool:
    """Keep drafts, a hundred at a time; whether the person stopped it on the way. Each is told by its line."""
    from memory.item import item_id
    from nova.cli.here import kept, stoppable

    with stoppable() as stop:
        for start in range(0, len(drafts), AT_ONCE):
            if stop.asked:
                return True
            some = drafts[start : start + AT_ONCE]
            if start:
                memory.pause()
            progress("remembering", start, len(drafts))
            told = kept(memory, some)
            own = {item_id(draft.target, draft.key): at for at, draft in enumerate(some)}
            groups: list[list[Taken]] = [[] for _ in some]
            for one, at in zip(told, _places(told, own, len(some)), strict=True):
                groups[at].append(one)
            taken += [(numbers[start + at], group) for at, group in enumerate(groups) if group]
    return False


def _places(told: Sequence[Taken], own: dict[str, int], count: int) -> list[int]:
    """To which draft each outcome belongs: they come in order, and only a long text gives more than one."""
    if len(told) == count:
        return list(range(count))
    places: list[int] = []
    at = -1
    last: Taken | None = None
    for one in told:
        is_more = last is not None and one.item.session and one.item.session == last.item.session and one.item.position
        at = own.get(one.item.id, at if is_more else min(at + 1, count - 1))
        places.append(at)
        last = one
    return places


def _tell(  # noqa: PLR0913 - what is told
    given: argparse.Namespace,
    taken: list[tuple[int, list[Taken]]],
    targets: list[str],
    bad: list[BadLine],
    begun: list[str],
    *,
    stopped: bool,
    of: int,
    many: bool,
) -> int:
    from nova.cli.here import put, say
    from nova.report import memories
    from nova.report.characters import sentence

    every = [one for _, group in taken for one in group]
    counts = memories.counted(every)
    lines = [f"Project {sentence(name)} is begun." for name in begun]
    if many:
        lines.append(f"{memories.summed(counts).capitalize()}.")
        told = [f"  line {number}: {line}" for number, group in taken for line in memories.told_of(group, "")]
        lines += told[:MOST_TOLD]
        if len(told) > MOST_TOLD:
            lines.append(f"  and {len(told) - MOST_TOLD} more of that kind; --format json tells all")
    else:
        lines += memories.kept(every) if every else []
    data: dict[str, Any] = {
        "items": [
            memories.taken_data(one, target) | {"line": number or None}
            for (number, group), target in zip(taken, targets, strict=False)
            for one in group
        ],
        **counts, "begun": begun, "bad": [{"line": line.number, "why": line.why} for line in bad],
    }  # fmt: skip
    if every or not stopped:
        put(given, data, "\n".join(lines))
    for line in bad:
        say(f"nova: line {line.number} was not kept: {sentence(line.why)}")
    if stopped:
        say(f"nova: stopped; {len(taken)} of {of} texts are kept")
    return 2 if bad or stopped else 0
