"""Whether inputs near those of the tests tell a mutant from the code that it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.proof.inputs.choose import plan_of
from nova.proof.inputs.compare import compared
from nova.proof.inputs.run import Unreadable, confirmed
from nova.proof.testing import BEFORE, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proof.case import Patch
    from nova.proof.inputs.run import Inputs
    from nova.proof.mutation import Made


def alike(inputs: Inputs, patch: Patch, mutants: Sequence[Made]) -> Made | None:
    """The first mutant that does the same as its own side of the patch on all inputs; None where all are told apart.

    Only a firm difference that shows again tells one apart. A mutant whose run cannot be read is not told apart.
    """
    after = Variant("after", {change.path: change.after or b"" for change in patch.files})
    for side, base in (("old", BEFORE), ("new", after)):
        ours = [one for one in mutants if one.side == side]
        if not ours:
            continue
        try:
            told = inputs.told(base)
        except Unreadable:
            return ours[0]
        for made in ours:
            try:
                other = inputs.told(made.variant, plan_of(told))
                found = [d for d in compared(told, other).differences if d.firm]
                left, _ = confirmed(inputs, (base, made.variant), told, found)
            except Unreadable:
                return made
            if not any(d.firm for d in left):
                return made
    return None
