"""What people answered in the threads of a review, as verdicts. Pure.

Only a command, a thumbs-down or an applied suggestion decides anything, and only where the person may write to the
repository. A thread that such a person resolved is settled there: it says nothing of whether the finding is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory import Answer, Verdict, standing
from memory.verdict import moment
from nova.listening.commands import Command, Word, commands, decision, is_marked
from nova.living.marker import digest_of, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Hunk = tuple[tuple[bool, str], ...]
    """The lines of one part of a diff on its new side: whether it was put in, and the line without its end."""

DOWN = "THUMBS_DOWN"
MOST_REACTIONS = 20
"""Reactions that are read of one comment."""
_MARKER = re.compile(r"^<!-- nova:finding ((?:[a-z]+=[0-9A-Za-z.,_-]* )*)-->\s*\Z", re.MULTILINE)
_RULE = re.compile(r"^<sub>`+ ?([A-Za-z0-9_.-]+) ?`+, ", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,})suggestion[^\n]*\n(?P<text>.*?)^\1`*[ \t]*$", re.MULTILINE | re.DOTALL)
_DECIDES = {Word.DISMISS: Answer.DISMISS, Word.ACCEPT: Answer.ACCEPT, Word.LATER: Answer.LATER}


@dataclass(frozen=True, slots=True)
class Reaction:
    """One emoji that somebody left; ``content`` as GraphQL names it, ``at`` ISO 8601 in UTC."""

    id: int
    author: str
    content: str
    at: str


@dataclass(frozen=True, slots=True)
class Said:
    """A comment. ``at`` is when it got its present text, and for an own one when it was written first.

    ``is_own``: the account that Nova posts as wrote it, by what GitHub says and not by a name.
    """

    id: int
    author: str
    body: str
    at: str
    is_own: bool = False
    reactions: tuple[Reaction, ...] = ()

    @property
    def is_by_a_person(self) -> bool:
        """Whether a person wrote it: where Nova posts as that person, what has no marker is the person's."""
        return not (self.is_own and is_marked(self.body))


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread on lines. ``line`` is None where its lines are no longer in the diff."""

    id: str
    path: str
    first: Said
    replies: tuple[Said, ...] = ()
    line: int | None = None
    is_resolved: bool = False
    resolved_by: str = ""
    is_resolved_by_own: bool = False
    """Whether the account that Nova posts as resolved it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was said on one pull request. ``is_persons``: the account that Nova posts as is a person's."""

    repository: str
    number: int
    remarks: tuple[Said, ...] = ()
    talks: tuple[Talk, ...] = ()
    is_persons: bool = False

    def settler(self, talk: Talk) -> str:
        """The person who resolved a thread; empty where it is open, or Nova did, as the summary tells of its own."""
        if not talk.is_resolved or not talk.is_resolved_by_own:
            return talk.resolved_by if talk.is_resolved else ""
        own = [one for each in self.remarks if each.is_own and (one := parsed(each.body)) is not None]
        lists = [one.listed("done") for one in own if one.kind == "summary" and "done" in one.fields]
        return talk.resolved_by if self.is_persons and lists and digest_of(talk.id) not in lists[0] else ""


@dataclass(frozen=True, slots=True)
class Applied:
    """A commit that replaced lines. ``hunks`` are by path: the lines as they became, and whether each was put in."""

    commit: str
    author: str
    at: str
    hunks: Mapping[str, tuple[Hunk, ...]]

    def puts_in(self, path: str, lines: tuple[str, ...]) -> bool:
        """Whether it made a file hold these lines one after another, where it did not before."""
        for hunk in self.hunks.get(path, ()):
            for start in range(len(hunk) - len(lines) + 1):
                part = hunk[start : start + len(lines)]
                if any(added for added, _ in part) and tuple(line for _, line in part) == lines:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class About:
    """What a thread of Nova's is about: the finding's id, its fingerprint and its rule."""

    id: str
    mark: str
    rule: str


def about(talk: Talk) -> About | None:
    """The finding that a thread is about; None for a thread that Nova did not begin."""
    found = _MARKER.search(talk.first.body) if talk.first.is_own else None
    rules = _RULE.findall(talk.first.body) if found else []
    if found is None or not rules:
        return None
    fields = dict(part.split("=", 1) for part in found[1].split())
    if fields.get("v") != "1" or not fields.get("id") or not fields.get("mark"):
        return None
    return About(fields["id"], fields["mark"], rules[-1])


def suggested(talk: Talk) -> str | None:
    """The lines that a thread's suggestion would put in, with their ends; None where it has none."""
    found = _BLOCK.search(talk.first.body) if talk.first.is_own else None
    return found["text"] if found else None


def asked(heard: Heard, applied: Iterable[Applied] = ()) -> frozenset[str]:
    """The people on whose rights it depends what is recorded or answered."""
    names = {each.author for each in heard.remarks if each.is_by_a_person and commands(each.body)}
    for talk in heard.talks:
        if about(talk) is None:
            continue
        names |= {each.author for each in talk.replies if each.is_by_a_person and commands(each.body)}
        names |= {each.author for each in talk.first.reactions if each.content == DOWN}
        names.add(heard.settler(talk))
    names |= {each.author for each in applied}
    return frozenset(names - {""})


def verdicts(
    heard: Heard, may_write: Mapping[str, bool], known: Iterable[Verdict], applied: Iterable[Applied] = ()
) -> list[Verdict]:
    """The verdicts that are still to be recorded, the oldest first.

    ``who`` names the person and where it was said, and so does not depend on anything that could be lost: an answer
    that is known by it is not given again. ``symbol`` is left for whoever knows the finding.
    """
    told = sorted(known, key=lambda v: moment(v.at))
    latest, stands, steps = {_place(one.who): one for one in told}, standing(told), list(applied)

    def is_known(one: Verdict) -> bool:
        held, now = latest.get(_place(one.who)), stands.get((one.fingerprint, one.path))
        if held is None or (held.answer, held.because) != (one.answer, one.because):
            return False
        # Said again, by an edit, after somebody else said the opposite: then it counts from now on.
        return moment(one.at) <= moment(held.at) or now is None or now.answer is one.answer

    found = [
        one
        for talk in heard.talks
        for one in _of(heard, talk, steps)
        if may_write.get(one.who.partition(" ")[0], False) and not is_known(one)
    ]
    return sorted(found, key=lambda v: moment(v.at))  # of one second in the order of the thread


def taken_back(heard: Heard, known: Iterable[Verdict], now: str) -> list[Verdict]:
    """The dismissals by a thumbs-down that is gone, as answers that are taken back ``now``.

    Only where it is still the answer that counts, and where its thread can be read: what is not seen is not gone.
    """
    there = {told.id: talk for talk in heard.talks if (told := about(talk)) is not None}
    found = []
    for one in standing(known).values():
        kind, _, name = _place(one.who).rstrip(")").partition("-")
        if kind != "reaction" or one.id not in there or f"#{heard.number}/" not in one.who:
            continue
        reactions = there[one.id].first.reactions
        if len(reactions) < MOST_REACTIONS and name not in {str(each.id) for each in reactions}:
            found.append(replace(one, answer=Answer.UNDO, because="", at=now))
    return found


def settled(heard: Heard, may_write: Mapping[str, bool]) -> list[tuple[About, str]]:
    """The findings that somebody with the right to decide resolved, and who: settled there, and no verdict."""
    found = []
    for talk in heard.talks:
        one, who = about(talk), heard.settler(talk)
        if one is not None and may_write.get(who, False):
            found.append((one, who))
    return found


def source(heard: Heard, author: str, kind: str, name: str | int) -> str:
    """Who said it, and where: the same text for the same comment, reaction or commit at any time."""
    return f"{author} (github:{heard.repository}#{heard.number}/{kind}-{name})"


def _place(who: str) -> str:
    """Where something was said, whatever the repository and the person are called by now."""
    return who.rpartition("/")[2]


def overruled(talk: Talk, may_write: Mapping[str, bool]) -> dict[int, tuple[str, Command]]:
    """The comments whose answer takes the place of another person's other one, with whose and which; by their ids."""
    found: dict[int, tuple[str, Command]] = {}
    last: tuple[str, Command] | None = None
    told = [reply for reply in talk.replies if reply.is_by_a_person and may_write.get(reply.author, False)]
    for reply in sorted(told, key=lambda each: moment(each.at)):
        said = decision(reply.body)
        if said is None:
            continue
        if last is not None and last[0] != reply.author and last[1].word is not said.word:
            found[reply.id] = last
        last = reply.author, said
    return found


def _of(heard: Heard, talk: Talk, applied: list[Applied]) -> Iterator[Verdict]:
    one = about(talk)
    if one is None:
        return

    def verdict(answer: Answer, because: str, who: str, at: str) -> Verdict:
        return Verdict(one.id, one.mark, talk.path, one.rule, None, answer, because, who, at)

    for reply in talk.replies:
        told = decision(reply.body) if reply.is_by_a_person else None
        if told is not None:
            who = source(heard, reply.author, "comment", reply.id)
            yield verdict(_DECIDES[told.word], told.because.value if told.because else "", who, reply.at)
    for reaction in talk.first.reactions:
        if reaction.content == DOWN:
            yield verdict(Answer.DISMISS, "", source(heard, reaction.author, "reaction", reaction.id), reaction.at)
    lines = suggested(talk)
    if lines is not None:
        wanted = tuple(lines.splitlines())
        for step in applied:
            if wanted and step.puts_in(talk.path, wanted) and moment(step.at) >= moment(talk.first.at):
                who = source(heard, step.author, "commit", f"{step.commit[:12]}-{one.id[:8]}")
                yield verdict(Answer.ACCEPT, "", who, step.at)
                break
