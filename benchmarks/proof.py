"""``python -m benchmarks.proof --fixes FOLDER...``: how far the fixes of ruff and Nova are proved, and what it costs.

Each folder is a clone of a repository. Every fix that ruff offers for any of its rules, safe and unsafe, and every fix
of Nova's own rules is judged alone by rungs 0 to 2, outside of tests. Whether a rule is chosen to speak in a review
plays no part: this measures the ladder, not the choice.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from nova.config import python_folders
from nova.patch import fixes
from nova.proof.case import Case, FileChange, Mend, Patch, TargetFacts
from nova.proof.compilers import Compilers
from nova.proof.ladder import prove
from nova.proof.pythons import admitted, required
from nova.proof.reviewer import Ground, Reviewer
from nova.proof.tools import Reviewed, Tools
from nova.proof.verdict import Outcome, Proof
from nova.rules import equivalents
from reviewers.engine import Job, analyse
from reviewers.finding import Edit, Span
from reviewers.layout import module_names
from reviewers.mend import edited
from reviewers.paths import kind_of_path
from reviewers.registry import RULES
from reviewers.snapshot import SourceFile
from reviewers.text import Undecodable, decoded, encoding
from reviewers.tools import ruff
from reviewers.tools.ruff_rules import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CODES = "ALL"
_LEFT_OUT = "ERA,RUF100"
"""Rules whose fix is to take a comment away."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A fix from anywhere: ``kind`` is ``safe``, ``unsafe`` or ``nova``."""

    folder: str
    kind: str
    mend: Mend
    before: bytes
    after: bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge all fixes of all folders, and print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.proof", description=__doc__)
    parser.add_argument("--fixes", nargs="+", type=Path, required=True, metavar="FOLDER", help="clones of repositories")
    parser.add_argument(
        "--most", type=int, default=0, metavar="N", help="at most N fixes of a rule in a folder (0: all)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write each fix with its outcome")
    given = parser.parse_args(arguments)
    rows: list[tuple[Offered, Proof, float]] = []
    cpu = 0.0
    for folder in given.fixes:
        found = list(_thinned([*_of_ruff(folder), *_own(folder)], given.most))
        print(f"{folder.name}: {len(found)} fixes", file=sys.stderr, flush=True)
        before = _cpu()
        rows += _judged(folder, found)
        cpu += _cpu() - before
    print(_table(rows))
    print(f"\nCPU of all processes: {cpu / max(len(rows), 1):.3f} s a fix")
    if given.json:
        given.json.write_text(json.dumps([_row(*row) for row in rows], indent=1) + "\n", "utf-8")
    return 0


def _cpu() -> float:
    """CPU seconds of this process and of all its children that have ended."""
    return sum(os.times()[:4])


def _paths(folder: Path) -> list[str]:
    out = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=folder, capture_output=True, check=True).stdout
    return [p for p in os.fsdecode(out).split("\0") if p and not kind_of_path(p)]


def _of_ruff(folder: Path) -> Iterator[Offered]:
    """Each of ruff's fixes alone."""
    paths = _paths(folder)
    command = [
        ruff.find(), "check", "--isolated", "--no-cache", "--exit-zero", "--quiet", "--output-format", "json",
        "--select", _CODES, "--ignore", _LEFT_OUT, "--target-version", _oldest(folder), "--", *paths,
    ]  # fmt: skip
    out = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    for item in json.loads(out):
        fix = item.get("fix")
        if not fix or fix["applicability"] not in {"safe", "unsafe"} or not item["code"]:
            continue
        path = str(Path(item["filename"]).relative_to(folder.resolve()))
        before = (folder / path).read_bytes()
        edits = [Edit(_span(edit), edit["content"]) for edit in fix["edits"]]
        try:
            after = edited(decoded(before), edits).encode(encoding(before))
        except (ValueError, Undecodable):
            continue
        if after != before:
            yield Offered(folder.name, fix["applicability"], Mend(item["code"], path, _span(item)), before, after)


def _span(item: dict[str, dict[str, int]]) -> Span:
    start, end = item["location"], item["end_location"]
    return Span(start["row"], start["column"], end["row"], end["column"])


def _own(folder: Path) -> Iterator[Offered]:
    """Each fix of Nova's own rules alone."""
    paths = _paths(folder)
    job = Job(tuple(r.name for r in RULES), (), jobs=1)
    outcome = analyse(str(folder), [SourceFile(p, p) for p in paths], module_names(paths), job, {})
    findings = [f for p in sorted(outcome.reports) for f in outcome.reports[p].findings if f.fixable]
    from nova.diffs import applied, parse

    made = fixes(findings, lambda p: (folder / p).read_bytes())
    for finding in findings:
        fix = made.get((finding.path, finding.fingerprint))
        if fix is not None:
            before = (folder / finding.path).read_bytes()
            after = applied(before, parse(fix.patch.encode())[0])
            if after is not None:
                yield Offered(folder.name, "nova", Mend(finding.rule, finding.path, finding.span), before, after)


def _thinned(found: Iterable[Offered], most: int) -> Iterator[Offered]:
    seen: Counter[str] = Counter()
    for offered in found:
        seen[offered.mend.rule] += 1
        if not most or seen[offered.mend.rule] <= most:
            yield offered


def _requires(folder: Path) -> str:
    texts = [(folder / n).read_text("utf-8") if (folder / n).is_file() else "" for n in ("pyproject.toml", "setup.py")]
    return required(texts[0], texts[1:])


def _oldest(folder: Path) -> str:
    return "py" + admitted(_requires(folder))[0].replace(".", "")


def _judged(folder: Path, found: Sequence[Offered]) -> Iterator[tuple[Offered, Proof, float]]:
    """Each fix with its proof and the seconds it took; the rules that a review would ask are asked here too."""
    requires = _requires(folder)
    facts = TargetFacts(str(folder), requires, admitted(requires))
    settings = {"ruff.toml": f'target-version = "{_oldest(folder)}"\n'.encode()}
    own = tuple(r.name for r in RULES)
    codes = tuple(sorted({*CHOSEN, *(o.mend.rule for o in found if o.kind != "nova")}))
    ground = Ground(own, codes, settings, module_names(_paths(folder)), equivalents())
    with Compilers(python_folders()) as compilers, Reviewer(ground) as reviewer:
        compilers.present(facts.versions)
        for offered in sorted(found, key=lambda o: (o.mend.path, o.mend.span.line, o.mend.rule)):
            tools = Tools(compilers, _Heard(reviewer, frozenset((*own, *CHOSEN, offered.mend.rule))))
            patch = Patch((FileChange(offered.mend.path, offered.before, offered.after),))
            began = time.perf_counter()
            proof = prove(Case(patch, facts, (offered.mend,)), tools)
            yield offered, proof, time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class _Heard:
    """A review of which only some rules are heard: those that Nova lets speak, and the one that is mended."""

    reviewer: Reviewer
    rules: frozenset[str]

    def review(self, patch: Patch) -> tuple[Reviewed, Reviewed]:
        before, after = self.reviewer.review(patch)
        return self._of(before), self._of(after)

    def _of(self, told: Reviewed) -> Reviewed:
        return replace(told, findings=tuple(f for f in told.findings if f.rule in self.rules))

    def refuses(self, path: str, data: bytes, versions: Sequence[str]) -> dict[str, str]:
        return self.reviewer.refuses(path, data, versions)


def _table(rows: Sequence[tuple[Offered, Proof, float]]) -> str:
    lines = ["| fixes | offered | rung 0 | and rung 1 | and rung 2: proven | refuted | seconds, median | 95 % |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    kinds = [*sorted({(o.folder, o.kind) for o, _, _ in rows}), *(("all", k) for k in ("safe", "unsafe", "nova"))]
    for folder, kind in kinds:
        some = [r for r in rows if r[0].kind == kind and folder in {"all", r[0].folder}]
        if not some:
            continue
        passed = [sum(_reached(p) > n for _, p, _ in some) for n in range(3)]
        refuted = sum(p.verdict.value == "refuted" for _, p, _ in some)
        times = sorted(s for _, _, s in some)
        share = f"{passed[2]} ({passed[2] / len(some):.0%})"
        lines.append(
            f"| {folder}, {kind} | {len(some)} | {passed[0]} | {passed[1]} | {share} | {refuted} "
            f"| {median(times):.3f} | {times[int(len(times) * 0.95)]:.3f} |"
        )
    return "\n".join(lines)


def _reached(proof: Proof) -> int:
    """How many of rungs 0 to 2 passed one after the other."""
    return next((r.rung for r in proof.rungs if r.outcome is not Outcome.PASSED), 3)


def _row(offered: Offered, proof: Proof, seconds: float) -> dict[str, object]:
    mend = offered.mend
    return {
        "folder": offered.folder, "kind": offered.kind, "rule": mend.rule, "path": mend.path, "line": mend.span.line,
        "verdict": proof.verdict.value, "reached": _reached(proof), "why": proof.why, "seconds": round(seconds, 4),
        "rungs": {r.name: [r.outcome.value, r.seconds] for r in proof.rungs[:3]},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
