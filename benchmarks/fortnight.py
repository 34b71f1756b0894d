"""A fortnight of notes about three projects, and eighty questions whose right and forbidden memories are known.

``python -m benchmarks.fortnight FILE [--embedder NAME] [--misses]``. The notes are taken in one by one, each on its
day, by the same code as ``nova remember``; the questions are asked on the day after the last one.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.table import Figure
from memory import Query
from memory.store import Memory
from nova.embed import embedder
from nova.remembering import Here, Told, draft, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from memory import Recalled

HELD_OUT = Path(__file__).parents[1] / "tests" / "assets" / "fortnight" / "held_out.json"
SHOWN = 8
"""Memories that a question is answered with, at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question was answered with: the notes by their ids in the file."""

    question: dict[str, Any]
    found: tuple[str, ...]
    """Those named or found, best first."""
    standing: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether all of the right ones are shown, and nothing where nothing is known."""
        wanted = set(self.question["right"])
        return wanted <= {*self.found, *self.standing} if wanted else not self.found

    @property
    def forbidden(self) -> tuple[str, ...]:
        """Those shown that must not be."""
        return tuple(name for name in (*self.found, *self.standing) if name in self.question["forbidden"])


def asked(path: Path, choice: str = "none", most: int = SHOWN) -> list[Answer]:
    """Take in the notes of a file, and ask its questions."""
    told = json.loads(path.read_text("utf-8"))
    model = embedder(choice)
    copies = {name: group[0] for group in told.get("copies", ()) for name in group}
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder, "nova.duckdb")) as memory:
        names = dict(_taken(memory, told["notes"], model))
        return [_asked(memory, one, told["today"], names, copies, model, most) for one in told["questions"]]


def _taken(memory: Memory, notes: list[dict[str, Any]], model: Any) -> list[tuple[str, str]]:
    """The id in memory and in the file of each note."""
    names = []
    for number, note in enumerate(notes):
        at = f"{note['day']}T{9 + number % 8:02}:{number % 60:02}:00.{number:06}Z"
        here = Here("", "dev", at, date.fromisoformat(note["day"]))
        said = Told(
            "", note["kind"] or "", project=note["project"] or "", until=note.get("until") or "",
            about=(note["file"],) if note.get("file") else (),
        )  # fmt: skip
        (taken,) = memory.take([draft(read(note["text"], here, said), here, note["id"])])
        names.append((taken.item.id, note["id"]))
    if model is not None:
        memory.embed(model)
    return list(reversed(names))  # of copies that collapsed the first one's name counts


def _asked(
    memory: Memory,
    question: dict[str, Any],
    today: str,
    names: dict[str, str],
    copies: dict[str, str],
    model: Any,
    most: int,
) -> Answer:
    project = question.get("project")
    query = Query(
        question["ask"], projects=("", project) if project else ("",),
        files=(question["file"],) if question.get("file") else (), now=f"{today}T09:00:00Z",
        as_of=f"{question['as_of']}T23:59:59.999999Z" if question.get("as_of") else None, most=most,
    )  # fmt: skip
    shown = memory.recall(query, model)

    def told(which: list[Recalled]) -> tuple[str, ...]:
        ids = [names[one.item.id] for one in which]
        return tuple(dict.fromkeys(copies.get(name, name) for name in ids))

    return Answer(
        question, told([o for o in shown if o.part != "standing"]), told([o for o in shown if o.part == "standing"])
    )


def measure(choice: str = "none") -> Iterator[Figure]:
    """The figures of the fortnight that nothing was chosen on."""
    answers = asked(HELD_OUT, choice)
    known = [a for a in answers if a.question["right"]]
    unknown = [a for a in answers if not a.question["right"]]
    told = f"{sum(len(a.found) for a in answers) / len(answers):.1f} memories shown in the mean"
    what = f"a fortnight, {choice}"
    right = sum(a.right for a in known) / len(known)
    yield Figure(f"{what}: all right memories shown", f"{len(known)} questions", right, None, "", told, at_least=True)
    quiet = sum(a.right for a in unknown) / len(unknown)
    yield Figure(f"{what}: nothing shown where nothing is known", f"{len(unknown)} questions", quiet, None, "")
    wrong = sum(bool(a.forbidden) for a in answers) / len(answers)
    yield Figure(f"{what}: a forbidden memory shown", f"{len(answers)} questions", wrong, None, "")


def main() -> None:
    """Print how many questions were answered rightly, and where not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--embedder", choices=("none", "wordllama", "minilm"), default="none")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    for path in given.files:
        answers = asked(path, given.embedder)
        known = [a for a in answers if a.question["right"]]
        unknown = [a for a in answers if not a.question["right"]]
        whole = sum(a.right and not a.forbidden for a in answers)
        print(f"{path.stem}: {whole} of {len(answers)} answered as they should be")
        print(f"  all right ones shown: {sum(a.right for a in known)} of {len(known)}")
        print(f"  nothing shown where nothing is known: {sum(a.right for a in unknown)} of {len(unknown)}")
        print(f"  a forbidden one shown: {sum(bool(a.forbidden) for a in answers)}")
        firsts = Counter((a.found.index(r) if r in a.found else -1) for a in known for r in a.question["right"])
        print(f"  places of the right ones: {sorted(firsts.items())}")
        print(f"  shown in the mean: {sum(len(a.found) for a in answers) / len(answers):.1f}")
        for a in answers:
            if given.misses and (not a.right or a.forbidden):
                q = a.question
                told = f"right {q['right']}, shown {list(a.found)}, forbidden {list(a.forbidden)}"
                print(f"    {q['id']} {q['ask']!r}: {told}")


if __name__ == "__main__":
    main()
