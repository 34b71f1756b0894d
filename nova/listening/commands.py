"""The few commands that a comment may hold. Pure.

A command is a line of its own that begins with ``/nova``. Quoted lines, code and everything else that people write is
text, whatever it says.
"""

from __future__ import annotations

import difflib
import enum
import re
from dataclasses import dataclass

from memory import Because


class Word(enum.StrEnum):
    """What can be asked for."""

    DISMISS = "dismiss"
    ACCEPT = "accept"
    LATER = "later"
    EXPLAIN = "explain"
    FIX = "fix"
    HELP = "help"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``because`` belongs to a dismissal; ``said`` is the line as it stood, for an answer to name."""

    word: Word
    because: Because | None = None
    said: str = ""


MOST = 5
"""Commands that are read of one comment; more than that is no conversation."""
HELP = """\
- `/nova dismiss by design`, `/nova dismiss wrong`, `/nova dismiss not worth it`: not shown again
- `/nova accept`: worth mending, it stays
- `/nova later`: not now
- `/nova explain`: why this is shown
- `/nova fix`: the fix as a suggestion, where there is one that is proved"""
_LINE = re.compile(r"^ {0,3}/nova\b[ \t]*(.*)$", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_REASONS = {
    "by design": Because.BY_DESIGN, "design": Because.BY_DESIGN, "intended": Because.BY_DESIGN,
    "on purpose": Because.BY_DESIGN, "wrong": Because.WRONG, "false positive": Because.WRONG,
    "not worth it": Because.NOT_WORTH_IT, "not worth": Because.NOT_WORTH_IT, "wontfix": Because.NOT_WORTH_IT,
}  # fmt: skip


def commands(body: str) -> tuple[Command, ...]:
    """The commands of a comment, in order. Lines in a fenced block, in a quote or indented as code hold none."""
    found: list[Command] = []
    fence = ""
    for line in body.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        told = _LINE.match(line)
        if told and len(found) < MOST:
            found.append(_command(told[1].strip(), line.strip()))
    return tuple(found)


def _command(rest: str, said: str) -> Command:
    name, _, reason = rest.partition(" ")
    name = name.rstrip(".,:;!").lower()
    if not name:
        return Command(Word.HELP, said=said)
    if name not in set(Word) - {Word.UNKNOWN}:
        return Command(Word.UNKNOWN, said=said)
    word = Word(name)
    if word is not Word.DISMISS:
        return Command(word, said=said)
    told = reason.strip().strip("().,:;!\"'").lower().removeprefix("because").strip(" :")
    because = next(
        (b for words, b in _REASONS.items() if told == words or told.startswith((words + " ", words + ","))), None
    )
    if told and because is None:
        near = difflib.get_close_matches(told, _REASONS, n=1, cutoff=0.75)
        because = _REASONS[near[0]] if near else None
    return Command(word, because, said)
