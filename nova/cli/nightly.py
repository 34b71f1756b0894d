"""``nova nightly``: listen, review, what to mend first, what is proved proposed; quiet when nothing changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_format, command, positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from nova.nightly.nights import Asked, Told
    from nova.orchestrator.lines import Plain
    from nova.ports import Progress
    from nova.swarming import Standing


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "nightly", "a night's work, quiet when nothing changed",
        "Take in what people answered on GitHub, review the repository, say what to mend first and how Nova itself has "
        "done, and prove the fixes that are worth proposing; several targets one after the other, in bounded time. "
        "Without --propose or --post nothing is written: the proposals wait for your word. A night that was stopped is "
        "gone on with; where nothing changed since the last one, one line says so.",
        "nova nightly --target shop airep --minutes 40 --post",
    )  # fmt: skip
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a repository (default: the one that one stands in)"
    )
    parser.add_argument(
        "--target", metavar="NAME", nargs="+", action="extend", default=[],
        help="targets by name, as nova targets lists them; one night for all of them",
    )  # fmt: skip
    parser.add_argument(
        "--minutes", metavar="N", type=positive, default=30, help="how long all of it may take (default: 30)"
    )
    parser.add_argument(
        "--writes", metavar="N", type=positive,
        help="how many proposals may be made for all targets together (default: three open ones a target)",
    )  # fmt: skip
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--propose", action="store_true", help="make local branches of the best proved fixes")
    way.add_argument("--post", action="store_true", help="open draft pull requests of them, and keep those up to date")
    parser.add_argument("--again", action="store_true", help="even where nothing changed since the last night")
    parser.add_argument("--db", metavar="FILE", type=Path, help="another memory than the user's own")
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Carry out the night and print what came of it, target by target; 2 where one of them was not whole."""
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.config import places
    from nova.errors import UsageError
    from nova.nightly import Plan, Way, nights

    if given.path and given.target:
        raise UsageError("PATH and --target name two different things", next_step="give one of them")
    way = Way.DRAFTS if given.post else Way.BRANCHES if given.propose else Way.ASK
    plan = Plan(given.minutes, way, given.writes, given.again)
    targets = _targets(given)
    as_text = given.format == "text"
    with bar() as progress:

        def tell(told: Told) -> None:
            if as_text:
                output.put(_text(told, several=len(targets) > 1))

        try:
            found = nights(targets, plan, places().data, progress, tell=tell, hear=_heard(progress))
        except UsageError:
            raise
        except BaseException:
            if sys.stderr is not None:
                print("nova: the night was stopped; the same command goes on with it", file=sys.stderr)
            raise
    if not as_text:
        from nova.report.as_json import dumped

        output.put(dumped({"whole": all(t.is_whole for t in found), "targets": [_data(t) for t in found]}))
    return 0 if all(told.is_whole for told in found) else 2


def _targets(given: argparse.Namespace) -> list[Asked]:
    """What is to be visited, each once, in the order in which it was named."""
    from nova.nightly.nights import Asked

    if not given.target:
        return [Asked(str(given.path.absolute()) if given.path else "", _where(given, None))]
    return [Asked(name, _where(given, name)) for name in dict.fromkeys(given.target)]


def _where(given: argparse.Namespace, name: str | None) -> Callable[[], Standing]:
    def found() -> Standing:
        from dataclasses import replace

        from nova import swarming, targets
        from nova.config import places

        database = given.db.absolute() if given.db else None
        where = swarming.here(name, database, None, scheduled=True)
        if name is not None:
            return replace(where, folder=targets.folder_of(targets.named(name, places().targets)))
        return replace(where, folder=given.path.absolute()) if given.path else where

    return found


def _heard(progress: Progress) -> Callable[[Plain], None]:
    """Shows a person at a terminal who is at work, and at what."""
    agents: dict[int, str] = {}

    def hear(line: Plain) -> None:
        if line["kind"] == "start":
            agents[line["visit"]] = line["agent"]
        elif line["kind"] == "call":
            progress(f"{agents.get(line['visit'], '')}: {line['tool'].replace('_', ' ')}")

    return hear


def _text(told: Told, *, several: bool) -> str:
    from nova.report.characters import visible

    head = f"{told.name}: " if several else ""
    if told.failed is not None:
        lines = [f"{head}{part}" if n == 0 else part for n, part in enumerate(str(told.failed).split("\n"))]
        return "\n".join(visible(line) for line in [*lines, *_listened(told, always=False)])
    assert told.night is not None
    outcome = told.night.outcome
    if outcome is None:
        last = told.night.last
        aside = "".join(f"; {line}" for line in _listened(told, always=False))
        trace = f"; nova trace {last}  shows it" if told.night.has_trace else ""
        return visible(f"{head}nothing changed since the last night ({last}){trace}{aside}")
    lines = [f"{head.strip()}"] if several else []
    lines += [*_listened(told, always=True), "", *told.night.text.split("\n"), *(f"note: {n}" for n in outcome.notes)]
    if outcome.waiting:
        lines += ["", "A write waits for your yes:  nova ask --waiting  shows it;  nova ask --approve ID  makes it."]
    seconds = outcome.used.get("seconds") or 0
    whole = "" if outcome.complete else "not whole; "
    begun = "gone on with" if told.night.resumed else "done"
    lines += ["", f"({whole}{begun} in {seconds:.0f} s; nova trace {outcome.turn}  shows how)"]
    return "\n".join(visible(line) for line in lines)


def _listened(told: Told, *, always: bool) -> list[str]:
    """What came of listening: always in a night that has news, else only what is in the way."""
    from nova.nightly.listening import LEFT_OUT

    heard = told.heard
    if heard is None or not (always or heard.news or not heard.is_whole or heard.said.startswith(LEFT_OUT)):
        return []
    return [heard.said, *(f"note: {notice}" for notice in heard.notices)]


def _data(told: Told) -> dict[str, Any]:
    heard = told.heard
    data: dict[str, Any] = {
        "target": told.name, "whole": told.is_whole,
        "github": None if heard is None else {"said": heard.said, "news": heard.news, "notices": list(heard.notices)},
    }  # fmt: skip
    if told.failed is not None:
        return data | {"changed": None, "failed": str(told.failed).split("\n")}
    assert told.night is not None
    outcome = told.night.outcome
    if outcome is None:
        return data | {"changed": False, "last": told.night.last}
    return data | {
        "changed": True, "turn": outcome.turn, "status": outcome.status, "complete": outcome.complete,
        "resumed": told.night.resumed, "text": told.night.text, "data": outcome.data, "notes": list(outcome.notes),
        "waiting": list(outcome.waiting), "seconds": round(float(outcome.used.get("seconds") or 0), 3),
    }  # fmt: skip
