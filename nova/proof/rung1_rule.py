"""Rung 1: the rule. The file still parses, the rule no longer fires there, nothing new is found, and no fix is left."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nova.proof.compiling import compared
from nova.proof.verdict import Counterexample, Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nova.proof.case import Case
    from nova.proof.compilers import Compared
    from nova.proof.tools import Tools
    from reviewers.finding import Finding

RUNG = 1
NAME = "rule"


def climb(case: Case, tools: Tools) -> RungResult:
    """Parse what is new in every declared version, and review it as Nova reviews anything."""
    broken = _parsing(case, tools)
    if broken is not None:
        return broken
    before, after = tools.reviewer.review(case.patch)
    versions = tuple(tools.compilers.exact(v) for v in tools.compilers.present(case.target.versions))
    counts = (("findings before", len(before.findings)), ("findings after", len(after.findings)))
    told = [f"it cannot be reviewed: {what}" for what in dict.fromkeys((*before.failed, *after.failed))]
    told += _still(case, before.findings, after.findings)
    told += [
        f"a new finding: {f.rule} in line {f.span.line} of {f.path}, {f.message}"
        for f in new_findings(before.findings, after.findings)
    ]
    if told:
        return RungResult(RUNG, NAME, Outcome.FAILED, "; ".join(told), versions=versions, counts=counts)
    asked = "the rule no longer fires there, fixing again changes nothing, and " if case.mends else ""
    why = f"it parses, {asked}nothing new is found"
    return RungResult(RUNG, NAME, Outcome.PASSED, why, versions=versions, counts=counts)


def _parsing(case: Case, tools: Tools) -> RungResult | None:
    """The result where a version that read a file before does not read it now, or not without a warning."""
    asked = [(path, answer) for path, answers in compared(case, tools).items() for answer in answers]
    asked += [(path, answer) for path, answers in _new_files(case, tools).items() for answer in answers]
    for path, answer in asked:
        if answer.after and not answer.before:
            return _refuted(f"Python {answer.version} does not parse {path}: {answer.after}", answer.version, path)
    for path, answer in asked:
        if answer.failed:
            return _failed(f"Python {answer.version} did not come to an end with {path}: {answer.failed}")
        if answer.warns:
            return _failed(f"Python {answer.version} warns of {path} anew: {answer.warns[0]}")
    return _older(case, tools)


def _new_files(case: Case, tools: Tools) -> dict[str, list[Compared]]:
    """What each version says of files that were not there before, as if they had been empty."""
    versions = tools.compilers.present(case.target.versions)
    return {
        change.path: tools.compilers.compare(versions, change.path, b"", change.after, (0,))
        for change in case.patch.files
        if change.is_python and change.before is None and change.after is not None
    }


def _older(case: Case, tools: Tools) -> RungResult | None:
    """The result where a declared version that is not here, older than all that are, would not read a file any more."""
    here = tools.compilers.present(case.target.versions)
    # What an older Python takes the newer ones take too: only versions below all that are here need be asked.
    absent = [v for v in case.target.versions if not here or _minor(v) < _minor(here[0])]
    for change in case.patch.files:
        if change.is_python and change.after is not None:
            refused = tools.reviewer.refuses(change.path, change.after, absent)
            known = tools.reviewer.refuses(change.path, change.before, absent) if refused and change.before else {}
            for version, why in refused.items():
                if version not in known:
                    told = f"Python {version} would not parse {change.path}: {why}"
                    return _refuted(told, version, change.path)
    return None


def _minor(version: str) -> int:
    return int(version.split(".")[1])


def _failed(why: str) -> RungResult:
    return RungResult(RUNG, NAME, Outcome.FAILED, why)


def _refuted(why: str, version: str, path: str) -> RungResult:
    shown = f"python{'.'.join(version.split('.')[:2])} -m py_compile {path}"
    return RungResult(RUNG, NAME, Outcome.REFUTED, why, counterexample=Counterexample(why, shown))


def _still(case: Case, before: Sequence[Finding], after: Sequence[Finding]) -> list[str]:
    """Rules that fire as often as before in a file in which the patch says it mends some of what they found."""
    mended = Counter((m.rule, m.path) for m in case.mends)
    old = Counter((f.rule, f.path) for f in before)
    new = Counter((f.rule, f.path) for f in after)
    told = []
    for key, times in mended.items():
        rule, path = key
        if old[key] == 0:
            told.append(f"{rule} did not fire in {path} before, so there is nothing to mend")
        elif new[key] > old[key] - times:
            told.append(f"{rule} still fires in {path}: {old[key]} before, {new[key]} after, {times} to be mended")
    return told


def new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Findings that were not there before.

    One whose syntax has changed with the fix is the old one still, if an old one of its rule in the same definition is
    gone: only what is beyond these counts.
    """
    old = {(f.path, f.fingerprint) for f in before}
    unmatched = [f for f in after if (f.path, f.fingerprint) not in old]
    if not unmatched:
        return []
    present = {(f.path, f.fingerprint) for f in after}
    gone = Counter((f.path, f.rule, f.symbol) for f in before if (f.path, f.fingerprint) not in present)
    new = []
    for finding in unmatched:
        place = (finding.path, finding.rule, finding.symbol)
        if gone[place] > 0:
            gone[place] -= 1
        else:
            new.append(finding)
    return new
