"""What people answered on GitHub, taken into memory: list -> hear -> verdicts, stages of proposals, answers.

What was read before is remembered as a moment, beside the numbers of what could not be read wholly. Losing it costs
calls and records nothing twice: a verdict names the comment that it comes from, an answer the comment that it is for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova import answering, app, config, moments, pulls, rule_texts
from nova.errors import UsageError
from nova.git import Git
from nova.github.errors import GitHubError
from nova.github.hearing import Hearing, Unreadable
from nova.listening import choosing, reading, replies
from nova.listening.choosing import MOST, Chosen, Read
from nova.living.port import Refused, Uncertain
from nova.proposing import following, remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory import Memory, Verdict
    from nova.listening.reading import Applied, Heard
    from nova.ports import Progress
    from nova.proposing.past import Proposal
    from nova.pulls import Place
    from nova.request import Request
    from nova.subject import Subject

PAGE = "github:synced"
"""The page that holds, by the account that Nova read as, up to when it read, and what it could not read wholly."""
FORM = "2"
SOURCE = "nova sync"
MOST_PEOPLE = 50
"""People whose rights one run asks for."""
ENOUGH = 3
"""Pull requests that cannot be read, where none can: what is wrong is wrong with all of them."""
NAMED = 5
"""Numbers and names that a sentence lists."""


@dataclass(slots=True)
class Synced:
    """What one run came to. ``answers`` is how many were written, or in a dry run would be."""

    read: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    settled: int = 0
    proposals: list[Proposal] = field(default_factory=list)
    answers: int = 0
    calls: int = 0
    notices: list[str] = field(default_factory=list)
    is_whole: bool = True
    """Whether all that was looked at could be read and judged."""
    owed: list[int] = field(default_factory=list)
    """Pull requests that could not be read or judged wholly: the next run looks at them again."""


def sync(request: Request, progress: Progress, place: Place | None = None, *, write: bool = True) -> Synced:
    """Take in what people said. Without ``write`` nothing is recorded and nothing is posted. Raises ``NovaError``."""
    where = place or pulls.place_of(request, progress)
    found = _subject(request, where)
    work = _Work(where, found, progress)
    with app.remembered(request, progress) as memory:
        page = memory.page(found.key, PAGE)
        told: dict[str, dict[str, Any]] = json.loads(page[1]) if page is not None and page[0] == FORM else {}
        known, past = answering.spoken(memory, found), remembered.load(memory, found.key)
        memory.pause()
        viewer = work.hearing.viewer()
        had = Read(told[viewer]["until"], tuple(told[viewer]["owed"])) if viewer in told else Read()
        one = request.pull
        chosen = Chosen((one,)) if one is not None else choosing.chosen(work.hearing.listed(had.until), had)
        is_broken = work.read(chosen, known, is_one=one is not None)
        work.outcomes(past)
        if write:
            _record(memory, found, work)
            memory.pause()
            work.answer()
            if one is None:
                owed = [number for number in had.owed if is_broken or number not in chosen.numbers]
                read = {
                    "until": had.until if is_broken else chosen.until,
                    "owed": list(dict.fromkeys([*owed, *work.done.owed])),
                }
                data = json.dumps({**told, viewer: read}, sort_keys=True).encode("ascii")
                memory.keep_page(found.key, PAGE, FORM, data)
    work.done.calls = where.forge.calls.made
    return work.done


@dataclass
class _Work:
    """One run: what is known of people's rights, and what came up."""

    place: Place
    found: Subject
    progress: Progress
    done: Synced = field(default_factory=Synced)
    rights: dict[str, bool | None] = field(default_factory=dict)
    due: list[tuple[int, replies.Reply]] = field(default_factory=list)
    resolved: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def hearing(self) -> Hearing:
        """The same calls as the forge's, so that limits and counts are one."""
        return Hearing(self.place.forge.calls, self.place.forge.repository)

    def read(self, chosen: Chosen, known: Sequence[Verdict], *, is_one: bool) -> bool:
        """Read pull requests. One that cannot be read is told of; where GitHub fails, what was read before stays.

        Gives whether it broke off on the way.
        """
        numbers = chosen.numbers
        for done, number in enumerate(numbers):
            self.progress("reading pull requests", done, len(numbers))
            try:
                self.take(number, known)
            except Unreadable as error:
                if is_one or (not self.done.read and len(self.done.owed) >= ENOUGH):
                    raise
                self._note(_said(error))
                if not error.is_gone:
                    self._owe(number)
            except GitHubError as error:
                if not self.done.read:
                    raise
                self.done.is_whole = False
                self._note(f"{_said(error)}; so {_numbers(numbers[done:])} could not be read: run nova sync again")
                return True
        if chosen.waiting:
            self._note(f"{chosen.waiting} more changed, and one run reads {MOST}: run nova sync again for them")
        return False

    def take(self, number: int, known: Sequence[Verdict]) -> None:
        """Read one pull request: its verdicts, what is settled there, and the answers that are due."""
        heard = self.hearing.heard(number)
        applied = self._applied(heard)
        may_write = self._rights(number, sorted(reading.asked(heard, applied)))
        now, _ = moments.now()
        self.done.read += 1
        self.done.verdicts += reading.verdicts(heard, may_write, known, applied)
        self.done.verdicts += reading.taken_back(heard, known, now)
        for one, who in reading.settled(heard, may_write):
            self.resolved[f"settled:{heard.repository}#{number}:{one.id}"] = (one.rule, one.id, who)
        self.due += [(number, reply) for reply in replies.due(heard, may_write, _page)]
        self.done.settled, self.done.answers = len(self.resolved), len(self.due)

    def _applied(self, heard: Heard) -> list[Applied]:
        """The applied suggestions; asked for only where a comment holds one."""
        times = [t.first.at for t in heard.talks if reading.about(t) and reading.suggested(t) is not None]
        if not times:
            return []
        try:
            return self.hearing.applied(self.place.forge.pull(heard.number), min(times))
        except Refused as refusal:
            self._owe(heard.number)
            self._note(f"applied suggestions on #{heard.number} could not be looked for: {refusal.why}")
            return []

    def _rights(self, number: int, names: Sequence[str]) -> dict[str, bool]:
        for name in names:
            if name not in self.rights and len(self.rights) >= MOST_PEOPLE:
                self._owe(number)
                self._note(f"more than {MOST_PEOPLE} people answered: run nova sync again for the rest")
                break
            if name not in self.rights:
                self.rights[name] = self.hearing.may_write(name)
        unknown = [name for name in names if self.rights.get(name, False) is None]
        if unknown:
            self._owe(number)
            self._note(
                f"answers of {_some(unknown)} on #{number} wait, for this token may not see who may write here: "
                "run nova sync with one that may push (docs/github.md)"
            )
        return {name: bool(self.rights.get(name)) for name in names}

    def outcomes(self, past: Sequence[Proposal]) -> None:
        """Find out what became of the proposals that are open, or were over not long ago."""
        now, _ = moments.now()
        try:
            told, notes = following.news(past, self.hearing, self.place.forge.repository, self.found.target.branch, now)
        except (Refused, GitHubError) as error:
            self.done.is_whole = False
            why = error.why if isinstance(error, Refused) else _said(error)
            self._note(f"what became of proposals could not be read: {why}; run nova sync again")
            return
        self.done.proposals = told
        for note in notes:
            self._note(note)

    def answer(self) -> None:
        """Write the answers that are due; where the token may not, say so and go on without."""
        self.done.answers = 0
        for done, (number, reply) in enumerate(self.due):
            try:
                self.hearing.answer(number, reply.thread, reply.body)
            except Refused as refusal:
                if "(404)" in refusal.why or refusal.is_invalid:  # the comment is gone, or its conversation is locked
                    self._note(f"an answer on #{number} could not be written: {refusal.why}")
                    continue
                self._note(f"answers were not written, for this token may not: {refusal.why}")
                return
            except Uncertain as error:
                self._owe(number)
                self._note(f"whether an answer on #{number} was written is not known ({error}): run nova sync again")
                continue
            except GitHubError as error:
                for owed, _ in self.due[done:]:
                    self._owe(owed)
                self._note(f"{_said(error)}; so not every answer was written: run nova sync again")
                return
            self.done.answers += 1

    def _owe(self, number: int) -> None:
        self.done.is_whole = False
        if number not in self.done.owed:
            self.done.owed.append(number)

    def _note(self, words: str) -> None:
        if words not in self.done.notices:
            self.done.notices.append(words)


def _said(error: GitHubError) -> str:
    return "; ".join(part for part in (error.what, error.why, error.next_step) if part)


def _numbers(numbers: Sequence[int]) -> str:
    return _some([f"#{number}" for number in numbers])


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _subject(request: Request, place: Place) -> Subject:
    """The repository in whose memory it is kept: the clone, else the one that Nova keeps of its own."""
    git = place.git
    if git is None:
        owner, _, name = place.address.repository.partition("/")
        folder = config.places().data / "clones" / place.address.host / owner / f"{name}.git"
        git = Git.at(folder) if (folder / "HEAD").is_file() else None
    if git is None:
        raise UsageError(
            f"there is no clone of {place.address.repository} here, and nothing of it was reviewed",
            next_step="run it inside a clone of the repository",
        )
    return app.find_subject(replace(request, path=Path(git.folder)))


def _record(memory: Memory, found: Subject, work: _Work) -> None:
    """Keep what was read. A verdict gets what memory knows of its finding, and nothing is kept a second time."""
    from memory import Item, Kind

    done = work.done
    lives = {life.id: life for life in memory.lives(found.key)} if done.verdicts else {}
    done.verdicts = [replace(v, symbol=lives[v.id].symbol) if v.id in lives else v for v in done.verdicts]
    answering.record(memory, found, done.verdicts)
    now, _ = moments.now()
    for key, (rule, name, who) in sorted(work.resolved.items()):
        text = f"{who} resolved the thread on {rule} ({name[:8]}) in {work.place.forge.repository}"
        item = Item("", Kind.FACT, rule, "", text, "", who, SOURCE, now, now, about=(rule,))
        memory.remember(item, found.key, key)
    for one in done.proposals:
        remembered.note(memory, found.key, one, SOURCE)


def _page(rule: str) -> str:
    """What is known of a rule; a comment may be of a version that knew another."""
    try:
        return rule_texts.page(rule)
    except KeyError:
        return f"{rule} is a rule that this version of Nova does not know."
