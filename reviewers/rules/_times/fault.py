"""What is told of a time that says no zone, or the wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ast

OFF = "wrong by the local offset"


class Fault(NamedTuple):
    """What is wrong at a node.

    ``time`` is the expression that has to say its zone, where saying it is all that is wanted; with ``is_naive`` it is
    to be naive again afterwards, for what reads it expects that.
    """

    node: ast.AST
    message: str
    time: ast.expr | None = None
    is_naive: bool = False
    confidence: float | None = None
    """How sure the rule is of it, where that differs from the rule's own."""
