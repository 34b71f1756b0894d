"""The loop of the child process: a question in a line of JSON, the answer in another. Target code is never run."""

from __future__ import annotations

import ast
import base64
import json
import os
import sys
import threading
import warnings
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from nova.proof.child.comments import complaints
from nova.proof.child.normal import difference

if TYPE_CHECKING:
    from types import CodeType
    from typing import TextIO

STACK = 256 * 1024 * 1024
MEMORY = 4 * 1024**3
KEPT = 12
"""How many compiled files are kept: what stands before is the same for every fix of a file."""

_kept: OrderedDict[tuple[bytes, str, int], tuple[str | CodeType, frozenset[str]]] = OrderedDict()


def main() -> None:
    """Say which Python this is, then serve until standard input ends."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_serve, daemon=True)
    thread.start()
    thread.join()
    os._exit(0)


def _serve() -> None:
    out = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    sys.stdout = sys.stderr
    version = ".".join(map(str, sys.version_info[:3]))
    _say(out, {"version": version, "implementation": sys.implementation.name})
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = _answers[asked["ask"]](asked)
        except Exception as error:  # noqa: BLE001  whatever it is, it must be told: silence would read as a death
            answer = {"failed": f"{type(error).__name__}: {error}"}
        _say(out, answer)


def _say(out: TextIO, answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()


def _compare(asked: dict[str, Any]) -> dict[str, Any]:
    """For each level of optimisation the first difference; or why one side does not compile."""
    before, after = base64.b64decode(asked["before"]), base64.b64decode(asked["after"])
    found = []
    new: set[str] = set()
    for level in asked["levels"]:
        one, known = _compiled(before, asked["path"], level)
        other, warned = _compiled(after, asked["path"], level)
        new.update(warned - known)
        if isinstance(one, str) or isinstance(other, str):
            return {"before": one if isinstance(one, str) else "", "after": other if isinstance(other, str) else ""}
        told = difference(one, other)
        if told is not None and _set_displays(before) == _set_displays(after):
            told = difference(one, other, sets_as_before=True)
        if told is not None:
            found.append([level, *told])
    return {"before": "", "after": "", "differs": found, "warns": sorted(new)}


def _set_displays(source: bytes) -> list[str]:
    """What stands between the braces of each set display, in order."""
    return [ast.dump(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Set)]


def _compiled(source: bytes, path: str, level: int) -> tuple[str | CodeType, frozenset[str]]:
    """A code object, or in words why there is none; and what the compiler warns of."""
    key = (source, path, level)
    known = _kept.pop(key, None)
    if known is None:
        known = _compile(source, path, level)
    _kept[key] = known
    if len(_kept) > KEPT:
        _kept.popitem(last=False)
    return known


def _compile(source: bytes, path: str, level: int) -> tuple[str | CodeType, frozenset[str]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        code = _code(source, path, level)
    return code, frozenset(str(warning.message) for warning in caught)


def _code(source: bytes, path: str, level: int) -> str | CodeType:
    """A code object, or why the source has none. What exhausts the compiler is no answer, and is raised."""
    try:
        return compile(source, path, "exec", dont_inherit=True, optimize=level)
    except SyntaxError as error:
        return f"{error.msg} (line {error.lineno})"
    except (ValueError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


def _comments(asked: dict[str, Any]) -> dict[str, Any]:
    return {"complaints": complaints(asked["before"], asked["after"])}


_answers: dict[str, Any] = {"compare": _compare, "comments": _comments}
