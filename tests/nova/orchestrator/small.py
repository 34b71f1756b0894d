"""A small swarm: handlers written in the test, tools that note what they do, real threads, records in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.roster_cases import Page
from nova.orchestrator.approvals import Always
from nova.orchestrator.handoff import Budget, Done, Handoff, Kind
from nova.orchestrator.record import MemoryRecords
from nova.orchestrator.runner import SystemClock, ThreadRunner
from nova.orchestrator.swarm import Swarm
from nova.orchestrator.tool import Tool
from nova.orchestrator.turn import Start
from nova.orchestrator.world import World

if TYPE_CHECKING:
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Approver, Context, Records
    from nova.orchestrator.turn import Outcome

Work = Callable[[Any, Any], Any]
TURN = "t1"


def page(name: str, *edges: str, **more: Any) -> Page:
    """An agent that may read and write, and asks nobody."""
    usual = {"tools": ("read", "write", "fail", "odd"), "writes": ("notes",), "approval": "none", "llm": "none"}
    return Page(name, handoffs=dict.fromkeys(edges, "when it fits"), **{**usual, "budget": Budget(), **more})


class Small:
    """A swarm of these pages and handlers."""

    def __init__(
        self,
        work: dict[str, Work],
        *pages: Page,
        approver: Approver | None = None,
        records: Records | None = None,
        context: Context | None = None,
        model: bool = False,
    ) -> None:
        self.pages = {one.name: one for one in pages} or {name: page(name, *work) for name in work}
        self.work = work
        self.done: list[tuple[str, dict[str, Any]]] = []
        self.keys: list[str] = []
        self.heard: list[Plain] = []
        self.records = records or MemoryRecords()
        tools = {
            "read": Tool("read", "reads", self._read),
            "write": Tool("write", "writes", self._write, writes=True, effect=lambda **given: f"would write {given}"),
            "fail": Tool("fail", "fails", self._fail),
            "odd": Tool("odd", "gives what no record holds", lambda _key, /, **_: object()),
        }
        self.world = World(
            self.pages, self._handler, lambda names: {name: tools[name] for name in names},
            SystemClock(), ThreadRunner(), approver or Always(None), context, model=model,
        )  # fmt: skip
        self.swarm = Swarm(self.world, self.records, listen=self.heard.append)

    def ask(self, agent: str = "a", message: str = "do it", turn: str = TURN, **more: Any) -> Outcome:
        """One turn."""
        return self.swarm.run(Start(turn, "here", message, agent, **more))

    def lines(self, *kinds: str, turn: str = TURN) -> list[Plain]:
        """The lines of these kinds."""
        return [line for line in self.records.read(turn) if not kinds or line["kind"] in kinds]

    def lines_of(self, turn: str = TURN) -> list[Plain]:
        """The very lines, to be changed."""
        assert isinstance(self.records, MemoryRecords)
        return self.records.kept[turn]

    def _handler(self, scope: Any) -> Any:
        return self.work.get(scope.name)

    def _read(self, _key: str, /, **given: Any) -> Any:
        self.done.append(("read", given))
        return {"read": len(self.done)}

    def _write(self, key: str, /, **given: Any) -> Any:
        if key not in self.keys:
            self.keys.append(key)
            self.done.append(("write", given))
        return "written"

    def _fail(self, _key: str, /, **_given: Any) -> Any:
        raise ValueError("it is broken")


def delegates(target: str, goal: str = "look", **more: Any) -> Work:
    """A handler that hands on, then tells what came back."""

    def work(task: Any, _tools: Any) -> Any:
        if not task.returned:
            return Handoff(target, "it fits", goal, **more)
        back = task.returned[-1]
        return Done(back.answer.text if back.answer else f"no: {back.failure}")

    return work


def transfers(target: str, **more: Any) -> Work:
    """A handler that gives the floor away; where that failed, it says so."""
    return delegates(target, kind=Kind.TRANSFER, **more)


def says(text: str = "done") -> Work:
    """A handler with an answer."""
    return lambda _task, _tools: Done(text)
