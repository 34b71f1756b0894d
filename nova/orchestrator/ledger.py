"""What has happened in a turn so far, counted from the lines of its record, recorded just now or long ago alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nova.orchestrator.frames import Known

if TYPE_CHECKING:
    from nova.orchestrator.frames import Frame
    from nova.orchestrator.lines import Plain


@dataclass(slots=True)
class Ledger:
    """The counts that guards look at."""

    same: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Calls by agent, tool and arguments."""
    edges: Counter[tuple[str, str]] = field(default_factory=Counter)
    hops: int = 0
    calls: int = 0
    """Calls that were tried, refused ones among them: it numbers them."""
    visits: int = 0
    writes: int = 0
    failed: set[str] = field(default_factory=set)
    """Agents that were cut off or failed."""
    notes: list[str] = field(default_factory=list)
    """What was done in place of what failed, for the person."""
    waiting: list[Plain] = field(default_factory=list)
    """Writes that wait for a person's approval."""

    def note(self, frame: Frame, line: Plain) -> None:
        """Count a line that the gate recorded for a frame."""
        number = line.get("call")
        if isinstance(number, int):
            self.calls = max(self.calls, number + 1)
        match line["kind"]:
            case "shown":
                frame.task["context"] = line["items"]
            case "call":
                self.same[frame.agent, line["tool"], line["mark"]] += 1
                for account in (frame.account, frame.own):
                    account.spend(calls=1)
            case "result":
                if line["writes"]:
                    self.writes += 1
                known = Known(line, frame.asks, self.writes)
                frame.known.setdefault((line["tool"], line["mark"]), []).append(known)
            case "refused" if line["waits"]:
                self.waiting.append({"call": number, "agent": frame.agent, "tool": line["tool"]})
            case "used":
                for account in (frame.account, frame.own):
                    account.spend(tokens=line["tokens"], money=line["money"])

    def remembered(self, frame: Frame, tool: str, mark: str, used: int) -> Plain | None:
        """What an earlier step was told in answer to the same call, if that still holds: nothing was written since."""
        earlier = [one for one in frame.known.get((tool, mark), []) if one.ask < frame.asks and one.line["ok"]]
        if used < len(earlier) and (earlier[used].line["writes"] or earlier[used].writes == self.writes):
            return earlier[used].line
        return None
