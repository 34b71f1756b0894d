"""archivist: takes in what a person wants kept, replaced or forgotten; every write is shown and approved first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import failed
from nova.agents.memory import intake
from nova.orchestrator.handoff import Done, Evidence, Handoff, Question
from nova.orchestrator.tool import Queued, Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.agents.memory.intake import Intake
    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

MOST = 5
SHORT = 60


def work(task: Task, tools: Tools) -> Step:
    """Keep, replace or forget what the message says; questions go to recall."""
    wanted = intake.read(task.goal)
    if not task.answers and intake.is_bare_answer(task.goal):
        return Done("Nothing waits for a yes or a no here, and nothing was kept.")
    if wanted.action == "keep" and intake.is_question(task.goal):
        back = next((r for r in task.returned if r.agent == "recall"), None)
        if back is None:
            return Handoff("recall", "it asks what is known, and tells nothing new", task.goal)
        return back.answer or Done(f"recall could not answer: {back.failure}", complete=False)
    if not wanted.value:
        if not task.answers:
            return Question(
                "What exactly is to be forgotten?"
                if wanted.action == "forget"
                else "What is to be kept? Say it in your own words."
            )
        wanted = _with_answer(wanted, task.answers[0])
    try:
        return _DO[wanted.action](wanted, task, tools)
    except Queued as error:
        return Done(f"Nothing is changed yet: {error}.", complete=False)
    except Refused as error:
        return Done(f"Nothing was changed: {error}.", complete=False)
    except ToolFailed as error:
        return failed(error)


def _with_answer(wanted: Intake, answer: str) -> Intake:
    if wanted.action == "forget":
        return intake.Intake("forget", answer.strip(), everywhere=wanted.everywhere)
    told = intake.read(answer)
    kind = told.kind if wanted.kind == "note" else wanted.kind
    return intake.Intake("keep", told.value or answer.strip(), kind, told.because, everywhere=wanted.everywhere)


def _keep(wanted: Intake, task: Task, tools: Tools) -> Step:
    told = tools.call(
        "remember", kind=wanted.kind, text=wanted.value, because=wanted.because, everywhere=wanted.everywhere,
        shown=[one.text for one in task.context],
    )  # fmt: skip
    kept = told["item"]
    if kept is None:
        return Done("That only says again what memory showed, so nothing was kept.", told)
    name = kept["id"][:8]
    if not told["new"]:
        return Done(
            f'That is kept already, since {kept["since"][:10]}: "{kept["value"]}" ({name}).', told, _proof(kept)
        )
    why = f", because {kept['because']}" if kept["because"] else ""
    about = f" of {kept['subject']}" if kept["subject"] else ""
    end = [f'It took the place of "{old["value"]}".' for old in told["replaced"]]
    kept_as = f'Kept as {kept["kind"]}{about}, for {told["holds_for"]}: "{kept["value"]}"{why}.'
    return Done(" ".join([kept_as, *end, f"To undo it:  forget {name}"]), told, _proof(kept))


def _replace(wanted: Intake, task: Task, tools: Tools) -> Step:
    known = tools.call("recall", query=wanted.about, most=MOST)["items"]
    facts = [i for i in known if i["until"] is None and i["kind"] not in {"project", "goal"}]
    old = _meant(facts, task) if len(facts) > 1 else facts[0] if facts else None
    if isinstance(old, Question):
        return old
    if old is None:
        return _keep(wanted, task, tools)
    told = tools.call("supersede", id=old["id"], text=wanted.value, because=wanted.because)
    new = told["new"]
    return Done(
        f'Replaced the {old["kind"]} "{old["text"]}" of {old["since"][:10]} with "{new["value"]}"; both stay readable. '
        f"Id {new['id'][:8]}.",
        told, _proof(new),
    )  # fmt: skip


def _forget(wanted: Intake, task: Task, tools: Tools) -> Step:
    if _is_id(wanted.value):
        gone = tools.call("forget", id=wanted.value)
        return Done(f"Forgotten: the {gone['kind']} {gone['forgotten'][:8]}.", gone)
    known = tools.call("recall", query=wanted.value, most=MOST)["items"]
    if not known:
        return Done(f"Nothing is kept about {wanted.value}, so there is nothing to forget.")
    old = known[0] if len(known) == 1 else _meant(known, task)
    if isinstance(old, Question):
        return old
    if old is None:
        return Done("Nothing was forgotten.")
    tools.say(f'to be forgotten: the {old["kind"]} "{old["text"]}"')
    gone = tools.call("forget", id=old["id"])
    return Done(f'Forgotten: the {old["kind"]} "{old["text"]}" of {old["since"][:10]}.', gone)


def _is_id(text: str) -> bool:
    return 6 <= len(text) <= 16 and all(c in "0123456789abcdef" for c in text.lower())


def _meant(known: Sequence[Mapping[str, Any]], task: Task) -> Mapping[str, Any] | Question | None:
    """The one of several that the person chose; the question where they have not been asked; None for none of them."""
    options = [f"{i['text'][:SHORT]} ({i['kind']}, {i['since'][:10]}, {i['id'][:8]})" for i in known]
    if not task.answers:
        return Question("Which of these is meant?", (*options, "none of these"))
    chosen = words.chosen(task.answers[-1], (*options, "none of these"))
    return known[options.index(chosen)] if chosen in options else None


def _proof(row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return (Evidence("memory", row["id"]),)


_DO: Mapping[str, Callable[[Intake, Task, Tools], Step]] = {"keep": _keep, "replace": _replace, "forget": _forget}
