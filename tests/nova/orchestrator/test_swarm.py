from __future__ import annotations

import threading
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pytest

from nova.errors import UsageError
from nova.orchestrator import guards
from nova.orchestrator.approvals import Always
from nova.orchestrator.handoff import Artifact, Budget, Done, Evidence, Handoff, Kind, Question, Recalled
from nova.orchestrator.lines import MOST_CHARACTERS
from nova.orchestrator.swarm import Swarm
from nova.orchestrator.tool import Queued, Refused, ToolFailed
from nova.orchestrator.trace import tree
from tests.nova.orchestrator.small import TURN, Small, delegates, page, says, transfers


def test_an_agent_answers() -> None:
    small = Small({"a": says("hello")})
    outcome = small.ask()
    assert (outcome.status, outcome.agent, outcome.text, outcome.complete) == ("answered", "a", "hello", True)
    assert [line["kind"] for line in small.lines()] == [
        "request", "route", "start", "ask", "shown", "step", "ended"
    ]  # fmt: skip


def test_an_answer_comes_back_to_the_one_that_delegated() -> None:
    small = Small({"a": delegates("b"), "b": says("found it")}, page("a", "b"), page("b"))
    outcome = small.ask()
    assert (outcome.agent, outcome.text) == ("a", "found it")


def test_a_transfer_moves_the_floor() -> None:
    small = Small({"a": transfers("b"), "b": says("mine now")}, page("a", "b"), page("b"))
    outcome = small.ask()
    assert (outcome.agent, outcome.text) == ("b", "mine now")


def test_where_the_one_who_got_the_floor_fails_it_goes_back() -> None:
    small = Small({"a": transfers("b")}, page("a", "b"), page("b"))
    outcome = small.ask()
    assert (outcome.agent, outcome.status) == ("a", "answered")
    assert outcome.text.startswith("no: b has nobody")
    assert "went on without it" in outcome.notes[0]
    assert not outcome.complete


def test_the_way_back_is_three_deep() -> None:
    names = "abcdef"
    work = {one: transfers(two) for one, two in pairwise(names)}
    small = Small(work, *[page(one, *names) for one in names])
    outcome = small.ask()
    asked_again = [line["agent"] for line in small.lines("ask")][len(names) :]
    assert asked_again == ["e"]
    assert outcome.agent == "e"


def test_a_child_gets_the_brief_the_last_message_and_the_pinned_constraints_and_no_more() -> None:
    seen: list[Any] = []

    def b(task: Any, _tools: Any) -> Any:
        seen.append(task)
        return Done("ok")

    handed = Handoff(
        "b", "why", "the goal", "the brief", constraints=("add no packages",), evidence=(Evidence("file", "x.py", 3),),
        artifacts=(Artifact("list", "text", [1]),), open_questions=("which?",),
    )  # fmt: skip
    small = Small({"a": lambda task, _: Done("") if task.returned else handed, "b": b}, page("a", "b"), page("b"))
    small.ask(message="please", constraints=("be kind",))
    task = seen[0]
    assert (task.message, task.goal) == ("please", "the goal")
    assert task.brief == "the brief\nStill open: which?"
    assert task.constraints == ("be kind", "add no packages")
    assert (task.evidence, task.artifacts) == (handed.evidence, handed.artifacts)
    assert task.returned == ()


def test_what_an_agent_does_to_its_task_does_not_last() -> None:
    def a(task: Any, tools: Any) -> Any:
        if not task.returned:
            object.__setattr__(task, "constraints", ())
            return Handoff("b", "why", "look")
        return Done(str(task.constraints))

    small = Small({"a": a, "b": lambda task, _: Done(str(task.constraints))}, page("a", "b"), page("b"))
    assert small.ask(constraints=("be kind",)).text == "('be kind',)"
    assert small.lines("return")[0]["ok"]


def test_an_undeclared_handoff_is_refused_and_the_agent_told() -> None:
    small = Small({"a": delegates("b"), "b": says()}, page("a"), page("b"))
    assert small.ask().text == "no: a may not hand off to b"
    assert not any(line["agent"] == "b" for line in small.lines("start"))


def test_everybody_may_go_back_to_the_door() -> None:
    small = Small({"a": delegates(guards.DOOR), guards.DOOR: says("welcome")}, page("a"), page(guards.DOOR))
    assert small.ask().text == "welcome"


def test_an_agent_that_keeps_asking_for_what_may_not_be_is_cut_off() -> None:
    small = Small({"a": lambda *_: Handoff("nobody", "why", "look")}, page("a"))
    outcome = small.ask()
    assert outcome.status == "failed"
    assert "asked 3 times for a handoff that may not be" in outcome.text


def test_a_chain_of_handoffs_ends_after_six() -> None:
    names = [f"agent-{number}" for number in range(9)]
    work = {one: delegates(two) for one, two in pairwise(names)}
    small = Small(work, *[page(one, *names) for one in names])
    assert small.ask(names[0]).text == "no: a turn has at most 6 handoffs"
    assert sum(line["ok"] for line in small.lines("handoff")) == 6


def test_the_same_edge_is_used_twice_at_most() -> None:
    def a(task: Any, _tools: Any) -> Any:
        last = task.returned[-1] if task.returned else None
        if last is not None and last.answer is None:
            return Done(last.failure)
        return Handoff("b", "again", f"look {len(task.returned)}")

    small = Small({"a": a, "b": says()}, page("a", "b"), page("b"))
    assert small.ask().text == "a handed off to b 2 times already"


def test_there_and_back_with_nothing_new_stops_and_asks() -> None:
    small = Small({"a": delegates("b"), "b": delegates("a")}, page("a", "b"), page("b", "a"))
    outcome = small.ask()
    assert outcome.status == "question"
    assert "hand each other the same work" in outcome.text
    assert len(small.lines("start")) == 2


def test_back_with_something_new_goes_on() -> None:
    def a(task: Any, _tools: Any) -> Any:
        if task.evidence:
            return Done(f"seen {task.evidence[0].where}")
        return delegates("b")(task, _tools)

    back = delegates("a", evidence=(Evidence("file", "x.py", 1),))
    small = Small({"a": a, "b": back}, page("a", "b"), page("b", "a"))
    assert small.ask().text == "seen x.py"


def test_the_third_same_call_stops_the_agent() -> None:
    def a(_task: Any, tools: Any) -> Any:
        for _ in range(5):
            tools.call("read", path="x")
        return Done("never")

    small = Small({"a": a}, page("a"))
    outcome = small.ask()
    assert outcome.status == "failed"
    assert "same call of read 3 times" in outcome.text
    assert len(small.done) == 2


def test_asked_again_an_agent_has_the_answers_that_it_had() -> None:
    def a(task: Any, tools: Any) -> Any:
        found = tools.call("read", path="x")
        if len(task.returned) < 2:
            return Handoff("b", "more", f"look {len(task.returned)}")
        return Done(str(found["read"]))

    small = Small({"a": a, "b": says()}, page("a", "b"), page("b"))
    assert small.ask().text == "1"
    assert len(small.done) == 1


def test_asked_again_after_a_write_it_reads_anew() -> None:
    def a(task: Any, tools: Any) -> Any:
        found = tools.call("read", path="x")
        return Done(str(found["read"])) if task.returned else Handoff("b", "change", "change it")

    def b(_task: Any, tools: Any) -> Any:
        tools.call("write", text="y")
        return Done("changed")

    small = Small({"a": a, "b": b}, page("a", "b"), page("b"))
    assert small.ask().text == "3"


@pytest.mark.parametrize(
    "wrong",
    [None, 42, "done", Done, Done(None), Done("x", object()), Done("x", float("nan")), Question("x", 3),  # type: ignore[arg-type]
     Handoff("b", "r", None), Handoff("b", "r", "g", budget=Budget(seconds=float("inf"))),  # type: ignore[arg-type]
     Handoff("b", "r", "g", budget=Budget(calls=-1)), Handoff("b", "r", "g", evidence=("x",))],  # type: ignore[arg-type]
)  # fmt: skip
def test_what_is_no_step_is_a_failure(wrong: object) -> None:
    small = Small({"a": lambda *_: wrong, "b": says()}, page("a", "b"), page("b", llm="required"))
    outcome = small.ask()
    assert outcome.status == "failed"
    assert "cannot be used" in outcome.text


def test_answers_that_fill_a_record_are_taken_and_what_is_too_much_is_a_failure() -> None:
    much = "x" * (MOST_CHARACTERS - 1000)
    small = Small({"a": delegates("b"), "b": says(much)}, page("a", "b"), page("b"))
    assert small.ask().text == much
    assert "are the most" in Small({"a": says("x" * MOST_CHARACTERS)}, page("a")).ask().text


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
def test_whatever_an_agent_raises_the_turn_ends_and_says_so(error: BaseException) -> None:
    def a(_task: Any, _tools: Any) -> Any:
        raise error

    outcome = Small({"a": a}, page("a")).ask()
    assert outcome.status == "failed"
    assert type(error).__name__ in outcome.text


def test_one_that_hangs_is_cut_off_and_its_later_calls_are_refused() -> None:
    free, heard = threading.Event(), list[str]()
    over = threading.Event()

    def b(_task: Any, tools: Any) -> Any:
        free.wait(20)
        try:
            tools.call("write", text="late")
        except Refused as error:
            heard.append(str(error))
        over.set()
        return Done("late")

    small = Small({"a": delegates("b"), "b": b}, page("a", "b"), page("b", budget=Budget(seconds=1.0)))
    outcome = small.ask()
    free.set()
    assert over.wait(20)
    assert "cut off after 1" in outcome.text
    assert heard == ["it was cut off"]
    assert small.done == []
    assert [line["kind"] for line in small.lines("cut")] == ["cut"]


def test_a_failed_agent_is_replaced_by_the_nearest_that_its_page_names() -> None:
    pages = page("a", "writer", "model", "b"), page("writer"), page("model", llm="required"), page("b", writes=())
    small = Small({"writer": says(), "model": says(), "b": says("instead")}, *pages)
    outcome = small.ask()
    assert (outcome.status, outcome.text, outcome.complete) == ("answered", "instead", False)
    assert outcome.notes == ("a could not: a has nobody who could do its work. b was asked in its place.",)


def test_an_agent_that_needs_a_model_says_that_none_is_configured() -> None:
    outcome = Small({"a": says()}, page("a", llm="required")).ask()
    assert outcome.status == "failed"
    assert "no model is configured" in outcome.text


def test_a_child_can_use_no_more_than_its_share_or_what_is_left() -> None:
    def b(_task: Any, tools: Any) -> Any:
        for number in range(9):
            try:
                tools.call("read", number=number)
            except Refused:
                return Done(f"{number} calls")
        return Done("all")

    work = {"a": delegates("b", budget=Budget(calls=3)), "b": b}
    assert Small(work, page("a", "b"), page("b")).ask().text == "3 calls"
    greedy = {"a": delegates("b", budget=Budget(calls=10**9)), "b": b}
    assert Small(greedy, page("a", "b"), page("b")).ask(budget=Budget(calls=2)).text == "2 calls"


def test_use_that_nobody_tells_counts_as_the_whole_share() -> None:
    pages = page("a", llm="optional", budget=Budget(tokens=40, money=0.5)), page("b")
    silent = Small({"a": says()}, *pages, model=True).ask(budget=Budget(tokens=100, money=1.0))
    assert (silent.used["tokens"], silent.used["money"]) == (40, 0.5)

    def telling(_task: Any, tools: Any) -> Any:
        tools.used(tokens=7)
        return Done("x")

    assert Small({"a": telling}, *pages, model=True).ask(budget=Budget(tokens=100)).used["tokens"] == 7
    assert Small({"a": says()}, *pages).ask(budget=Budget(tokens=100)).used["tokens"] == 0


def test_more_use_than_the_share_stops_the_agent() -> None:
    def a(_task: Any, tools: Any) -> Any:
        tools.used(tokens=1000)
        return Done("never")

    outcome = Small({"a": a}, page("a", llm="optional"), model=True).ask(budget=Budget(tokens=100))
    assert outcome.status == "failed"
    assert outcome.used["tokens"] == 100


@pytest.mark.parametrize("lie", [-1000, float("nan"), float("inf"), "none", None, True])
def test_use_that_is_no_amount_counts_as_the_whole_share(lie: object) -> None:
    def a(_task: Any, tools: Any) -> Any:
        tools.used(tokens=60)
        with pytest.raises(Refused):
            tools.used(tokens=lie)
        return Done("x")

    outcome = Small({"a": a}, page("a", llm="optional"), model=True).ask(budget=Budget(tokens=100))
    assert outcome.used["tokens"] == 100


def test_what_takes_for_ever_to_be_told_is_cut_off_as_well() -> None:
    class Slow(str):
        __slots__ = ()

        def __str__(self) -> str:
            threading.Event().wait(20)
            return "late"

    def a(_task: Any, tools: Any) -> Any:
        tools.say(Slow("x"))
        return Done("never")

    outcome = Small({"a": a}, page("a", budget=Budget(seconds=0.3))).ask()
    assert "cut off after" in outcome.text


def test_two_writes_at_once_are_asked_for_one_after_the_other() -> None:
    class Asker:
        busy = 0

        def ask(self, agent: str, tool: str, effect: str) -> bool:
            self.busy += 1
            assert self.busy == 1
            threading.Event().wait(0.05)
            self.busy -= 1
            return True

    def a(_task: Any, tools: Any) -> Any:
        threads = [threading.Thread(target=tools.call, args=("write",), kwargs={"text": str(n)}) for n in range(3)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return Done("x")

    small = Small({"a": a}, page("a", approval="ask"), approver=Asker())
    small.ask()
    assert len(small.keys) == 3


def test_a_question_is_answered_by_the_next_message_and_comes_back_to_who_waits() -> None:
    def b(task: Any, tools: Any) -> Any:
        tools.call("write", text="once")
        return Done(f"so {task.answers[0]}") if task.answers else Question("which?", ("this", "that"))

    small = Small({"a": delegates("b"), "b": b}, page("a", "b"), page("b"))
    asked = small.ask()
    assert (asked.status, asked.agent, asked.options) == ("question", "b", ("this", "that"))
    answered = small.ask("b", "that", "t2", stack=asked.stack)
    assert (answered.status, answered.agent, answered.text) == ("answered", "a", "so that")
    assert [(line["agent"], line["by"]) for line in small.lines("start", turn="t2")] == [
        ("a", "waited"),
        ("b", "waited"),
    ]
    assert "damaged" not in tree(small.lines(turn="t2"))
    assert small.done == [("write", {"text": "once"})]


def test_an_answer_is_read_with_the_choice_that_was_offered() -> None:
    def a(task: Any, _tools: Any) -> Any:
        offered = task.options["route"]["scores"]
        return Done(offered[int(task.answers[0])]) if task.answers else Question("which?", tuple(offered))

    small = Small({"a": a})
    asked = small.ask(options={"route": {"scores": ["x", "y"]}, "folder": "/one"})
    again = {"route": {"scores": ["u", "v"]}, "folder": "/two"}
    assert small.ask("a", "1", "t2", stack=asked.stack, options=again).text == "y"


def test_an_agent_is_shown_what_context_finds_with_its_reasons() -> None:
    seen: list[Any] = []

    def context(_scope: Any, message: str, _goal: str, _options: Any) -> tuple[Recalled, ...]:
        return (Recalled(f"about {message}", "note", "it names the file"),)

    def a(task: Any, _tools: Any) -> Any:
        seen.extend(task.context)
        return Done("x")

    small = Small({"a": a}, context=context)
    small.ask()
    assert seen == [Recalled("about do it", "note", "it names the file")]
    assert small.lines("shown")[0]["items"] == [asdict(seen[0])]


def test_context_that_fails_is_told_and_the_agent_works_without() -> None:
    def context(*_: Any) -> Any:
        raise ValueError("memory is held")

    small = Small({"a": says("done")}, context=context)
    assert small.ask().text == "done"
    assert "memory is held" in small.lines("shown")[0]["why"]


def test_what_a_tool_raises_comes_as_a_failure_of_the_tool() -> None:
    def a(_task: Any, tools: Any) -> Any:
        heard = []
        for name in ("fail", "odd"):
            with pytest.raises(ToolFailed) as error:
                tools.call(name)
            heard.append(str(error.value))
        return Done("; ".join(heard))

    text = Small({"a": a}).ask().text
    assert text.startswith("ValueError: it is broken; odd gave what no record can hold")


def test_calls_of_many_threads_at_once_keep_the_budget_and_the_record_whole() -> None:
    def a(_task: Any, tools: Any) -> Any:
        refused: list[int] = []

        def call(number: int) -> None:
            try:
                tools.call("read", number=number)
            except Refused:
                refused.append(number)

        threads = [threading.Thread(target=call, args=(number,)) for number in range(12)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return Done(str(len(refused)))

    small = Small({"a": a})
    assert small.ask(budget=Budget(calls=5)).text == "7"
    assert len(small.done) == 5
    assert [line["n"] for line in small.lines()] == list(range(len(small.lines())))
    assert len({line["call"] for line in small.lines("call", "refused")}) == 12


def test_what_an_agent_leaves_running_can_do_nothing_after_its_step() -> None:
    late, ended = list[str](), threading.Event()
    over = threading.Event()

    def a(_task: Any, tools: Any) -> Any:
        def call() -> None:
            ended.wait(20)
            try:
                tools.call("write", text="late")
            except Refused as error:
                late.append(str(error))
            over.set()

        threading.Thread(target=call, daemon=True).start()
        return Done("x")

    small = Small({"a": a})
    small.ask()
    before = small.lines()
    ended.set()
    assert over.wait(20)
    assert (late, small.done, small.lines()) == (["it was cut off"], [], before)


def test_a_handoff_tells_who_its_answer_goes_to() -> None:
    small = Small({"a": delegates("b"), "b": transfers("c"), "c": says()}, page("a", "b"), page("b", "c"), page("c"))
    small.ask()
    assert [line["return_to"] for line in small.lines("handoff")] == ["a", "a"]


def test_a_call_of_what_is_not_its_own_is_refused() -> None:
    def a(_task: Any, tools: Any) -> Any:
        with pytest.raises(Refused):
            tools.call("write")
        with pytest.raises(Refused):
            tools.call("shell", command="rm")
        with pytest.raises(Refused):
            tools.call("read", odd=object())
        return Done("x")

    small = Small({"a": a}, page("a", tools=("read",)))
    assert small.ask().status == "answered"
    assert small.done == []


def test_one_who_may_change_nothing_cannot_write() -> None:
    def a(_task: Any, tools: Any) -> Any:
        with pytest.raises(Refused):
            tools.call("write")
        return Done("x")

    small = Small({"a": a}, page("a", writes=()))
    assert small.ask().status == "answered"
    assert small.keys == []


def writer(_task: Any, tools: Any) -> Any:
    try:
        return Done(tools.call("write", text="x"))
    except Queued:
        return Done("queued")
    except Refused as error:
        return Done(str(error))


@pytest.mark.parametrize(
    ("word", "text", "writes"), [(True, "written", 1), (False, "the person said no", 0), (None, "queued", 0)]
)
def test_a_write_is_made_when_a_person_allows_it(word: bool | None, text: str, writes: int) -> None:
    small = Small({"a": writer}, page("a", approval="ask"), approver=Always(word))
    outcome = small.ask()
    assert (outcome.text, len(small.keys), len(outcome.waiting)) == (text, writes, int(word is None))
    asked = small.lines("asked")[0]
    assert asked["effect"] == "would write {'text': 'x'}"
    kinds = [line["kind"] for line in small.lines()]
    assert kinds.index("asked") < kinds.index("answered")
    assert "call" not in kinds or kinds.index("answered") < kinds.index("call")


def test_the_time_that_a_person_takes_is_not_the_agents() -> None:
    class Slow:
        def ask(self, agent: str, tool: str, effect: str) -> bool:
            threading.Event().wait(1.3)
            return True

    small = Small({"a": writer}, page("a", approval="ask", budget=Budget(seconds=1.0)), approver=Slow())
    assert small.ask().text == "written"


def test_a_turn_that_ended_is_resumed_to_its_outcome_and_nothing_is_done() -> None:
    small = Small({"a": writer})
    outcome = small.ask()
    before = small.lines()
    assert small.swarm.resume(TURN) == outcome
    assert small.lines() == before


def test_an_unknown_agent_or_turn_is_told() -> None:
    small = Small({"a": says()})
    with pytest.raises(UsageError, match="no agent b"):
        small.ask("b")
    with pytest.raises(UsageError, match="no turn"):
        small.swarm.resume("t9")
    assert small.records.turns() == []


def test_a_record_of_other_steps_is_not_gone_on_with() -> None:
    small = Small({"a": delegates("b"), "b": says()}, page("a", "b"), page("b"))
    small.ask()
    kept = small.lines()
    del kept[2]
    broken = Small({"a": says()})
    broken.records.kept[TURN] = [line | {"n": place} for place, line in enumerate(kept[:5])]  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="cannot be gone on with"):
        broken.swarm.resume(TURN)


def test_an_agent_that_is_gone_from_the_roster_fails_when_the_turn_is_resumed() -> None:
    small = Small({"a": delegates("b"), "b": says()}, page("a", "b"), page("b"))
    small.ask()
    lines = small.lines()
    cut = next(place for place, line in enumerate(lines) if line["kind"] == "start" and line["agent"] == "b") + 1
    small.records.kept[TURN] = lines[:cut]  # type: ignore[attr-defined]
    del small.pages["b"]
    assert "not in the roster any more" in Swarm(small.world, small.records).resume(TURN).text


def test_played_again_an_agent_gives_the_same_and_nothing_is_done() -> None:
    small = Small({"a": writer})
    small.ask()
    done, lines = list(small.done), small.lines()
    assert [one.now for one in small.swarm.replay(TURN)] == [None]
    assert (small.done, small.lines()) == (done, lines)


def test_played_again_an_agent_that_gives_something_else_is_found_out() -> None:
    answers = iter(["one", "two"])
    small = Small({"a": lambda *_: Done(next(answers))})
    small.ask()
    (played,) = small.swarm.replay(TURN)
    assert played.now is not None
    assert (played.recorded["text"], played.now["text"]) == ("one", "two")


def test_whoever_takes_the_floor_from_a_delegate_answers_the_one_that_delegated() -> None:
    small = Small({"a": delegates("b", kind=Kind.DELEGATE), "b": transfers("c"), "c": says("c")},
                  page("a", "b"), page("b", "c"), page("c"))  # fmt: skip
    outcome = small.ask()
    assert (outcome.agent, outcome.text) == ("a", "c")
