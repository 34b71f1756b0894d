"""The plan of a living review: what stands on the pull request and what was found become the writes still due. Pure.

Carried out twice, or cut off at any write and made anew, it ends in the same state: each write is due only as long as
what it does cannot be read back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.listening.commands import Word, commands
from nova.living import marker
from nova.living.marker import Marker, digest_of, key_of, marked
from nova.living.matching import matched, own_threads
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

    from nova.living.values import Conversation, Found, Limits, Remark, Settings, Thread, Wanted
    from nova.living.writes import Write

MOST_KEYS = {"inline": 200, "below": 1000, "settled": 300, "waiting": 1000}
"""Keys of each list in the summary's marker: a comment has room for 65,536 characters, and its text needs some."""
MOST_OF_A_REVIEW = 50
"""Comments of one review call, whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The writes in their order, and where each finding stands once they are done."""

    writes: tuple[Write, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Past:
    """What the summary's marker tells of the last time: the head, and the findings by where they were.

    ``is_whole``: everything in scope could be read then, and all that was found is listed here.
    """

    head: str = ""
    is_whole: bool = False
    inline: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    """In the summary for as long as nothing is put on lines, as in a draft."""
    less: frozenset[str] = frozenset()
    """What the token could not do then."""

    def had_below(self, keys: frozenset[str]) -> bool:
        """Whether the summary told of a finding; with more than it has room to list, that is taken to be so."""
        return bool(keys & self.below) or len(self.below) >= MOST_KEYS["below"]

    @property
    def known(self) -> frozenset[str]:
        """Every finding that was told of."""
        return self.inline | self.below | self.settled | self.waiting


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


def past_of(conversation: Conversation) -> Past:
    """What the last summary tells; nothing where there is none."""
    for _, one in _summaries(conversation):
        lists = (one.listed(name) for name in ("inline", "below", "settled", "waiting", "less"))
        return Past(one.get("head"), one.get("state") == "whole", *lists)
    return Past()


def unheard(found: Found, conversation: Conversation) -> tuple[Wanted, ...]:
    """The findings that no comment and no summary has told of yet."""
    told, past = matched(found, own_threads(conversation)), past_of(conversation)
    return tuple(w for w in found.findings if w.id not in told and not _keys(w, found) & past.known)


def asked(found: Found, conversation: Conversation) -> frozenset[str]:
    """The people on whose rights it depends whether a finding is settled."""
    past, names = past_of(conversation), set()
    told = matched(found, own_threads(conversation))
    for wanted in found.findings:
        if wanted.id in told and not _keys(wanted, found) & past.settled:
            thread = told[wanted.id][0]
            if thread.is_resolved and not thread.is_resolved_by_own:
                names.add(thread.resolved_by)
            names |= {reply.author for reply in _dismissals(thread)}
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
    threads = own_threads(conversation)
    told = matched(found, threads)
    for wanted in found.findings:
        if wanted.id in told:
            _place(draft, wanted, told[wanted.id], past, found, limits, may_decide)
    _take_leave(draft, found, limits, told, threads)
    room = settings.most - len(draft.inline)
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
        tuple(draft.claimed), draft.gone,
    )  # fmt: skip
    writes = [*draft.resolve, *draft.edit, *_reviews(draft.new, found.head)]
    return Plan(
        (*writes, *_summary(found, conversation, past, standing, summarise(standing), settings, limits)), standing
    )


def _place(
    draft: _Draft,
    wanted: Wanted,
    threads: list[Thread],
    past: Past,
    found: Found,
    limits: Limits,
    may_decide: Mapping[str, bool],
) -> None:
    """Where a finding stands that there is a thread for; a second thread about it is closed."""
    thread, *copies = threads
    for copy in copies:
        _close(draft, copy, found.head, limits)
    if _keys(wanted, found) & past.settled:
        draft.settled.append(wanted)
    elif any(may_decide.get(reply.author, False) for reply in _dismissals(thread)):
        draft.settled.append(wanted)
        _close(draft, thread, found.head, limits)
    elif thread.is_resolved and not thread.is_resolved_by_own:
        (draft.settled if may_decide.get(thread.resolved_by, False) else draft.claimed).append(wanted)
    else:
        draft.inline.append(wanted)
        if thread.is_resolved and not limits.resolve:
            draft.resolve.append(Reopen(thread.id))
        _refresh(draft, wanted, thread, found.head)


def _refresh(draft: _Draft, wanted: Wanted, thread: Thread, head: str) -> None:
    """Bring the text of a comment up to date: a suggestion holds only on the very lines that it replaces."""
    anchor = wanted.anchor
    fits = anchor is not None and thread.path == anchor.path and thread.lines == (anchor.start, anchor.end)
    body, substance = (wanted.body, wanted.substance) if fits else (wanted.plain, wanted.plain_substance)
    one = marker.read(thread.first)
    if one is None or one.get("text") != digest_of(substance):
        draft.edit.append(EditComment(thread.first.id, _comment(wanted, head, body, substance)))


def _take_leave(
    draft: _Draft, found: Found, limits: Limits, told: Mapping[str, list[Thread]], threads: list[tuple[Thread, Marker]]
) -> None:
    """Close the threads whose finding is gone; where something failed it may still be there, so nothing is closed."""
    kept = {thread.id for some in told.values() for thread in some}
    for thread, _ in threads:
        if thread.id not in kept and found.is_whole and thread.path not in found.unread:
            draft.gone += 1
            _close(draft, thread, found.head, limits)


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


def _summary(
    found: Found,
    conversation: Conversation,
    past: Past,
    standing: Standing,
    text: str,
    settings: Settings,
    limits: Limits,
) -> list[Write]:
    """The one summary: written, edited where anything in it changed, and deleted where it stands twice."""
    keys = {
        "inline": _listed(standing.inline + standing.claimed),
        "below": _listed(standing.below) if settings.inline else past.below,
        "settled": _listed(standing.settled) | past.settled,
        "waiting": frozenset() if settings.inline else _listed(standing.below),
    }
    if (
        found.unread or not found.is_whole
    ):  # what was not found may still be there, and is not to be told of as new later
        keys = {name: some | getattr(past, name) for name, some in keys.items()}
    fields = {name: ",".join(sorted(some)[: MOST_KEYS[name]]) for name, some in keys.items()}
    is_cut = any(len(some) > MOST_KEYS[name] for name, some in keys.items())
    fields["less"] = ",".join(sorted(limits.reasons))
    state = digest_of(text, *fields.values())
    whole = "part" if found.unread or is_cut or not found.is_whole else "whole"
    body = marked(text, Marker("summary", {"head": found.head, "state": whole, "text": state, **fields}))
    there = _summaries(conversation)
    if not there:
        return [PostSummary(body)]
    (first, one), *copies = there
    edit: list[Write] = [] if one.get("text") == state else [EditSummary(first.id, body)]
    return [*edit, *(DropSummary(remark.id) for remark, _ in copies)]


def _summaries(conversation: Conversation) -> list[tuple[Remark, Marker]]:
    found = []
    for remark in conversation.remarks:
        one = marker.read(remark)
        if one is not None and one.kind == "summary":
            found.append((remark, one))
    return found


def _keys(wanted: Wanted, found: Found) -> frozenset[str]:
    """What a finding is known by in a summary: under the name of its file, and under the names that it had."""
    return frozenset(key_of(wanted.mark, path) for path in (wanted.path, *found.renames.get(wanted.path, ())))


def _listed(findings: tuple[Wanted, ...]) -> frozenset[str]:
    return frozenset(key_of(wanted.mark, wanted.path) for wanted in findings)


def _dismissals(thread: Thread) -> list[Remark]:
    """The replies that dismiss, whoever wrote them."""
    replies = [reply for reply in thread.replies if not reply.is_own]
    return [reply for reply in replies if any(c.word is Word.DISMISS for c in commands(reply.body))]
