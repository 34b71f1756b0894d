"""What memory puts in front of somebody who is about to decide: the right few things, each with why it is here.

What stands in the scope comes first, then what names the very thing, then what a ranked search finds. What was
replaced is left out, copies collapse, and the rest is packed into a budget.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory import item_tables, keeping, tables, vectors
from memory.anchors import Anchor, anchors_in
from memory.embedding import vectors as made
from memory.event import Entry
from memory.hits import READ_TOGETHER, beside, codes, folded, merged, newer_first, sentences, together
from memory.item import ID, MARK, SUBJECT, Kind
from memory.life import Life
from memory.packing import packed
from memory.query import FINDABLE, Query, Recalled
from memory.questions import asked
from memory.reviewed import lives_on, verdicts_on
from memory.search import words as words_of
from memory.searching import MOST, Scope, contradicting, has_code, listed, searched
from memory.stems import CODE
from memory.thesaurus import akin
from memory.verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory.book import Row
    from memory.db import Db
    from memory.embedding import Embedder, Vector
    from memory.ledger import Ledger
    from memory.searching import Found, Words

DENIED = 8
"""Of so many hits, the best, what contradicts them is shown too."""
MOST_STANDING = 60
"""Standing items that are looked at, the newest."""
MOST_TOGETHER = 400
"""Items that are ranked where only turns and passages are asked for: what answers holds few of the question's words."""
MADE_AT_ONCE = 500
"""Vectors that are made, where they are missing, before a question is answered."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database has for a query."""

    found: Sequence[Found]
    words: Words
    stands: Sequence[Found]
    uses: Mapping[str, Row]
    cosines: Mapping[int, float]


def recall(ledger: Ledger, query: Query, embedder: Embedder | None = None) -> list[Recalled]:
    """What memory has for a query, in the order in which it is to be read."""
    if not ledger.read(item_tables.is_indexed):
        ledger.write(item_tables.index_all)
    vector = _vector(ledger, query, embedder)
    names = [Anchor("file", file) for file in query.files] + list(anchors_in(query.text))
    text = " ".join((query.text, *query.files))
    read = ledger.read(lambda db: _read(db, query, text, vector))
    said = sentences(query, names, asked(query.text) or asked(text), read.found, read.words, read.uses, read.cosines)
    denying = ledger.read(lambda db: contradicting(db, scope_of(query), [hit.item.id for hit in said[:DENIED]]))
    said = newer_first([*beside(said, denying), *said])
    if not query.past:
        said = folded(said)
    hits = [
        *_reviewed(ledger, query, names),
        *said,
        *together(query, read.found, read.words, read.cosines, embedder.name.split()[0] if embedder else "none"),
    ]
    if any(one.row[1] == Kind.CODE for one in read.found):
        hits += codes(query, read.found, read.words, read.cosines)
    shown = packed(query, merged(hits), read.stands)
    if query.reader and shown:
        _record(ledger, query, shown)
    return shown


def scope_of(query: Query) -> Scope:
    """Among which items a query searches."""
    kinds = FINDABLE if query.kinds is None else query.kinds
    return Scope(query.targets, query.projects, kinds, query.now, query.as_of, query.past)


def _vector(ledger: Ledger, query: Query, embedder: Embedder | None) -> Vector | None:
    """The vector of the question, once items that have none yet were given theirs."""
    if embedder is None:
        return None
    model = embedder
    ledger.write(lambda db: vectors.embed(db, model, MADE_AT_ONCE))
    return made(model, [query.text])[0]


def _read(db: Db, query: Query, text: str, vector: Vector | None) -> _Read:
    scope = scope_of(query)
    stems = tuple(dict.fromkeys(words_of(text)))
    if (query.kinds is None or Kind.CODE in query.kinds) and has_code(db):
        from memory.code_words import asked as asked_of_code

        stems = (*stems, *(CODE + stem for stem in asked_of_code(query.text)))
    like = [other for stem in asked(text) for other in akin(stem)]
    near = vectors.likest(db, vector, scope) if vector is not None else {}
    most = MOST if query.kinds is None or not READ_TOGETHER.issuperset(query.kinds) else MOST_TOGETHER
    found, words = searched(db, scope, stems, like, near, most)
    projects = query.projects if query.projects is not None else ("",)
    orders = replace(scope, kinds=[Kind.INSTRUCTION], projects=projects, past=False)
    stands = listed(db, orders, MOST_STANDING) if query.standing else []
    if query.decisions and (query.kinds is None or Kind.DECISION in query.kinds):
        decided = listed(db, replace(orders, kinds=[Kind.DECISION]), MOST_STANDING)
        stands += [one for one in decided if not one.row[SUBJECT]][: query.decisions]
    stands = [one for one in stands if not one.row[MARK]]
    ids = [one.row[ID] for one in found]
    cosines = vectors.of(db, vector, [item_tables.number(name) for name in ids]) if vector is not None else {}
    return _Read(found, words, stands, item_tables.uses(db, ids), cosines)


def _reviewed(ledger: Ledger, query: Query, names: Sequence[Anchor]) -> list[Recalled]:
    """What reviews and verdicts tell of the files, rules and symbols that are named."""
    named = [name for name in names if name.kind in {"file", "rule", "symbol"}]
    wanted = {Kind.VERDICT, Kind.OUTCOME, Kind.FINDING} & set(FINDABLE if query.kinds is None else query.kinds)
    if not named or not wanted or query.as_of is not None:
        return []
    files = [name.text for name in named if name.kind == "file"]
    told = []
    for target in filter(None, query.targets):
        verdicts = ledger.read(lambda db, target=target: tables.verdicts(db, target))  # type: ignore[misc]
        lives = ledger.read(lambda db, target=target: tables.lives_at(db, target, files))  # type: ignore[misc]
        every = verdicts_on(named, [verdict_of(row) for row in verdicts]) + lives_on(named, [Life(*r) for r in lives])
        told += [Recalled(one, target, "named", 1.0, why) for one, why in every if one.kind in wanted]
    return told


def _record(ledger: Ledger, query: Query, shown: Sequence[Recalled]) -> None:
    """Note what was shown, so that it is not learnt again, and so that its use can be told."""
    entries = [
        Entry(
            keeping.RECALLED, target, {"ids": [o.item.id for o in shown if o.target == target], "reader": query.reader},
            "nova", query.reader, query.now,
        )
        for target in dict.fromkeys(one.target for one in shown)
    ]  # fmt: skip
    ledger.record(entries)
