"""``close-resources``: what is opened is closed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import walk
from reviewers.rule import Hit, Invalid, Rule, Severity, Valid
from reviewers.rules._resources import ARCHIVE, FILE, RESPONSE, SOCKET, mentions, opened, scope_of, stays_open, fate, Fate

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.facts import FileFacts
    from reviewers.finding import Span


class CloseResources(Rule):
    """A file, socket or connection that nobody closes stays open until the garbage collector gets to it."""

    name = "close-resources"
    severity = Severity.LOW
    equivalents = ("SIM115", "R1732", "consider-using-with")
    sees = (ast.Call,)
    examples: ClassVar = (Valid("x\n"),)

    def check(self, node: ast.Call, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        kind = opened(node, facts)
        if not kind:
            return
        holder = facts.parent(node)
        if isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name):
            name = holder.targets[0].id
            scope = scope_of(holder, facts)
            if isinstance(scope, ast.Module) and kind not in {FILE, RESPONSE, ARCHIVE}:
                return
            found = mentions(name, holder, facts)
            if found is None or (not found and (kind != FILE or isinstance(scope, ast.Module))):
                return
            if all(stays_open(m, facts, kind) for m in found):
                yield Hit(node, f"NAMED {kind}")
        elif stays_open(node, facts, kind):
            yield Hit(node, f"DIRECT {kind}")
        elif kind == "database connection" and isinstance(holder, ast.withitem):
            yield Hit(node, f"SQLWITH {kind}")
