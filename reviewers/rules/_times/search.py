"""Going through a file for the places where zones are mixed, lost or guessed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from reviewers.facts import walk
from reviewers.rules._times.deprecated import deprecated
from reviewers.rules._times.fault import OFF
from reviewers.rules._times.kinds import Kinds
from reviewers.rules._times.misread import misread
from reviewers.rules._times.mixed import Mixing

if TYPE_CHECKING:
    from reviewers.facts import FileFacts
    from reviewers.rules._times.fault import Fault

_MAKES_TIMES = (
    "utcnow", "fromtimestamp", "strptime", "fromisoformat", "timegm", "mktime", ".now", ".today", "datetime(", "combine("
)  # fmt: skip
"""Without one of these in its text a file makes no time, and there is nothing to infer."""
_USES = frozenset({ast.Call, ast.BinOp, ast.Compare, ast.JoinedStr})


def faults(facts: FileFacts) -> list[Fault]:
    """What is wrong about the times of a file, in source order; nothing inside of what is told already.

    Times that only a test makes and reads may be off by any offset: there, told is only of what cannot run.
    """
    if not _may_make_times(facts):
        return []
    kinds = Kinds(facts)
    mixing = Mixing(kinds)
    found: list[Fault] = []
    covered: set[ast.AST] = set()
    for node in facts.nodes:
        if type(node) in _USES:
            if node in covered:
                continue
            fault = misread(node, kinds) or mixing.fault(node)
            if fault is not None and not (facts.is_test and fault.message.endswith(OFF)):
                covered.update(walk(node))
                found.append(fault)
        elif isinstance(node, ast.Attribute) and node not in covered:
            fault = deprecated(node, kinds)
            if fault is not None:
                found.append(fault)
    return found


def _may_make_times(facts: FileFacts) -> bool:
    text = facts.text
    if "datetime" not in text and "timezone" not in text:
        return False
    if not any(word in text for word in _MAKES_TIMES):
        return False
    return any(origin.startswith(("datetime", "django.utils")) for origin in facts.imports.values())
