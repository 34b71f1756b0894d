"""``make bench-swarm``: whether a request finds its agent and keeps it, and whether every turn keeps its bounds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks import dialogues, intents
from benchmarks.carrying_out import carried_out, named
from benchmarks.table import Figure, as_data, as_text, write
from nova import embed
from nova.orchestrator import staying
from nova.orchestrator.classifier import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.carrying_out import Measure
    from nova.orchestrator.classifier import Embedder

PAGE = Path(__file__).with_name("README.md")
GOALS = {"none": (0.80, 0.87), "wordllama": (0.85, 0.92), "minilm": (0.91, 0.95)}
"""Accuracy and AUROC on CLINC150, by embedder."""
CALLED = {"none": "words alone", "wordllama": "with wordllama", "minilm": "with MiniLM"}
QUICKEST = 5.0
SHARE = 0.86
CASES = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; returns 1 where a goal is missed, 2 where there is nothing to measure on."""
    given = _parser().parse_args(arguments)
    if given.tune:
        return _tune(given.sgd)
    figures = carried_out(_measures(given))
    if not figures:
        print("bench: nothing to measure on: CLINC=FILE SGD=FOLDER, or --rosters", file=sys.stderr)
        return 2
    print(as_text(figures))
    if given.json:
        given.json.write_text(json.dumps(as_data(figures, given.draws), indent=2) + "\n", "utf-8")
    if given.write:
        write(PAGE, figures, given.draws, "swarm")
    return 0 if all(figure.met is not False for figure in figures) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.swarm", description="Measure the router and the orchestrator.")
    parser.add_argument("--clinc", type=Path, metavar="FILE", default=named("CLINC"), help="data_full.json")
    parser.add_argument("--sgd", type=Path, metavar="FOLDER", default=named("SGD"), help="with train, dev and test")
    parser.add_argument("--draws", type=int, default=3, metavar="N", help="draws of examples (default: 3)")
    parser.add_argument("--embedders", default="none,wordllama,minilm", help="parted by commas")
    parser.add_argument("--rosters", type=int, default=CASES, metavar="N", help=f"rosters from dice (default: {CASES})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    parser.add_argument("--tune", action="store_true", help="print what train and dev of the dialogues give, and stop")
    return parser


def _measures(given: argparse.Namespace) -> Iterator[tuple[str, Measure]]:
    if given.clinc is not None:
        read = intents.read(given.clinc)
        for name in given.embedders.split(","):
            if name == "none" or name in embed.installed():
                yield f"CLINC150, {CALLED[name]}", _clinc(read, name, given.draws)
            else:
                print(f"{name} is not installed: its figures are left out", file=sys.stderr)
    if given.sgd is not None:
        yield "schema-guided dialogues", _dialogues(given.sgd)
    if given.rosters:
        yield f"{given.rosters} rosters", _rosters(given.rosters)


def _clinc(read: intents.Intents, name: str, draws: int) -> Measure:
    def measure() -> Iterator[Figure]:
        view: Embedder | None = embed.embedder(name)
        found = [intents.score(read, seed, view) for seed in range(1, draws + 1)]
        accuracy, auroc = GOALS[name]
        what = f"CLINC150, {intents.EXAMPLES} examples an intent, {CALLED[name]}"
        yield Figure(
            f"{what}: accuracy", "in scope", mean(s.accuracy for s in found), accuracy, "",
            ", ".join(f"{s.accuracy:.4f}" for s in found), at_least=True,
        )  # fmt: skip
        yield Figure(
            f"{what}: AUROC", "in scope against out of it", mean(s.auroc for s in found), auroc, "",
            ", ".join(f"{s.auroc:.4f}" for s in found), at_least=True,
        )  # fmt: skip
        yield Figure(
            f"{what}: answered at the usual thresholds", "in scope", mean(s.answered for s in found), None, "",
            f"{mean(s.accuracy_answered for s in found):.2f} of them right; of what is out of scope "
            f"{mean(s.refused for s in found):.2f} is turned away",
        )  # fmt: skip
        yield Figure(
            f"{what}: a request", "CPU", mean(s.milliseconds for s in found), QUICKEST if name == "none" else None,
            "ms", "150 intents",
        )  # fmt: skip

    return measure


def _dialogues(folder: Path) -> Measure:
    def measure() -> Iterator[Figure]:
        examples = dialogues.Examples(dialogues.dialogues(folder / "train"))
        test = dialogues.dialogues(folder / "test")
        known = [one for one in test if examples.known(one)]
        for which, many, goals in (
            ("dialogues with switches", dialogues.switching(known), True),
            ("the same, with services nobody asks for in train", dialogues.switching(test), False),
            ("all dialogues, with and without switches", known, False),
        ):
            names = {turn.right for one in many for turn in one}
            heard = dialogues.Heard(fit(examples.of(names, folder / "test" / "schema.json")))
            yield from _followed(which, dialogues.run(many, heard, names, staying.MARGIN), goals=goals)
            if goals:
                yield from _followed("each message routed afresh", dialogues.afresh(many, heard), goals=False)

    return measure


def _followed(which: str, tally: dialogues.Tally, *, goals: bool) -> Iterator[Figure]:
    told = f"{tally.dialogues} dialogues, {tally.turns} turns"
    yield Figure(
        f"schema-guided, {which}: turns right", "test split", tally.share, SHARE if goals else None, "", told,
        at_least=True,
    )  # fmt: skip
    yield Figure(
        f"schema-guided, {which}: spurious handoffs in 100 stays", "test split", tally.per_hundred,
        dialogues.MOST_SPURIOUS if goals else None, "",
        f"{tally.stays} stays; moved at all: {100 * tally.moved / max(tally.stays, 1):.2f}; "
        f"{tally.followed / max(tally.switches, 1):.2f} of {tally.switches} switches followed",
    )  # fmt: skip


def _rosters(count: int) -> Measure:
    def measure() -> Iterator[Figure]:
        from benchmarks import rosters

        tally = rosters.many(count)
        for complaint in tally.wrong[:10]:
            print(f"  {complaint}", file=sys.stderr)
        ended = ", ".join(f"{number} {status}" for status, number in tally.ended.most_common())
        yield Figure(
            f"{tally.cases} random rosters: turns out of bounds, or not the same after a kill", "orchestrator",
            len(tally.wrong), 0, "", f"{tally.lines} record lines, {tally.kills} kills; {ended}",
        )  # fmt: skip

    return measure


def _tune(folder: Path | None) -> int:
    if folder is None:
        print("bench: SGD=FOLDER says where the dialogues are", file=sys.stderr)
        return 2
    train = dialogues.dialogues(folder / "train")
    examples = dialogues.Examples(train)
    weights, offset = dialogues.learn(train, examples, folder / "train" / "schema.json")
    print("WEIGHTS =", tuple(round(weight, 3) for weight in weights), " OFFSET =", round(offset, 3))
    many = dialogues.switching(one for one in dialogues.dialogues(folder / "dev") if examples.known(one))
    names = {turn.right for one in many for turn in one}
    heard = dialogues.Heard(fit(examples.of(names, folder / "dev" / "schema.json")))
    staying.WEIGHTS, staying.OFFSET = tuple(weights), offset
    for margin in dialogues.MARGINS:
        tally = dialogues.run(many, heard, names, margin)
        print(f"margin {margin:5.2f}: {tally.share:.4f} right, {tally.per_hundred:.2f} spurious in 100 stays (dev)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
