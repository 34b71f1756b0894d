"""Which items hold the words of a question: read from the index in a few statements, however many items there are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from memory.item import COLUMNS, ID, POSITION, SESSION
from memory.item_tables import number, term
from memory.search import K1, B, rarity
from memory.tables import restored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from memory.db import Db

NAMES = ", ".join(f"i.{name}" for name in COLUMNS)
MOST = 100
"""Items that are ranked, the best by their own words."""
AKIN = 0.5
"""What a stem counts that only stands for one of the question."""
FEW = 50
ALIKE = 12
LEAST_SHARED = 0.2
"""The share of its stems that an item must have in common to be alike, where it is one stem alone."""
HITS = 1500
COMMON, SMALL = 0.2, 2000
"""A word that more than this share of the items hold is not looked up in a memory that is not small."""
NEAR = 2
"""So far to each side the neighbours of those are looked at too."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Among which items is searched. ``None`` stands for all."""

    targets: tuple[str, ...]
    projects: tuple[str, ...] | None = None
    kinds: Collection[str] | None = None
    now: str = "9999"
    """The present moment, ISO 8601 in UTC."""
    as_of: str | None = None
    """The moment that is asked about; None for the present."""
    past: bool = False
    """Whether what no longer holds is among them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of the words of all items in a scope."""

    items: int
    mean: float
    """Stems of an item in the mean."""
    having: Mapping[str, int]
    """How many items hold each stem of the question."""

    def rarity(self, stem: str) -> float:
        """How much a stem tells: the logarithm of how few items hold it."""
        return self.rarity_of(self.having.get(stem, 0))

    def rarity_of(self, having: int) -> float:
        """The same of a word that so many items hold."""
        return rarity(self.items, having)

    def rare(self, stem: str) -> float:
        """The same, 0 to 1; among few items as if there were more, or no word would be rare."""
        count = max(self.items, FEW)
        return min(1.0, math.log(1 + count / (self.having.get(stem, 0) + 0.5)) / math.log(1 + count / 2))


@dataclass(frozen=True, slots=True)
class Found:
    """An item that may answer: its target, its row and its stems."""

    target: str
    row: tuple[Any, ...]
    stems: tuple[str, ...]


def searched(
    db: Db,
    scope: Scope,
    stems: Sequence[str],
    akin: Collection[str] = (),
    also: Collection[int] = (),
    most: int = MOST,
) -> tuple[list[Found], Words]:
    """The items that hold any of the stems, the best by BM25, and their neighbours, with the figures to rank them by.

    ``akin`` are stems that stand for one of those, which count less; ``also`` are the numbers of items to take in.
    """
    words, held = _words(db, [*stems, *akin])
    telling = [name for name, n in held.items() if n <= COMMON * words.items or words.items < SMALL]
    less = {term(stem) for stem in akin} - {term(stem) for stem in stems}
    docs = _best(db, scope, _weighed(telling or list(held), held, words, less), words, most)
    return _with_neighbours(db, scope, list(dict.fromkeys([*docs, *also]))), words


def alike(
    db: Db, scope: Scope, stems: Sequence[str], akin: Collection[str] = (), most: int = ALIKE
) -> tuple[list[Found], Words]:
    """The items that share the rarest of some stems, best first: what a new text may repeat or replace.

    ``akin`` are stems that stand for one of those, which count less. Only so many stems are looked for as ``HITS``
    items hold, so that the time hardly grows with the memory.
    """
    own = {term(stem): stem for stem in stems}
    terms = {term(stem): stem for stem in akin} | own
    total, mean = _size(db)
    query = (
        f"select term, count(*), list(doc) from posting"  # noqa: S608 - numbers alone
        f" where term in ({_list(terms)}) group by term"
    )
    holding = {name: (n, docs) for name, n, docs in db.execute(query).fetchall()} if terms else {}
    words = Words(total, mean, {stem: holding[name][0] if name in holding else 0 for name, stem in own.items()})
    worth = {name: words.rarity_of(n) * (1.0 if name in own else AKIN) for name, (n, _) in holding.items()}
    shared: dict[int, float] = defaultdict(float)
    count: Counter[int] = Counter()
    hits = 0
    for name, (n, docs) in sorted(holding.items(), key=lambda pair: (-worth[pair[0]], pair[0])):
        if hits and hits + n > HITS:
            continue
        hits += n
        for doc in docs:
            shared[doc] += worth[name]
            count[doc] += 1
    near = sorted(shared, key=lambda doc: (-shared[doc], doc))[: most + 4]
    least = {doc: n / LEAST_SHARED for doc, n in count.items()}
    found = [
        one
        for one in _picked(db, near, scope)
        if len(one.stems) <= least[number(one.row[ID])] or count[number(one.row[ID])] > 1
    ]
    return sorted(found, key=lambda one: near.index(number(one.row[ID])))[:most], words


def _size(db: Db) -> tuple[int, float]:
    """How many items there are, and their stems in the mean."""
    total, mean = db.execute("select count(*), avg(length) from item").fetchall()[0]
    return total, mean or 1.0


def _words(db: Db, stems: Sequence[str]) -> tuple[Words, dict[int, int]]:
    """What is known of all words and of these, and how many items hold each of them, by its number."""
    terms = {term(stem): stem for stem in stems}
    total, mean = _size(db)
    query = f"select term, count(*) from posting where term in ({_list(terms)}) group by term"  # noqa: S608
    held = dict(db.execute(query).fetchall()) if terms else {}
    return Words(total, mean, {stem: held.get(name, 0) for name, stem in terms.items()}), held


def _weighed(
    terms: Iterable[int], held: Mapping[int, int], words: Words, less: Collection[int] = ()
) -> dict[int, float]:
    """What each term is worth: how few items hold it, and less for those that only stand for another."""
    return {name: words.rarity_of(held[name]) * (AKIN if name in less else 1.0) for name in terms}


def _best(db: Db, scope: Scope, worth: Mapping[int, float], words: Words, most: int) -> list[int]:
    """The numbers of the items of a scope that are best by BM25, best first."""
    if not worth:
        return []
    where, given = condition(scope)
    query = (
        "with weight as (select unnest(?::uinteger[]) as term, unnest(?::double[]) as worth),"  # noqa: S608
        f" hit as (select doc, sum(worth * tf * {K1 + 1} / (tf + {K1} * ({1 - B} + {B} * length / ?))) as score"
        " from posting join weight using (term) group by doc)"
        f" select hit.doc, score from hit join item i using (doc) where {where} order by score desc, hit.doc limit ?"
    )
    return [
        doc for doc, _ in db.execute(query, [list(worth), list(worth.values()), words.mean, *given, most]).fetchall()
    ]


def contradicting(db: Db, scope: Scope, ids: Sequence[str]) -> list[Found]:
    """The items of a scope that contradict one of some items."""
    if not ids:
        return []
    where, given = condition(scope)
    denies = " or ".join("contains(i.rivals, ?)" for _ in ids)
    return _fetched(db, f"i.rivals <> '' and {where} and ({denies})", [*given, *ids])


def has_code(db: Db) -> bool:
    """Whether any piece of code was taken in."""
    return bool(db.execute("select 1 from item where kind = 'code' limit 1").fetchall())


def listed(db: Db, scope: Scope, most: int | None = None) -> list[Found]:
    """The items of a scope, the newest first."""
    where, given = condition(scope)
    tail = "order by i.valid_from desc, i.seq desc" + (f" limit {int(most)}" if most is not None else "")
    return _fetched(db, where, given, tail)


def _with_neighbours(db: Db, scope: Scope, docs: Sequence[int]) -> list[Found]:
    found = _fetched(db, f"i.doc in ({_list(docs)})", []) if docs else []
    sessions = {(one.target, one.row[SESSION]) for one in found if one.row[SESSION]}
    if not sessions:
        return found
    wanted = {
        (one.target, one.row[SESSION], one.row[POSITION] + step)
        for one in found
        if one.row[SESSION]
        for step in range(-NEAR, NEAR + 1)
        if step
    }
    where, given = condition(scope)
    there = {one.row[ID] for one in found}
    beside = _fetched(
        db, f"i.session in (select unnest(?::varchar[])) and {where}", [[name for _, name in sessions], *given]
    )
    return found + [
        one
        for one in beside
        if one.row[ID] not in there and (one.target, one.row[SESSION], one.row[POSITION]) in wanted
    ]


def _list(numbers: Iterable[int]) -> str:
    """Numbers written out in a query: for such a list the engine takes the index."""
    return ", ".join(map(str, numbers))


def _picked(db: Db, docs: Sequence[int], scope: Scope) -> list[Found]:
    """The items with these numbers that lie in a scope: picked by the index first, which a longer condition hides."""
    if not docs:
        return []
    where, given = condition(scope)
    picked = f"(with picked as materialized (select * from item where doc in ({_list(docs)})) select * from picked)"  # noqa: S608
    return _fetched(db, where, given, table=picked)


def _fetched(db: Db, where: str, given: Sequence[Any], tail: str = "", table: str = "item") -> list[Found]:
    query = f"select i.target, {NAMES}, i.stems from {table} i where {where} {tail}"  # noqa: S608
    rows = restored(db.execute(query, list(given)).fetchall())
    return [Found(target, tuple(row), tuple((stems or "").split())) for target, *row, stems in rows]


def condition(scope: Scope) -> tuple[str, list[Any]]:
    """The condition that an item ``i`` lies in a scope, and the values in it."""
    parts: list[str] = ["not i.forgotten"]
    given: list[Any] = []
    for column, values in (("target", scope.targets), ("project", scope.projects), ("kind", scope.kinds)):
        if values is not None:
            parts.append(f"i.{column} in ({', '.join('?' * len(values))})" if values else "false")
            given += [str(value) for value in values]
    if not scope.past:
        moment = scope.as_of or scope.now
        parts.append("(i.until = '' or left(?, length(i.until)) <= i.until)")
        given.append(moment)
        if scope.as_of is None:
            parts += ["i.closed_at is null", "(i.valid_from = i.recorded_at or i.valid_from <= ?)"]
            given.append(moment)
        else:
            parts += ["i.valid_from <= ?", "(i.closed_at is null or i.closed_at > ?)"]
            given += [moment, moment]
    return " and ".join(parts), given
