"""Memories for a person: what was kept and what it replaced, what was recalled and why, and the same as data. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory.packing import CHARACTERS, cost
from memory.wording import text_of
from nova.report.characters import sentence
from nova.report.screen import Piece, paragraph
from nova.report.screen import text_of as rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory import Item, Recalled, Taken
    from nova.report.screen import Line

SHORT = 8
"""Characters of an id that are shown."""
QUOTED = 160
"""Characters of a memory that is only mentioned."""
RECALLED = 600
"""Characters of a memory that is shown."""
PLAIN = ("note", "turn")
"""Kinds that say no more of a text than it says itself."""


def name_of(item: Item) -> str:
    """The beginning of an id that a person may type."""
    return item.id[:SHORT]


def day_of(moment: str | None) -> str:
    """The day of a moment; a month or a day as it is."""
    return (moment or "")[:10]


def cut(text: str, most: int) -> str:
    """A text on one line, harmless to a terminal, and not longer than so many characters."""
    line = sentence(text[: most * 4])
    return line if len(line) <= most and len(text) <= most * 4 else f"{line[: most - 1].rstrip()}…"


def quoted(item: Item) -> str:
    """A memory that is mentioned: its words, since when, and its id."""
    return f'"{cut(text_of(item), QUOTED)}" (since {day_of(item.valid_from)}, {name_of(item)})'


def kept(taken: Sequence[Taken]) -> list[str]:
    """What became of one text, in a few lines; a long text is several memories."""
    first = taken[0]
    item = first.item
    if first.outcome == "echo":
        return [f"Not kept: memory showed it a moment ago, as {quoted(item)}."]
    if first.outcome in {"again", "known"}:
        times = f", {item.seen} times by now" if item.seen > 1 else ""
        return [f"Known already{times}: {quoted(item)}.", *_taken_out(taken)]
    parts = f", in {len(taken)} parts" if len(taken) > 1 else ""
    lines = [f"Kept as {item.kind} {name_of(item)}{_belongs(item)}{_times(item)}{parts}."]
    if item.kind not in PLAIN or item.because:
        because = f" because {cut(item.because, QUOTED)}" if item.because else ""
        lines.append(f'  "{cut(item.value, QUOTED)}"{because}')
    return [*lines, *told_of(taken)]


def told_of(taken: Sequence[Taken], lead: str = "  ") -> list[str]:
    """What a new memory did to others, and what was done to it, a line each."""
    lines = []
    for one in taken:
        lines += [f"{lead}In the place of {quoted(old)}{_why(why)}." for old, why in one.closed]
        lines += [
            f"{lead}It contradicts {quoted(rival)}{_why(why)}. Nobody can tell which holds; to close the older one:"
            f'\n{lead}  nova remember --replaces {name_of(rival)} "..."'
            for rival, why in one.rivals
        ]
        lines += [
            f"{lead}Of an earlier time than {quoted(later)}{_why(why)}, which holds." for later, why in one.outdated_by
        ]
        if one.item.mark and one.outcome == "new":
            lines.append(f"{lead}Marked: {sentence(one.item.mark)}. It is kept as a text, and nobody obeys it.")
    return [*lines, *_taken_out(taken, lead)]


def _taken_out(taken: Sequence[Taken], lead: str = "  ") -> list[str]:
    kinds = list(dict.fromkeys(kind for one in taken for kind in one.redacted))
    return [f"{lead}Taken out before it was stored: {', '.join(kinds)}."] if kinds else []


def _why(why: str) -> str:
    return f", for {sentence(why)}" if why else ""


def _belongs(item: Item) -> str:
    return f", project {sentence(item.project)}" if item.project else ""


def _times(item: Item) -> str:
    told = f", since {day_of(item.valid_from)}" if item.valid_from != item.recorded_at else ""
    return told + (f", until {day_of(item.until)}" if item.until else "")


def counted(taken: Iterable[Taken]) -> dict[str, int]:
    """How many texts became what."""
    every = list(taken)
    return {
        "new": sum(one.outcome == "new" for one in every),
        "again": sum(one.outcome in {"again", "known", "echo"} for one in every),
        "replaced": sum(len(one.closed) for one in every),
        "contradict": sum(bool(one.rivals) for one in every),
    }


def summed(counts: Mapping[str, int]) -> str:
    """The same in words."""
    words = [f"{counts['new']} new", f"{counts['again']} known already", f"{counts['replaced']} replaced"]
    if counts["contradict"]:
        words.append(f"{counts['contradict']} that contradict others")
    return ", ".join(words)


def item_data(item: Item, target: str) -> dict[str, Any]:
    """A memory as data."""
    return {
        "id": item.id, "kind": str(item.kind), "text": text_of(item), "value": item.value, "because": item.because,
        "subject": item.subject, "project": item.project, "since": item.valid_from, "recorded": item.recorded_at,
        "until": item.until or None, "closed_at": item.closed_at, "closed_why": item.closed_why,
        "replaced_by": item.superseded_by, "who": item.who, "source": item.source, "about": list(item.about),
        "mark": item.mark, "seen": item.seen, "forgotten": item.forgotten, "target": target,
    }  # fmt: skip


def taken_data(one: Taken, target: str) -> dict[str, Any]:
    """What became of a text, as data."""

    def those(told: Iterable[tuple[Item, str]]) -> list[dict[str, Any]]:
        return [{"id": i.id, "text": text_of(i), "since": i.valid_from, "why": why} for i, why in told]

    return item_data(one.item, target) | {
        "outcome": one.outcome, "replaced": those(one.closed), "contradicts": those(one.rivals),
        "outdated_by": those(one.outdated_by), "redacted": list(one.redacted),
    }  # fmt: skip


def recalled(found: Sequence[Recalled], *, why: bool, color: bool, width: int) -> str:
    """What memory shows, a line each; those that contradict each other stand together and are named.

    Where only what stands anyway is shown, that is said.
    """
    if not found:
        return "Nothing that is sure enough.\n"
    lines: list[Line] = []
    standing = [one for one in found if one.part == "standing"]
    needed = [one for one in found if one.part != "standing"]
    if not needed:
        lines += paragraph((Piece("Nothing that is sure enough; what stands anyway:", "dim"),), width)
    for group in [*grouped(needed), *grouped(standing)]:
        if needed and standing and group[0] is standing[0]:
            lines += [(), *paragraph((Piece("what stands anyway:", "dim"),), width)]
        for one in group:
            lines += _shown(one, width)
            if why:
                score = "" if one.part == "standing" else f"  ({one.score:.2f})"
                lines += paragraph((Piece(f"because {sentence(one.why)}{score}", "dim"),), width, "    ")
        if len(group) > 1:
            names = " and ".join(name_of(one.item) for one in group)
            words = f"{names} contradict each other, and nobody said which holds."
            lines += paragraph((Piece(words, "warning"),), width, "  ")
    return rendered(lines, color=color)


def grouped(found: Sequence[Recalled]) -> list[list[Recalled]]:
    """The memories in their order, each with those behind it that it contradicts."""
    groups: list[list[Recalled]] = []
    home: dict[str, list[Recalled]] = {}
    for one in found:
        group = next((home[name] for name in one.rivals if name in home), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(one)
        home[one.item.id] = group
    return groups


def _shown(one: Recalled, width: int) -> list[Line]:
    item = one.item
    pieces: list[Piece] = []
    if item.mark:
        pieces.append(Piece("[reads like orders] ", "warning"))
    pieces.append(Piece(cut(text_of(item), RECALLED)))
    since = f"{day_of(item.valid_from)} to {day_of(item.closed_at)}" if item.closed_at else day_of(item.valid_from)
    until = f"until {day_of(item.until)}" if item.until and not item.closed_at else ""
    source = ", ".join(part for part in (cut(item.source, 60), cut(item.who, 40)) if part)
    told = (str(item.kind), since, until, cut(item.project, 60), source, name_of(item))
    pieces.append(Piece(f" · {' · '.join(part for part in told if part)}", "dim"))
    return paragraph(pieces, width, "  ", first=())


def recalled_data(found: Sequence[Recalled], query: str) -> dict[str, Any]:
    """What memory shows, as data."""
    keys = (
        "id", "text", "kind", "project", "since", "recorded", "until", "closed_at", "who", "source", "about", "mark",
        "target",
    )  # fmt: skip
    memories = []
    for one in found:
        told = item_data(one.item, one.target)
        memories.append(
            {key: told[key] for key in keys}
            | {"part": one.part, "score": round(one.score, 4), "why": one.why, "contradicts": list(one.rivals)}
        )
    return {"query": query, "tokens": -(-sum(map(cost, found)) // CHARACTERS), "memories": memories}
