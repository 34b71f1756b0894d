"""Findings that an earlier look at a pull request should have told of: found out, and counted in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nova import app, moments
from nova.changed import changed
from nova.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.answer import Ranked
    from nova.living.lines import Held
    from nova.living.past import Past
    from nova.living.values import Anchor, Wanted
    from nova.ports import Progress
    from nova.pulls import Opened

EVERY = 1_000_000
SOURCE = "nova review --pr"


def missed(opened: Opened, past: Past, fresh: Sequence[Wanted], progress: Progress) -> frozenset[str]:
    """Which of the findings that nobody was told of were there when an earlier head was looked at.

    Their lines have not changed since, and a look at that head by the present rules finds them. Empty where the earlier
    head is not here, or where that look was not whole.
    """
    found = opened.subject
    if not past.head or not past.is_whole or found.git is None or found.head is None or past.head == found.head.commit:
        return frozenset()
    try:
        before = found.git.commit(past.head).commit
        since = changed(found.git, before, found.head.commit)
    except GitError:
        return frozenset()
    old = [w for w in fresh if w.anchor is not None and not _touches(since.held.get(w.path, ()), w.anchor)]
    if not old:
        return frozenset()
    base = (opened.request.diff or "").partition("...")[0]
    asked = replace(opened.request, diff=f"{base}...{before}", top=EVERY, patches=False, shown=False)
    try:
        answer = app.review(app.find_subject(asked), asked, progress)
    except GitError:
        return frozenset()
    there = {(f.fingerprint, f.path) for f in answer.findings}
    return frozenset(w.id for w in old if (w.mark, w.path) in there)


def _touches(held: Sequence[Held], anchor: Anchor) -> bool:
    return any(anchor.start <= line <= anchor.end for one in held for line in one.added)


def remember(opened: Opened, findings: Sequence[Ranked], progress: Progress) -> None:
    """Count each miss once, whatever the number of runs."""
    if not findings:
        return
    from memory import Item, Kind, MemoryUnavailable

    now, _ = moments.now()
    with app.shelf(opened.request, progress).hold() as (memory, _notices):
        if memory is None:
            return
        place = f"{opened.place.address.repository}#{opened.pull.number}"
        for one in findings:
            text = f"the first look at {place} missed {one.rule} in {one.path}, whose lines were there"
            item = Item("", Kind.FACT, one.rule, "", text, "", "nova", SOURCE, now, now, about=(one.path, one.rule))
            try:
                memory.remember(item, opened.subject.key, f"miss:{place}:{one.id}")
            except MemoryUnavailable:
                return
