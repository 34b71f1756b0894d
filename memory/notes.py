"""Notes in Markdown as the parts that are worth a memory each: daily notes, a vault, a page of bullets. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from memory import days, documents
from memory.documents import CODE, HEADING, ITEM, TABLE
from memory.passages import LONGEST, passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from memory.documents import Block, Document

ONE = 500
"""Characters up to which a list's item is one memory with all that stands below it."""
LONGEST_SUBJECT = 80
UNTOLD = frozenset(
    ("notes", "note", "readme", "index", "inbox", "todo", "untitled", "daily", "log", "journal", "misc", "work log",
     "worklog", "daily notes", "diary", "my notes", "meeting notes")
)  # fmt: skip
"""Names of files and headings that tell nothing of what is in them."""
_LINK = re.compile(r"\[\[([^\]|#\n]{1,60})(?:#[^\]|\n]*)?(?:\|[^\]\n]*)?\]\]")
_TAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w/-]{1,40})")
_MARKS = re.compile(r"[*_`~]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that stands for itself."""

    text: str
    line: int
    position: int
    """Its place among the parts of the file, from 0."""
    subject: str = ""
    """The nearest heading, or what the file is called."""
    day: str = ""
    """The day that it is dated with, in ISO 8601; empty where there is none."""
    about: tuple[str, ...] = ()
    """What it links to and is tagged with."""
    is_passage: bool = False
    """Whether it is a table, code, or a piece of a long text: it says nothing that could replace another."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What a file of notes holds."""

    parts: tuple[Part, ...]
    project: str = ""
    """The project that its front matter names."""


def read(text: str, stem: str = "") -> Notes:
    """The parts of a file's text; ``stem`` is the name of the file without its ending."""
    document = documents.read(text)
    front = document.front
    title = plain(front.get("title")) or _told_by(stem)
    tags = _listed(front.get("tags")) + _listed(front.get("tag"))
    parts = [
        replace(part, about=tuple(dict.fromkeys((*part.about, *tags))))
        for part in _parts(document, title, _front_day(front) or _iso(days.of_name(stem)))
    ]
    numbered = tuple(replace(part, position=at) for at, part in enumerate(parts))
    return Notes(numbered, plain(front.get("project")))


def _told_by(stem: str) -> str:
    bare = stem.strip(" ._-")
    return "" if days.of_name(stem) or bare.casefold() in UNTOLD else bare


def _front_day(front: Mapping[str, Any]) -> str:
    for name in ("date", "created", "day"):
        value = front.get(name)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str) and (found := days.day(value[:40]) or days.of_name(value[:10])):
            return found.isoformat()
    return ""


def _parts(document: Document, title: str, day: str) -> Iterator[Part]:
    headings: list[tuple[int, str]] = []
    dated: list[tuple[int, str]] = [(0, day)]
    for block in _joined(document.blocks):
        if block.kind == HEADING:
            words = _MARKS.sub("", block.text).strip()
            headings = [one for one in headings if one[0] < block.level]
            dated = [one for one in dated if one[0] < block.level] or [(0, day)]
            found = days.day(words)
            lead, rest = (found, "") if found else days.leading(words)
            if lead is not None:
                dated.append((block.level, lead.isoformat()))
            if rest.strip() and rest.strip().casefold() not in UNTOLD:
                headings.append((block.level, rest.strip()))
            continue
        subject = (headings[-1][1] if headings else title)[:LONGEST_SUBJECT]
        for text, line, is_passage in _texts(block):
            told, rest = days.leading(text) if not is_passage else (None, text)
            yield Part(
                rest if told else text, line, 0, subject, _iso(told) or dated[-1][1], _about(text), is_passage
            )  # fmt: skip


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with code put to the paragraph that leads to it: neither says much alone."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        leads = last is not None and last.kind == documents.PARAGRAPH and last.text.endswith(":")
        if last is not None and leads and block.kind == CODE and len(last.text) + len(block.text) < LONGEST:
            joined[-1] = replace(last, kind=CODE, text=f"{last.text}\n{block.text}", end=block.end)
        else:
            joined.append(block)
    return joined


def _texts(block: Block) -> Iterator[tuple[str, int, bool]]:
    """The texts of a block that are a memory each: the text, its line, and whether it is a passage."""
    if block.kind == ITEM:
        yield from _of_item(block, "")
    elif block.kind == TABLE and len(block.text) > LONGEST:
        head, line, *rows = block.text.split("\n")
        for piece in passages("\n".join(rows)):
            yield f"{head}\n{line}\n{piece}", block.line, True
    elif len(block.text) > LONGEST:
        for piece in passages(block.text):
            yield piece, block.line, True
    else:
        yield block.text, block.line, block.kind in {CODE, TABLE}


def _of_item(item: Block, above: str) -> Iterator[tuple[str, int, bool]]:
    whole = "\n".join(_lines(item, 0))
    text = f"{above}{whole}"
    if len(text) <= ONE or not item.below:
        if len(text) <= LONGEST:
            if text.strip():
                yield text, item.line, False
        else:
            yield from ((piece, item.line, True) for piece in passages(text))
        return
    own = f"{_ticked(item)}{item.text}"
    lead = f"{above}{own.rstrip(' :')}: " if own.strip() else above
    if len(lead) > ONE:
        yield lead.rstrip(" :"), item.line, False
        lead = ""
    for child in item.below:
        if child.kind == ITEM:
            yield from _of_item(child, lead)
        else:
            for text, line, is_passage in _texts(child):
                yield f"{lead}{text}", line, is_passage or len(lead) + len(text) > LONGEST


def _lines(block: Block, depth: int) -> Iterator[str]:
    bullet = f"{'  ' * (depth - 1)}- " if depth and block.kind == ITEM else "  " * depth
    own = f"{_ticked(block)}{block.text}"
    for at, row in enumerate(own.split("\n")):
        yield f"{bullet}{row}" if at == 0 else f"{'  ' * depth}{row}"
    for child in block.below:
        yield from _lines(child, depth + 1)


def _ticked(item: Block) -> str:
    return {None: "", True: "Done: ", False: "To do: "}[item.done]


def _about(text: str) -> tuple[str, ...]:
    found = [*(name.strip() for name in _LINK.findall(text)), *_TAG.findall(text)]
    return tuple(dict.fromkeys(name for name in found if name))[:12]


def plain(value: object) -> str:
    """A scalar of front matter as a short text; anything else is none."""
    return " ".join(str(value).split())[:200] if isinstance(value, (str, int, float)) and value is not True else ""


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.replace(",", " ").split()
    if not isinstance(value, list):
        return ()
    return tuple(name.lstrip("#") for name in (plain(one) for one in value[:12]) if name)


def _iso(found: date | None) -> str:
    return found.isoformat() if found else ""
