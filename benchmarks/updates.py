"""Updates written as free sentences: how often the outdated one is closed, and how often one that should stay is.

``python -m benchmarks.updates FILE...`` reads JSON Lines: updates ``{"id", "old", "new", ...}`` and look-alikes that
must both stay ``{"id", "a", "b", "why_both"}``. Beside each pair it judges every new sentence against the twenty
memories of the same files that fit it best, as a store would. ``--fit`` learns the weights of the signs anew from the
files and prints them as ``memory/claims/weights.py`` holds them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from memory.claims.match import promising
from memory.claims.parts import Mood
from memory.claims.reading import claims
from memory.claims.signs import compare
from memory.claims.updates import Relation, Said, judge, relation
from memory.search import bm25, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CANDIDATES = 20
FEW = 50
"""Rarity counts as if there were so many memories at least."""
OLD, NEW = "2026-03-02T09:00:00", "2026-05-04T09:00:00"
Pair = dict[str, str]


def read(files: Iterable[Path]) -> tuple[list[Pair], list[Pair]]:
    """The updates and the look-alikes of some files, each with ``old`` and ``new``."""
    updates, alike = [], []
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            told = json.loads(line) if line.strip() else {}
            if "old" in told:
                updates.append(told)
            elif "a" in told:
                alike.append({**told, "old": told["a"], "new": told["b"]})
    return updates, alike


def rarities(texts: Iterable[str]) -> Callable[[str], float]:
    """How rare a stem is among some texts, 0 to 1."""
    every = list(texts)
    held = Counter(word for text in every for word in set(words(text)))
    count = max(len(every), FEW)
    top = math.log(1 + count / 2)
    return lambda stem: min(1.0, math.log(1 + count / (held[stem] + 0.5)) / top)


def main(arguments: list[str] | None = None) -> int:
    """Print the shares; with ``--misses`` every pair that was judged otherwise than it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.updates", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was closed wrongly")
    parser.add_argument("--fit", action="store_true", help="print weights learnt from the files, and nothing else")
    asked = parser.parse_args(arguments)
    updates, alike = read(asked.files)
    rarity = rarities(pair[side] for pair in updates + alike for side in ("old", "new"))
    if asked.fit:
        print(fitted(updates, alike, rarity), end="")
        return 0
    misses = []
    for name, pairs, wanted in (("updates", updates, True), ("look-alikes", alike, False)):
        kinds: Counter[str] = Counter()
        for pair in pairs:
            found = relation(Said(pair["new"], when=NEW), Said(pair["old"], when=OLD), rarity)
            kinds[found.kind] += 1
            if found.kind in (
                {Relation.UNRELATED, Relation.OUTDATED, Relation.SAME}
                if wanted
                else {Relation.CLOSES, Relation.CONFLICTS}
            ):
                misses.append(
                    f"{name} {pair.get('id', '')} {found.kind}: {pair['old']}  |  {pair['new']}  ({found.why})"
                )
        whole = max(len(pairs), 1)
        closed, flagged = kinds[Relation.CLOSES] / whole, kinds[Relation.CONFLICTS] / whole
        print(
            f"{name}: {len(pairs)}, closed {closed:.1%}, conflict with the newer first {flagged:.1%},"
            f" neither {max(0.0, 1 - closed - flagged):.1%}"
        )
    misses += _among_others(updates, alike, rarity)
    if asked.misses:
        print(*misses, sep="\n")
    return 0


def _others(pair: Pair, texts: dict[str, str]) -> list[str]:
    """The ids of the memories that fit a new sentence best, its own pair and copies of its old one left out."""
    scores = bm25(pair["new"], texts)
    near = sorted(scores, key=lambda key: (-scores[key], key))
    return [key for key in near if key != pair["id"] and texts[key] != pair["old"]][:CANDIDATES]


def fitted(updates: list[Pair], alike: list[Pair], rarity: Callable[[str], float]) -> str:
    """Weights by logistic regression, as the text of their module.

    An update counts 2, a look-alike 2, a pair of a new sentence and another memory near it 0.5. Of texts with several
    claims, the pair of claims counts that the last round of weights puts first.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    texts = {pair["id"]: pair["old"] for pair in updates + alike}
    told = [(pair["new"], pair["old"], True, 2.0) for pair in updates]
    told += [(pair["new"], pair["old"], False, 2.0) for pair in alike]
    told += [(p["new"], texts[key], False, 0.5) for p in updates + alike for key in _others(p, texts)]
    bags = [(_signs(new, old, rarity), right, weight) for new, old, right, weight in told]
    bags = [bag for bag in bags if bag[0]]
    names = list(bags[0][0][0])
    weights = np.array([float(name == "shared") for name in names])
    bias = 0.0
    for _ in range(ROUNDS):
        tables = [np.array([[signs[name] for name in names] for signs in bag]) for bag, _, _ in bags]
        rows = np.array([table[int(np.argmax(table @ weights))] for table in tables])
        middle, width = rows.mean(axis=0), np.maximum(rows.std(axis=0), 0.15)
        model = LogisticRegression(C=0.1, max_iter=2000)
        model.fit((rows - middle) / width, [r for _, r, _ in bags], sample_weight=[w for _, _, w in bags])
        weights = model.coef_[0] / width
        bias = float(model.intercept_[0] - (weights * middle).sum())
    lines = [
        f'    "{name}": {weight:.2f},' for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.005
    ]
    title = '"""The weights of the signs of ``claims_signs``: a regression, made by ``benchmarks.updates --fit``."""'
    return "\n".join(
        [title, "", "from __future__ import annotations", "", f"BIAS = {bias:.3f}", "WEIGHTS = {", *lines, "}", ""]
    )


ROUNDS = 4


def _signs(new: str, old: str, rarity: Callable[[str], float]) -> list[dict[str, float]]:
    """The signs of every pair of claims of two texts that is worth a look."""
    return [
        compare(one, other, rarity).signs
        for one in claims(new)
        if one.mood is Mood.FACT and (one.now or not one.added)
        for other in claims(old)
        if promising(one, other, rarity)
    ]


def _among_others(updates: list[Pair], alike: list[Pair], rarity: Callable[[str], float]) -> list[str]:
    """Judge each new sentence against the memories that fit it best, its own left out, and print what came of it."""
    texts = {pair["id"]: pair["old"] for pair in updates + alike}
    closed = flagged = judged = 0
    spent = []
    misses = []
    for pair in updates + alike:
        others = _others(pair, texts)
        begin = time.process_time()
        found = judge(Said(pair["new"], when=NEW), [Said(texts[key], when=OLD) for key in others], rarity)
        spent.append(1000 * (time.process_time() - begin))
        judged += len(found)
        for key, one in zip(others, found, strict=True):
            closed += one.kind is Relation.CLOSES
            flagged += one.kind is Relation.CONFLICTS
            if one.kind in {Relation.CLOSES, Relation.CONFLICTS}:
                misses.append(f"among others {one.kind}: {texts[key]}  |  {pair['new']}  ({one.why})")
    print(f"among the {CANDIDATES} best others: {judged} judged, closed {closed}, conflicts {flagged}")
    claims.cache_clear()
    full = [Said(text, when=OLD) for text in list(texts.values())[:CANDIDATES]]
    begin = time.process_time()
    judge(Said((updates + alike)[0]["new"], when=NEW), full, rarity)
    cold = 1000 * (time.process_time() - begin)
    print(
        f"one sentence against its candidates: {sorted(spent)[len(spent) // 2]:.2f} ms of CPU, median;"
        f" {len(full)} never read before: {cold:.2f} ms"
    )
    return misses


if __name__ == "__main__":
    sys.exit(main())
