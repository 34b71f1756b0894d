"""``rule_page``: what a rule asks for, how often it was right, and its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, _world: World, /, *, rule: str) -> dict[str, Any]:
    """A rule's page as ``nova explain`` prints it, its summary, and how often it was right.

    Raises ``UsageError`` for a rule that Nova does not have.
    """
    from nova.rule_texts import page, texts
    from nova.rules import unknown
    from reviewers.registry import BY_NAME

    known = texts()
    name = next((n for n in known if n.lower() == rule.lower()), None)
    if name is None:
        raise unknown(rule)
    text = known[name]
    precision = getattr(BY_NAME.get(name), "precision", None)
    return {
        "rule": name,
        "source": text.source,
        "severity": text.severity.value,
        "summary": text.summary,
        "text": text.text,
        "read": precision.read if precision is not None else 0,
        "right": precision.right if precision is not None else 0,
        "page": page(name),
    }


TOOL = Tool("rule_page", "A rule's page: what it asks for, how often it was right, its examples.", work)
