"""Why one claim is held to replace another, in words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.claims.match import MATCHED
from memory.claims.parts import Claim, Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory.claims.signs import Compared


def why_replaced(claim: Claim, compared: Compared) -> str:
    """What makes the new claim take the old one's place."""
    about = listed(compared)
    if compared.changed is not None:
        new, old = compared.changed
        return f"both speak of {about}, and {new.text} takes the place of {old.text}"
    if compared.opposite is not None:
        return f"both speak of {about}, once {compared.opposite[1]}, now {compared.opposite[0]}"
    if compared.ended:
        return f"it says that {_and(compared.ended)} is over"
    if claim.cue is Cue.END or compared.signs["flipped"]:
        return f"it says that {about} is no longer so"
    return f"both say something else of {about}"


def listed(compared: Compared) -> str:
    """The words of the old claim that the new one speaks of too, at most four."""
    return (
        _and([w.word.text for w in compared.old if w.matched >= MATCHED and w.word.role != "verb"]) or "the same thing"
    )


def _and(words: Sequence[str]) -> str:
    some = list(dict.fromkeys(words))[:4]
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)
