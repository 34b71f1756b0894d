"""What Nova answers to the commands that ask for something. Pure.

Each answer ends with a hidden marker that names the comment it is for, so that a repeat writes nothing twice. Nothing
of a person's comment is repeated in it but a command that is not known, as code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nova.listening.commands import HELP, Word, commands
from nova.listening.reading import about, overruled, suggested

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.listening.commands import Command
    from nova.listening.reading import Heard, Said, Talk

MOST = 10
"""Answers on one pull request in one run; the rest is answered by the next."""
MOST_OF_A_PAGE = 6_000
"""Characters of a rule's page in an answer."""
NO_THREAD = "There is no finding here to say that of: answer in the thread of a comment of mine."
SIGNED = "<sub>Nova, in answer to a command. `/nova help` lists them.</sub>"
"""Who speaks: the account may be a person's."""
_MARKER = re.compile(r"^<!-- nova:reply to=([0-9]+) said=([a-z.]*) -->\s*\Z", re.MULTILINE)
_WHY = re.compile(r"^Why: .*$", re.MULTILINE)
_PROOF = re.compile(r"^Proven: .*$|^Tested: .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to be written: below the comment ``thread`` (the first of its thread), or in the conversation."""

    to: int
    thread: int | None
    body: str


def due(heard: Heard, may_write: Mapping[str, bool], page: Callable[[str], str]) -> list[Reply]:
    """The answers that are still to be written. ``page`` gives what is known of a rule, for a terminal."""
    found: list[Reply] = []
    groups: list[tuple[Talk | None, Sequence[Said]]] = [(None, heard.remarks)]
    groups += [(talk, talk.replies) for talk in heard.talks if about(talk) is not None]
    for talk, comments in groups:
        told = [mark for each in comments if (mark := _mark(each)) is not None]
        answered, has_help = {to for to, _ in told}, any("help" in said for _, said in told)
        others = overruled(talk, may_write) if talk is not None else {}
        for each in comments:
            if not each.is_by_a_person or each.id in answered or not may_write.get(each.author, False):
                continue
            parts = _parts(talk, each, page, has_help=has_help)
            if each.id in others:
                parts["over"] = _over(*others[each.id])
            if parts:
                has_help = has_help or "help" in parts
                text = "\n\n".join([*parts.values(), SIGNED])
                body = f"{text}\n\n<!-- nova:reply to={each.id} said={'.'.join(parts)} -->\n"
                found.append(Reply(each.id, talk.first.id if talk else None, body))
    return found[:MOST]


def _parts(talk: Talk | None, said: Said, page: Callable[[str], str], *, has_help: bool) -> dict[str, str]:
    """The parts of an answer by what they are about; each at most once."""
    parts: dict[str, str] = {}
    for command in commands(said.body):
        if command.word is Word.HELP:
            parts["help"] = HELP
        elif command.word is Word.UNKNOWN:
            if not has_help:
                parts.setdefault("help", f"I do not know {_code(command.said)}. What I know:\n\n{HELP}")
        elif talk is None:
            parts["thread"] = NO_THREAD
        elif command.word is Word.EXPLAIN:
            parts["explain"] = _explained(talk, page)
        elif command.word is Word.FIX:
            parts["fix"] = _fix(talk)
    return parts


def _over(who: str, said: Command) -> str:
    words = said.word.value + (f" ({said.because.value})" if said.because else "")
    return f"Before, {_code(who)} said {_code(words)} here. The last answer counts, and that is this one."


def _explained(talk: Talk, page: Callable[[str], str]) -> str:
    one = about(talk)
    assert one is not None
    reasons = _WHY.findall(talk.first.body)
    text = page(one.rule).strip()
    if len(text) > MOST_OF_A_PAGE:
        text = text[:MOST_OF_A_PAGE].rpartition("\n")[0] + "\n..."
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    title = f"<details><summary>What is known of <code>{escape(one.rule)}</code></summary>"
    return "\n\n".join([*reasons, title, f"{fence}text\n{text}\n{fence}", "</details>"])


def _fix(talk: Talk) -> str:
    one = about(talk)
    assert one is not None
    lines = suggested(talk)
    if lines is not None and talk.line is None:
        return "Its lines changed since, so the suggestion above may not apply any more. The next review looks again."
    if lines is not None:
        longest = max((len(run) for run in re.findall(r"`+", lines)), default=0)
        fence = "`" * max(3, longest + 1)
        proof = _PROOF.findall(talk.first.body)
        return "\n\n".join([f"{fence}suggestion\n{lines}{fence}", *proof[:1]])
    if f"`nova fix {one.id[:8]}" in talk.first.body:
        return (
            f"There is a fix, and it is no suggestion here: it is not proved far enough, or does not fit on these "
            f"lines. `nova fix {one.id[:8]}` shows it with what was proved."
        )
    return f"There is no fix: {_code(one.rule)} knows no change here that would keep what the code does."


def _mark(said: Said) -> tuple[int, str] | None:
    found = _MARKER.search(said.body) if said.is_own else None
    return (int(found[1]), found[2]) if found else None


def _code(text: str) -> str:
    """A line as code, in which nothing mentions anybody or makes markup."""
    plain = "".join(c for c in text if c.isprintable() and c != "`")[:80]
    return f"`{plain}`"
