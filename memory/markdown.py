"""A memory as Markdown for people, and back: a person may read the file, and edit the texts in it. Pure.

Each memory is a bullet with its date, grouped by project and kind. A comment at its end holds the rest as JSON, and the
text itself where the bullet does not give it back letter by letter, so that nothing is lost on the way. The comment
holds a sum of what the bullet said: another text there is a new memory in the place of the old one.
"""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any
from zlib import crc32

from memory import days
from memory.item import Item, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

VERSION = 1
MARK = f"<!-- nova memory {VERSION} -->"
"""The line by which an export is known."""
IS_EXPORT = re.compile(r"<!-- nova memory (\d{1,9}) -->\s*$", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]?<!-- nova (\{.*\}) -->[ \t]*$")
_BULLET = re.compile(r"(?:[-*+]|\d{1,4}[.)])(?:\s+|$)")
_DATES = re.compile(r"(\d{4}-\d\d-\d\d)(?: to (?:\d{4}-\d\d-\d\d|now))?: ")
_SUBJECT = re.compile(r"\*\*[^*\n]+:\*\* ")
_BECAUSE = re.compile(r"\*Because\* (.+)$")
NO_PROJECT = "No project"
TITLES = {
    Kind.INSTRUCTION: "Instructions", Kind.DECISION: "Decisions", Kind.GOAL: "Goals", Kind.VALUE: "Values",
    Kind.FACT: "Facts", Kind.NOTE: "Notes", Kind.SKILL: "Skills", Kind.PROJECT: "Project", Kind.TURN: "Conversations",
    Kind.PASSAGE: "Passages",
}  # fmt: skip
"""The heading of each kind, in the order of the file."""
KIND_OF = {title.casefold(): kind for kind, title in TITLES.items()}
SHOWN = "shown"
USUAL = {f.name: "" if f.default is MISSING else f.default for f in fields(Item) if f.name != "rivals"}
"""What a field is where the comment does not name it."""
JOINERS = "\u200c\u200d"
"""Characters that cannot be seen, and that scripts and emoji are joined by."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An item of a target, and its place in the order in which they were recorded."""

    target: str
    item: Item
    place: int


@dataclass(frozen=True, slots=True)
class Edited:
    """A text that a person wrote or changed. ``of`` is the id of the memory whose text it was; empty for a new one."""

    text: str
    line: int
    kind: str = Kind.NOTE.value
    project: str = ""
    because: str = ""
    since: str = ""
    """The day that stands before it; empty for none, and for the one that stood there already."""
    of: str = ""
    base: Kept | None = None
    """What the comment holds of the memory whose text it was."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a file gives back."""

    kept: tuple[Kept, ...]
    edited: tuple[Edited, ...]
    problems: tuple[tuple[int, str], ...]
    """Lines that do not hold, each with its number and a sentence."""


def printed(kept: Iterable[Kept]) -> str:
    """The items as a page."""
    every = list(kept)
    lines = ["# Memory", "", MARK, ""]
    groups: dict[str, list[Kept]] = {}
    for one in every:
        groups.setdefault("" if one.item.forgotten else one.item.project, []).append(one)
    for project in sorted(groups, key=lambda name: (name == "", name.casefold(), name)):
        lines += [f"## {_line(project) or NO_PROJECT}", ""]
        for kind in (*TITLES, None):
            some = [o for o in groups[project] if (o.item.kind == kind if kind else o.item.kind not in set(TITLES))]
            shown = [one for one in some if _is_shown(one.item)]
            if shown:
                lines += [f"### {TITLES[kind] if kind else 'Others'}", "", *map(_bullet, shown), ""]
            lines += [_comment(_rest(one, "")) for one in some if not _is_shown(one.item)]
    return "\n".join(lines).rstrip("\n") + "\n"


def read(text: str) -> Export:
    """What an export holds, in the order in which it was recorded, and what was changed in it since."""
    kept: list[Kept] = []
    edited: list[Edited] = []
    problems: list[tuple[int, str]] = []
    for entry in _entries(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")):
        if entry.data is None:
            if entry.text.strip():
                edited.append(_new(entry))
            continue
        try:
            one, change = _restored(entry)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            problems.append((entry.line, f"the comment does not hold: {error}"))
            continue
        if change is not None:
            edited.append(change)
        if one is not None:
            kept.append(one)
    return Export(tuple(sorted(kept, key=lambda o: (o.target, o.place))), tuple(edited), tuple(problems))


def _is_shown(item: Item) -> bool:
    """Whether there is something to read in an item: not where it was forgotten, nor in a project's state."""
    return not item.forgotten and item.kind != Kind.PROJECT


@dataclass(slots=True)
class _Entry:
    text: str
    line: int
    project: str
    kind: str
    data: str | None = None


def _bullet(one: Kept) -> str:
    item = one.item
    text = "\n".join(_line(row) for row in item.value.split("\n"))
    because = f"\n*Because* {_line(item.because)}" if item.because.strip() else ""
    shown = f"{_dates(item)}{_subject(item)}{text}{because}"
    body = shown.replace("\n", "\n  ")
    return f"- {body} {_comment(_rest(one, _level(shown)))}"


def _subject(item: Item) -> str:
    """What an item is about, where its own words do not say so."""
    if not item.subject or (not item.predicate and item.subject.casefold() in item.value.casefold()):
        return ""
    return f"**{_line(f'{item.subject} {item.predicate}'.strip())}:** "


def _dates(item: Item) -> str:
    day = item.valid_from[:10]
    if days.of_name(day) is None:
        return ""
    end = (item.closed_at or item.until or "")[:10]
    return f"{day} to {end}: " if days.of_name(end) else f"{day}: "


def _line(text: str) -> str:
    """A line of text that begins no comment, and holds nothing that a terminal or an editor would obey."""
    safe = "".join(c if c.isprintable() or c in JOINERS else _escaped(c) for c in text)
    return safe.replace("<!--", "<\\!--")


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _level(shown: str) -> str:
    """What is shown as an editor may leave it: no white space at the ends of lines, no empty lines at the end."""
    return "\n".join(row.rstrip() for row in shown.split("\n")).strip()


def _rest(one: Kept, shown: str) -> dict[str, Any]:
    """What the comment holds: all fields that differ from their defaults, but for a text that the bullet gives back."""
    item = one.item
    told: dict[str, Any] = {name: getattr(item, name) for name, usual in USUAL.items() if getattr(item, name) != usual}
    if item.rivals:
        told["rivals"] = dict(item.rivals)
    if _is_shown(item):
        _, value, because = _parsed(shown)
        for name, said in (("value", value), ("because", because)):
            told.pop(name, None)
            if said != getattr(item, name):
                told[name] = getattr(item, name)
        told[SHOWN] = _sum(shown)
    return told | ({"target": one.target} if one.target else {}) | {"place": one.place}


def _comment(told: dict[str, Any]) -> str:
    """JSON that no comment and no tag can end or begin in."""
    text = json.dumps(told, separators=(",", ":"))
    for sign, harmless in (("--", "-\\u002d"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(sign, harmless)
    return f"<!-- nova {text} -->"


def _sum(shown: str) -> str:
    return f"{crc32(shown.encode('utf-8', 'backslashreplace')):08x}"


def _parsed(shown: str, *, is_ours: bool = True) -> tuple[str, str, str]:
    """The day, the text and the reason that a bullet shows; in ours words in bold may tell what it is about."""
    dated = _DATES.match(shown)
    body = shown[dated.end() :] if dated else shown
    subject = _SUBJECT.match(body) if is_ours else None
    body = body[subject.end() :] if subject else body
    head, _, last = body.rpartition("\n")
    told = _BECAUSE.match(last) if head else None
    text = head if told else body
    return dated[1] if dated else "", text.replace("<\\!--", "<!--"), told[1] if told else ""


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    """The bullets and comments of a page, each with its heading; what stands between them is a person's, and new."""
    project, kind = "", Kind.NOTE.value
    entry: _Entry | None = None
    for number, line in enumerate(lines, 1):
        found = _COMMENT.search(line)
        body = line[: found.start()] if found else line
        bullet = _BULLET.match(body)
        inside = entry is not None and (not body.strip() or body.startswith(("  ", "\t")))
        if entry is not None and not inside:
            yield entry
            entry = None
        if inside and entry is not None:
            entry.text += f"\n{body[2:] if body.startswith('  ') else body.lstrip()}"
        elif bullet:
            entry = _Entry(body[bullet.end() :], number, project, kind)
        elif body.startswith("#"):
            level, _, words = body.partition(" ")
            words = words.strip()
            if len(level) == 2:
                project, kind = ("" if words == NO_PROJECT else words), Kind.NOTE.value
            elif len(level) == 3:
                kind = KIND_OF.get(words.casefold(), Kind.NOTE).value
        elif body.strip() and not IS_EXPORT.match(line):
            entry = _Entry(body.strip(), number, project, kind)
        elif found:
            entry = _Entry("", number, project, kind)
        if found and entry is not None:
            entry.data = found[1]
            yield entry
            entry = None
    if entry is not None:
        yield entry


def _new(entry: _Entry) -> Edited:
    day, text, because = _parsed(_level(entry.text), is_ours=False)
    if not day:
        told, rest = days.leading(text)
        day, text = (told.isoformat(), rest) if told else ("", text)
    return Edited(text, entry.line, entry.kind, entry.project, because, day)


def _restored(entry: _Entry) -> tuple[Kept | None, Edited | None]:
    """The memory that a comment holds, and its new text where that was changed; raises where the comment is broken."""
    data = json.loads(entry.data or "")
    told, place = str(data.pop("target", "")), int(data.pop("place"))
    total = data.pop(SHOWN, None)
    shown = _level(entry.text)
    day, value, because = _parsed(shown)
    same = total is None or total == _sum(shown)
    data.setdefault("value", value if same and total is not None else "")
    data.setdefault("because", because if same and total is not None else "")
    one = Kept(told, _item(data), place)
    if same:
        return one, None
    if not value.strip():
        return None, None
    since = "" if day == one.item.valid_from[:10] else day
    change = Edited(value, entry.line, one.item.kind, one.item.project, because, since, one.item.id, one)
    return (one if one.item.value else None), change


def _item(data: dict[str, Any]) -> Item:
    """The item of a comment. Raises ``ValueError`` for a field that is none or of another type."""
    given: dict[str, Any] = USUAL | data
    about, rivals = given.pop("about"), given.pop("rivals", {})
    for name, value in given.items():
        usual = USUAL.get(name, ())
        if not (type(value) is type(usual) or (usual is None and isinstance(value, str))):
            raise ValueError(f"{name} is {str(value)[:40]}")
        if isinstance(value, int) and not 0 <= value < 2**31:
            raise ValueError(f"{name} is {value}")
    if not (isinstance(about, (list, tuple)) and all(isinstance(name, str) for name in about)):
        raise ValueError("about is no list of names")
    if not (isinstance(rivals, dict) and all(isinstance(why, str) for why in rivals.values())):
        raise ValueError("rivals are no texts")
    return Item(**given, about=tuple(about), rivals=rivals)
