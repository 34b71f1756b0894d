"""The plan of a living review: what stands on the pull request and what was found become the writes still due. Pure.

Carried out twice, or cut off at any write and made anew, it ends in the same state: each write is due only as long as
what it does cannot be read back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.listening.commands import Word
from nova.living import deciding, marker
from nova.living.deciding import decisions
from nova.living.marker import Marker, digest_of, key_of, marked
from nova.living.matching import matched, own_threads
from nova.living.past import MOST_KEYS, Past, past_of, summaries
from nova.living.values import Standing
from nova.living.writes import (
    DropSummary,
    EditComment,
    EditSummary,
    Inline,
    PostReview,
    PostSummary,
    Reopen,
    Resolve,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nova.living.values import Conversation, Found, Limits, Settings, Thread, Wanted
    from nova.living.writes import Write

MOST_OF_A_REVIEW = 50
"""Comments of one review call, whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The writes in their order, and where each finding stands once they are done."""

    writes: tuple[Write, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Given:
    """What a plan goes by."""

    found: Found
    conversation: Conversation
    settings: Settings
    limits: Limits
    may_decide: Mapping[str, bool]
    past: Past

    def is_by_nova(self, thread: Thread) -> bool:
        """Whether Nova resolved a thread."""
        return thread.is_resolved and deciding.is_own(thread, self.conversation, self.past.done)


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    inline: list[Wanted] = field(default_factory=list)
    below: list[Wanted] = field(default_factory=list)
    settled: list[Wanted] = field(default_factory=list)
    claimed: list[Wanted] = field(default_factory=list)
    resolve: list[Write] = field(default_factory=list)
    edit: list[Write] = field(default_factory=list)
    new: list[Inline] = field(default_factory=list)
    gone: int = 0
    kept: int = 0

    @property
    def resolved(self) -> frozenset[str]:
        """The threads that are going to be resolved, as the summary lists them."""
        return frozenset(digest_of(write.thread) for write in self.resolve if isinstance(write, Resolve))


def unheard(found: Found, conversation: Conversation) -> tuple[Wanted, ...]:
    """The findings that no comment and no summary has told of yet."""
    told, past = matched(found, own_threads(conversation)), past_of(conversation)
    return tuple(w for w in found.findings if w.id not in told and not _keys(w, found) & past.known)


def asked(found: Found, conversation: Conversation) -> frozenset[str]:
    """The people on whose rights it depends whether a finding is settled."""
    past, names = past_of(conversation), set()
    told = matched(found, own_threads(conversation))
    for wanted in found.findings:
        if wanted.id not in told:
            continue
        thread, said = told[wanted.id][0], decisions(told[wanted.id][0])
        is_settled = bool(_keys(wanted, found) & past.settled)
        if thread.is_resolved and not is_settled and not deciding.is_own(thread, conversation, past.done):
            names.add(thread.resolved_by)
        if not is_settled or any(word is not Word.DISMISS for _, word in said):
            names |= {author for author, _ in said}
    return frozenset(names - {""})


def plan(
    found: Found,
    conversation: Conversation,
    settings: Settings,
    limits: Limits,
    may_decide: Mapping[str, bool],
    summarise: Callable[[Standing], str],
) -> Plan:
    """What is to be written, in order. ``may_decide`` tells of each name in ``asked`` whether it may write here.

    ``summarise`` gives the summary's text without its marker.
    """
    draft, past = _Draft(), past_of(conversation)
    given = _Given(found, conversation, settings, limits, may_decide, past)
    threads = own_threads(conversation)
    told = matched(found, threads)
    for wanted in found.findings:
        if wanted.id in told:
            _place(draft, given, wanted, told[wanted.id])
    _take_leave(draft, found, limits, told, threads)
    room = settings.most - len(draft.inline) - draft.kept
    for wanted in found.findings:
        if wanted.id not in told:
            keys = _keys(wanted, found)
            if keys & (past.settled | past.inline):  # told of in a comment that is gone: somebody deleted it
                draft.settled.append(wanted)
            elif wanted.anchor is None or not settings.inline or limits.anchors or room <= 0 or past.had_below(keys):
                draft.below.append(wanted)
            else:
                room -= 1
                draft.inline.append(wanted)
                draft.new.append(Inline(wanted.anchor, _comment(wanted, found.head, wanted.body, wanted.substance)))
    order = {wanted.id: n for n, wanted in enumerate(found.findings)}
    standing = Standing(
        tuple(sorted(draft.inline, key=lambda w: order[w.id])), tuple(draft.below), tuple(draft.settled),
        tuple(draft.claimed), draft.gone, draft.kept,
    )  # fmt: skip
    writes = [*_announced(given, draft), *draft.resolve, *draft.edit, *_reviews(draft.new, found.head)]
    opened = {digest_of(write.thread) for write in draft.resolve if isinstance(write, Reopen)}
    own = {digest_of(thread.id) for thread, _ in threads if given.is_by_nova(thread)}
    done = frozenset(own | draft.resolved) - opened if conversation.is_persons else frozenset()
    return Plan((*writes, *_summary(given, standing, summarise(standing), done)), standing)


def _place(draft: _Draft, given: _Given, wanted: Wanted, threads: list[Thread]) -> None:
    """Where a finding stands that there is a thread for; a second thread about it is closed.

    What was settled stays so, unless somebody who may takes it back: by an answer, or by opening the thread again.
    """
    found, limits, may_decide = given.found, given.limits, given.may_decide
    thread, *copies = threads
    for copy in copies:
        _close(draft, copy, found.head, limits)
    word = deciding.decided(thread, may_decide)
    is_settled = bool(_keys(wanted, found) & given.past.settled) and word in {None, Word.DISMISS}
    if is_settled and (thread.is_resolved or decisions(thread) or deciding.is_done(thread)):
        draft.settled.append(wanted)
    elif word is Word.DISMISS:
        draft.settled.append(wanted)
        _close(draft, thread, found.head, limits)
    elif thread.is_resolved and not given.is_by_nova(thread):
        (draft.settled if may_decide.get(thread.resolved_by, False) else draft.claimed).append(wanted)
    else:
        draft.inline.append(wanted)
        if thread.is_resolved and not limits.resolve:
            draft.resolve.append(Reopen(thread.id))
        _refresh(draft, wanted, thread, found.head)


def _announced(given: _Given, draft: _Draft) -> list[Write]:
    """Where Nova posts as a person, which threads it resolves, told before it does: any other that person resolved."""
    there, known = summaries(given.conversation), given.past.done or frozenset()
    if not given.conversation.is_persons or not there or draft.resolved <= known:
        return []
    remark, one = there[0]
    done = sorted(known | draft.resolved)[: MOST_KEYS["done"]]
    text = remark.body[: remark.body.rindex("<!-- nova:")]
    return [EditSummary(remark.id, marked(text, replace(one, fields={**one.fields, "done": ",".join(done)})))]


def _refresh(draft: _Draft, wanted: Wanted, thread: Thread, head: str) -> None:
    """Bring the text of a comment up to date: a suggestion holds only on the very lines that it replaces."""
    anchor = wanted.anchor
    fits = anchor is not None and thread.path == anchor.path and thread.lines == (anchor.start, anchor.end)
    body, substance = (wanted.body, wanted.substance) if fits else (wanted.plain, wanted.plain_substance)
    if wanted.moved and thread.path != wanted.path:
        body, substance = f"{wanted.moved}\n\n{body}", f"{substance}\0{wanted.path}"
    one = marker.read(thread.first)
    if one is None or (one.get("text"), one.get("mark")) != (digest_of(substance), wanted.mark):
        draft.edit.append(EditComment(thread.first.id, _comment(wanted, head, body, substance)))


def _take_leave(
    draft: _Draft, found: Found, limits: Limits, told: Mapping[str, list[Thread]], threads: list[tuple[Thread, Marker]]
) -> None:
    """Close the threads whose finding is gone; where something failed it may still be there, so nothing is closed."""
    kept = {thread.id for some in told.values() for thread in some}
    for thread, _ in threads:
        if thread.id in kept:
            continue
        if found.is_whole and thread.path not in found.unread:
            draft.gone += not deciding.is_dismissed(thread)  # memory may know of that answer, and tells of it itself
            _close(draft, thread, found.head, limits)
        else:
            draft.kept += not (thread.is_resolved or deciding.is_done(thread))


def _close(draft: _Draft, thread: Thread, head: str, limits: Limits) -> None:
    if thread.is_resolved:
        return
    if not limits.resolve:
        draft.resolve.append(Resolve(thread.id))
        return
    one = marker.read(thread.first)
    if one is not None and one.get("state") != "gone":
        said = thread.first.body[: thread.first.body.rindex("<!-- nova:")].rstrip()
        left = replace(one, fields={**one.fields, "state": "gone", "text": ""})
        text = f"**Done:** not found any more at `{head[:10]}`.\n\n{said}"
        draft.edit.append(EditComment(thread.first.id, marked(text, left)))


def _comment(wanted: Wanted, head: str, body: str, substance: str) -> str:
    fields = {"id": wanted.id, "mark": wanted.mark, "head": head, "text": digest_of(substance)}
    return marked(body, Marker("finding", fields))


def _reviews(new: list[Inline], head: str) -> list[Write]:
    """New comments in as few calls as GitHub takes."""
    body = marker.written(Marker("review", {"head": head}))
    parts = [new[n : n + MOST_OF_A_REVIEW] for n in range(0, len(new), MOST_OF_A_REVIEW)]
    return [PostReview(head, body, tuple(part)) for part in parts]


def _summary(given: _Given, standing: Standing, text: str, done: frozenset[str]) -> list[Write]:
    """The one summary: written, edited where anything in it changed, and deleted where it stands twice."""
    found, past, settings, limits = given.found, given.past, given.settings, given.limits
    keys = {
        "inline": _listed(standing.inline + standing.claimed),
        "below": _listed(standing.below) if settings.inline else past.below,
        "settled": _listed(standing.settled) | (past.settled - _open(standing, found)),
        "waiting": frozenset() if settings.inline else _listed(standing.below),
    }
    if (
        found.unread or not found.is_whole
    ):  # what was not found may still be there, and is not to be told of as new later
        keys = {name: some | getattr(past, name) for name, some in keys.items()}
    fields = {name: ",".join(sorted(some)[: MOST_KEYS[name]]) for name, some in keys.items()}
    is_cut = any(len(some) > MOST_KEYS[name] for name, some in keys.items())
    fields["less"] = ",".join(sorted(limits.reasons))
    fields |= {"done": ",".join(sorted(done)[: MOST_KEYS["done"]])} if given.conversation.is_persons else {}
    state = digest_of(text, *fields.values())
    whole = "part" if found.unread or is_cut or not found.is_whole else "whole"
    missed = sorted(_listed(tuple(w for w in found.findings if w.id in found.missed)))[: MOST_KEYS["missed"]]
    way = {"head": found.head, "was": past.before(found.head), "missed": ",".join(missed)}
    body = marked(text, Marker("summary", {**way, "state": whole, "text": state, **fields}))
    there = summaries(given.conversation)
    if not there:
        return [PostSummary(body)]
    (first, one), *copies = there
    edit: list[Write] = [] if one.get("text") == state else [EditSummary(first.id, body)]
    return [*edit, *(DropSummary(remark.id) for remark, _ in copies)]


def _keys(wanted: Wanted, found: Found) -> frozenset[str]:
    """What a finding is known by in a summary: under the name of its file, and under the names that it had."""
    return frozenset(key_of(wanted.mark, path) for path in (wanted.path, *found.renames.get(wanted.path, ())))


def _listed(findings: tuple[Wanted, ...]) -> frozenset[str]:
    return frozenset(key_of(wanted.mark, wanted.path) for wanted in findings)


def _open(standing: Standing, found: Found) -> frozenset[str]:
    """The keys of what stands in comments that are open."""
    return frozenset(key for wanted in standing.inline for key in _keys(wanted, found))
