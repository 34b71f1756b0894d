"""A roster at random, whose agents hand off, loop, fail, hang and lie, and a process of its own clock that runs it.

A case is made from dice alone. Its handlers do the same for the same task and the same answers, as real ones do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from nova.orchestrator.guards import DOOR
from nova.orchestrator.handoff import Artifact, Budget, Done, Evidence, Handoff, Kind, Question
from nova.orchestrator.swarm import Swarm
from nova.orchestrator.tool import Refused, Tool, ToolFailed
from nova.orchestrator.turn import Start
from nova.orchestrator.world import World

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from nova.orchestrator.handoff import Task
    from nova.orchestrator.lines import Plain

NAMES = (DOOR, "scout", "smith", "scribe", "guard", "clerk")
READS, WRITES, BROKEN = ("look", "list", "slow"), ("keep", "drop"), ("fail", "garbage", "leave", "stall")
TOOLS = (*READS, *WRITES, *BROKEN)
TURN = "turn"
LONG = 10_000.0
"""Seconds that one who hangs would take."""


class LeftBehind(BaseException):
    """A handler's thread that nobody waits for any more."""


class Odd(BaseException):
    """An error that is no ``Exception``."""


@dataclass(frozen=True, slots=True)
class Page:
    """An agent's bounds."""

    name: str
    tools: tuple[str, ...]
    handoffs: Mapping[str, str]
    writes: tuple[str, ...]
    approval: str
    llm: str
    budget: Budget
    memory: tuple[str, ...] = ()


Act = tuple[Any, ...]
"""What a handler does, by name, with what it needs for it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A roster, what its agents do each time they are asked, and the turn's budget."""

    pages: Mapping[str, Page]
    scripts: Mapping[str, tuple[tuple[Act, ...], ...]]
    budget: Budget
    first: str
    model: bool
    words: Mapping[str, bool | None]
    """What the person answers, by agent."""
    stack: tuple[Plain, ...] = ()
    """Where the message answers a question: who asked it, and who waits."""


@dataclass(slots=True)
class Machine:
    """What outlives a killed process: time, and what was done in the world."""

    time: float = 0.0
    asked: float = 0.0
    """Time that went by while a person was asked."""
    effects: list[str] = field(default_factory=list)
    tool_runs: int = 0
    faults: list[str] = field(default_factory=list)


class Process:
    """One process: its clock, its runner, and the gates that its agents kept hold of."""

    def __init__(self, case: Case, machine: Machine) -> None:
        self.case = case
        self.machine = machine
        self.gates: list[Any] = []
        self._left: Callable[[], float] | None = None
        self._shut: Callable[[], None] = lambda: None
        self._behind = False

    def now(self) -> float:
        """Seconds since 1970."""
        return self.machine.time

    def tick(self) -> float:
        """The same."""
        return self.machine.time

    def run(self, work: Callable[[], str], left: Callable[[], float], shut: Callable[[], None]) -> str | None:
        """Runs a step as a thread would, on this clock."""
        self._left, self._shut, self._behind = left, shut, False
        given = work()
        self._left = None
        return None if self._behind else given

    def pass_time(self, seconds: float) -> None:
        """Let time go by inside of a step; past its end the step is left behind."""
        if self._behind or self._left is None:
            raise LeftBehind
        left = self._left()
        if seconds < left:
            self.machine.time += seconds
            return
        self.machine.time += max(left, 0.0)
        self._shut()
        self._behind = True
        raise LeftBehind

    def ask(self, agent: str, tool: str, effect: str) -> bool | None:
        """The person answers after a while."""
        self.machine.time += 64.0
        self.machine.asked += 64.0
        return self.case.words[agent]

    def swarm(self, records: Any) -> Swarm:
        """A swarm of this process."""
        handlers = {name: self._handler(name) for name in self.case.pages}
        tools = {name: self._tool(name) for name in TOOLS}
        world = World(
            self.case.pages, lambda scope: handlers[scope.name],
            lambda names: {name: tools[name] for name in names}, self, self, self, model=self.case.model,
        )  # fmt: skip
        return Swarm(world, records)

    def start(self) -> Start:
        """The turn of this case."""
        return Start(TURN, "here", "do it", self.case.first, budget=self.case.budget, stack=self.case.stack)

    def _tool(self, name: str) -> Tool:
        def work(key: str, /, **arguments: Any) -> Any:
            machine = self.machine
            machine.tool_runs += 1
            if name in WRITES:
                if key not in machine.effects:
                    machine.effects.append(key)
                return {"kept": machine.effects.index(key)}
            if name in {"slow", "stall"}:
                self.pass_time(2.0 if name == "slow" else LONG)
            if name == "fail":
                raise ValueError("it cannot")
            if name == "leave":
                raise SystemExit(3)
            return object() if name == "garbage" else {"seen": len(machine.effects), "of": sorted(arguments)}

        return Tool(name, name, work, writes=name in WRITES, effect=lambda **given: f"{name} {sorted(given)}")

    def _handler(self, name: str) -> Any:
        def handler(task: Task, tools: Any) -> Any:
            self.gates.append(tools)
            script = self.case.scripts[name]
            heard: list[Any] = []
            for act in script[min(len(task.returned) + len(task.answers), len(script) - 1)]:
                found = self._act(task, tools, act, heard)
                if found is not None:
                    return found[0]
            return Done(f"{name} {len(task.returned)} {heard}", heard)

        return handler

    def _act(self, task: Task, tools: Any, act: Act, heard: list[Any]) -> tuple[Any] | None:
        match act:
            case ("call", tool, arguments, times):
                for number in range(times):
                    given = {**arguments, "number": number} if "different" in arguments else arguments
                    heard.append(_heard(partial(tools.call, tool, **given)))
            case ("wait", seconds, careless):
                try:
                    self.pass_time(seconds)
                except LeftBehind:
                    if not careless:
                        raise
            case ("say", text):
                tools.say(text)
            case ("stale",):
                for gate in self.gates[:-1]:
                    if _heard(partial(gate.call, "look")) != "Refused":
                        self.machine.faults.append("a gate let a call pass after it was shut")
            case ("used", tokens, money):
                heard.append(_heard(lambda: tools.used(tokens=tokens, money=money)))
            case ("mutate",):
                object.__setattr__(task, "goal", "another")
                object.__setattr__(task, "constraints", ())
                for one in task.artifacts:
                    object.__setattr__(one, "data", None)
            case ("raise", error):
                raise error
            case ("give", step):
                return (step,)
        return None


def _heard(call: Callable[[], Any]) -> Any:
    """A tool's answer, or the kind of error; the handler goes on whatever it is."""
    try:
        return call()
    except (Refused, ToolFailed) as error:
        return "Refused" if isinstance(error, Refused) else "ToolFailed"
    except LeftBehind:
        return "LeftBehind"


def case(dice: random.Random) -> Case:
    """A roster at random."""
    names = NAMES[: dice.randint(1, len(NAMES))]
    pages = {name: _page(name, names, dice) for name in names}
    scripts = {
        name: tuple(_script(name, names, pages[name], dice) for _ in range(dice.randint(1, 4))) for name in names
    }
    budget = Budget(
        dice.choice([0.0, 4.0] + [30.0, 200.0, 900.0] * 4),
        dice.choice([0, 1, 4, 30, 30, 100]),
        dice.choice([None, 0, 1000]),
        dice.choice([None, 1.0]),
    )
    words = {name: dice.choice([True, True, False, None]) for name in names}
    return Case(pages, scripts, budget, dice.choice(names), dice.random() < 0.3, words)


def _page(name: str, names: tuple[str, ...], dice: random.Random) -> Page:
    others = [other for other in names if other != name]
    edges = others if name == DOOR else dice.sample(others, dice.randint(0, len(others)))
    tools = tuple(dice.sample(TOOLS, dice.randint(0, len(TOOLS))) + dice.sample((*READS, *WRITES), 2))
    return Page(
        name, tools, dict.fromkeys(edges, "when it fits"), ("notes",) if dice.random() < 0.6 else (),
        dice.choice(["none", "ask"]), dice.choice(["none"] * 12 + ["optional", "optional", "required"]),
        Budget(dice.choice([None, None, 3.0, 50.0]), dice.choice([None, None, 2, 20]), dice.choice([None, 100])),
    )  # fmt: skip


def _script(name: str, names: tuple[str, ...], page: Page, dice: random.Random) -> tuple[Act, ...]:
    acts = [_random_act(page, dice) for _ in range(dice.randint(0, 4))]
    return (*acts, ("give", _step(name, names, page, dice)))


def _random_act(page: Page, dice: random.Random) -> Act:
    kind = dice.choice(["call"] * 8 + ["wait", "wait", "say", "stale", "used", "mutate", "raise"])
    if kind == "call":
        own = page.tools and dice.random() < 0.85
        tool = dice.choice(page.tools if own else (*TOOLS, "no-such-tool"))
        arguments: dict[str, Any] = dice.choice(
            [{}, {"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}, {"different": True}, {"odd": object()}]
        )
        return "call", tool, arguments, dice.choice([1] * 9 + [2, 3, 40])
    if kind == "wait":
        return "wait", dice.choice([0.25, 0.25, 1.0, 1.0, 5.0, LONG]), dice.random() < 0.3
    if kind == "say":
        return "say", "working"
    if kind == "used":
        return "used", dice.choice([0, 10, 10, 10, 10**9, -50, float("nan"), "much"]), dice.choice([0.0, 0.25])
    if kind == "raise":
        error = dice.choice(
            [ValueError("no"), SystemExit(1), KeyboardInterrupt(), GeneratorExit(), Odd(), Refused("so")]
        )
        return ("raise", error) if dice.random() < 0.2 else ("say", "nearly")
    return (kind,)


def _step(name: str, names: tuple[str, ...], page: Page, dice: random.Random) -> Any:
    kind = dice.choice(["done"] * 8 + ["handoff"] * 20 + ["question", "garbage"])
    if kind == "done":
        return Done(f"{name} did it", {"by": name}, (Evidence("file", f"{name}.py", 3),), complete=dice.random() < 0.8)
    if kind == "question":
        return Question("which?", ("this", "that"))
    if kind == "garbage":
        return dice.choice([None, 42, {"step": "done"}, Done, object(), Done(None), Done("x", object()),  # type: ignore[arg-type]
                            Done("x", float("nan")), Question("x", 3), Handoff(None, "r", "g"),  # type: ignore[arg-type]
                            Handoff(names[0], "r", "g", evidence=("x",))])  # type: ignore[arg-type]  # fmt: skip
    honest = page.handoffs and dice.random() < 0.85
    target = dice.choice(tuple(page.handoffs) if honest else (*names, "nobody"))
    budget = dice.choice(
        [Budget()] * 40 + [Budget(10.0**9, 10**9), Budget(2.0, 2), Budget(seconds=float("inf")), Budget(calls=-5)]
    )
    artifacts = (Artifact("list", "text", {"rows": [1, 2]}),) if dice.random() < 0.3 else ()
    evidence = (Evidence("file", f"{name}.py", dice.randint(1, 3)),) if dice.random() < 0.4 else ()
    return Handoff(
        target, "it fits", dice.choice(["do it", "look", f"help {name}"]), dice.choice(["", "this"]),
        dice.choice([Kind.DELEGATE, Kind.DELEGATE, Kind.TRANSFER]), ("be kind",) if dice.random() < 0.3 else (),
        evidence, artifacts, budget=budget,
    )  # fmt: skip
