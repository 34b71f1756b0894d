"""What a finished turn leaves in memory: what the person said, and which memories helped with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import Draft, Item, Kind, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory import Memory
    from nova.orchestrator.lines import Plain

HELPED = 0.6
"""The share of a memory's words that an answer holds from which on it is taken to have used it."""


def learn(memory: Memory, lines: Sequence[Plain], target: str, who: str) -> None:
    """Record a turn from its record, once: doing it again changes nothing but the count of uses.

    A turn in which something was written leaves no copy of it. What agents answered is not learnt: it was made from
    what memory and the repository hold already.
    """
    if not lines or lines[0].get("kind") != "request" or lines[-1].get("kind") != "ended":
        return
    request = lines[0]
    at, session = str(request["at"]).replace("+00:00", "Z"), f"conversation {request['conversation']}"
    message = str(request["message"])
    wrote = any(line.get("kind") == "call" and line.get("writes") for line in lines)
    if message.strip() and not wrote:
        turn = Item(
            "", Kind.TURN, "", "", message, "", who, "nova ask", at, at, session=session,
            position=memory.length_of(target, session),
        )  # fmt: skip
        memory.take([Draft(turn, target, f"turn\0{request['conversation']}\0{at}")])
    helped = used(lines)
    for scope in dict.fromkeys(("", target)):
        memory.used(scope, [item.id for item in memory.some(scope, helped)], str(lines[-1]["agent"]), at)


def used(lines: Sequence[Plain]) -> list[str]:
    """The ids of the memories that an answer cites, or whose words it holds although another source could have them."""
    end = lines[-1]
    cited = [str(one["where"]) for one in end.get("evidence", ()) if one.get("what") == "memory"]
    shown = {
        str(item["id"]): str(item["text"])
        for line in lines
        if line.get("kind") == "shown"
        for item in line["items"]
        if item.get("id")
    }
    text = str(end.get("text", ""))
    said = [name for name, words in shown.items() if share(words, text) >= HELPED]
    return list(dict.fromkeys([*cited, *said]))
