"""Mutants: the text of a file with one small change in the lines that are looked at.

The operators are those of cosmic-ray 8.7 (``cosmic_ray/operators``) and mutmut 3.6 (``mutmut/mutation/mutators.py``),
as far as they make few mutants of the same meaning, and beside them those that refactors call for: a condition that
always or never holds, a return value, a statement, a ``raise``, a slice, the body of a function.

Neither library is used, though both could be aimed: ``cosmic_ray.mutating.mutate_code`` and
``mutmut.mutation.file_mutation.create_mutations`` take a text, and mutations can be chosen by line. But their lists are
too short for few lines: of the 208 pairs in ``tests/assets/refactors`` 14 have a side of which mutmut's makes nothing.
Both are programs, whose operators are no public interface and which bring in a database or a terminal interface. And
neither lets go of mutants that mean the same, nor knows the other side of a patch.
"""

from nova.proof.mutation.making import MOST, Mutant, mutants
from nova.proof.mutation.sides import Made, Sides, mutants_of

__all__ = ["MOST", "Made", "Mutant", "Sides", "mutants", "mutants_of"]
