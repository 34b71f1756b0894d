"""The two makers of naive times in UTC that Python 3.12 deprecated."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from reviewers.rules._times.bindings import is_imported
from reviewers.rules._times.fault import Fault
from reviewers.rules._times.kinds import replaced_zone
from reviewers.rules._times.tables import UTCFROMTIMESTAMP, UTCNOW, Zone

if TYPE_CHECKING:
    from reviewers.facts import FileFacts
    from reviewers.rules._times.kinds import Kinds

_INSTEAD = {UTCNOW: "datetime.now(timezone.utc)", UTCFROMTIMESTAMP: "datetime.fromtimestamp(..., timezone.utc)"}
_VERSION_TESTS = ("version_info", "hasattr", "PY2", "PY3")
_CONFIDENCE = 0.75


def deprecated(node: ast.Attribute, kinds: Kinds) -> Fault | None:
    """Where and why a mention of ``utcnow`` or ``utcfromtimestamp`` is to go.

    Where ``replace()`` gives the time its zone at once, that goes too; else the time stays naive, as its readers expect.
    """
    if node.attr not in {"utcnow", "utcfromtimestamp"}:
        return None
    facts = kinds.facts
    made = facts.resolve(node)
    if made not in _INSTEAD or not is_imported(node, facts) or _is_fallback(node, facts):
        return None
    call = facts.parent(node)
    if facts.is_test and not isinstance(call, ast.Call):
        return None
    message = (
        f"{made.removeprefix('datetime.')}() is deprecated since Python 3.12 and says no zone, "
        f"so it passes for local time: use {_INSTEAD[made]}"
    )
    if not isinstance(call, ast.Call) or call.func is not node:
        return Fault(node, message, confidence=_CONFIDENCE)
    outer = facts.parent(facts.parent(call) or call)
    if (
        isinstance(outer, ast.Call)
        and isinstance(outer.func, ast.Attribute)
        and outer.func.value is call
        and outer.func.attr == "replace"
    ):
        zone = replaced_zone(outer)
        if zone is not None and kinds.zone(zone) is Zone.UTC:
            return Fault(call, message, outer, confidence=_CONFIDENCE)
    return Fault(call, message, call, is_naive=True, confidence=_CONFIDENCE)


def _is_fallback(node: ast.AST, facts: FileFacts) -> bool:
    """Whether only a Python too old for anything better gets here."""
    for above in facts.ancestors(node):
        if isinstance(above, ast.If) and any(test in ast.unparse(above.test) for test in _VERSION_TESTS):
            return True
        if isinstance(above, ast.ExceptHandler) and above.type is not None:
            caught = ast.unparse(above.type)
            if "ImportError" in caught or "AttributeError" in caught or "ModuleNotFound" in caught:
                return True
    return False
