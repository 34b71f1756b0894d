"""``nova ask``: one turn of the swarm, from a message to an answer, told as it goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_target, command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from nova.orchestrator.approvals import Waiting
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Approver
    from nova.orchestrator.turn import Outcome
    from nova.swarming import Standing

LONGEST = 120


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "ask", "ask the agents for something",
        "Ask for something in your own words: the right agent does it, or asks back. What is done is told on standard "
        "error and kept; the answer goes to standard output.",
        'nova ask "review my changes"',
    )  # fmt: skip
    parser.add_argument("message", nargs="*", metavar="MESSAGE", help="what you want; - reads it from standard input")
    parser.add_argument("--agent", metavar="NAME", help="this agent, whatever the message says")
    parser.add_argument("--conversation", metavar="ID", help="another conversation than the repository's own")
    word = parser.add_mutually_exclusive_group()
    word.add_argument("--yes", action="store_true", help="allow every write that an agent asks for")
    word.add_argument("--no", action="store_true", help="allow none")
    parser.add_argument("--scheduled", action="store_true", help="nobody is there: writes wait for your approval")
    parser.add_argument(
        "--resume", nargs="?", const="", metavar="TURN", help="go on with a turn that was stopped (default: the last)"
    )
    parser.add_argument("--waiting", action="store_true", help="list the writes that wait for your approval")
    parser.add_argument("--approve", metavar="ID", help="make a write that waits")
    parser.add_argument("--decline", metavar="ID", help="drop a write that waits")
    parser.add_argument("--roster", metavar="FOLDER", type=Path, help="these agents in place of Nova's and your own")
    parser.add_argument(
        "--format", choices=("text", "jsonl"), default="text",
        help="how to say it; jsonl: each line of the record as it is made, the outcome last (default: text)",
    )  # fmt: skip
    add_target(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Ask, resume, or answer what waits."""
    from nova.errors import UsageError

    text = " ".join(given.message)
    ways = [given.resume is not None, given.waiting, given.approve is not None, given.decline is not None, bool(text)]
    if sum(ways) > 1:
        raise UsageError("that asks for two things at once", next_step="a message, or one of the flags")
    if given.waiting:
        return _list(given)
    if given.approve is not None or given.decline is not None:
        return _settle(given)
    if given.resume is not None:
        return _resume(given)
    return _ask(given, sys.stdin.read().strip() if text == "-" and sys.stdin is not None else text)


def _ask(given: argparse.Namespace, message: str) -> int:
    from nova import swarming

    where = _where(given)
    talk = given.conversation or swarming.conversation_of(where)
    stands = swarming.stand_of(talk)
    begun = swarming.start(where, message, agent=given.agent, conversation=talk, stands=stands)
    if stands.interrupted:
        _tell(f"nova: turn {stands.interrupted} did not finish; go on with it by  nova ask --resume")
    swarm = swarming.swarm(where, _approver(given), _listener(given.format))
    return _finished(given, begun.turn, lambda: swarm.run(begun))


def _resume(given: argparse.Namespace) -> int:
    from nova import swarming

    kept = swarming.records()
    turn = swarming.unfinished(given.resume, given.conversation or swarming.conversation_of(_where(given)))
    where = swarming.standing_of(kept, turn)
    swarm = swarming.swarm(where, _approver(given, where), _listener(given.format))
    return _finished(given, turn, lambda: swarm.resume(turn))


def _finished(given: argparse.Namespace, turn: str, go: Callable[[], Outcome]) -> int:
    from nova import swarming
    from nova.cli import output

    try:
        outcome = go()
    except BaseException:
        _tell(f"nova: turn {turn} was stopped; go on with  nova ask --resume {turn}")
        raise
    problem = swarming.send_spans(turn)
    if problem:
        _tell(f"nova: {problem}")
    if given.format == "text":
        output.put(_said(outcome))
    lost = swarming.learn(turn)
    if lost:
        _tell(f"nova: {lost}")
    return 0 if outcome.complete or outcome.status == "question" else 2


def _where(given: argparse.Namespace) -> Standing:
    from nova import swarming

    return swarming.here(
        given.target, given.db.absolute() if given.db else None, given.roster.absolute() if given.roster else None,
        scheduled=given.scheduled,
    )  # fmt: skip


def _approver(given: argparse.Namespace, where: Standing | None = None) -> Approver:
    """Who says whether a write may be made; with nobody at a terminal, it waits."""
    from nova.orchestrator.approvals import Always, Terminal

    if given.yes or given.no:
        return Always(given.yes)
    at_terminal = all(s is not None and s.isatty() for s in (sys.stdin, sys.stderr))
    if given.scheduled or (where is not None and where.scheduled) or not at_terminal:
        return Always(None)
    return Terminal(_prompt, sys.stdin.readline)


def _listener(form: str) -> Callable[[Plain], None]:
    return _dumped if form == "jsonl" else _told


def _dumped(line: Plain) -> None:
    """One line of the record for a program that watches."""
    from nova.cli import output
    from nova.orchestrator.lines import dump

    output.put(dump(line))


def _told(line: Plain) -> None:
    """One line of the record for a person who watches, where it tells them anything."""
    words = _words(line)
    if words:
        _tell(words)


def _words(line: Plain) -> str:
    match line["kind"]:
        case "route":
            return f"{line['agent']}  ({line['step']}: {_short(line['why'])})" if line.get("step") else line["agent"]
        case "said":
            return f"  {_short(line['text'])}"
        case "call":
            given = ", ".join(f"{name}={value!r}" for name, value in line["arguments"].items())
            return f"  {line['tool']}({_short(given)})"
        case "result" if not line["ok"]:
            return f"  {line['tool']} failed: {_short(line['why'])}"
        case "refused":
            return f"  {_short(line['tool'])} {'waits' if line['waits'] else 'refused'}: {_short(line['why'])}"
        case "handoff":
            refused = "" if line["ok"] else f"  refused: {_short(line['why'])}"
            return f"-> {_short(line['to'])}: {_short(line['reason'])}{refused}"
        case "return":
            return f"<- {line['agent']}" + ("" if line["ok"] else f" could not: {_short(line['why'])}")
        case "cut":
            return f"  {_short(line['outcome']['why'])}"
    return ""


def _said(outcome: Outcome) -> str:
    """The outcome as a person reads it."""
    lines = [_clean(outcome.text)]
    lines += [f"  {number}. {_clean(option)}" for number, option in enumerate(outcome.options, 1)]
    if outcome.status == "question":
        lines.append('\nanswer with:  nova ask "..."')
    lines += [f"\nnote: {_clean(note)}" for note in outcome.notes]
    if outcome.waiting:
        waits = "1 write waits" if len(outcome.waiting) == 1 else f"{len(outcome.waiting)} writes wait"
        lines.append(f"\n{waits} for your approval:  nova ask --waiting")
    return "\n".join(lines)


def _list(given: argparse.Namespace) -> int:
    from nova import swarming
    from nova.cli import output
    from nova.orchestrator.approvals import waiting
    from nova.orchestrator.plain import text

    rows = waiting(swarming.records())
    if given.format == "jsonl":
        for one in rows:
            output.put(text(_plain(one)))
    elif rows:
        output.put("\n".join(_row(one) for one in rows) + "\n\nnova ask --approve ID  makes one, --decline ID drops it")
    else:
        output.put("No write waits for your approval.")
    return 0


def _settle(given: argparse.Namespace) -> int:
    from nova import swarming
    from nova.cli import output
    from nova.errors import NovaError

    allowed = given.approve is not None
    one, made, why = swarming.settle(given.approve if allowed else given.decline, allowed=allowed)
    if allowed and not made:
        raise NovaError(f"the write {one.id} was allowed and failed", why=why, next_step=f"nova trace {one.turn}")
    output.put(f"{'made' if allowed else 'dropped'}: {_clean(one.effect)}")
    return 0


def _plain(one: Waiting) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one)


def _row(one: Waiting) -> str:
    state = "  (allowed, not finished)" if one.allowed else ""
    effect = "\n".join(f"          {line}" for line in _clean(one.effect).split("\n"))
    return f"{one.id}  {one.agent}: {one.tool}  {one.at[:16]}{state}\n{effect}"


def _prompt(text: str) -> None:
    sys.stderr.write(_clean(text))
    sys.stderr.flush()


def _short(text: object) -> str:
    from nova.report.characters import sentence

    words = sentence(str(text))
    return words if len(words) <= LONGEST else words[: LONGEST - 3] + "..."


def _clean(text: str) -> str:
    """Text of several lines in which nothing can steer a terminal."""
    from nova.report.characters import visible

    return "\n".join(visible(line) for line in text.split("\n"))


def _tell(text: str) -> None:
    if sys.stderr is not None:
        print(text, file=sys.stderr)
