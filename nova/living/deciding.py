"""What people decided in a thread: by an answer of theirs, by resolving it. Pure.

Nova may post as a person, whose answers count as anybody's. So its own comments are told by their marker, and the
threads that it resolved by the list in the summary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.listening.commands import Word, decision, is_marked
from nova.living import marker
from nova.living.marker import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.living.values import Conversation, Thread


def decisions(thread: Thread) -> list[tuple[str, Word]]:
    """Who answered what, the last one last. One that was edited counts from then."""
    replies = [reply for reply in thread.replies if not (reply.is_own and is_marked(reply.body))]
    told = [(reply, decision(reply.body)) for reply in sorted(replies, key=lambda reply: reply.at)]
    return [(reply.author, said.word) for reply, said in told if said is not None]


def decided(thread: Thread, may_decide: Mapping[str, bool]) -> Word | None:
    """The last answer of somebody who may decide; None where there is none."""
    told = [word for author, word in decisions(thread) if may_decide.get(author, False)]
    return told[-1] if told else None


def is_dismissed(thread: Thread) -> bool:
    """Whether the last answer is that the finding is not wanted, whoever gave it."""
    told = decisions(thread)
    return bool(told) and told[-1][1] is Word.DISMISS


def is_own(thread: Thread, conversation: Conversation, done: frozenset[str] | None) -> bool:
    """Whether Nova resolved a thread. ``done`` are those that it told of; None where nothing tells."""
    if not thread.is_resolved_by_own:
        return False
    return not conversation.is_persons or done is None or digest_of(thread.id) in done


def is_done(thread: Thread) -> bool:
    """Whether the comment itself says that its thread is done, for want of the right to resolve it."""
    one = marker.read(thread.first)
    return one is not None and one.get("state") == "gone"
