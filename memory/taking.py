"""How a text becomes a memory: cleaned of secrets, held against what is known, and recorded with what it replaces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from memory import item_tables, keeping
from memory.claims.updates import Judgement, Relation, Said, judge
from memory.copies import near
from memory.event import Entry
from memory.item import PERHAPS, Item, Kind, from_row, item_id, row_of, same_words, to_data
from memory.orders import looks_like_orders
from memory.passages import LONGEST, passages
from memory.redaction import redacted
from memory.searching import ALIKE, Found, Scope, Words, alike
from memory.stems import stems_of
from memory.thesaurus import akin
from memory.verdict import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.db import Db
    from memory.ledger import Ledger

A_BATCH = 100
"""Texts that are recorded with one write."""
SPEAKS = frozenset({Kind.NOTE, Kind.FACT, Kind.DECISION, Kind.INSTRUCTION, Kind.SKILL})
"""Kinds whose sentences may replace one another. Goals and values end by a person's word, turns and passages never."""
CONTRADICTS = 0.4
"""The certainty from which on a contradiction is told of.

Of pairs that both hold 6 % reach it, and 74 % of the updates that are not closed (``tests/assets/updates/dev.jsonl``).
"""
CLEARLY = 0.6
"""The certainty from which on one who is shown the later one is told of the earlier only beside it (3 % and 62 %)."""
TELLING = {"closes": Relation.CLOSES, "rivals": Relation.CONFLICTS, "closed_by": Relation.OUTDATED}
"""What an event tells of the items that a new one is held against."""
JUST_SHOWN = 3600
"""Seconds after recall has shown something in which the same words are its echo, and not said again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An item to be, what it holds for, and the key that makes recording it again change nothing."""

    item: Item
    target: str
    key: str
    replaces: str | None = None
    """The id of the item whose place it takes by the person's word."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a draft."""

    item: Item
    outcome: str
    """``new``; ``known``: the key was there before; ``again``: it says what an item said; ``echo``: recall said it."""
    closed: tuple[tuple[Item, str], ...] = ()
    """The items whose place it took, each with why."""
    rivals: tuple[tuple[Item, str], ...] = ()
    """The items that it contradicts, where nobody can tell which holds."""
    outdated_by: tuple[tuple[Item, str], ...] = ()
    """The items that tell of a later time than it does."""
    redacted: tuple[str, ...] = ()
    """What was taken out of its text, in words."""


def take(ledger: Ledger, drafts: Iterable[Draft]) -> list[Taken]:
    """Record drafts in their order. Raises ``ValueError`` for one with nothing in it, before anything is recorded."""
    cleaned = [part for draft in drafts for part in _clean(draft)]
    if not ledger.read(item_tables.is_indexed):
        ledger.write(item_tables.index_all)
    taken: list[Taken] = []
    for start in range(0, len(cleaned), A_BATCH):
        batch = _Batch(ledger)
        some = [batch.take(*one) for one in cleaned[start : start + A_BATCH]]
        if batch.entries:
            ledger.record(batch.entries)
        taken += some
    return taken


def _clean(draft: Draft) -> list[tuple[Draft, tuple[str, ...]]]:
    """The draft without secrets, marked where it reads like orders; a long one as passages of a document."""
    item = draft.item
    if not item.value.strip():
        raise ValueError("there is nothing to remember: the text is empty")
    texts = [redacted(text) for text in (item.value, item.because, item.subject)]
    kinds = tuple(dict.fromkeys(kind for text in texts for kind in text.kinds))
    about, who = tuple(redacted(name).text for name in item.about), redacted(item.who).text
    item = replace(
        item, value=texts[0].text, because=texts[1].text, subject=texts[2].text, about=about, who=who,
        source=redacted(item.source).text, project=redacted(item.project).text,
    )  # fmt: skip
    if len(item.value) <= LONGEST or item.kind == Kind.CODE:
        return [(replace(draft, item=_marked(item)), kinds)]
    parts = passages(item.value)
    session = item.session or f"text {item_id(draft.target, draft.key)[:8]}"
    return [
        (
            replace(
                draft,
                item=_marked(replace(item, value=text, kind=Kind.PASSAGE, session=session, position=at)),
                key=f"{draft.key}\0{at}",
            ),
            kinds,
        )
        for at, text in enumerate(parts)
    ]


def _marked(item: Item) -> Item:
    mark = looks_like_orders(item.value)
    return replace(item, mark=mark) if mark else item


class _Batch:
    """Drafts that are recorded together: what one says is known to the next."""

    def __init__(self, ledger: Ledger) -> None:
        self.entries: list[Entry] = []
        self._ledger = ledger
        self._pending: list[tuple[str, Item, frozenset[str]]] = []

    def take(self, draft: Draft, kinds: tuple[str, ...]) -> Taken:
        made = replace(draft.item, id=item_id(draft.target, draft.key))
        known = self._known(draft.target, made.id)
        if known is not None:
            return Taken(known, "known", redacted=kinds)
        alike_to, words = self._alike(draft.target, made)
        copy = None if draft.replaces or made.predicate else _copy(made, alike_to)
        if copy is not None:
            return self._again(draft, made, copy, kinds)
        data = to_data(made) | ({"replaces": draft.replaces} if draft.replaces else {})
        others = [one for one in alike_to if one.id != draft.replaces]
        judged = _judged(made, others, words) if made.kind in SPEAKS and not made.predicate else []
        same = next((one for relation, one, _ in judged if relation is Relation.SAME and one.kind == made.kind), None)
        if same is not None and not draft.replaces:
            return self._again(draft, made, same, kinds)
        for name, relation in TELLING.items():
            found = {one.id: why for r, one, why in judged if r is relation}
            if found:
                data[name] = found
        self._record("item", draft, data, made)
        self._pending.append((draft.target, made, frozenset(stems_of(row_of(data, 0)))))

        def those(name: str) -> tuple[tuple[Item, str], ...]:
            return tuple((one, why) for r, one, why in judged if r is TELLING[name] and why)

        replaced = [self._known(draft.target, draft.replaces)] if draft.replaces else []
        closed = (*((one, "") for one in replaced if one is not None), *those("closes"))
        rivals = tuple((one, why) for one, why in those("rivals") if not why.startswith(PERHAPS))
        return Taken(made, "new", closed, rivals, those("closed_by"), kinds)

    def _again(self, draft: Draft, made: Item, copy: Item, kinds: tuple[str, ...]) -> Taken:
        """Count that it was said again, but for an echo of what was just shown."""
        use = self._ledger.read(lambda db: item_tables.uses(db, [copy.id])).get(copy.id)
        if use is not None and _seconds(made.recorded_at) - _seconds(str(use[keeping.LAST_AT])) < JUST_SHOWN:
            return Taken(copy, "echo", redacted=kinds)
        data = {"id": copy.id, "text": made.value, "key": made.id}
        self._record(keeping.AGAIN, draft, data, made)
        return Taken(replace(copy, seen=copy.seen + 1), "again", redacted=kinds)

    def _record(self, kind: str, draft: Draft, data: dict[str, Any], made: Item) -> None:
        self.entries.append(Entry(kind, draft.target, data, made.who, made.source, made.valid_from))

    def _known(self, target: str, name: str) -> Item | None:
        pending = next((item for t, item, _ in self._pending if t == target and item.id == name), None)
        if pending is not None:
            return pending
        rows = self._ledger.read(lambda db: item_tables.concerned(db, target, [name], ()))
        return from_row(rows[name]) if name in rows else None

    def _alike(self, target: str, made: Item) -> tuple[list[Item], Words]:
        """The items of the same target and project that share its rarest words, those of this batch included."""
        if made.session:
            return [], Words(0, 0.0, {})
        stems = tuple(dict.fromkeys(stems_of(row_of(to_data(made), 0))))
        scope = Scope((target,), (made.project,), now=made.recorded_at)

        def work(db: Db) -> tuple[list[Found], Words]:
            return alike(db, scope, stems, [like for stem in stems for like in akin(stem)])

        found, words = self._ledger.read(work)
        mine = set(stems)
        beside = [
            (len(mine & own), item)
            for t, item, own in self._pending
            if t == target and item.project == made.project and mine & own
        ]
        beside.sort(key=lambda pair: -pair[0])
        closed = {name for entry in self.entries for name in entry.data.get("closes", ())}
        every = [*(item for _, item in beside[:ALIKE]), *(from_row(one.row) for one in found)]
        return [item for item in every if item.id not in closed], words


def _copy(made: Item, known: Sequence[Item]) -> Item | None:
    """The item that a new one says again: exactly, or in nearly the same words and of the same kind."""
    for one in known:
        if one.subject.casefold() != made.subject.casefold() or one.session or made.session:
            continue
        alike_enough = same_words(one.value, made.value) or (made.kind in SPEAKS and near(one.value, made.value))
        if one.kind == made.kind and alike_enough:
            return one
    return None


def _judged(made: Item, known: Iterable[Item], words: Words) -> list[tuple[Relation, Item, str]]:
    """What a new sentence is to those that are known: which it replaces, contradicts, or is replaced by.

    A contradiction that is not clear has no words: it only lets the later one be read first.

    Times count only where somebody told since when the new one is so: a clock may go backwards.
    """
    those = [one for one in known if one.kind in SPEAKS and not one.predicate]
    told_when = made.valid_from != made.recorded_at
    new = Said(made.value, made.kind, made.subject, when=made.valid_from if told_when else "")
    olds = [Said(o.value, o.kind, o.subject, when=o.valid_from if told_when else "") for o in those]
    told = zip(those, judge(new, olds, words.rare), strict=True)
    return [(judged.kind, one, _told(judged)) for one, judged in told]


def _told(judged: Judgement) -> str:
    """Why, in words; of a contradiction with how sure it is, and none where it is hardly one."""
    if judged.kind is not Relation.CONFLICTS or judged.certainty >= CLEARLY:
        return judged.why
    return f"{PERHAPS} {judged.why}" if judged.certainty >= CONTRADICTS else ""


def _seconds(text: str) -> float:
    try:
        return moment(text).timestamp()
    except ValueError:
        return float("-inf")
