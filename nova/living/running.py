"""Carries a plan out: reads, plans, writes; and reads anew where it is not known what a write came to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nova.errors import NovaError
from nova.living.past import past_of
from nova.living.plan import Plan, asked, plan
from nova.living.port import Refused, Uncertain
from nova.living.values import Limits
from nova.living.writes import EditSummary, PostReview, PostSummary, Reopen, Resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.living.port import Forge
    from nova.living.values import Conversation, Found, Settings, Standing

ROUNDS = 6
"""Looks at the conversation before the run gives up; each answers one broken connection or one thing refused."""


HIDDEN = "it does not tell this token who may write here"
"""What stands for GitHub's words where it does not tell of somebody's rights."""


class PostError(NovaError):
    """A review could not be posted, or not wholly. ``is_outdated``: a newer head is there to be reviewed."""

    is_outdated = False


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of it: where each finding stands, how many writes it took, and what was refused."""

    standing: Standing
    writes: int
    limits: Limits


def moved_on(head: str, now: str) -> PostError:
    """The error for a pull request that got new commits while it was reviewed."""
    error = PostError(
        f"the pull request moved on to {now[:10]} while {head[:10]} was reviewed, so nothing more was posted",
        why="what was found may not be there any more",
        next_step="run it again; a run for the new commits may be on its way",
    )
    error.is_outdated = True
    return error


def keep_alive(
    forge: Forge,
    number: int,
    prepare: Callable[[Conversation], Found],
    settings: Settings,
    summarise: Callable[[Standing, Limits], str],
    refit: Callable[[], None],
    *,
    start: Limits | None = None,
) -> Posted:
    """Bring the conversation up to date.

    ``prepare`` gives the findings with their words, once it is known what was said before; ``refit`` is told when the
    lines of a comment were refused, and takes GitHub's own for the next look. Raises ``PostError``.
    """
    limits, done = start, 0
    rights: dict[str, bool] = {}
    last = ""
    refits = 0
    for _ in range(ROUNDS):
        conversation = forge.conversation(number)
        found = prepare(conversation)
        if limits is None:
            limits = Limits(reasons={"light": ""} if "light" in past_of(conversation).less else {})
        if conversation.head != found.head:
            raise moved_on(found.head, conversation.head)
        for name in sorted(asked(found, conversation) - rights.keys()):
            may = forge.may_write(name)
            rights[name] = bool(may)
            if may is None:
                limits = replace(limits, reasons={**limits.reasons, "rights": HIDDEN})
        due = plan(found, conversation, settings, limits, rights, _bound(summarise, limits))
        try:
            done += _written(forge, number, due)
        except Uncertain as error:
            last = str(error)
            done += 1
        except Refused as refusal:
            limits = _narrowed(limits, refusal, refits)
            if refusal.is_invalid and not limits.anchors:
                refits += 1
                refit()
            last = refusal.why
        else:
            return Posted(due.standing, done, limits)
    raise PostError(
        "the review could not be posted wholly", why=last, next_step="run it again: nothing is posted twice"
    )


def _bound(summarise: Callable[[Standing, Limits], str], limits: Limits) -> Callable[[Standing], str]:
    return lambda standing: summarise(standing, limits)


def _written(forge: Forge, number: int, due: Plan) -> int:
    for write in due.writes:
        try:
            forge.carry_out(number, write)
        except Refused as refusal:
            refusal.what = _name(write)
            raise
    return len(due.writes)


def _name(write: object) -> str:
    if isinstance(write, (Resolve, Reopen)):
        return "resolve"
    if isinstance(write, PostReview):
        return "review"
    return "summary" if isinstance(write, (PostSummary, EditSummary)) else "edit"


def _narrowed(limits: Limits, refusal: Refused, refits: int) -> Limits:
    """What is not tried again. Raises ``PostError`` where nothing is left that could be tried."""
    reasons = {**limits.reasons, refusal.what: refusal.why}
    if refusal.what == "resolve" and not limits.resolve:
        return replace(limits, resolve=True, reasons=reasons)
    if refusal.what == "review" and refusal.is_invalid and refits == 0:
        return limits
    if refusal.what == "review" and not limits.anchors:
        return replace(limits, anchors=True, reasons=reasons)
    if refusal.what in {"edit", "summary"} and "(404)" in refusal.why:
        return limits  # somebody deleted the comment meanwhile: the next look tells
    raise PostError(
        "the review could not be posted",
        why=refusal.why,
        next_step="docs/github.md tells which rights the token needs; nova doctor looks at the one in hand",
    )
