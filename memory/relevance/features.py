"""What speaks for a memory, one column of numbers a feature, over all candidates of one question. Pure.

Columns that are counted from words are BM25 (Robertson and Zaragoza, 2009) over one view of a memory: itself, itself
with its neighbours, its session. The names of speakers are left out of the words: who spoke is a feature of its own.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from memory.relevance.view import AROUND, View, rarity
from memory.search import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from memory.relevance.candidate import Candidate
    from memory.relevance.question import Question
    from memory.relevance.view import Column

OPENING = 3
"""How many memories open a session: what a conversation is about is mostly said there."""
BEST = 3
"""Of a session so many cosines are averaged, the best."""
BEFORE = 0.4
"""What a memory of the following month counts for a month that is asked for: people tell of what has just been."""
NEAR_DAYS = 10
_TIMES = frozenset(
    words(
        "yesterday today tonight tomorrow last next ago week weekend month year day morning night monday tuesday"
        " wednesday thursday friday saturday sunday recently since january february march april may june july august"
        " september october november december"
    )
)


def _own(view: View) -> Column:
    mean = view.statistics.mean_length
    return [view.bm25(h, n, mean) if h else 0.0 for h, n in zip(view.hits, view.lengths, strict=True)]


def _covered(view: View) -> Column:
    whole = sum(view.rarity.values()) or 1.0
    return [sum(view.rarity[w] for w in hits) / whole for hits in view.hits]


def _session(view: View) -> Column:
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    lengths: Counter[str] = Counter()
    for candidate, own, length in zip(view.candidates, view.hits, view.lengths, strict=True):
        if candidate.session:
            lengths[candidate.session] += length
            if own:
                hits[candidate.session].update(own)
    mean = lengths.total() / max(len(lengths), 1)
    score = {session: view.bm25(counted, lengths[session], mean) for session, counted in hits.items()}
    return [score.get(candidate.session, 0.0) for candidate in view.candidates]


def _pairs(view: View) -> Column:
    """Words that stand side by side in the question and in the memory."""
    wanted = set(pairwise(view.stems))
    found = [
        wanted.intersection(pairwise(candidate.stems)) if len(hits) > 1 else frozenset()
        for candidate, hits in zip(view.candidates, view.hits, strict=True)
    ]
    holding = Counter(pair for pairs in found for pair in pairs)
    rare = {pair: rarity(view.statistics, count) for pair, count in holding.items()}
    return [sum(rare[pair] for pair in sorted(pairs)) for pairs in found]


def _speaker(view: View) -> Column:
    """Said by the one whom the question names; nothing where it names several, or nobody."""
    if len(view.named) != 1:
        return [0.0] * len(view.candidates)
    return [float(candidate.who in view.named) for candidate in view.candidates]


def _month(view: View) -> Column:
    return [in_month(view.question, candidate.when) for candidate in view.candidates]


def in_month(question: Question, when: str) -> float:
    """1 for a date in a month that the question names, a part of it for the month after, else 0."""
    date = _date(when)
    if date is None or not question.months:
        return 0.0
    year, month, _ = date
    if month in question.months and (not question.years or year in question.years):
        return 1.0
    return BEFORE if (month - 2) % 12 + 1 in question.months else 0.0


def _day(view: View) -> Column:
    """How near to the day that is asked for, within its month; the whole month where no day is."""
    days = view.question.days
    scores = []
    for candidate in view.candidates:
        date = _date(candidate.when)
        fits = date is not None and in_month(view.question, candidate.when) == 1.0
        if fits and days and date is not None:
            scores.append(max(0.0, 1 - min(abs(date[2] - day) for day in days) / NEAR_DAYS))
        else:
            scores.append(float(fits))
    return scores


def _date(when: str) -> tuple[int, int, int] | None:
    """Year, month and day of an ISO date or time; None where there is no such thing."""
    parts = when[:10].split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def _answer(view: View) -> Column:
    """How well the question before it fits, where the one before it is a question."""
    own = column(view, "own words")
    return [own[b] if b is not None and view.candidates[b].asks else 0.0 for b in view.near(-1)]


def _time(view: View) -> Column:
    """Tells a time, where one is asked for."""
    if not view.question.when:
        return [0.0] * len(view.candidates)
    return [float(_tells_time(candidate)) for candidate in view.candidates]


def _tells_time(candidate: Candidate) -> bool:
    return not _TIMES.isdisjoint(candidate.stems) or any(len(w) == 4 and w.isdecimal() for w in candidate.stems)


def _cosine_next(view: View) -> Column:
    cosines = view.cosines()
    return [0.0 if there is None else cosines[there] for there in view.near(1)]


def _cosine_session(view: View) -> Column:
    cosines = view.cosines()
    by_session: dict[str, Column] = defaultdict(list)
    for candidate, cosine in zip(view.candidates, cosines, strict=True):
        if candidate.session:
            by_session[candidate.session].append(cosine)
    mean = {s: sum(sorted(found)[-BEST:]) / min(len(found), BEST) for s, found in by_session.items()}
    return [mean.get(candidate.session, 0.0) for candidate in view.candidates]


FEATURES: Mapping[str, Callable[[View], Column]] = {
    "own words": _own,
    "coverage": _covered,
    "with the one before": lambda view: view.around((-1,)),
    "with neighbours": lambda view: view.around(AROUND),
    "session": _session,
    "pairs of words": _pairs,
    "speaker": _speaker,
    "month": _month,
    "day": _day,
    "asks": lambda view: [float(candidate.asks) for candidate in view.candidates],
    "length": lambda view: [math.log1p(length) for length in view.lengths],
    "opening": lambda view: [float(c.session != "" and c.position < OPENING) for c in view.candidates],
    "answer": _answer,
    "time": _time,
    "time by own words": lambda view: [
        a * b for a, b in zip(column(view, "time"), column(view, "own words"), strict=True)
    ],
    "cosine": View.cosines,
    "cosine of the next": _cosine_next,
    "cosine of the session": _cosine_session,
}
ABSOLUTE = frozenset({"coverage"})
"""Features that mean the same for every question; the others are divided by the best that any candidate has."""


def column(view: View, name: str) -> Column:
    """A feature of every candidate, 0 to 1; computed once."""
    if name not in view.columns:
        values = FEATURES[name](view)
        best = max(values, default=0.0)
        view.columns[name] = values if name in ABSOLUTE or best <= 0 else [value / best for value in values]
    return view.columns[name]
