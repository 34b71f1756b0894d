"""``muted_rules``: rules that the settings leave out, and those that people keep dismissing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nova.tools import World

ENOUGH = 3
"""Dismissals, with no finding accepted, from which muting a rule is worth a thought."""


def work(_key: str, world: World, /) -> dict[str, Any]:
    """What is muted in the target's settings, and what might be; nothing is muted by this."""
    from nova.tools._ground import subject_of
    from nova.tools.verdicts import work as verdicts

    found = subject_of(world)
    rules = verdicts("", world)["rules"]
    return {
        "muted": list(found.target.ignore),
        "settings": found.target.source or "pyproject.toml",
        "proposed": proposed(rules, found.target.ignore),
    }


def proposed(rules: Iterable[Mapping[str, Any]], muted: Iterable[str]) -> list[dict[str, Any]]:
    """The rules dismissed three times or more and never accepted; pure."""
    off = set(muted)
    return [
        {"rule": row["rule"], "dismissed": row["dismissed"], "fixed": row["fixed"], "because": dict(row["because"])}
        for row in rules
        if row["dismissed"] >= ENOUGH and not row["accepted"] and row["rule"] not in off
    ]


TOOL = Tool("muted_rules", "Rules that are muted, and those dismissed so often that muting is worth a thought.", work)
