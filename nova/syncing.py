"""What people answered on GitHub, taken into memory: list -> hear -> verdicts, stages of proposals, answers.

What was read before is remembered as a moment only. Losing it costs calls and records nothing twice: a verdict names
the comment that it comes from, and an answer the comment that it is for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from memory.verdict import moment
from nova import answering, app, config, moments, pulls, rule_texts
from nova.errors import UsageError
from nova.git import Git
from nova.github.errors import GitHubError
from nova.github.hearing import Hearing, Unreadable
from nova.listening import reading, replies
from nova.living.port import Refused, Uncertain
from nova.proposing import remembered
from nova.proposing.outcomes import Seen, ended, reverted
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory import Memory, Verdict
    from nova.github.hearing import Listed
    from nova.listening.reading import Applied, Heard
    from nova.ports import Progress
    from nova.proposing.past import Proposal
    from nova.pulls import Place
    from nova.request import Request
    from nova.subject import Subject

PAGE = "github:synced"
"""The page that holds, by the account that Nova read as, up to when it read everything."""
SOURCE = "nova sync"
MOST_PULLS = 25
"""Pull requests that one run reads: the next goes on where it ended."""
MOST_PEOPLE = 50
"""People whose rights one run asks for."""
WATCHED = timedelta(days=90)
"""How long a merged proposal is watched for being reverted."""
MERGED = frozenset({Stage.MERGED, Stage.CHANGED})


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
    """Whether all that was looked at could be judged: else the next run looks at it again."""


def sync(request: Request, progress: Progress, *, write: bool = True) -> Synced:
    """Take in what people said. Without ``write`` nothing is recorded and nothing is posted. Raises ``NovaError``."""
    place = pulls.place_of(request, progress)
    found = _subject(request, place)
    work = _Work(place, found, progress)
    with app.remembered(request, progress) as memory:
        page = memory.page(found.key, PAGE)
        moments_read: dict[str, str] = json.loads(page[1]) if page is not None else {}
        known, past = answering.spoken(memory, found), remembered.load(memory, found.key)
        memory.pause()
        viewer = work.hearing.viewer()
        numbers, until = _chosen(work.hearing, request.pull, moments_read.get(viewer, ""))
        work.read(numbers, known, is_one=request.pull is not None)
        work.outcomes(past)
        if write:
            _record(memory, found, work)
            memory.pause()
            work.answer()
            if request.pull is None and until and work.done.is_whole:
                data = json.dumps({**moments_read, viewer: until}, sort_keys=True).encode("ascii")
                memory.keep_page(found.key, PAGE, "1", data)
    work.done.calls = place.forge.calls.made
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

    def read(self, numbers: Sequence[int], known: Sequence[Verdict], *, is_one: bool) -> None:
        """Read pull requests. One that cannot be read is told of; where GitHub fails, what was read before stays."""
        for done, number in enumerate(numbers):
            self.progress("reading pull requests", done, len(numbers))
            try:
                self.take(number, known)
            except Unreadable as error:
                if is_one:
                    raise
                self._note(error.what)
            except GitHubError as error:
                if not self.done.read:
                    raise
                self.done.is_whole = False
                self._note(f"{error.what}, so the rest is read by the next run")
                return

    def take(self, number: int, known: Sequence[Verdict]) -> None:
        """Read one pull request: its verdicts, what is settled there, and the answers that are due."""
        heard = self.hearing.heard(number)
        applied = self._applied(heard)
        may_write = self._rights(sorted(reading.asked(heard, applied)))
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
            self._note(f"applied suggestions on #{heard.number} could not be looked for: {refusal.why}")
            return []

    def _rights(self, names: Sequence[str]) -> dict[str, bool]:
        for name in names:
            if name not in self.rights and len(self.rights) >= MOST_PEOPLE:
                self.done.is_whole = False
                self._note(f"more than {MOST_PEOPLE} people answered: the rest is read by the next run")
                break
            if name not in self.rights:
                self.rights[name] = self.hearing.may_write(name)
        if any(self.rights.get(name, False) is None for name in names):
            self.done.is_whole = False
            self._note("this token may not see who may write here, so answers of people it cannot judge wait")
        return {name: bool(self.rights.get(name)) for name in names}

    def outcomes(self, past: Sequence[Proposal]) -> None:
        """Find out what became of the proposals that are open, or were merged not long ago."""
        try:
            told = [end for one in past if (end := self._ended(one)) is not None]
            over = {one.id for one in told}
            now, _ = moments.now()
            oldest = (datetime.fromisoformat(now) - WATCHED).isoformat()
            merged = [p for p in (*(p for p in past if p.id not in over), *told) if p.stage in MERGED]
            merged = [p for p in merged if moment(p.at) >= moment(oldest)]
            back = reverted(merged, self._branch(min(p.at for p in merged)), self._repository) if merged else []
        except (Refused, GitHubError) as error:
            self.done.is_whole = False
            why = error.why if isinstance(error, Refused) else error.what
            self._note(f"what became of proposals could not be read: {why}")
            return
        gone = {p.id for p in back}
        self.done.proposals = [*(p for p in told if p.id not in gone), *back]

    @property
    def _repository(self) -> str:
        return self.place.forge.repository

    def _ended(self, one: Proposal) -> Proposal | None:
        if one.stage is not Stage.OPEN or one.number is None:
            return None
        try:
            pull = self.hearing.ending(one.number)
        except Refused as refusal:
            if "(404)" not in refusal.why:
                raise
            self._note(f"#{one.number}, the proposal for {one.rule}, cannot be found any more")
            return None
        if pull.is_open:
            return None
        if pull.is_merged:
            commits = tuple(self.hearing.commits(one.number))
            return ended(one, Seen(is_open=False, is_merged=True, at=pull.at, commits=commits))
        return ended(one, Seen(is_open=False, is_merged=False, at=pull.at, is_stale=pull.is_stale))

    def _branch(self, since: str) -> list[tuple[str, str, str]]:
        """The commits of the branch that proposals are for; of the default one where that name is not known there."""
        day = f"{since[:10]}T00:00:00Z"
        try:
            return self.hearing.branch(self.found.target.branch, day)
        except Refused as refusal:
            if not self.found.target.branch or "(404)" not in refusal.why:
                raise
            return self.hearing.branch("", day)

    def answer(self) -> None:
        """Write the answers that are due; where the token may not, say so and go on without."""
        self.done.answers = 0
        for number, reply in self.due:
            try:
                self.hearing.answer(number, reply.thread, reply.body)
            except Refused as refusal:
                if "(404)" in refusal.why or refusal.is_invalid:  # the comment is gone, or its conversation is locked
                    self._note(f"an answer on #{number} could not be written: {refusal.why}")
                    continue
                self._note(f"answers were not written, for this token may not: {refusal.why}")
                return
            except Uncertain as error:
                self.done.is_whole = False
                self._note(f"whether an answer on #{number} was written is not known ({error}); run it again")
                continue
            self.done.answers += 1

    def _note(self, words: str) -> None:
        if words not in self.done.notices:
            self.done.notices.append(words)


def _chosen(hearing: Hearing, pull: int | None, since: str) -> tuple[list[int], str]:
    """The pull requests to read, and the moment up to which all was read then.

    Those that changed come first, from the oldest change on, so that a run that cannot take them all ends at a moment.
    Open ones are read besides, as far as there is room: a reaction or a resolved thread changes no time.
    """
    if pull is not None:
        return [pull], ""
    listed = hearing.listed(since)
    fresh: list[Listed] = sorted((one for one in listed if one.updated >= since), key=lambda one: one.updated)
    taken = fresh[:MOST_PULLS]
    until = taken[-1].updated if taken else since
    numbers = [one.number for one in taken]
    numbers += [one.number for one in listed if one.is_open and one.number not in numbers]
    return numbers[:MOST_PULLS], until


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
