"""What the record already has of a step that was begun and not ended: its calls are answered from there."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova.orchestrator.lines import Plain


class Past:
    """The recorded lines of one step. Each is given out once, in order."""

    def __init__(self, lines: list[Plain]) -> None:
        self.shown: list[Plain] | None = next((line["items"] for line in lines if line["kind"] == "shown"), None)
        self._loose = {kind: deque(line for line in lines if line["kind"] == kind) for kind in ("said", "used")}
        self._calls: defaultdict[tuple[str, str], deque[tuple[int, dict[str, Plain]]]] = defaultdict(deque)
        found: dict[int, dict[str, Plain]] = {}
        for line in lines:
            if "call" in line:
                found.setdefault(line["call"], {})[line["kind"]] = line
        for number, kinds in found.items():
            first = next(iter(kinds.values()))
            self._calls[first["tool"], first["mark"]].append((number, kinds))

    def call(self, tool: str, mark: str) -> tuple[int, dict[str, Plain]] | None:
        """The number of the next recorded call of a tool with these arguments, and its lines by kind."""
        recorded = self._calls[tool, mark]
        return recorded.popleft() if recorded else None

    def next(self, kind: str) -> Plain | None:
        """The next line of what was said or used."""
        lines = self._loose[kind]
        return lines.popleft() if lines else None
