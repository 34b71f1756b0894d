"""A person's answers: recorded with what was seen, listed with what was learnt from them, and rules woken again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from memory import Answer, Verdict, read_lines, standing, to_line
from memory.heirs import Noted, Trace
from memory.silence import silences
from memory.verdict import moment, waking
from nova import kept
from nova.errors import UsageError
from nova.findings import meant
from nova.ground import reader_of
from nova.heirs import note, shape_of
from nova.lessons import is_silent, learnt_elsewhere, lessons_of, named, taught_by, teach
from nova.rules import expected, is_grave, is_known, unknown
from nova.verdicts import inherited
from reviewers.finding import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory import Life
    from memory.beta import Beta
    from memory.silence import Silence
    from memory.store import Memory
    from memory.teaching import Count, Lessons
    from nova.kept import Shown
    from nova.subject import Subject


class Standing(NamedTuple):
    """An answer that stands. ``inherited``: it was given to a finding that this one's code was before."""

    id: str
    answer: str
    rule: str
    path: str
    because: str
    symbol: str | None
    line: int
    at: str
    who: str
    inherited: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What was learnt of a rule at a place: votes, what is expected, and whether it is silent there."""

    rule: str
    path: str
    count: Count
    posterior: Beta
    silent: bool


def answer_findings(
    memory: Memory, found: Subject, words: Sequence[str], answer: str, because: str
) -> tuple[list[Shown], str, tuple[str, ...]]:
    """Record one answer to several findings; see ``app.give_verdict``."""
    wanted = list({one.id: one for one in (meant(memory, found.key, word) for word in words)}.values())
    if answer == Answer.UNDO:
        _refuse_idle(memory, found, wanted)
    lives = memory.lives(found.key)
    before = {(s.rule, s.path) for s in _silences(memory, found, lives)}
    if answer == Answer.DISMISS:
        _note(memory, found, wanted)
    who = found.git.user() if found.git else ""
    where = ""
    for one in wanted:
        where = _record(
            memory, found,
            Verdict(one.id, one.fingerprint, one.path, one.rule, one.symbol, Answer(answer), because, who, _now()),
        )  # fmt: skip
    teach(memory, found.key)
    quiet = [s for s in _silences(memory, found, lives) if (s.rule, s.path) not in before]
    return wanted, where, tuple(map(is_silent, quiet))


def record(memory: Memory, found: Subject, verdicts: Sequence[Verdict]) -> None:
    """Record answers that were given elsewhere, each with its own person and time; the very same again does nothing."""
    for verdict in verdicts:
        _record(memory, found, verdict)
    if verdicts:
        teach(memory, found.key)


def wake(memory: Memory, found: Subject, rule: str, path: str) -> tuple[str, str]:
    """Wake a rule at and below a path, as it was typed; returns the path from the root, and where that is kept.

    Raises ``UsageError`` for what is no rule, and for a path that is not there.
    """
    if not is_known(rule):
        raise unknown(rule)
    place = _from_root(found, path)
    if not os.path.lexists(Path(found.root, place)) and not _lessons(memory, found, ()).cast(rule, place):
        raise UsageError(f"there is no file or folder {path}", next_step="name it from the root of the repository")
    who = found.git.user() if found.git else ""
    where = _record(memory, found, waking(rule, place, who, _now()))
    teach(memory, found.key)
    return place, where


def standing_answers(memory: Memory, found: Subject) -> list[Standing]:
    """The answers that stand; see ``app.standing_verdicts``."""
    stand = standing(spoken(memory, found))
    lives = {(life.fingerprint, life.id): life for life in memory.lives(found.key)}
    rows = []
    for v in stand.values():
        life = lives.get((v.fingerprint, v.id))
        path, line = (life.path, life.line) if life is not None else (v.path, 0)
        rows.append(
            Standing(v.id, v.answer.value, v.rule, path, v.because, v.symbol, line, v.at, v.who, inherited=False)
        )
    dismissed = {v.fingerprint: v for v in stand.values() if v.answer is Answer.DISMISS}
    for name, rule, file, symbol, because, mark in inherited(memory, found.key):
        root = dismissed.get(str(mark))
        if root is not None and all(row.id != name for row in rows):
            line = next((life.line for life in lives.values() if life.id == name), 0)
            one = Standing(
                str(name),
                "dismiss",
                str(rule),
                str(file),
                str(because),
                symbol,
                line,
                root.at,
                root.who,
                inherited=True,
            )
            rows.append(one)
    return sorted(rows, key=lambda row: (row.path, row.line, row.rule, row.id))


def learnt(memory: Memory, found: Subject) -> list[Row]:
    """What was learnt, rule by rule: for the whole repository first, then for its silent places and voted files."""
    lessons = _lessons(memory, found, memory.lives(found.key))
    rows = []
    for rule in lessons.rules:
        prior = expected(rule).share
        quiet = {} if is_grave(rule) else {one.path: one for one in silences(lessons, rule, prior)}
        files = [file for file in lessons.files(rule) if lessons.count(rule, file).total]
        for place in dict.fromkeys(["", *sorted({*quiet, *files})]):
            count = lessons.count(rule, place)
            name = named(quiet[place]) if place in quiet else place
            rows.append(Row(rule, name, count, lessons.at(rule, place, prior), place in quiet))
    return rows


def wakings(memory: Memory, found: Subject) -> list[tuple[str, str, str]]:
    """The rules that were woken, where, and when that was last: no vote before it counts there."""
    latest: dict[tuple[str, str], str] = {}
    for verdict in sorted(spoken(memory, found), key=lambda v: moment(v.at)):
        if verdict.answer is Answer.WAKE:
            latest[verdict.rule, verdict.path] = verdict.at
    return [(rule, path, at) for (rule, path), at in sorted(latest.items())]


def _silences(memory: Memory, found: Subject, lives: Sequence[Life]) -> list[Silence]:
    lessons = _lessons(memory, found, lives)
    return [s for rule in lessons.rules if not is_grave(rule) for s in silences(lessons, rule, expected(rule).share)]


def _lessons(memory: Memory, found: Subject, lives: Sequence[Life]) -> Lessons:
    elsewhere = learnt_elsewhere(taught_by(memory)[0], found.key)
    renames = found.tree.snapshot.renames
    return lessons_of(spoken(memory, found), lives, renames, elsewhere)


def spoken(memory: Memory, found: Subject) -> list[Verdict]:
    """Everything that people said of a repository's findings, in memory and in the repository itself."""
    shared, _ = read_lines(kept.verdict_lines(found))
    return list(dict.fromkeys([*shared, *memory.verdicts(found.key)]))


def _refuse_idle(memory: Memory, found: Subject, wanted: Sequence[Shown]) -> None:
    """Refuse to take back an answer that nobody gave: the rank may have been another finding's when it was read."""
    stand = standing(spoken(memory, found)).values()
    known = {v.id for v in stand} | {v.fingerprint for v in stand}
    may_have_heirs = {(v.rule, v.symbol) for v in stand if v.answer is Answer.DISMISS}
    for one in wanted:
        if known.isdisjoint({one.id, one.fingerprint}) and (one.rule, one.symbol) not in may_have_heirs:
            raise UsageError(
                f"there is no answer to take back: {one.rule} in {one.path} ({one.id[:8]}) has none",
                next_step="nova verdict --list  shows the answers that stand, and which rules are silent",
            )


def _note(memory: Memory, found: Subject, wanted: Sequence[Shown]) -> None:
    """Keep what the findings looked like, so that it can be told later whether their code changed."""
    read = reader_of(found)
    page = memory.page(found.key, kept.SHOWN)
    shown = kept.unpack_shown(page[1]) if page else []
    for one in wanted:
        beside = {
            s.fingerprint for s in shown
            if (s.rule, s.path, s.symbol) == (one.rule, one.path, one.symbol) and s.fingerprint != one.fingerprint
        }  # fmt: skip
        form = shape_of(one.path, Span(*one.span), read) if one.span is not None else ""
        was = Trace(one.fingerprint, one.path, one.rule, one.symbol, one.line, one.message, grave=one.is_high)
        note(memory, found.key, Noted(was, form, frozenset(beside)))


def _record(memory: Memory, found: Subject, verdict: Verdict) -> str:
    """Record an answer, in the repository too where its target says so; returns where."""
    memory.verdict(found.key, verdict)
    if not found.target.verdicts_in_repository or (found.git is not None and found.git.bare):
        return "your memory"
    file = Path(found.root, kept.VERDICTS)
    file.parent.mkdir(exist_ok=True)
    whole = not file.exists() or file.read_bytes()[-1:] in {b"", b"\n"}
    with file.open("a", encoding="utf-8") as out:
        out.write(("" if whole else "\n") + to_line(verdict).rstrip("\n") + "\n")
    return f"your memory and {kept.VERDICTS}"


def _from_root(found: Subject, path: str) -> str:
    """A path as the repository writes it. What is there counts from where the person stands, else from the root."""
    if not path:
        return ""
    root = Path(found.root).resolve()
    here = Path(os.path.normpath(Path.cwd() / path))
    place = here if os.path.lexists(here) else Path(os.path.normpath(root / path))
    if place != root and root not in place.parents:
        raise UsageError(f"{path} lies outside of {root}", next_step="name a file or folder of the repository")
    return "" if place == root else place.relative_to(root).as_posix()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
