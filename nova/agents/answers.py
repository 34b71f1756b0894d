"""What handlers share when they put an answer together: tools that may fail, places, and what came back. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.handoff import Done, Evidence, Handoff, Kind
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.handoff import Returned, Task
    from nova.orchestrator.tool import Tools


BASES = ("main", "master", "develop")
"""What a branch is taken to have left, where the message does not say."""


class Asked:
    """Tools whose failure is no end: what failed is kept, so that the answer can say so."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.failed: dict[str, str] = {}

    def call(self, name: str, /, **arguments: Any) -> Any:
        """The tool's answer, or None where it failed or was refused."""
        try:
            return self._tools.call(name, **arguments)
        except (ToolFailed, Refused) as error:
            self.failed[name] = str(error)
            return None

    def said(self) -> list[str]:
        """What failed, in sentences."""
        return [f"{name} could not be asked: {why}" for name, why in self.failed.items()]


def against_a_base(name: str, asked: Mapping[str, Any], tools: Tools) -> dict[str, Any]:
    """What a tool says of the present branch, against the first of the usual bases that is there."""
    *first, last = BASES
    for base in first:
        try:
            found: dict[str, Any] = tools.call(name, **asked, diff=base)
        except ToolFailed as error:
            if "names no commit" not in str(error):
                raise
        else:
            return found
    answer: dict[str, Any] = tools.call(name, **asked, diff=last)
    return answer


def where(row: Mapping[str, Any]) -> str:
    """``path:line``, with the symbol where there is one."""
    place = f"{row['path']}:{row['line']}"
    return f"{place} {row['symbol']}" if row.get("symbol") else place


def evidence(row: Mapping[str, Any], what: str = "") -> Evidence:
    """A place as evidence."""
    return Evidence(what or str(row.get("rule") or row.get("symbol") or "file"), str(row["path"]), int(row["line"]))


def returned(task: Task, agent: str) -> Returned | None:
    """What an agent that was delegated to gave back last; None where it was not asked yet."""
    return next((r for r in reversed(task.returned) if r.agent == agent), None)


def quoted(back: Returned | None) -> str:
    """What came back, as a part of one's own answer."""
    if back is None:
        return ""
    if back.answer is None:
        return f"{back.agent} could not help: {back.failure}"
    return back.answer.text


def elsewhere(answer: str) -> Handoff:
    """The way on for an answer that answers nothing: it is a request of its own, for whose work it is."""
    return Handoff("concierge", "what was said is no answer, but a request of its own", answer, kind=Kind.TRANSFER)


def failed(error: Exception) -> Done:
    """The answer of an agent whose one tool failed."""
    return Done(f"That could not be done: {error}", complete=False)


def asked_in_all(task: Task) -> str:
    """The goal with everything that the person answered to questions about it."""
    return " ".join([task.goal, *task.answers])
