"""One call of a tool: what names it, what it would change, and what came of it, in words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.errors import NovaError
from nova.orchestrator.lines import copied
from nova.orchestrator.plain import Unrecordable, plain, text
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.lines import Plain
    from nova.orchestrator.tool import Tool


@dataclass(slots=True)
class Call:
    """One call on its way through the gate; ``past`` is what the record already has of it, by kind of line."""

    number: int
    name: str
    mark: str
    arguments: Mapping[str, Any]
    past: dict[str, Plain]
    tool: Tool | None = None
    known: Plain | None = None


def key_of(turn: str, agent: str, tool: str, mark: str) -> str:
    """What names an effect: a tool that has done it once does it no second time."""
    named = text([turn, agent, tool, mark])
    return hashlib.sha256(named.encode("ascii")).hexdigest()[:32]


def answer_of(line: Plain) -> Any:
    """The answer that a line tells of. Raises ``ToolFailed``."""
    if not line["ok"]:
        raise ToolFailed(line["why"])
    return copied(line["data"])


def effect_of(tool: Tool, arguments: Mapping[str, Any]) -> str:
    """What a call would change, in words."""
    bare = f"{tool.name} with {text(arguments)}"
    if tool.effect is None:
        return bare
    try:
        return str(tool.effect(**plain(arguments)))
    except Exception as error:  # noqa: BLE001 - the person is asked all the same, and told why no more is known
        return f"{bare} (what it would change could not be said: {words_of(error)})"


def words_of(error: BaseException) -> str:
    """An error in one line, whatever it does when it is asked."""
    if isinstance(error, NovaError):
        return "; ".join(str(error).split("\n"))
    try:
        said = str(error)
        if said and isinstance(error, ToolFailed | Refused):
            return said[:500]
    except Exception:  # noqa: BLE001 - an error that cannot even be told
        said = ""
    return f"{type(error).__name__}: {said}"[:500] if said else type(error).__name__


def plainly(name: object, arguments: Mapping[str, Any]) -> tuple[str, str, str]:
    """A tool's name and its arguments as texts, and why they cannot be used."""
    try:
        return str(name), text(arguments), ""
    except Unrecordable as error:
        return str(name), "", f"its arguments are {error}"
