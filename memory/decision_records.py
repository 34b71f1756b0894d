"""A folder of decision records: what was decided, why, since when, and what took its place. Pure.

It reads the forms that are about: Nygard's (Status, Context, Decision, Consequences), MADR's (front matter or bullets,
Decision Outcome), those with their title in front matter, and a title with prose below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from memory import days, documents
from memory.documents import HEADING, ITEM, PARAGRAPH
from memory.notes import plain
from memory.record_status import REPLACED, REPLACES, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.documents import Block
    from memory.record_status import Status

MOST = 700
"""Characters of the decision itself; the rest of a long one is among its sections."""
MOST_BECAUSE = 500
NAMED = re.compile(r"(?i)^(?:adr|rfc|decision)?[-_ ]?0*(\d{1,5})(?=[-_. ]|$)")
"""A file's name that begins with its number."""
_TITLE_NUMBER = re.compile(
    r"(?i)^(?:(?:adr|rfc|decision)[-_ #]?)?0*(\d{1,5})\s*[.:)\u2013\u2014-]\s*|^(?:adr|rfc)[-_ #]?0*(\d{1,5})\s+"
)
_TITLE_LEAD = re.compile(r"(?i)^(?:architecture|architectural|design)? ?decision record\s*:\s*|^(?:adr|rfc)\s*:\s*")
_OPTION = re.compile(
    r"""(?P<mark>["'`*_]{1,3})(?P<option>.+?)(?P=mark)\s*,?\s*(?:because|since|as)\b[\s:]*(?P<why>.*)""",
    re.IGNORECASE | re.DOTALL,
)
_EMPTY_WHY = re.compile(r"(?i)(?:it )?(?:comes out|is) (?:the )?best\b|see below|resolves all forces")
"""Reasons of MADR's own template, which give none."""
_PLACEHOLDER = re.compile(r"[\"'`*_]*(?:\{[^}]*\}|\[[^\]]*\](?!\())[\"'`*_]*$|NUMBER\. TITLE")
"""What a template has where a record has its title, or its decision."""
_TEMPLATE = re.compile(r"(?i)(?:m?adr|rfc|decision)?[-_]?0*[-_]?template")
_CHOSEN = re.compile(r"(?i)^(?:chosen option|chosen|we chose|decision)\s*:\s*")
_FIELD = re.compile(r"(?i)^[*_]{0,2}(status|date|decided on|last updated)[*_]{0,2}\s*:[*_]{0,2}\s*(.*)$")
_LABEL = re.compile(r"^[*_]{2}([^*_]{2,60}?)[.:]?[*_]{2}[.:]?\s*")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_NUMBER = re.compile(r"(?i)(?:\b(?:adr|rfc|decision|record)[-_ #]*|#|^|\s|\[)0*(\d{1,5})\b")


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``number`` is None where neither its file nor its title has one."""

    path: str
    number: int | None
    title: str
    status: Status
    day: str
    decision: str
    because: str
    sections: tuple[tuple[str, str, int], ...] = ()
    """The other parts: heading, text, and line."""
    replaced_by: tuple[str, ...] = ()
    """The records that took its place, by number or by the name of a file."""
    replaces: tuple[str, ...] = ()


def is_record(name: str, text: str) -> bool:
    """Whether a file looks like a decision record: by its sections, or by a number in its name and in its title."""
    headings = [b.text for b in documents.read(text).blocks if b.kind == HEADING]
    lows = {_low(heading) for heading in headings}
    has_decision = any(h.startswith(("decision", "chosen")) for h in lows)
    has_rest = any(h.startswith(("context", "consequences", "status", "problem", "considered")) for h in lows)
    by_name, told = NAMED.match(name), _TITLE_NUMBER.match(headings[0]) if headings else None
    same = by_name is not None and told is not None and int(by_name[1]) == int(told[1] or told[2])
    return (has_decision and has_rest) or same


def read(path: str, text: str) -> Record | None:
    """The record that a file holds; None where it decides nothing that can be read."""
    document = documents.read(text)
    name = re.split(r"[\\/]", path)[-1].rsplit(".", 1)[0]
    title, blocks = _title(document.blocks, document.front)
    fields, blocks = _fields(blocks)
    parts = _sections(blocks)
    told = _TITLE_NUMBER.match(title)
    by_name = NAMED.match(name)
    number = by_name[1] if by_name else (told[1] or told[2]) if told else None
    title = _TITLE_LEAD.sub("", title[told.end() :] if told else title).strip() or _spoken(name)
    status = plain(document.front.get("status")) or fields.get("status", "") or _status_section(parts)
    whole = f"{status}\n{plain(document.front.get('supersedes'))}"
    decision, because, used = _decided(parts, title)
    if not title or not decision or _PLACEHOLDER.match(title) or _PLACEHOLDER.match(decision) or _TEMPLATE.match(name):
        return None
    rest = [(h, b) for h, b in parts if _low(h) != "status" and (h, tuple(b)) not in used]
    return Record(
        path, int(number) if number else None, title, status_of(status), _day(document.front, fields, parts), decision,
        because, tuple((h, _text(b), b[0].line) for h, b in rest if b), _named_in(status, REPLACED),
        tuple(dict.fromkeys((*_named_in(whole, REPLACES), *_listed(document.front.get("supersedes"))))),
    )  # fmt: skip


def linked(records: Iterable[Record]) -> list[Record]:
    """The records, each with the paths of those whose place it takes in ``replaces``; who came first stands first."""
    known = sorted(records, key=lambda r: (r.number is None, r.number or 0, r.path))
    places: dict[str, str] = {}
    for record in known:
        if record.number is not None:
            places.setdefault(str(record.number), record.path)
        places[_file(record.path)] = record.path
    takes: dict[str, set[str]] = {record.path: set() for record in known}
    for record in known:
        for name in record.replaces:
            if name in places and places[name] != record.path:
                takes[record.path].add(places[name])
        for name in record.replaced_by:
            if name in places and places[name] != record.path:
                takes[places[name]].add(record.path)
    late = [replace(record, replaces=tuple(sorted(takes[record.path]))) for record in known]
    return _ordered(late)


def _ordered(records: Sequence[Record]) -> list[Record]:
    """Those whose place others take go before these; a circle is left as it is."""
    done: list[Record] = []
    left = list(records)
    while left:
        ready = [r for r in left if not any(o.path in r.replaces for o in left if o is not r)] or left[:1]
        done += ready
        left = [r for r in left if r not in ready]
    return done


def _title(blocks: Sequence[Block], front: Mapping[str, Any]) -> tuple[str, list[Block]]:
    told = plain(front.get("title"))
    for at, block in enumerate(blocks):
        if block.kind == HEADING and block.level == 1:
            return told or block.text, [*blocks[:at], *blocks[at + 1 :]]
        if block.kind == HEADING:
            break
    return told, list(blocks)


def _fields(blocks: Sequence[Block]) -> tuple[dict[str, str], list[Block]]:
    """Status and date where they stand as bullets or lines above the first section, and the other blocks."""
    found: dict[str, str] = {}
    rest: list[Block] = []
    above = True
    for block in blocks:
        above = above and block.kind != HEADING
        told = _FIELD.match(block.text) if above and block.kind in {PARAGRAPH, ITEM} else None
        if told:
            found.setdefault("status" if told[1].casefold() == "status" else "date", told[2].strip())
        else:
            rest.append(block)
    return found, rest


def _sections(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """The headings with the blocks below them; a paragraph that begins with a label in bold counts as a section.

    A heading with nothing but other headings below it takes in the first of them.
    """
    parts: list[tuple[str, list[Block]]] = [("", [])]
    level = 0
    for block in blocks:
        label = _LABEL.match(block.text) if block.kind == PARAGRAPH else None
        if block.kind == HEADING and block.level > level and parts[-1][0] and not parts[-1][1]:
            parts[-1][1].append(replace(block, kind=PARAGRAPH, text=f"{block.text}:"))
        elif block.kind == HEADING:
            level = block.level
            parts.append((block.text, []))
        elif label is not None and len(block.text) > label.end():
            parts.append((label[1], [replace(block, text=block.text[label.end() :])]))
        else:
            parts[-1][1].append(block)
    return [(heading, below) for heading, below in parts if below]


def _decided(
    parts: Sequence[tuple[str, list[Block]]], title: str
) -> tuple[str, str, list[tuple[str, tuple[Block, ...]]]]:
    """What was decided and why, and the sections that are told by it wholly."""
    told = [p for p in parts if not _low(p[0]).startswith("decision driver")]
    signs = ("decision outcome", "chosen"), ("decision",), ("proposal", "proposed", "solution", "resolution")
    found = next((p for some in signs for p in told if _low(p[0]).startswith(some)), None)
    reasons = ("context", "problem", "why", "background", "motiv")
    context = next((p for p in parts if _low(p[0]).startswith(reasons)), None)
    used: list[tuple[str, tuple[Block, ...]]] = []
    if found is None:
        found = parts[0] if parts and parts[0][0] == "" else None
        if found is None:
            return "", "", used
    whole = _opening(found[1], MOST)
    decision, because = _CHOSEN.sub("", whole), ""
    if len(_text(found[1])) <= MOST:
        used.append((found[0], tuple(found[1])))
    chosen = _OPTION.match(decision) if decision != whole else None
    if chosen is not None:
        decision, because = chosen["option"], "" if _EMPTY_WHY.match(chosen["why"]) else chosen["why"]
    if not because and context is not None:
        because = _opening(context[1], MOST_BECAUSE)
        if len(_text(context[1])) <= MOST_BECAUSE:
            used.append((context[0], tuple(context[1])))
    return decision.strip() or title, because.strip(), used


def _opening(blocks: Sequence[Block], most: int) -> str:
    """The first blocks, as many as fit; of a long first one its first sentences."""
    text = ""
    for block in blocks:
        more = f"{text}\n{_own(block)}" if text else _own(block)
        if len(more) > most:
            break
        text = more
    if text or not blocks:
        return text
    whole = _own(blocks[0])[:most]
    end = max(whole.rfind(mark) for mark in (". ", "! ", "? ", ".\n"))
    return whole[: end + 1] if end > most // 4 else whole


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(map(_own, blocks))


def _own(block: Block, depth: int = 0) -> str:
    head = f"{'  ' * depth}- {block.text}" if block.kind == ITEM else block.text
    return "\n".join([head, *(_own(child, depth + 1) for child in block.below)])


def _status_section(parts: Sequence[tuple[str, list[Block]]]) -> str:
    return next(("\n".join(b.text for b in below) for heading, below in parts if _low(heading) == "status"), "")


def _day(front: Mapping[str, Any], fields: Mapping[str, str], parts: Sequence[tuple[str, list[Block]]]) -> str:
    """The day of a record. A status may name it too: ``Accepted on 2020-01-02``, and MADR's templates hold none."""
    value = front.get("date")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    section = next((_text(below) for heading, below in parts if _low(heading) == "date"), "")
    for text in (value if isinstance(value, str) else "", fields.get("date", ""), section):
        found = days.day(text[:40]) or days.of_name(text.strip()[:10])
        if found:
            return found.isoformat()
    return ""


def _named_in(text: str, verb: str) -> tuple[str, ...]:
    """The records that are named behind a verb: by the files of links, or by numbers."""
    names: list[str] = []
    for line in text.split("\n"):
        for found in re.finditer(verb, line, re.IGNORECASE):
            rest = line[found.end() :]
            links = _LINK.findall(rest)
            names += [_file(place) for _, place in links]
            if not links:
                names += [str(int(number)) for number in _NUMBER.findall(rest)]
    return tuple(dict.fromkeys(names))


def _listed(value: object) -> list[str]:
    every = value if isinstance(value, list) else [value]
    return [str(int(n)) for one in every for n in _NUMBER.findall(f" {plain(one)}")]


def _file(path: str) -> str:
    return re.split(r"[\\/]", path.partition("#")[0])[-1].rsplit(".", 1)[0].casefold()


def _spoken(name: str) -> str:
    return " ".join(re.split(r"[-_ ]+", NAMED.sub("", name))).strip().capitalize()


def _low(heading: str) -> str:
    return re.sub(r"^[\d.\s]+", "", heading).strip(" :*_").casefold()
