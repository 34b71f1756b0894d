"""Which finding a person means: by the rank that was shown last, or by the beginning of an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova import kept
from nova.errors import UsageError
from nova.kept import Shown

if TYPE_CHECKING:
    from nova.ports import Remembered

SHORTEST = 4


def meant(memory: Remembered, target: str, word: str) -> Shown:
    """The finding that a word names.

    Raises ``UsageError`` where it names none, or more than one.
    """
    page = memory.page(target, kept.SHOWN)
    shown = kept.unpack_shown(page[1]) if page else []
    if word.isdigit() and len(word) < SHORTEST:
        found = [s for s in shown if s.rank == int(word)]
        if not found:
            none = "the last review showed no findings" if page else "no findings were shown yet"
            raise UsageError(
                f"no finding of rank {word} was shown last" if shown else none,
                next_step="nova review  shows them with their ranks"
                if not shown
                else f"ranks 1 to {len(shown)} were shown",
            )
        return found[0]
    by_id = {s.id: s for s in shown if s.id.startswith(word)}
    for life in memory.lives(target):
        if life.id.startswith(word):
            by_id.setdefault(
                life.id,
                Shown(
                    0,
                    life.id,
                    life.fingerprint,
                    life.path,
                    life.rule,
                    life.symbol,
                    life.message,
                    line=life.line,
                    is_high=life.severity == "high",
                ),
            )
    if not by_id:
        raise UsageError(
            f"no finding is known by {word}", next_step="nova review --all  shows every finding with its id"
        )
    if len(by_id) > 1:
        some = ", ".join(sorted(by_id)[:4])
        raise UsageError(f"{word} could be any of {len(by_id)} findings", why=some, next_step="type more of the id")
    return next(iter(by_id.values()))
