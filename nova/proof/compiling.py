"""Which versions and levels of optimisation a comparison of code must cover, and what all of them say. Pure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from reviewers.text import Undecodable, decoded

if TYPE_CHECKING:
    from nova.proof.case import Case, FileChange
    from nova.proof.compilers import Compared
    from nova.proof.tools import Tools


def compared(case: Case, tools: Tools) -> dict[str, list[Compared]]:
    """For each edited Python file what every declared version that is here says."""
    versions = tools.compilers.present(case.target.versions)
    found = {}
    for change in case.patch.files:
        if change.is_python and change.before is not None and change.after is not None:
            levels = levels_of(change)
            found[change.path] = tools.compilers.compare(versions, change.path, change.before, change.after, levels)
    return found


def levels_of(change: FileChange) -> tuple[int, ...]:
    """The levels of optimisation (``-O`` is 1, ``-OO`` is 2) at which the two sides may differ in different ways.

    What is equal at level 0 can differ at level 1 only where ``assert`` or ``__debug__`` stands, and at level 2 only
    where a program names ``__doc__`` besides: docstrings themselves are compared at level 0. Identifiers are read as
    Python reads them, in the normal form NFKC.
    """
    try:
        texts = [unicodedata.normalize("NFKC", decoded(data)) for data in (change.before, change.after) if data]
    except Undecodable:
        return (0, 1, 2)
    if any("__doc__" in text for text in texts):
        return (0, 1, 2)
    return (0, 1) if any("assert" in text or "__debug__" in text for text in texts) else (0,)
