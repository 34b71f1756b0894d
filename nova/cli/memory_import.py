"""``nova memory import``: exports, notes and decision records as memories."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.cli.memory_export import forms

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from memory import Draft, Item, Memory, Taken
    from memory.exchange import Imported
    from nova.cli.memory_export import Action
    from nova.note_files import File, Left
    from nova.remembering import Here

SOURCE = "nova memory import"
MOST_TOLD = 20
AT_ONCE = 100
"""Memories that are kept before it is looked whether to stop."""


def add(action: Action) -> None:
    """Add the action."""
    one = action(
        "import", "take in an export, notes or decision records",
        "Take in an export, a file or folder of notes in Markdown, or a folder of decision records. Taking the same in "
        "again changes nothing; an edited line takes the place of the old one.",
        "nova memory import docs/decisions --project shop", imported,
    )  # fmt: skip
    forms(one, ("auto", "jsonl", "markdown", "records"), "auto")
    one.add_argument("place", metavar="FILE|FOLDER", type=Path, help="what to take in")
    one.add_argument("--project", metavar="NAME", default="", help="the project that it belongs to")
    one.add_argument("--everywhere", action="store_true", help="for all your work, not only for this repository")
    one.add_argument("--dry-run", action="store_true", help="only say what would be taken in")
    one.add_argument("--target", metavar="NAME", help="a target by name, as nova targets lists them")


def imported(given: argparse.Namespace) -> int:
    """Take a file or a folder in, whatever it is."""
    from nova import note_files
    from nova.errors import UsageError
    from nova.note_files import Form, Left

    found = note_files.paths(given.place)
    folder = given.place.is_dir()
    is_lines = not folder and found[0].suffix.casefold() in {".jsonl", ".ndjson"}
    if given.format == "jsonl" or (given.format == "auto" and is_lines):
        return _lines(given, found[0], folder=folder)
    read = [note_files.read(path) for path in found]
    files = [one for one in read if not isinstance(one, Left)]
    left = [one for one in read if isinstance(one, Left)]
    if not files:
        raise UsageError(f"{given.place} cannot be taken in", why=left[0].why)
    form = note_files.form_of(files, folder=folder) if given.format in {"auto", "markdown"} else Form(given.format)
    if given.format == "markdown" and form is not Form.EXPORT:
        form = Form.MARKDOWN
    if form is Form.JSONL:
        return _lines(given, found[0], folder=folder)
    return _export(given, files[0]) if form is Form.EXPORT else _notes(given, files, left, form)


def _lines(given: argparse.Namespace, path: Path, *, folder: bool) -> int:
    """Take exported lines in."""
    from memory.exchange import Imported, NewerFormat
    from nova.cli.here import memory_of, stoppable
    from nova.errors import UsageError

    if folder:
        raise UsageError(f"{given.place} is a folder", next_step="name the file that  nova memory export  wrote")
    told = Imported()
    stopped = False
    with memory_of(given) as (memory, progress):
        progress("taking in")
        try:
            with path.open("rb") as rows, stoppable() as stop:
                memory.take_in(stop.watched(rows), told, dry=given.dry_run)
        except NewerFormat as error:
            raise UsageError("the file was written by a newer Nova", why=str(error), next_step="update Nova") from error
        except OSError as error:
            raise UsageError(f"{path} cannot be read", why=error.strerror or str(error)) from error
        except KeyboardInterrupt:
            stopped = True
    if told.problems and len(told.problems) >= told.lines:
        raise UsageError(f"{path} is no export of a memory", why=f"line 1: {told.problems[0][1]}")
    return _tell_import(given, told, stopped=stopped)


def _export(given: argparse.Namespace, file: File) -> int:
    """Take in what was exported as Markdown, and what was edited in it since."""
    from memory import markdown
    from memory.exchange import Imported
    from nova import importing, projects
    from nova.cli.here import here, kept, memory_of
    from nova.errors import UsageError

    version = markdown.IS_EXPORT.search(file.text)
    if version is not None and int(version[1]) > markdown.VERSION:
        why = f"it has version {version[1]}; this Nova knows up to {markdown.VERSION}"
        raise UsageError("the file was written by a newer Nova", why=why, next_step="update Nova")
    found = markdown.read(file.text)
    told = Imported(problems=list(found.problems))
    with memory_of(given) as (memory, progress):
        progress("taking in")
        known = projects.projects(projects.kept(memory))
        place = here(given, known, SOURCE)
        memory.restore(found.kept, told, dry=given.dry_run)
        drafts = _wanted(memory, importing.edits(found, place), told)
        taken = [] if given.dry_run else kept(memory, drafts)
    return _tell_import(given, told, taken=taken, edited=len(drafts))


def _wanted(memory: Memory, drafts: list[Draft], told: Imported) -> list[Draft]:
    """The drafts of texts whose memory was not forgotten here meanwhile."""
    wanted = []
    for draft in drafts:
        old = memory.item(draft.target, draft.replaces) if draft.replaces else None
        if old is not None and old.forgotten:
            told.forgotten += 1
        else:
            wanted.append(draft)
    return wanted


def _tell_import(
    given: argparse.Namespace, told: Imported, *, taken: Sequence[Taken] = (), edited: int = 0, stopped: bool = False
) -> int:
    from nova.cli import output
    from nova.cli.here import say
    from nova.report import memories
    from nova.report.characters import sentence

    would = "would be " if given.dry_run else ""
    others = f"{told.new - told.items} other events; {told.known} were there already"
    lines = [f"{told.items} memories {would}taken in, {others}."]
    if edited:
        counts = memories.counted(taken)
        said = f": {memories.summed(counts)}" if taken else ""
        lines.append(f"{edited} texts were written or changed by hand{said}.")
        lines += [f"  {line}" for one in taken for line in memories.told_of([one], "")][:MOST_TOLD]
    if told.forgotten:
        lines.append(f"{told.forgotten} were forgotten here, and stay so.")
    if told.kept:
        lines.append(f"{told.kept} were forgotten there and are kept here; nova forget ID  erases one.")
    output.put("\n".join(lines))
    for number, why in told.problems[:MOST_TOLD]:
        say(f"nova: line {number} was not taken in: {sentence(why)}")
    if len(told.problems) > MOST_TOLD:
        say(f"nova: and {len(told.problems) - MOST_TOLD} more lines")
    if stopped:
        say(f"nova: stopped at line {told.lines}; what was counted is kept, and taking it in again goes on from there")
    return 2 if told.problems or stopped else 0


def _notes(given: argparse.Namespace, files: Sequence[File], left: list[Left], form: Any) -> int:
    """Take in notes or decision records, file by file."""
    from nova import importing, projects
    from nova.cli.here import here, memory_of, stoppable
    from nova.note_files import Form

    done: list[Taken] = []
    drafted = read = known_before = 0
    stopped = False
    with memory_of(given) as (memory, progress):
        known = projects.projects(projects.kept(memory))
        place = here(given, known, SOURCE)
        project, begun = _project(memory, known, given, place)
        place = _at(place, project)
        there = _by_session(memory, place.key)
        with stoppable() as stop:
            try:
                if form is Form.RECORDS:
                    own = [item for file in files for item in there.get(file.session, ())]
                    drafts, none = importing.of_records(files, place, own, project)
                    left += none
                    drafted, read = len(drafts), len(files) - len(none)
                    drafts, known_before = importing.unknown(drafts, own)
                    for start in stop.watched(range(0, len(drafts), AT_ONCE)):
                        progress("taking in", start, len(drafts))
                        done += _taken(memory, drafts[start : start + AT_ONCE], given)
                else:
                    for file in stop.watched(files):
                        progress("taking in", read, len(files))
                        own = there.get(file.session, [])
                        drafts = importing.of_notes(file, place, own, project)
                        drafted += len(drafts)
                        drafts, was = importing.unknown(drafts, own)
                        known_before += was
                        done += _taken(memory, drafts, given)
                        read += 1
            except KeyboardInterrupt:
                stopped = True
    return _tell_notes(given, (read, drafted, known_before), done, left, begun, stopped=stopped)


def _taken(memory: Memory, drafts: list[Draft], given: argparse.Namespace) -> list[Taken]:
    from nova.cli.here import kept

    return [] if given.dry_run else kept(memory, drafts)


def _project(memory: Memory, known: Any, given: argparse.Namespace, place: Here) -> tuple[str, str]:
    """The project that is named, and its name again where it was begun."""
    from nova import projects
    from nova.cli.here import project_named

    if not given.project:
        return place.project, ""
    name, fresh = project_named(known, given.project)
    if fresh and not given.dry_run:
        by = projects.Teller(place.who, place.present, SOURCE)
        projects.record(memory, projects.add(projects.kept(memory), name, by))
    return name, name if fresh else ""


def _at(place: Here, project: str) -> Here:
    """Where what belongs to a project holds: for the target only where that is the project's."""
    from dataclasses import replace

    return place if not project or project == place.project else replace(place, key="")


def _by_session(memory: Memory, target: str) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in memory.items(target):
        if item.session:
            found.setdefault(item.session, []).append(item)
    return found


def _tell_notes(
    given: argparse.Namespace,
    counts: tuple[int, int, int],
    done: list[Taken],
    left: list[Left],
    begun: str,
    *,
    stopped: bool,
) -> int:
    from nova.cli import output
    from nova.cli.here import say
    from nova.report import memories
    from nova.report.characters import sentence

    read, drafted, known = counts
    lines = [f"Project {sentence(begun)} {'would be' if given.dry_run else 'is'} begun."] if begun else []
    files = f"{read} file{'s' * (read != 1)}"
    figures = memories.counted(done)
    said = memories.summed(figures | {"again": figures["again"] + known})
    if given.dry_run:
        said = f"{drafted - known} memories would be taken in, {known} are known already"
    lines.append(f"{files}: {said}.")
    told = [f"  {sentence(one.item.source)}: {line}" for one in done for line in memories.told_of([one], "")]
    lines += told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        lines.append(f"  and {len(told) - MOST_TOLD} more of that kind")
    lines += [f"  not read: {sentence(str(one.path))}: {sentence(one.why)}" for one in left[:MOST_TOLD]]
    output.put("\n".join(lines))
    if stopped:
        say(f"nova: stopped; {len(done)} memories are taken in, and taking the same in again goes on from there")
    broken = any("no decision record" not in one.why for one in left)
    return 2 if broken or stopped else 0
