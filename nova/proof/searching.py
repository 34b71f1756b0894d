"""The last look of rung 6: CrossHair, where it is installed, on changed functions on which nothing differed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nova.proof.inputs.choose import where
from nova.proof.symbolic import Question, unsuited
from nova.proof.testing import HasGround

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nova.proof.inputs.records import Told
    from nova.proof.running import Runner
    from nova.proof.symbolic import Searched
    from nova.proof.testing import RunsTests
    from nova.proof.verdict import Counterexample

MOST = 3
"""So many functions of one patch are searched."""


class Searches(Protocol):
    """Looks for an input on which both sides of a function differ; see ``nova.proof.symbolic.CrossHair``."""

    def search(self, question: Question, runner: Runner, folder: Path, python: Path, version: str) -> Searched:
        """An example that held when it was run, or why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of it: an example, or in ``says`` that a search came to its end without one; else nothing."""

    example: Counterexample | None = None
    says: str = ""


def sought(files: Mapping[str, tuple[str, str]], old: Told, tests: RunsTests, tool: Searches | None) -> Sought:
    """Search the first few changed functions at module level that are annotated and of which a call was caught."""
    asked = list(questions(files, old))[:MOST] if tool is not None else []
    ground = tests.ground() if asked and isinstance(tests, HasGround) else None
    if tool is None or ground is None:
        return Sought()
    began = time.monotonic()
    ended = 0
    for question in asked:
        found = tool.search(question, ground.runner, ground.folder, ground.python, ground.version)
        if found.example is not None:
            return Sought(found.example)
        ended += found.ended
    if not ended:
        return Sought()
    of = "" if ended == 1 else f" in {ended} functions"
    return Sought(None, f"CrossHair found no difference{of} in {time.monotonic() - began:.0f} s, which is no proof")


def questions(files: Mapping[str, tuple[str, str]], old: Told) -> Iterator[Question]:
    """What can be asked, with the name by which the target itself imported each file."""
    for path, (before, after) in files.items():
        for name in where(before, after).functions:
            modules = [r.module for r in old.records.values() if r.function == name and _is_of(r.module, path)]
            if modules:
                question = Question(path, modules[0], name, before, after)
                if not unsuited(question):
                    yield question


def _is_of(module: str, path: str) -> bool:
    return f"/{path}".endswith(f"/{module.replace('.', '/')}.py")
