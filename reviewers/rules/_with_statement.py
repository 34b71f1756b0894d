"""Carries out a plan of ``_with_plan``: the ``with`` statement itself, comments and layout kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from reviewers.mend import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewers.facts import FileFacts
    from reviewers.rules._with_plan import Plan

    Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def put_with(module: cst.Module, plan: Plan, facts: FileFacts) -> cst.Module:
    """The module with a plan carried out; the same module where the place is not found."""
    span = facts.span(plan.statement)
    starts: Sequence[Statement] = locate(module, span, cst.SimpleStatementLine) or locate(module, span, cst.For)
    calls = locate(module, facts.span(plan.call), cst.Call)
    if not starts or not calls:
        return module
    item = cst.WithItem(calls[0], cst.AsName(cst.Name(plan.name)))
    changed = module.visit(_Put(starts[0], calls[0], item, plan.moved))
    assert isinstance(changed, cst.Module)
    return changed


class _Put(cst.CSTTransformer):
    """Replaces one statement, and those after it that are to move, by a ``with`` statement."""

    def __init__(self, start: Statement, call: cst.Call, item: cst.WithItem, moved: int) -> None:
        super().__init__()
        self.start = start
        self.call = call
        self.item = item
        self.moved = moved

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        body = self._changed(original_node.body)
        return updated_node if body is None else updated_node.with_changes(body=body)

    def leave_IndentedBlock(self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock) -> cst.BaseSuite:
        body = self._changed(original_node.body)
        return updated_node if body is None else updated_node.with_changes(body=body)

    def _changed(self, body: Sequence[cst.BaseStatement]) -> list[cst.BaseStatement] | None:
        at = next((n for n, statement in enumerate(body) if statement is self.start), None)
        if at is None:
            return None
        end, left = at + 1, self.moved
        while left > 0 and end < len(body):
            line = body[end]
            left -= len(line.body) if isinstance(line, cst.SimpleStatementLine) else 1
            end += 1
        inside = self._around(body[at + 1 : end]) if self.moved else self._lifted()
        return [*body[:at], cst.With([self.item], inside, leading_lines=self.start.leading_lines), *body[end:]]

    def _around(self, moved: Sequence[cst.BaseStatement]) -> cst.IndentedBlock:
        """The statements that move, without the empty lines that parted them from the opening one."""
        first, *others = moved
        assert isinstance(first, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
        above = list(first.leading_lines)
        while above and above[0].comment is None:
            del above[0]
        header = (
            self.start.trailing_whitespace
            if isinstance(self.start, cst.SimpleStatementLine)
            else cst.TrailingWhitespace()
        )
        return cst.IndentedBlock([first.with_changes(leading_lines=above), *others], header=header)

    def _lifted(self) -> cst.IndentedBlock:
        """The statement itself, reading from the name that the ``with`` gives."""
        bare = self.start.with_changes(leading_lines=())
        lifted = bare.deep_replace(self.call, self.item.asname.name)  # type: ignore[union-attr]
        assert isinstance(lifted, cst.BaseStatement)
        return cst.IndentedBlock([lifted])
