"""A recording as bytes, made of what a run told, and what it depends on. Pure."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from nova.proof.testing import Recording, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nova.proof.environment import Environment
    from nova.proof.reports import Told
    from nova.proof.testing import TestRun

VERSION = 1
"""Of the recorder: what it records, and how it is written. A new one makes every recording anew."""


def recording(told: Told, again: TestRun | None) -> Recording:
    """What the recorded run told, with the tests that did not come out alike in a second run of them."""
    tests, files = read_lines(told.lines)
    contexts: dict[str, dict[int, tuple[str, ...]]] = {}
    at_import: dict[str, frozenset[int]] = {}
    for path, groups in files.items():
        within = contexts.setdefault(path, {})
        for lines, numbers in groups:
            if numbers:
                names = tuple(tests[number] for number in numbers)
                within.update(dict.fromkeys(lines, names))
            else:
                at_import[path] = frozenset(lines)
    unstable: frozenset[str] = frozenset()
    if again is not None:
        unstable = frozenset(test for test, seen in told.outcomes.items() if again.outcomes.get(test) is not seen)
    return Recording(told.outcomes, contexts, at_import, unstable, told.seconds)


def read_lines(data: bytes) -> tuple[list[str], dict[str, list[tuple[list[int], list[int]]]]]:
    """The tests, and for each path the groups of lines that the same tests ran, as ``child/lines.py`` writes them."""
    told = json.loads(data) if data else {"tests": [], "files": {}}
    return told["tests"], told["files"]


def to_bytes(recorded: Recording, seconds: float) -> bytes:
    """Compact JSON; ``seconds`` is what the run took with all that it needs beside the tests."""
    names = {test: number for number, test in enumerate(recorded.outcomes)}
    files: dict[str, list[Any]] = {}
    for path, lines in recorded.contexts.items():
        groups: dict[tuple[str, ...], list[int]] = {}
        for line, tests in lines.items():
            groups.setdefault(tests, []).append(line)
        files[path] = [[there, [names.setdefault(t, len(names)) for t in tests]] for tests, there in groups.items()]
    told = {
        "tests": list(names),
        "seen": [recorded.outcomes[test].value if test in recorded.outcomes else "" for test in names],
        "seconds": [recorded.seconds.get(test, 0.0) for test in names],
        "unstable": sorted(names[test] for test in recorded.unstable),
        "contexts": files,
        "at_import": {path: sorted(lines) for path, lines in recorded.at_import.items()},
        "whole": seconds,
    }
    return json.dumps(told, separators=(",", ":")).encode("ascii")


def from_bytes(data: bytes) -> tuple[Recording, float]:
    """The recording that ``to_bytes`` wrote. ValueError, KeyError, TypeError or IndexError for other bytes."""
    told = json.loads(data)
    names: list[str] = told["tests"]
    contexts = {
        path: {line: tuple(names[n] for n in numbers) for lines, numbers in groups for line in lines}
        for path, groups in told["contexts"].items()
    }
    return Recording(
        {name: Seen(seen) for name, seen in zip(names, told["seen"], strict=True) if seen},
        contexts,
        {path: frozenset(lines) for path, lines in told["at_import"].items()},
        frozenset(names[number] for number in told["unstable"]),
        dict(zip(names, told["seconds"], strict=True)),
    ), float(told["whole"])


def key_of(
    contents: Iterable[tuple[str, bytes]], environment: Environment, facts: Mapping[str, object], contained: bool
) -> str:  # fmt: skip
    """A digest of all that a recording depends on: files by path and bytes, the environment, the command, this code."""
    hasher = blake2b(digest_size=16)
    told = [
        VERSION, environment.runner, list(environment.arguments), environment.folder,
        sorted(environment.variables.items()), str(environment.python), dict(facts), contained,
    ]  # fmt: skip
    hasher.update(json.dumps(told, sort_keys=True).encode())
    for path, data in sorted(contents):
        name = path.encode("utf-8", "surrogateescape")
        hasher.update(b"%d:%b%d:" % (len(name), name, len(data)))
        hasher.update(data)
    return hasher.hexdigest()
