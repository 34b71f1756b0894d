"""``python -m benchmarks.cosqa``: whether a question as people ask a search engine finds the code that answers it.

CoSQA (Huang et al., ACL 2021): questions from a search engine's log, each with a Python function that people judged to
answer it. A folder holds ``cosqa-retrieval-dev-500.json``, ``cosqa-retrieval-test-500.json`` and ``code_idx_map.txt``
of the repository Jun-jie-Huang/CoCLR (``data/search``). Each of the 500 questions of a part is asked of the different
functions of that part's 500 rows, and with ``--all`` of the whole code base of 6,267 too, as in the paper.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.table import Figure, as_data, as_text
from memory import Draft, Item, Query
from memory.code_words import asked, spoken, terms
from memory.embedding import blended, cosines, differing, vectors
from memory.search import K1, B, rarity
from memory.store import Memory
from nova import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from memory.embedding import Embedder, Vector

GOALS = {"none": 0.80, "minilm": 0.95}
"""Recall@10 among the functions of the part."""
CALLED = {"none": "words alone", "wordllama": "with wordllama", "minilm": "with MiniLM"}
CANDIDATES = 250
"""Functions that each view hands on, the best of its own."""
CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the data set: its questions, each with the number of the function that answers it, and functions."""

    questions: list[tuple[str, int]]
    codes: dict[int, str]


class Searcher:
    """Functions to be searched: their words as postings and, where there is an embedder, their vectors."""

    def __init__(self, codes: Mapping[int, str], embedder: Embedder | None = None, share: float = 0.0) -> None:
        counts = {key: Counter(terms(code)) for key, code in codes.items()}
        self._lengths = {key: count.total() for key, count in counts.items()}
        self._mean = mean(self._lengths.values())
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for key, count in counts.items():
            for word, times in count.items():
                self._postings[word].append((key, times))
        self._embedder, self._share = embedder, share
        self._vectors: dict[int, Vector] = {}
        if embedder is not None:
            self._vectors = dict(zip(codes, vectors(embedder, [spoken(code) for code in codes.values()]), strict=True))
        self._signs = {key: vector.signs() for key, vector in self._vectors.items()}

    def found(self, question: str) -> dict[int, float]:
        """The score of each function that comes into question, by its number."""
        by_words = self._by_words(question)
        if self._embedder is None:
            return by_words
        vector = vectors(self._embedder, [question])[0]
        signs = vector.signs()
        near = nsmallest(CANDIDATES, self._signs, key=lambda key: differing(signs, self._signs[key]))
        best = nlargest(CANDIDATES, by_words, key=by_words.__getitem__)
        likeness = cosines(vector, {key: self._vectors[key] for key in {*near, *best}})
        return blended({key: by_words.get(key, 0.0) for key in likeness}, likeness, self._share)

    def _by_words(self, question: str) -> dict[int, float]:
        """BM25, with the constants of memory's own search."""
        scores: dict[int, float] = defaultdict(float)
        for word in asked(question):
            held = self._postings.get(word, [])
            worth = rarity(len(self._lengths), len(held))
            for key, times in held:
                size = K1 * (1 - B + B * self._lengths[key] / self._mean)
                scores[key] += worth * times * (K1 + 1) / (times + size)
        return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; returns 1 where a goal is missed, 2 where there is nothing to measure on or with."""
    given = _parser().parse_args(arguments)
    if given.cosqa is None:
        print("bench: COSQA=FOLDER says where the data set is", file=sys.stderr)
        return 2
    if given.embedder != "none" and given.embedder not in embed.installed():
        print(f"bench: {given.embedder} is not installed", file=sys.stderr)
        return 2
    figures = list(_figures(given))
    print(as_text(figures))
    if given.json:
        given.json.write_text(json.dumps(as_data(figures, 1), indent=2) + "\n", "utf-8")
    return 0 if all(figure.met is not False for figure in figures) else 1


def measure(folder: Path, name: str = "none", part: str = "test") -> Iterator[Figure]:
    """The figures of a part through the whole of memory: taken in as code, and recalled."""
    told, model = read(folder, part), embed.embedder(name)
    with tempfile.TemporaryDirectory() as place_of, Memory.open(Path(place_of, "nova.duckdb")) as memory:
        drafts = [Draft(_item(code), "", str(number)) for number, code in told.codes.items()]
        ids = {number: taken.item.id for number, taken in zip(told.codes, memory.take(drafts), strict=True)}
        if model is not None:
            memory.embed(model)
        places = []
        for text, right in told.questions:
            query = Query(text, kinds=("code",), most=max(CUTS), floor=0.0, budget=10**6)
            shown = [one.item.id for one in memory.recall(query, model)]
            places.append(shown.index(ids[right]) + 1 if ids[right] in shown else math.inf)
    what = f"CoSQA {part}, {len(told.codes)} functions, {CALLED[name]}"
    for cut in CUTS:
        share = sum(at <= cut for at in places) / len(places)
        goal = GOALS.get(name) if cut == max(CUTS) else None
        yield Figure(f"{what}: recall@{cut}", "", share, goal, "", f"{len(places)} questions", at_least=True)


def _item(code: str) -> Item:
    return Item("", "code", "", "", code, "", "", "", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")


def read(folder: Path, part: str) -> Part:
    """The part ``dev`` or ``test``; for choosing anything, dev."""
    rows = json.loads((folder / f"cosqa-retrieval-{part}-500.json").read_text("utf-8"))
    return Part(
        [(row["doc"], row["retrieval_idx"]) for row in rows], {row["retrieval_idx"]: row["code"] for row in rows}
    )


def everything(folder: Path) -> dict[int, str]:
    """The whole code base, by the numbers that questions name."""
    return {number: code for code, number in json.loads((folder / "code_idx_map.txt").read_text("utf-8")).items()}


def place(scores: Mapping[int, float], right: int) -> float:
    """At which place the right one stands, an equal one above it; infinite where it was not found."""
    own = scores.get(right, 0.0)
    return sum(score >= own for score in scores.values()) if right in scores else math.inf


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.cosqa", description="Measure the search for code.")
    named = os.environ.get("COSQA")
    parser.add_argument("--cosqa", type=Path, metavar="FOLDER", default=Path(named) if named else None)
    parser.add_argument("--embedder", choices=tuple(CALLED), default="none")
    parser.add_argument("--part", choices=("dev", "test"), default="test", help="for choosing anything, dev")
    parser.add_argument("--all", action="store_true", help="among all 6,267 functions too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure as JSON")
    return parser


def _figures(given: argparse.Namespace) -> Iterator[Figure]:
    part, embedder = read(given.cosqa, given.part), embed.embedder(given.embedder)
    pools = [(part.codes, GOALS.get(given.embedder))]
    if given.all:
        pools.append((everything(given.cosqa), None))
    for codes, goal in pools:
        begin = time.process_time()
        searcher = Searcher(codes, embedder, embedder.words if embedder else 0.0)
        built = time.process_time() - begin
        begin = time.process_time()
        places = [place(searcher.found(question), right) for question, right in part.questions]
        spent = time.process_time() - begin
        what = f"CoSQA {given.part}, {len(codes)} functions, {CALLED[given.embedder]}"
        for cut in CUTS:
            share = sum(at <= cut for at in places) / len(places)
            told = f"{share:.3f} of {len(places)} questions"
            yield Figure(f"{what}: recall@{cut}", "", share, goal if cut == 10 else None, "", told, at_least=True)
        reciprocal = mean(1 / at for at in places)
        yield Figure(f"{what}: reciprocal rank", "mean", reciprocal, None, "", f"{reciprocal:.3f}")
        yield Figure(f"{what}: a function taken in", "CPU", 1000 * built / len(codes), None, "ms")
        yield Figure(f"{what}: a question", "CPU", 1000 * spent / len(places), None, "ms", "plain Python")


if __name__ == "__main__":
    sys.exit(main())
