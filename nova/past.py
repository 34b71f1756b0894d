"""The history that memory keeps: as far as it was read last, and as far as it was read before branches parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.history import Reader
from reviewers.digests import digest

if TYPE_CHECKING:
    from nova.ports import Remembered
    from nova.subject import Subject

FAR = 300
"""So many commits may lie between the two pages that are kept."""


def reader(memory: Remembered | None, subject: Subject) -> Reader | None:
    """The history up to the subject's commit, or to one before it that memory knows, or a fresh start.

    None where there is none to be had.
    """
    if subject.git is None or subject.head is None:
        return None
    for name in _pages(subject):
        page = memory.page(subject.key, name) if memory is not None else None
        tip = subject.head.commit
        if page is not None and (page[0] == tip or subject.git.is_ancestor(page[0], tip)):
            known = Reader.from_bytes(page[1])
            if known is not None:
                return known
    return Reader(subject.scope)


def keep(memory: Remembered, subject: Subject, read: Reader) -> None:
    """Keep a history that was read on.

    Another branch does not know its last commit. So one further down is kept too: reading all anew takes seconds.
    """
    assert subject.git is not None
    last, below = _pages(subject)
    known = memory.page(subject.key, last)
    if known is not None and subject.git.is_ancestor(known[0], read.commit):
        base = memory.page(subject.key, below)
        old = Reader.from_bytes(base[1]) if base is not None else None
        if old is None or read.count - old.count > FAR or not subject.git.is_ancestor(old.commit, read.commit):
            memory.keep_page(subject.key, below, *known)
    memory.keep_page(subject.key, last, read.commit, read.to_bytes())


def _pages(subject: Subject) -> tuple[str, str]:
    name = f"history:{digest(subject.scope)}"
    return name, f"{name}:below"
