"""The few commands that a comment may hold. Pure.

A command is a line of its own that begins with ``/nova``. Quoted lines, code, what HTML hides and everything else that
people write is text, whatever it says. Only ``>`` tells a quote: the line below one is the writer's own.
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


DECIDING = frozenset({Word.DISMISS, Word.ACCEPT, Word.LATER})
"""What is an answer to a finding; of several the last one counts."""
MOST = 5
"""Commands that are read of one comment; more than that is no conversation."""
HELP = """\
- `/nova dismiss by design`, `/nova dismiss wrong`, `/nova dismiss not worth it`: not shown again
- `/nova accept`: worth mending, it stays
- `/nova later`: not now
- `/nova explain`: why this is shown
- `/nova fix`: the fix as a suggestion, where there is one that is proved"""
_LINE = re.compile(r"^ {0,3}/nova[:,]?(?!\S)(.*)$", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_ENDS = re.compile(r"\r\n|\n|\r")
"""What ends a line in Markdown. Others that Unicode knows do not, so a quote goes on behind them."""
_HTML = re.compile(r"^ {0,3}<(?:pre|code|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_HTML_END = re.compile(r"</(?:pre|code|script|style|textarea)>", re.IGNORECASE)
"""What is shown as code, or not at all (GitHub Flavored Markdown, section "HTML blocks")."""
_MARKED = re.compile(r"\A<!-- nova:[a-z]+ [^>]*-->\Z")
_NEAR = 40
"""Letters of a reason beyond which it is no slip of the pen."""
_AROUND = "().,:;!\"'\u2018\u2019\u201c\u201d\u2013\u2014-"
_REASONS = {
    "by design": Because.BY_DESIGN, "design": Because.BY_DESIGN, "intended": Because.BY_DESIGN,
    "on purpose": Because.BY_DESIGN, "wrong": Because.WRONG, "false positive": Because.WRONG,
    "not worth it": Because.NOT_WORTH_IT, "not worth": Because.NOT_WORTH_IT, "wontfix": Because.NOT_WORTH_IT,
}  # fmt: skip


def commands(body: str) -> tuple[Command, ...]:
    """The commands of a comment, in order; of more than ``MOST`` the first ones."""
    found: list[Command] = []
    fence = ""
    is_html = is_hidden = is_soft = False
    for line in _ENDS.split(body):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif is_html:
            is_html = _HTML_END.search(line) is None
        elif is_hidden:
            is_hidden = "-->" not in line and not (is_soft and not line.strip())
        elif mark:
            fence = mark[1]
        elif _HTML.match(line):
            is_html = _HTML_END.search(line) is None
        elif (told := _LINE.match(line)) and len(found) < MOST:
            found.append(_command(" ".join(told[1].split()), line.strip()))
        elif line.rfind("<!--") > line.rfind("-->"):
            # One that begins inside of a paragraph ends with it, whether it is closed or not.
            is_hidden, is_soft = True, not line.lstrip(" ").startswith("<!--")
    return tuple(found)


def decision(body: str) -> Command | None:
    """The last command of a comment that decides; None where none does."""
    told = [one for one in commands(body) if one.word in DECIDING]
    return told[-1] if told else None


def is_marked(body: str) -> bool:
    """Whether a comment ends with a marker of Nova's; one in a quote is none of the comment's own.

    Who wrote it has to be known besides: anybody can write a marker.
    """
    return _MARKED.search(body.rstrip().rpartition("\n")[2]) is not None


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
    told = reason.strip().strip(_AROUND).lower().removeprefix("because").strip(f" {_AROUND}")
    because = next((b for words, b in _REASONS.items() if re.match(rf"{words}(?!\w)", told)), None)
    if 0 < len(told) <= _NEAR and because is None:
        near = difflib.get_close_matches(told, _REASONS, n=1, cutoff=0.75)
        because = _REASONS[near[0]] if near else None
    return Command(word, because, said)
