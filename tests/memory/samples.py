"""Small makers for the tests of memory."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import memory as package
from memory import Answer, Run, Sighting, Step, Verdict, advance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from memory import Changes, Life
    from memory.store import Memory

ROOT = Path(package.__file__).parents[1]
RULES = frozenset({"no-mutable-default", "no-blocking-in-async"})
NOON = "2026-03-01T12:00:00+00:00"


def sighting(name: str, path: str = "a.py", **fields: object) -> Sighting:
    values: dict[str, object] = {
        "id": name,
        "fingerprint": name,
        "path": path,
        "rule": "no-mutable-default",
        "symbol": "load",
        "line": 3,
        "severity": "medium",
        "message": "a list written as a default is shared",
    }
    return Sighting(**{**values, **fields})  # type: ignore[arg-type]


def step(snapshot: str) -> Step:
    return Step(snapshot, f"commit-{snapshot}", NOON)


def go(
    lives: Iterable[Life],
    sightings: Iterable[Sighting],
    snapshot: str,
    *,
    rules: frozenset[str] = RULES,
    paths: Iterable[str] | None = None,
    gone: Iterable[str] = (),
    renames: Mapping[str, str] | None = None,
) -> Changes:
    """One step over a whole review, unless told otherwise."""
    return advance(
        lives,
        sightings,
        step=step(snapshot),
        rules=rules,
        paths=None if paths is None else frozenset(paths),
        gone=frozenset(gone),
        renames=renames or {},
    )


def after(lives: Iterable[Life], changes: Changes) -> list[Life]:
    """The lives once the changes are kept."""
    return list(({life.id: life for life in lives} | {life.id: life for life in changes.all()}).values())


def run(name: str, target: str = "shop", snapshot: str = "s1", **fields: object) -> Run:
    values: dict[str, object] = {
        "id": name,
        "target": target,
        "snapshot": snapshot,
        "commit": f"commit-{snapshot}",
        "commit_at": NOON,
        "scope": "work tree",
        "started_at": NOON,
        "nova": "0.1.0",
        "totals": {"files": 3, "seconds": 0.25},
    }
    return Run(**{**values, **fields})  # type: ignore[arg-type]


def verdict(
    name: str = "f1", path: str = "a.py", answer: Answer = Answer.DISMISS, at: str = NOON, **fields: object
) -> Verdict:
    values: dict[str, object] = {
        "id": name,
        "fingerprint": name,
        "path": path,
        "rule": "no-mutable-default",
        "symbol": "load",
        "answer": answer,
        "because": "by design" if answer is Answer.DISMISS else "",
        "who": "ada",
        "at": at,
    }
    return Verdict(**{**values, **fields})  # type: ignore[arg-type]


def review(
    memory: Memory, name: str, sightings: Iterable[Sighting], target: str = "shop", **options: object
) -> Changes:
    """A whole review as its caller does it: read the lives, advance them, record the run."""
    changes = go(memory.lives(target), sightings, name, **options)  # type: ignore[arg-type]
    memory.run(run(f"run-{name}", target, name), changes)
    return changes


def story(memory: Memory, target: str = "shop") -> None:
    """A little history with everything in it: opened, kept, moved, fixed, back again, and three verdicts."""
    review(memory, "s1", [sighting("f1"), sighting("f2"), sighting("f3", "b.py"), sighting("f4", "c.py")], target)
    review(memory, "s2", [sighting("f1", line=9), sighting("f3", "b.py"), sighting("f4", "c.py")], target)
    memory.verdict(target, verdict("f1"))
    renamed = {"d.py": "c.py"}
    review(memory, "s3", [sighting("f1"), sighting("f2"), sighting("f4", "d.py")], target, renames=renamed)
    memory.verdict(target, verdict("f1", answer=Answer.UNDO, at="2026-03-02T12:00:00+00:00"))
    memory.verdict(target, verdict("f4", "d.py", Answer.ACCEPT))
    review(memory, "s4", [sighting("f4", "d.py", message="said in other words")], target, paths={"d.py"})


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another Python process that knows memory and these samples."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def told(memory: Memory, target: str = "shop") -> tuple[object, ...]:
    """All that a memory tells of a target."""
    lives = memory.lives(target)
    return (
        lives,
        memory.runs(target, 1000),
        memory.verdicts(target),
        [memory.history(target, life.id) for life in lives],
    )
