"""What is read from the records of a night's turns. Pure but for reading them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nova.orchestrator.lines import Plain

RECORD = "tell of Nova's own record"
RENEWED = "was made anew"


def talk_of(turn: str) -> str:
    """The conversation of a turn; empty for one that is not there."""
    from nova import swarming

    head = swarming.records().head(turn)
    return str(head.get("conversation", "")) if head is not None else ""


def option(turn: str, name: str) -> Any:
    """What a turn was told beside its message; empty where it was not."""
    from nova import swarming

    head = swarming.records().head(turn)
    return dict(head.get("options") or {}).get(name, "") if head is not None else ""


def fell_short(turn: str) -> bool:
    """Whether a turn is over and was not whole: going on with it would only say so again."""
    from nova import swarming

    ended = next((line for line in swarming.records().read(turn) if line["kind"] == "ended"), None)
    return ended is not None and not ended["complete"]


def results(turn: str, tools: Collection[str]) -> list[Plain]:
    """The answers of some tools in a turn, those that came."""
    from nova import swarming

    try:
        lines = swarming.records().read(turn)
    except UsageError:
        return []
    return [line for line in lines if line["kind"] == "result" and line.get("tool") in tools and line["ok"]]


def made(turns: Iterable[str], tools: Collection[str]) -> int:
    """How many proposals were newly made in some turns; those that were made anew on another base are not new."""
    return sum(_new(line["data"]) for turn in turns for line in results(turn, tools))


def parts(turn: str) -> tuple[list[str], list[str]]:
    """Of a turn that came to no answer of its own: the answers of its parts that are there, and those that are not."""
    from nova import swarming
    from nova.agents.review.meta_reviewer import PARTS

    lines = swarming.records().read(turn)
    visits = {line["visit"]: line["task"]["goal"] for line in lines if line["kind"] == "start" and line["parent"] == 0}
    done = {
        visits[line["visit"]]: str(line["outcome"]["text"])
        for line in lines
        if line["kind"] == "step" and line["visit"] in visits and line["outcome"].get("step") == "done"
    }
    goals = [goal for _, _, goal in PARTS]
    return [done[goal] for goal in goals if goal in done], [*(goal for goal in goals if goal not in done), RECORD]


def _new(data: Plain) -> int:
    if "posted" not in data:
        return len(data["proposals"])
    renewed = {number for number in data["pull_requests"].values() if _told(data, f"#{number} {RENEWED}")}
    return len(data["pull_requests"]) - len(renewed)


def _told(data: Plain, words: str) -> bool:
    return any(str(line).startswith(words) for line in data["posted"])
