"""What a person's own page may change of the agent of Nova's that it builds on: words freely, rights only downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS = ("tools", "writes", "memory")
LADDERS = {"llm": ("none", "optional", "required"), "approval": ("ask", "none")}
"""What each step of these permits more of than the one before it."""
ALL = "*"
"""Among handoffs: every agent."""
FIXED = ("handler", "group")
LIMITS = ("seconds", "calls", "tokens", "money")


def narrowed(base: Mapping[str, Any], given: Mapping[str, Any], source: str) -> dict[str, Any]:
    """The fields of an agent that is ``base`` but for what ``given`` sets.

    Raises ``RosterError`` naming the first field in which it would be allowed more than the base.
    """
    name = base["name"]
    for key in LISTS:
        _within(key, given.get(key, ()), base[key], name, source)
    if ALL not in base["handoffs"]:
        _within("handoffs", given.get("handoffs", ()), base["handoffs"], name, source)
    for key, ladder in LADDERS.items():
        if key in given and ladder.index(given[key]) > ladder.index(base[key]):
            raise _wider(f"{key}: {given[key]}", name, source, f"leave it out, or write  {key}: {base[key]}")
    for key in FIXED:
        if given.get(key, base[key]) != base[key]:
            raise _wider(f"{key}: {given[key]}", name, source, f"leave {key} out; it comes from {name}")
    budget = _budget(base["budget"], given.get("budget", {}), name, source)
    return {**base, **{key: value for key, value in given.items() if value or key != "body"}, "budget": budget}


def _within(key: str, wanted: Any, allowed: Any, name: str, source: str) -> None:
    more = [item for item in wanted if item not in allowed]
    if more:
        has = ", ".join(allowed) or "nothing"
        raise _wider(f"{key}: {more[0]}", name, source, f"{name} has, under {key}: {has}")


def _budget(base: Mapping[str, Any], given: Mapping[str, Any], name: str, source: str) -> dict[str, Any]:
    for key in LIMITS:
        if key not in given or base[key] is None:
            continue
        if given[key] is None or given[key] > base[key]:
            raise _wider(f"budget.{key}: {given[key]}", name, source, f"{base[key]} is the most that {name} has")
    return {**base, **given}


def _wider(what: str, name: str, source: str, next_step: str) -> RosterError:
    return RosterError(
        f"{source} sets {what}, which is more than {name} may",
        why="an agent of one's own may do less than the one it builds on, never more",
        next_step=next_step,
    )
