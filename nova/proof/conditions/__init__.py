"""Conditions under which the fix of a rule changes nothing that a program does, and whether they hold in one place.

``checked`` is the one entry. A code that is declared here says in words what must hold, and makes the edit itself, on
the syntax tree, where all of it does. The conditions are given only where that edit is the very one of the patch: a
patch that does anything else beside has none, whatever its rule is called.

Nothing is known of types here. So no condition speaks of what an object does when it is compared, hashed, called, asked
for its length or its attributes, unless its type can be seen in the same function. What is not claimed: the text of
tracebacks, line numbers, how deep one may recurse, what a debugger or ``sys._getframe`` sees, memory that is used, and
whether a name that was never bound raises ``NameError`` or its ``UnboundLocalError``.
"""

from nova.proof.conditions.checking import DECLARED, checked
from nova.proof.conditions.declaring import Declared

__all__ = ["DECLARED", "Declared", "checked"]
