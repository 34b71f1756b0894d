"""LoCoMo: whether the turns of a long conversation that answer a question are found among the first few.

``python -m benchmarks.locomo --locomo FILE [--embedder none|minilm|wordllama] [--facts] [--fit]``. The data set
(``data/locomo10.json`` of snap-research/LoCoMo, CC BY-NC) stays outside of the repository. What is learnt or chosen
comes from the first three conversations; the other seven are measured.

Recall is counted for each question as the share of its evidence turns among the first k, and averaged over questions.
Evidence that names no turn of the conversation is dropped, and a question left without any is not asked. A turn is
shown as ``speaker: text [caption of its picture]``, four characters a token; the caption is part of what is searched.
With ``--facts`` the data set's observations, single sentences that stand alone, are searched in the place of the turns.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks import conversations, locomo_fit
from benchmarks.conversations import ADVERSARIAL, CATEGORIES, FITTED, Index, indexed
from benchmarks.table import Figure, as_text
from memory import Draft, Item, Query
from memory.relevance import question, rank, worth
from memory.store import Memory
from nova import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.conversations import Asked, Conversation
    from memory.relevance import Scored

GOALS = {"none": (None, 0.71), "minilm": (0.67, 0.75), "wordllama": (None, None)}
"""Recall at 5 and at 10 to reach; that at 5 is a goal with an embedder, and reported without."""
MOST_TOKENS = 400.0
SHOWN = 10
FLOORS = (0.01, 0.02, 0.05, 0.1, 0.2)


@dataclass
class Tally:
    """What was found for some questions."""

    five: list[float] = field(default_factory=list)
    ten: list[float] = field(default_factory=list)
    found: int = 0
    """Evidence turns among the first ten, over all questions."""
    evidence: int = 0
    tokens: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def add(self, asked: Asked, shown: Sequence[Scored], spent: float) -> None:
        """Count one question."""
        ids = [scored.id for scored in shown]
        self.five.append(len(asked.evidence.intersection(ids[:5])) / len(asked.evidence))
        self.ten.append(len(asked.evidence.intersection(ids)) / len(asked.evidence))
        self.found += len(asked.evidence.intersection(ids))
        self.evidence += len(asked.evidence)
        self.tokens.append(sum(scored.tokens for scored in shown))
        self.milliseconds.append(1000 * spent)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its whole ranking."""

    asked: Asked
    ranking: list[Scored]
    spent: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, or fit; returns 1 where a goal is missed, 2 where there is nothing to measure on."""
    given = _parser().parse_args(arguments)
    if given.locomo is None:
        print("bench: nothing to measure on: --locomo FILE", file=sys.stderr)
        return 2
    names = given.embedder.split(",")
    if given.fit:
        turns, facts = (of(given.locomo)[:FITTED] for of in (conversations.read, conversations.facts))
        locomo_fit.write(
            {name: locomo_fit.fit(_indexes(turns, name)) for name in names},
            {name: locomo_fit.fit_facts(_indexes(facts, name)) for name in names},
        )
        return 0
    read = (conversations.facts if given.facts else conversations.read)(given.locomo)
    part = read[:FITTED] if given.fitted else read[FITTED:]
    figures = [figure for name in names for figure in _measured(name, _indexes(part, name))]
    print(as_text(figures))
    return 0 if all(figure.met is not False for figure in figures) else 1


def measure(file: Path, name: str = "none") -> Iterator[Figure]:
    """The figures of the conversations held out, through the whole of memory: taken in turn by turn, and recalled."""
    five, ten, tokens = [], [], []
    parted = conversations.read(file)[FITTED:]
    for conversation in parted:
        for at_five, at_ten, cost in _through_memory(conversation, name):
            five.append(at_five)
            ten.append(at_ten)
            tokens.append(cost)
    goals, what = GOALS[name], f"LoCoMo, {name}"
    seen = f"{len(ten)} questions of categories 1-4, {len(parted)} conversations, through the store"
    yield Figure(f"{what}: recall@5", "", mean(five), goals[0] if name != "none" else None, "", seen, at_least=True)
    yield Figure(f"{what}: recall@10", "", mean(ten), goals[1], "", seen, at_least=True)
    yield Figure(f"{what}: tokens of the ten", "mean", mean(tokens), MOST_TOKENS, "")


def _through_memory(conversation: Conversation, name: str) -> Iterator[tuple[float, float, float]]:
    """Recall at 5 and at 10 of each question, and the tokens of the ten turns."""
    model = embed.embedder(name)
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder, "nova.duckdb")) as memory:
        drafts = [
            Draft(
                Item("", "turn", "", "", turn.text, "", turn.who, "", turn.when, turn.when, session=turn.session,
                     position=turn.position), "", turn.id,
            )
            for turn in conversation.turns
        ]  # fmt: skip
        ids = {taken.item.id: turn for turn, taken in zip(conversation.turns, memory.take(drafts), strict=True)}
        if model is not None:
            memory.embed(model)
        for asked in conversation.asked:
            if asked.category == ADVERSARIAL:
                continue
            query = Query(asked.text, kinds=("turn",), most=SHOWN, floor=0.0, budget=10**6)
            shown = [ids[one.item.id] for one in memory.recall(query, model)]
            found = [turn.id for turn in shown]
            evidence = asked.evidence
            yield (
                len(evidence.intersection(found[:5])) / len(evidence),
                len(evidence.intersection(found)) / len(evidence),
                sum(len(turn.shown) for turn in shown) / 4,
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.locomo", description="Measure recall on LoCoMo.")
    place = os.environ.get("LOCOMO")
    parser.add_argument("--locomo", type=Path, metavar="FILE", default=Path(place) if place else None)
    parser.add_argument("--embedder", default="none", help="none, minilm, wordllama; several parted by commas")
    parser.add_argument("--facts", action="store_true", help="search the observations in the place of the turns")
    parser.add_argument("--fit", action="store_true", help="fit the weights on the first three, write them, and stop")
    parser.add_argument("--fitted", action="store_true", help="measure on the three that the weights are fitted on")
    return parser


def _indexes(read: Sequence[Conversation], name: str) -> list[Index]:
    found = embed.embedder(name)
    return [indexed(conversation, name, found) for conversation in read]


def _measured(name: str, indexes: Sequence[Index]) -> Iterator[Figure]:
    answers = [answer for index in indexes for answer in _answered(index)]
    usual = [answer for answer in answers if answer.asked.category != ADVERSARIAL]
    whole = _tally(usual)
    kind = indexes[0].conversation.kind
    what = f"LoCoMo {kind}s, {name}"
    five, ten = GOALS[name] if kind == "turn" else (None, None)
    seen = f"{len(usual)} questions, {len(indexes)} conversations"
    yield Figure(f"{what}: recall@5", "categories 1-4", mean(whole.five), five, "", seen, at_least=True)
    micro = f"{whole.found / whole.evidence:.4f} of all {whole.evidence} that answer"
    yield Figure(f"{what}: recall@10", "categories 1-4", mean(whole.ten), ten, "", micro, at_least=True)
    yield Figure(f"{what}: tokens of the ten", "mean", mean(whole.tokens), MOST_TOKENS, "")
    yield Figure(f"{what}: a question", "CPU, mean", mean(whole.milliseconds), None, "ms", "ranking alone")
    for category, called in CATEGORIES.items():
        some = [answer for answer in answers if answer.asked.category == category]
        tally = _tally(some)
        told = f"recall@5 {mean(tally.five):.4f}; {len(some)} questions"
        yield Figure(f"{what}: recall@10, {called}", f"category {category}", mean(tally.ten), None, "", told)
    foreign = [answer for index, other in _pairs(indexes) for answer in _answered(index, other)]
    for floor in FLOORS:
        yield _floor(what, floor, answers, foreign)


def _answered(index: Index, other: Index | None = None) -> list[Answered]:
    """Every question of a conversation; or of another one, its speakers' names put in the place of the other's."""
    found = []
    for asked in index.conversation.asked if other is None else index.conversation.foreign(other.conversation):
        candidates, statistics = index.candidates(asked.text)
        begin = time.process_time()
        ranking = rank(question(asked.text), candidates, statistics, index.embedder)
        found.append(Answered(asked, ranking, time.process_time() - begin))
    return found


def _pairs(indexes: Sequence[Index]) -> list[tuple[Index, Index]]:
    return list(zip(indexes, [*indexes[1:], indexes[0]], strict=True))


def _tally(answers: Sequence[Answered]) -> Tally:
    tally = Tally()
    for answer in answers:
        tally.add(answer.asked, worth(answer.ranking, SHOWN), answer.spent)
    return tally


def _floor(what: str, floor: float, answers: Sequence[Answered], foreign: Sequence[Answered]) -> Figure:
    """What a floor keeps of recall@10, how much it shows, and how many questions about something else get anything."""
    kept, shown, wrong = [], 0, 0
    for answer in answers:
        if answer.asked.category == ADVERSARIAL:
            continue
        above = {scored.id for scored in worth(answer.ranking, SHOWN) if scored.score >= floor}
        kept.append(len(above & answer.asked.evidence) / len(answer.asked.evidence))
        shown += len(above)
        wrong += len(above - answer.asked.evidence)
    passing = {
        "foreign": mean(_best(answer) >= floor for answer in foreign),
        "adversarial": mean(_best(a) >= floor for a in answers if a.asked.category == ADVERSARIAL),
        "usual": mean(_best(a) >= floor for a in answers if a.asked.category != ADVERSARIAL),
    }
    told = (
        f"{shown / len(kept):.1f} shown, {wrong / max(shown, 1):.2f} of them no evidence; something is shown for"
        f" {passing['usual']:.2f} of the questions, {passing['adversarial']:.2f} of the adversarial ones,"
        f" {passing['foreign']:.2f} of another conversation's"
    )
    return Figure(f"{what}: recall@10 above {floor}", "categories 1-4", mean(kept), None, "", told)


def _best(answer: Answered) -> float:
    return answer.ranking[0].score if answer.ranking else 0.0


if __name__ == "__main__":
    sys.exit(main())
