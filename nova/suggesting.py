"""Suggestion blocks for comments: fixes that apply at the head and have the proof that the target asks for.

As a rule no code is run for that. Where a person's own settings trust a repository and ask for no more than ``tested``,
the tests of a head that is a branch of this very repository are run, in the sandbox; never those of a fork.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova import app, branches, mending
from nova.fixing import offers
from nova.ground import reader_of
from nova.living.suggestion import Suggestion, suggestion
from nova.proof.allowed import Allowed
from nova.proof.trust import trusts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nova.answer import Ranked
    from nova.fixing import Offer
    from nova.ports import Progress
    from nova.proof.verdict import Proof
    from nova.request import Request
    from nova.subject import Subject

LEAST = "proven"
"""No rung above the bytecode is climbed as a rule: they run code, or look at files on the disk, which are others."""
TESTED = "tested"
MOST_TESTED = 5
"""Fixes for which tests are run: that takes minutes, and only the first findings get comments."""


def suggestions(
    found: Subject, request: Request, wanted: Collection[Ranked], progress: Progress
) -> dict[str, tuple[Suggestion, str]]:
    """The block of each finding that can have one, and how far it is proved in words; by the finding's id.

    ``request`` asks for findings in the very order in which those that are wanted have their ranks.
    """
    fixable = {finding.id for finding in wanted if finding.fixable}
    if not fixable:
        return {}
    last = max(finding.rank for finding in wanted if finding.id in fixable)
    answer = app.review(found, replace(request, top=last, patches=True, shown=False), progress)
    made, _ = offers([f for f in answer.findings if f.id in fixable], reader_of(found))
    fitting = [(offer, block) for offer in made if (block := _block(offer)) is not None]
    if not fitting:
        return {}
    told: dict[str, tuple[Suggestion, str]] = {}
    with mending.proving(found, request, progress) as one:
        for number, (offer, block) in enumerate(fitting):
            progress("proving fixes", number, len(fitting))
            proof = one.prove(offer.patch, (offer.mend,), least=LEAST)
            if proof.verdict.reaches(found.target.least_proof):
                told[offer.id] = block, _words(proof)
    rest = [(offer, block) for offer, block in fitting if offer.id not in told][:MOST_TESTED]
    return told | (_tested(found, request, rest, progress) if rest and _may_run(found) else {})


def _may_run(found: Subject) -> bool:
    """Whether tests may be run for a suggestion. A fork's code is trusted by nobody: ``nova.pulls`` sees to that."""
    is_there = found.git is not None and not found.git.bare and found.head is not None
    return is_there and trusts(found.target) and found.target.least_proof == TESTED


def _tested(
    found: Subject, request: Request, fitting: Sequence[tuple[Offer, Suggestion]], progress: Progress
) -> dict[str, tuple[Suggestion, str]]:
    """The same for what the tests can tell, in a work tree of its own at the head."""
    assert found.git is not None
    assert found.head is not None
    told = {}
    with branches.checked_out(found.git, found.head.commit) as place:
        inside = replace(request, path=place, diff=None, pull=None, everything=True, patches=True, shown=False)
        there = replace(app.find_subject(inside), target=found.target)
        with mending.proving(there, inside, progress, Allowed(clone=Path(found.root))) as one:
            for offer, block in fitting:
                proof = one.prove(offer.patch, (offer.mend,), least=TESTED, progress=progress)
                if proof.verdict.reaches(TESTED):
                    told[offer.id] = block, _words(proof)
    return told


def _words(proof: Proof) -> str:
    return f"{proof.verdict.value.capitalize()}: {proof.why}"


def _block(offer: Offer) -> Suggestion | None:
    """The fix as a block, where it touches the lines that the finding is about."""
    block = suggestion(offer.before, offer.after)
    span = offer.mend.span
    return block if block is not None and block.start <= span.end_line and span.line <= block.end else None
