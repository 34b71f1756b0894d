"""Rung 2: the bytecode. Normalised code objects are the same, in every declared version that this machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.proof.compiling import compared, levels_of
from nova.proof.source_readers import readings
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from nova.proof.case import Case
    from nova.proof.tools import Tools

RUNG = 2
NAME = "bytecode"
_LEVELS = {0: "", 1: " with -O", 2: " with -OO"}


def climb(case: Case, tools: Tools) -> RungResult:
    """Compare the code of every file of the patch; a file that comes or goes is no equal program."""
    versions = tuple(tools.compilers.exact(v) for v in tools.compilers.present(case.target.versions))
    told = _unequal_files(case)
    if not versions:
        told.append(f"none of the Pythons that the target declares ({case.target.requires}) is on this machine")
    compiled = 0
    agreed: set[str] = set(versions)
    if not told:
        for path, answers in compared(case, tools).items():
            levels = next(len(levels_of(c)) for c in case.patch.files if c.path == path)
            for answer in answers:
                compiled += 2 * levels
                if answer.failed:
                    told.append(f"Python {answer.version} did not come to an end with {path}: {answer.failed}")
                elif answer.before and not answer.after:
                    told.append(f"Python {answer.version} did not parse {path} before: {answer.before}")
                elif answer.before or answer.after:
                    agreed.discard(answer.version)  # it reads neither side: rung 1 refuses what it read before
                elif answer.differs:
                    level, where, how = answer.differs[0]
                    told.append(f"Python {answer.version}{_LEVELS[level]}, {where} in {path}: {how}")
    counts = (("files", len(case.patch.files)), ("compiled", compiled))
    if not told and not agreed:
        told.append("no Python on this machine reads it")
    if told:
        return RungResult(RUNG, NAME, Outcome.FAILED, told[0], versions=versions, counts=counts)
    equal = tuple(v for v in versions if v in agreed)
    why = f"the code is identical in Python {', '.join(equal)}{_aloud(case)}"
    return RungResult(RUNG, NAME, Outcome.PASSED, why, (), equal, counts)


def _unequal_files(case: Case) -> list[str]:
    """Files of which no equal code can be hoped for, and those that read their own source."""
    told = []
    for change in case.patch.files:
        if not change.is_python:
            told.append(f"{change.path} is no Python file")
        elif change.before is None or change.after is None:
            told.append(f"{change.path} is {'added' if change.before is None else 'removed'}")
        else:
            found = [*readings(change.before), *readings(change.after)]
            if found:
                line, name = found[0]
                told.append(
                    f"{change.path} reads source text itself ({name} in line {line}), so equal code is not enough"
                )
    return told


def _aloud(case: Case) -> str:
    """What the comparison does not cover, where the target gives reason to say so."""
    places = case.target.reads_source
    if not places:
        return ""
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"; not covered is what reads source text, as {', '.join(places[:3])}{more} may"
