"""``nova route``: which agent a request goes to, and why; and a word of correction where that is wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.cli.flags import command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from nova.orchestrator.router import Route
    from nova.routing import Router


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands,
        "route",
        "which agent a request goes to",
        "Say which agent a request goes to. Without one, requests are read from standard input, one a line; a line\n"
        'that is a JSON object ({"text": ..., "conversation": ID, "active": AGENT, "pending": AGENT}) is a message\n'
        "of a dialogue, whose agent keeps the floor from one line to the next.",
        'nova route "what did we decide about the cache?" --why',
    )
    parser.add_argument("request", nargs="?", metavar="REQUEST", help="what is wanted, in your own words")
    parser.add_argument("--why", action="store_true", help="say which step decided, why, and which agents were near")
    parser.add_argument("--right", metavar="AGENT", help="the agent that this request should go to from now on")
    parser.add_argument("--active", metavar="AGENT", default="", help="the agent that has the floor")
    parser.add_argument("--pending", metavar="AGENT", default="", help="the agent whose question is being answered")
    parser.add_argument("--roster", metavar="FOLDER", type=Path, help="these agents in place of Nova's and your own")
    parser.add_argument(
        "--embedder", choices=("auto", "none", "minilm", "wordllama"), default="auto",
        help="what helps the words (default: auto, the best that is installed)",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to say it (default: text)")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Route one request or many, or keep a correction."""
    from nova import embed, roster, routing
    from nova.config import places
    from nova.errors import UsageError
    from nova.orchestrator.router import Floor

    known = roster.load(None if given.roster else places().config / "agents", given.roster)
    for name in filter(None, (given.active, given.pending, given.right)):
        known.named(name)
    if given.right and not (given.request or "").strip():
        raise UsageError(
            "say which request it is that was misrouted", next_step=f'nova route "..." --right {given.right}'
        )
    router = routing.router(known, places().data, embed.embedder(given.embedder), routing.say_at_terminal)
    if given.right:
        return _correct(router, given.request, given.right)
    if given.request is not None:
        _say(router.route(given.request, Floor(given.active, given.pending)), {"text": given.request}, given)
        return 0
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("there is no request", next_step='nova route "review my changes"')
    for said, route in _many(router, _lines(), Floor(given.active, given.pending)):
        if not _say(route, said, given):
            break
    return 0


def _correct(router: Router, request: str, right: str) -> int:
    from datetime import UTC, datetime

    from nova import corrections
    from nova.cli import output
    from nova.config import places
    from nova.orchestrator.router import Floor

    before = router.route(request, Floor())
    at = datetime.now(UTC).isoformat(timespec="seconds")
    where = corrections.add(places().data, corrections.Correction(request, right, at, before.agent or ""))
    was = f"was {before.agent}" if before.agent else "was a question"
    output.put(f"{right} from now on ({was})\n  kept in {where}")
    return 0


def _lines() -> Iterator[str]:
    """Standard input by lines; bytes that are no text become marks, so that no line is lost."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _many(router: Router, lines: Iterable[str], start: Any) -> Iterator[tuple[dict[str, Any], Route]]:
    """Each line and where it goes. A dialogue's agent keeps the floor; plain lines know nothing of each other."""
    from nova.orchestrator.router import Floor

    floors: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        said = _said(line, number)
        if said is None:
            if line.strip():
                yield {"text": line}, router.route(line, start)
            continue
        talk = str(said.get("conversation", ""))
        active = said.get("active") or floors.get(talk, start.active)
        route = router.route(said["text"], Floor(active, said.get("pending") or ""))
        floors[talk] = route.agent or active
        yield said, route


def _said(line: str, number: int) -> dict[str, Any] | None:
    """A line that is a message of a dialogue; None for a plain request. Raises ``UsageError``."""
    from nova.errors import UsageError

    if not line.lstrip().startswith("{"):
        return None
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or "text" not in told:
        return None
    for name in ("text", "active", "pending"):
        if not isinstance(told.get(name) or "", str):
            raise UsageError(f"line {number}: {name} is no text", next_step='{"conversation": 1, "text": "and this?"}')
    return told | {"text": told["text"] or ""}


def _say(route: Route, said: dict[str, Any], given: argparse.Namespace) -> bool:
    """Print a route; False where nobody reads any more."""
    from nova.cli import output

    if given.format == "json":
        passed = {name: said[name] for name in ("conversation", "text") if name in said}
        return output.put(json.dumps({**passed, **route.as_data()}))
    best = ", ".join(name for name, _ in route.scores)
    first = route.agent or f"? {best}"
    if not given.why:
        return output.put(first)
    near = "  ".join(f"{name} {score:.2f}" for name, score in route.scores)
    return output.put(f"{first}\n  {route.step}: {route.why}\n  {near}")
