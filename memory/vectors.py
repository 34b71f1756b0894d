"""The table of vectors: which items have none yet, and which are likest to what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory.embedding import Vector, cosines, vectors
from memory.item import POSITION, SESSION, Kind, from_row
from memory.item_tables import NAMES, number
from memory.searching import condition
from memory.tables import append, restored
from memory.wording import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from memory.db import Db
    from memory.embedding import Embedder
    from memory.item import Item
    from memory.searching import Scope

WORDS = 6
"""Columns of signs, 64 to a column: enough for 384 components, and of longer vectors the first are looked at."""
LIKEST = 250
"""Items that are taken by their signs, to be put in order by their vectors."""
A_STEP = 64
"""Texts that are given to a model at once."""


def missing(db: Db, model: str, most: int) -> list[tuple[str, Item]]:
    """The target and the item of those without a vector of a model, the newest first."""
    query = (
        f"select target, {NAMES} from item where not forgotten and kind <> 'project'"  # noqa: S608
        " and doc not in (select doc from vector where model = ?) order by seq desc limit ?"
    )
    return [(target, from_row(row)) for target, *row in restored(db.execute(query, [model, most]).fetchall())]


def texts(db: Db, items: Sequence[tuple[str, Item]]) -> list[str]:
    """What a vector is made of: an item read behind the one before it in its conversation or document."""
    before: dict[tuple[str, str, int], str] = {}
    sessions = sorted({(target, item.session) for target, item in items if item.session})
    for target, session in sessions:
        query = f"select {NAMES} from item where target = ? and session = ? and not forgotten"  # noqa: S608
        for row in restored(db.execute(query, [target, session]).fetchall()):
            before[target, row[SESSION], row[POSITION] + 1] = _said(from_row(row))
    told = []
    for target, item in items:
        earlier = before.get((target, item.session, item.position), "") if item.session else ""
        told.append(f"{earlier}\n{_said(item)}" if earlier else _said(item))
    return told


def _said(item: Item) -> str:
    """A turn with its speaker, code as it would be told; all else as a reader sees it."""
    if item.kind == Kind.CODE:
        from memory.code_words import spoken

        return spoken(item.value)
    return f"{item.who}: {item.value}" if item.kind == Kind.TURN and item.who else text_of(item)


def put(db: Db, items: Sequence[tuple[str, Item]], made: Sequence[Vector]) -> None:
    """Keep the vectors of items."""
    rows: list[list[Any]] = []
    for (_, item), vector in zip(items, made, strict=True):
        signs = [*vector.signs(), *[0] * WORDS][:WORDS]
        rows.append([number(item.id), vector.model, vector.packed, *signs])
    append(db, "vector", None, rows)


def likest(db: Db, asked: Vector, scope: Scope) -> dict[int, float]:
    """The cosines of the items of a scope that are likest to a vector, by their numbers."""
    where, given = condition(scope)
    signs = [*asked.signs(), *[0] * WORDS][:WORDS]
    far = " + ".join(f"bit_count(xor(v.s{at}, ?::ubigint))::smallint" for at in range(WORDS))
    query = (
        f"select v.doc, v.packed from vector v join item i using (doc) where v.model = ? and {where}"  # noqa: S608
        f" order by {far}, v.doc limit {LIKEST}"
    )
    rows = db.execute(query, [asked.model, *given, *signs]).fetchall()
    return cosines(asked, {doc: Vector(asked.model, packed) for doc, packed in rows})


def of(db: Db, asked: Vector, docs: Collection[int]) -> dict[int, float]:
    """The cosines of some items."""
    if not docs:
        return {}
    numbers = ", ".join(map(str, docs))
    query = f"select doc, packed from vector where model = ? and doc in ({numbers})"  # noqa: S608
    rows = db.execute(query, [asked.model]).fetchall()
    return cosines(asked, {doc: Vector(asked.model, packed) for doc, packed in rows})


def embed(db: Db, embedder: Embedder, most: int) -> int:
    """Make the vectors that are missing, so many at most; gives how many were made."""
    items = missing(db, embedder.name, most)
    told = texts(db, items)
    for start in range(0, len(items), A_STEP):
        put(db, items[start : start + A_STEP], vectors(embedder, told[start : start + A_STEP]))
    return len(items)
