"""Files of notes and decision records, read into drafts: each file a session, each part of it a draft with a key.

The key is made of the path and the words, so that taking a file in again changes nothing. Where a line was edited, the
new words take the place of the old ones; a line that is gone changes nothing, and what was forgotten stays so.
"""

from __future__ import annotations

import difflib
import os
from collections import Counter
from typing import TYPE_CHECKING

from memory import Draft, Item, Kind, decision_records, item_id, notes
from memory.passages import LONGEST, passages
from memory.record_status import Status
from nova import moments, remembering
from nova.note_files import UNREAD, Left

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from memory import markdown
    from memory.decision_records import Record
    from nova.note_files import File
    from nova.remembering import Here

ALIKE = 0.5
"""How like an old text a new one must be, to be taken for it after an edit, where their number differs."""
MANY, NEAR = 10_000, 20
"""Of more pairs than that, only those are compared that lie so near to each other in the file."""


def of_notes(file: File, here: Here, known: Sequence[Item], project: str = "") -> list[Draft]:
    """The drafts of a file of notes. ``known`` are the items of this file that memory has, in their order."""
    found = notes.read(file.text, file.path.stem)
    made = []
    for part in found.parts:
        kind = _kind(part)
        text, because = (part.text, "") if kind is Kind.PASSAGE else remembering.reason(part.text, kind)
        since = _moment(part.day, here)
        item = Item(
            "", kind.value, part.subject if part.subject.casefold() not in text.casefold() else "", "", text, because,
            here.who, f"{_shown(file.path)}:{part.line}", since, here.present, project=project or here.project,
            about=part.about, session=file.session, position=part.position,
        )  # fmt: skip
        made.append(item)
    return _keyed(made, here.key, file.session, known)


def of_records(
    files: Iterable[File], here: Here, known: Sequence[Item], project: str = ""
) -> tuple[list[Draft], list[Left]]:
    """The drafts of decision records, those whose place others take first, and the files that decide nothing."""
    by_path: dict[str, File] = {}
    read_ones: list[Record] = []
    left = []
    for file in files:
        record = None if file.path.stem.casefold() in UNREAD else decision_records.read(str(file.path), file.text)
        if record is None:
            left.append(Left(file.path, "it is no decision record"))
        else:
            by_path[record.path] = file
            read_ones.append(record)
    drafts: list[Draft] = []
    ids: dict[str, str] = {}
    linked = decision_records.linked(read_ones)
    closing = {path for record in linked for path in record.replaces[:1]}
    for record in linked:
        file = by_path[record.path]
        over = record.status in {Status.SUPERSEDED, Status.DEPRECATED} and record.path not in closing
        items = _of_record(record, file, here, project or here.project, over=over)
        own = [item for item in known if item.session == file.session]
        some = _keyed(items, here.key, file.session, own)
        if some and record.replaces and record.replaces[0] in ids and some[0].replaces is None:
            some[0] = Draft(some[0].item, some[0].target, some[0].key, ids[record.replaces[0]])
        if some:
            ids[record.path] = item_id(some[0].target, some[0].key)
        drafts += some
    return drafts, left


def _of_record(record: Record, file: File, here: Here, project: str, *, over: bool) -> list[Item]:
    number = f"{record.number}. " if record.number is not None else ""
    lead = "" if record.status in {Status.ACCEPTED, Status.SUPERSEDED} else f"{record.status.capitalize()}: "
    kind = Kind.NOTE if record.status in {Status.PROPOSED, Status.REJECTED} else Kind.DECISION
    since = _moment(record.day, here)
    until = max(since[:10], _day_before(here)) if over else ""

    def item(kind: Kind, text: str, because: str, line: int, position: int) -> Item:
        return Item(
            "", kind.value, record.title, "", text, because, here.who, f"{_shown(file.path)}:{line}", since,
            here.present, project=project, until=until, about=(f"{number}{record.title}",) if number else (),
            session=file.session, position=position,
        )  # fmt: skip

    items = [item(kind, f"{lead}{record.decision}"[:LONGEST], record.because, 1, 0)]
    for heading, text, line in record.sections:
        head = f"{heading}: " if heading else ""
        first = len(items)
        items += [item(Kind.PASSAGE, f"{head}{piece}", "", line, first + n) for n, piece in enumerate(passages(text))]
    return items


def unknown(drafts: Sequence[Draft], known: Iterable[Item]) -> tuple[list[Draft], int]:
    """The drafts of what memory does not know, forgotten or not, and how many of the others there are."""
    there = {item.id for item in known}
    fresh = [draft for draft in drafts if item_id(draft.target, draft.key) not in there]
    return fresh, len(drafts) - len(fresh)


def edits(export: markdown.Export, here: Here) -> list[Draft]:
    """The drafts of what a person wrote into an export: new bullets, and texts in the place of old ones."""
    drafts = []
    for one in export.edited:
        base = one.base.item if one.base else None
        since = _moment(one.since, here) if one.since else here.present
        item = Item(
            "", one.kind, base.subject if base else "", base.predicate if base else "", one.text, one.because,
            here.who, "nova memory import", since, here.present, project=one.project,
            until=base.until if base else "", about=base.about if base else (),
        )  # fmt: skip
        target = one.base.target if one.base else here.key
        drafts.append(Draft(item, target, f"edited\0{one.of}\0{one.text}\0{one.because}", one.of or None))
    return drafts


def _kind(part: notes.Part) -> Kind:
    """The kind of a part. What stands in a file is never an order: it may come from anybody."""
    if part.is_passage:
        return Kind.PASSAGE
    kind = remembering.kind_by_words(part.text)
    return kind if kind in {Kind.DECISION, Kind.FACT} else Kind.NOTE


def _keyed(made: Sequence[Item], target: str, session: str, known: Sequence[Item]) -> list[Draft]:
    """The drafts of a file's items: each with a key, and with what it replaces where it was edited."""
    there = {item.id: item for item in known}
    keys = []
    same: Counter[tuple[str, str, str]] = Counter()
    for item in made:
        words = item.kind, item.value, item.because
        keys.append(_key(item, session, same[words]))
        same[words] += 1
    written = {item_id(target, key) for key in keys}
    for at, item in enumerate(made):
        if _is_back(there.get(item_id(target, keys[at])), there, written):
            words = item.kind, item.value, item.because
            keys[at], same[words] = _fresh(item, target, session, there, same[words])
    names = [item_id(target, key) for key in keys]
    fresh = [at for at, name in enumerate(names) if name not in there]
    present = set(names)
    gone = [item for item in known if item.holds and not item.forgotten and item.id not in present]
    replaces = paired([item.value for item in gone], [made[at].value for at in fresh], _apart(gone, made, fresh))
    old_of = {fresh[new]: gone[old].id for old, new in replaces.items()}
    return [Draft(made[at], target, key, old_of.get(at)) for at, key in enumerate(keys)]


def _key(item: Item, session: str, number: int) -> str:
    """The key of an item by its file and its words; the same words again in one file have another number."""
    return f"file\0{session}\0{item.kind}\0{item.value}\0{item.because}\0{number}"


def _is_back(old: Item | None, there: Mapping[str, Item], written: set[str]) -> bool:
    """Whether words stand in a file again that an edit of this file had replaced, and not what replaced them."""
    if old is None or old.holds or old.forgotten:
        return False
    return old.superseded_by in there and old.superseded_by not in written


def _fresh(item: Item, target: str, session: str, there: Mapping[str, Item], number: int) -> tuple[str, int]:
    """A key that no memory has but one that holds, and the number behind its own."""
    while True:
        key = _key(item, session, number)
        old = there.get(item_id(target, key))
        number += 1
        if old is None or old.holds:
            return key, number


def _apart(gone: Sequence[Item], made: Sequence[Item], fresh: Sequence[int]) -> dict[tuple[int, int], float]:
    """How far the place of an old text is from that of a new one."""
    return {(o, n): abs(item.position - made[at].position) for o, item in enumerate(gone) for n, at in enumerate(fresh)}


def paired(old: Sequence[str], new: Sequence[str], apart: dict[tuple[int, int], float] | None = None) -> dict[int, int]:
    """Which old text became which new one, by their words: the likest first, of equals the nearest."""
    distance = apart or {}
    many = len(old) * len(new) > MANY
    scored = []
    for o, before in enumerate(old):
        matcher = difflib.SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(before.casefold().split())
        for n, after in enumerate(new):
            if many and distance.get((o, n), 0.0) > NEAR:
                continue
            matcher.set_seq1(after.casefold().split())
            if matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
                scored.append((-matcher.ratio(), distance.get((o, n), 0.0), o, n))
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, _, o, n in sorted(scored):
        if o not in found and n not in used:
            found[o] = n
            used.add(n)
    return found


def _moment(day: str, here: Here) -> str:
    from datetime import date

    if not day:
        return here.present
    return here.present if day == here.today.isoformat() else moments.of_day(date.fromisoformat(day))


def _day_before(here: Here) -> str:
    from datetime import timedelta

    return (here.today - timedelta(1)).isoformat()


def _shown(path: Path) -> str:
    """A path for a reader: in the home folder with ``~``."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    home = os.path.expanduser("~")
    return f"~{text[len(home) :]}" if home != "/" and text.startswith(f"{home}{os.sep}") else text
