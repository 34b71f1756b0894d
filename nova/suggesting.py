"""Suggestion blocks for comments: fixes that apply at the head, as far as they are proved without running any code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova import app, mending
from nova.fixing import offers
from nova.ground import reader_of
from nova.living.suggestion import Suggestion, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

    from nova.answer import Ranked
    from nova.fixing import Offer
    from nova.ports import Progress
    from nova.request import Request
    from nova.subject import Subject

LEAST = "proven"
"""No rung above the bytecode is climbed here: they run code, or look at the files on the disk, which are others."""


def suggestions(
    found: Subject, request: Request, wanted: Collection[Ranked], progress: Progress
) -> dict[str, tuple[Suggestion, str]]:
    """The block of each finding that can have one, and how far it is proved in words; by the finding's id.

    ``request`` asks for findings in the very order in which those that are wanted have their ranks.
    """
    fixable = {finding.id for finding in wanted if finding.fixable}
    if not fixable:
        return {}
    from dataclasses import replace

    last = max(finding.rank for finding in wanted if finding.id in fixable)
    answer = app.review(found, replace(request, top=last, patches=True, shown=False), progress)
    made, _ = offers([f for f in answer.findings if f.id in fixable], reader_of(found))
    fitting = [(offer, block) for offer in made if (block := _block(offer)) is not None]
    if not fitting:
        return {}
    told = {}
    with mending.proving(found, request, progress) as one:
        for number, (offer, block) in enumerate(fitting):
            progress("proving fixes", number, len(fitting))
            proof = one.prove(offer.patch, (offer.mend,), least=LEAST)
            if proof.verdict.reaches(found.target.least_proof):
                told[offer.id] = block, f"{proof.verdict.value.capitalize()}: {proof.why}"
    return told


def _block(offer: Offer) -> Suggestion | None:
    """The fix as a block, where it touches the lines that the finding is about."""
    block = suggestion(offer.before, offer.after)
    span = offer.mend.span
    return block if block is not None and block.start <= span.end_line and span.line <= block.end else None
