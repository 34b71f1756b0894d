"""Which thread is about which finding: by fingerprint and file, through renames, and by what is left over. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.living import marker
from nova.living.deciding import is_dismissed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from nova.living.marker import Marker
    from nova.living.values import Conversation, Found, Thread, Wanted

    Own = tuple[Thread, Marker]


def own_threads(conversation: Conversation) -> list[Own]:
    """The threads that Nova began, each with what its marker says."""
    found = []
    for thread in conversation.threads:
        one = marker.read(thread.first)
        if one is not None and one.kind == "finding":
            found.append((thread, one))
    return found


def matched(found: Found, threads: Sequence[Own]) -> dict[str, list[Thread]]:
    """The threads of each finding, by its id; the first is its place, further ones stand there a second time.

    The exact file comes first, then the names that it had. A thread on a file that is gone goes to the finding with its
    id, else to the one finding left with its fingerprint, where there is exactly one. So does a thread in
    which a finding was dismissed, though its file is there: code that moves takes that along.
    """
    places: dict[str, list[Thread]] = {}
    left = list(threads)
    there = found.paths.union(*found.renames.values())  # a file that got another name is not gone
    steps: tuple[tuple[Callable[[Wanted], Iterable[Hashable]], Callable[[Own], Hashable]], ...] = (
        (lambda w: [(w.mark, w.path)], lambda own: (own[1].get("mark"), own[0].path)),
        (
            lambda w: [(w.mark, old) for old in found.renames.get(w.path, ())],
            lambda own: (own[1].get("mark"), own[0].path),
        ),
        (lambda w: [w.id], lambda own: own[1].get("id") if own[0].path not in there else own[0]),
    )
    for keys_of, key_of in steps:
        by_key: dict[Hashable, list[Own]] = {}
        for own in left:
            by_key.setdefault(key_of(own), []).append(own)
        for wanted in found.findings:
            if wanted.id in places:
                continue
            taken = [own for key in keys_of(wanted) for own in by_key.pop(key, ())]
            if taken:
                places[wanted.id] = _in_order([thread for thread, _ in taken])
                left = [own for own in left if own not in taken]
    places |= _moved(found, places, [own for own in left if own[0].path not in there or is_dismissed(own[0])])
    taken_ids = {thread.id for some in places.values() for thread in some}
    return places | _twins(found, places, [own for own in left if own[0].id not in taken_ids])


def _moved(found: Found, places: dict[str, list[Thread]], left: Sequence[Own]) -> dict[str, list[Thread]]:
    lost: dict[str, list[Thread]] = {}
    for thread, one in left:
        lost.setdefault(one.get("mark"), []).append(thread)
    free: dict[str, list[Wanted]] = {}
    for wanted in found.findings:
        if wanted.id not in places and wanted.mark in lost:
            free.setdefault(wanted.mark, []).append(wanted)
    return {some[0].id: _in_order(lost[mark]) for mark, some in free.items() if len(some) == 1}


def _twins(found: Found, places: dict[str, list[Thread]], left: Sequence[Own]) -> dict[str, list[Thread]]:
    """The threads that stand on the very lines of a finding, and say the same, where its own thread does not.

    Of two findings that are alike in one symbol the first may be mended; then the second takes its fingerprint.
    """
    standing: dict[Hashable, list[Thread]] = {}
    for thread, one in left:
        standing.setdefault((thread.path, thread.lines, one.get("text")), []).append(thread)
    better: dict[str, list[Thread]] = {}
    for wanted in found.findings:
        if wanted.id not in places or wanted.anchor is None:
            continue
        lines = (wanted.anchor.start, wanted.anchor.end)
        if places[wanted.id][0].path != wanted.path or places[wanted.id][0].lines == lines:
            continue
        texts = dict.fromkeys(marker.digest_of(text) for text in (wanted.substance, wanted.plain_substance))
        there = [thread for text in texts for thread in standing.get((wanted.path, lines, text), ())]
        if len(there) == 1:
            better[wanted.id] = there
    return better


def _in_order(threads: list[Thread]) -> list[Thread]:
    """Open ones first, then those that people resolved; the sort keeps the older before the newer."""
    return sorted(threads, key=lambda t: (t.is_resolved, t.is_resolved_by_own))
