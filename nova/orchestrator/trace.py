"""A turn's record as a tree: who was asked, what each was shown, called, handed on and gave back, and its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.record import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nova.orchestrator.lines import Plain

UNFINISHED = "unfinished"


def tree(lines: Iterable[Plain]) -> Plain:
    """The trace of a turn, as plain data; of a turn that was stopped, as far as it came."""
    made = _Tree()
    for number, line in enumerate(lines, 1):
        try:
            made.add(line)
        except (KeyError, TypeError, AttributeError, ValueError):  # a line that somebody edited
            made.add({"kind": DAMAGED, "line": number})
            break
    return made.finished()


class _Tree:
    def __init__(self) -> None:
        self._top: Plain = {
            "turn": "", "at": "", "conversation": "", "message": "", "status": UNFINISHED, "route": {}, "agents": [],
            "answer": None, "resumed": 0, "seconds": 0.0, "calls": 0, "handoffs": 0,
        }  # fmt: skip
        self._visits: dict[int, Plain] = {}
        self._calls: dict[int, Plain] = {}
        self._handed: dict[int, Plain] = {}
        self._takes: dict[str, Callable[[Plain], None]] = {
            "request": self._request,
            "route": self._route,
            "start": self._start,
            "ask": self._ask,
            "shown": self._shown,
            "said": self._said,
            "used": self._used,
            "asked": self._asked,
            "answered": self._answered,
            "call": self._call,
            "result": self._result,
            "refused": self._refused,
            "again": self._again,
            "step": self._step,
            "cut": self._cut,
            "handoff": self._handoff,
            "return": self._return,
            "resumed": self._resumed,
            "ended": self._ended,
            "settled": self._settled,
            "late": self._late,
            DAMAGED: self._damaged,
        }

    def add(self, line: Plain) -> None:
        """Take in one line."""
        take = self._takes.get(line["kind"])
        if take is not None:
            take(line)

    def finished(self) -> Plain:
        """The whole."""
        nodes = self._visits.values()
        self._top["seconds"] = round(sum(node["seconds"] for node in nodes), 3)
        self._top["calls"] = sum(node["calls"] for node in nodes)
        return self._top

    def _request(self, line: Plain) -> None:
        told = ("turn", "at", "conversation", "message", "budget")
        self._top |= {name: line[name] for name in told}

    def _route(self, line: Plain) -> None:
        self._top["route"] = {name: value for name, value in line.items() if name not in {"n", "at", "kind"}}

    def _start(self, line: Plain) -> None:
        node: Plain = {
            "agent": line["agent"], "visit": line["visit"], "by": line["by"], "goal": line["task"]["goal"],
            "brief": line["task"]["brief"],
            "at": line["at"], "until": line["at"], "share": line["share"], "seconds": 0.0, "calls": 0, "steps": 0,
            "events": [], "outcome": UNFINISHED,
        }  # fmt: skip
        self._visits[line["visit"]] = node
        handed = self._handed.pop(line["parent"], None) if line["parent"] is not None else None
        if handed is None:
            self._top["agents"].append(node)
        else:
            handed["agent"] = node

    def _event(self, line: Plain, **data: Any) -> Plain:
        node = self._visits[line["visit"]]
        node["events"].append(data)
        return data

    def _ask(self, line: Plain) -> None:
        if line["visit"] in self._visits:
            self._visits[line["visit"]]["steps"] += 1

    def _shown(self, line: Plain) -> None:
        if line["items"] or line.get("why"):
            self._event(line, event="shown", items=line["items"], why=line.get("why", ""))

    def _said(self, line: Plain) -> None:
        self._event(line, event="said", text=line["text"])

    def _used(self, line: Plain) -> None:
        self._event(line, event="used", tokens=line["tokens"], money=line["money"])

    def _called(self, line: Plain) -> Plain:
        """The event of a call; the first line that tells of it makes it."""
        if line["call"] not in self._calls:
            self._calls[line["call"]] = self._event(
                line, event="call", call=line["call"], tool=line["tool"], arguments=line.get("arguments", {}),
                at=line["at"], seconds=0.0, state=UNFINISHED, why="",
            )  # fmt: skip
        return self._calls[line["call"]]

    def _asked(self, line: Plain) -> None:
        self._called(line)["effect"] = line["effect"]

    def _answered(self, line: Plain) -> None:
        self._calls[line["call"]]["approval"] = line["answer"]

    def _call(self, line: Plain) -> None:
        self._called(line).update(writes=line["writes"], key=line["key"], at=line["at"])
        self._visits[line["visit"]]["calls"] += 1

    def _result(self, line: Plain) -> None:
        self._called(line).update(
            seconds=line["seconds"], state="done" if line["ok"] else "failed", why=line.get("why", ""),
            data=line["data"],
        )  # fmt: skip

    def _refused(self, line: Plain) -> None:
        self._called(line).update(state="waits" if line["waits"] else "refused", why=line["why"])

    def _again(self, line: Plain) -> None:
        self._called(line).update(state="again", of=line["of"])

    def _step(self, line: Plain) -> None:
        node, outcome = self._visits[line["visit"]], line["outcome"]
        node["seconds"] += line["seconds"]
        node["until"] = line["at"]
        if outcome["step"] != "handoff":
            node["outcome"] = outcome["step"]
            told = outcome["why"] if outcome["step"] == "failed" else outcome["text"]
            self._event(line, event=outcome["step"], text=told)

    def _cut(self, line: Plain) -> None:
        node = self._visits[line["visit"]]
        node["seconds"] += line["seconds"]
        node["until"] = line["at"]
        node["outcome"] = "cut"
        self._event(line, event="cut", text=line["outcome"]["why"])

    def _handoff(self, line: Plain) -> None:
        told = {name: line[name] for name in ("to", "by", "ok", "why", "reason", "goal", "brief", "way")}
        self._handed[line["visit"]] = self._event(line, event="handoff", **told, agent=None)
        if line["ok"]:
            self._top["handoffs"] += 1
            self._visits[line["visit"]]["outcome"] = "transfer" if line["way"] == "transfer" else "waits"
        else:
            del self._handed[line["visit"]]

    def _return(self, line: Plain) -> None:
        self._visits[line["visit"]].setdefault("returned_to", line["to"])

    def _resumed(self, _line: Plain) -> None:
        self._top["resumed"] += 1

    def _ended(self, line: Plain) -> None:
        told = {name: value for name, value in line.items() if name not in {"n", "at", "kind", "stack"}}
        self._top |= {"status": line["status"], "answer": told, "ended": line["at"]}

    def _settled(self, line: Plain) -> None:
        self._calls[line["call"]]["approval"] = f"{line['answer']} later"

    def _late(self, line: Plain) -> None:
        self._calls[line["call"]].update(
            seconds=line["seconds"], state="done" if line["ok"] else "failed", why=line["why"], data=line["data"]
        )

    def _damaged(self, line: Plain) -> None:
        self._top[DAMAGED] = line["line"]
