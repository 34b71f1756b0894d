"""What a proposal says of itself: the name of its branch, its title, its commit message and its body. Pure.

Whatever comes from the code is escaped as in every report: it makes no markup and mentions nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nova.proof.tools import NEXT
from nova.proof.verdict import PROVEN_ALREADY, Outcome, Verdict
from nova.proposing.past import REST
from nova.report.characters import sentence
from nova.report.markdown import code, escape
from reviewers.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nova.answer import Ranked
    from nova.proof.verdict import Proof, RungResult
    from nova.proposing.choice import Subject

WIDTH = 72
MOST_NAMED = 8
_LEAVE = (
    f"<sub>A proposal of Nova's, for a person to decide: merge it, change it or close it. Closed, its rule rests for "
    f"{REST.days} days. What you push to its branch stays: Nova leaves that alone from then on.</sub>"
)
_RUNS = 4
"""The first rung that runs tests."""
_TOLD = frozenset({"a fix can be made"})
"""Reasons of the order that a proposal tells by being there."""
_UNFIT = re.compile(r"[^a-z0-9-]+")
_ACTS = re.compile(r"[@#](?=\w)|(?<=\b[gG][hH])-(?=\d)|:(?=//)|\[(?=(?:skip|ci|no|actions)\b)", re.IGNORECASE)
"""What GitHub acts on in a commit message: it mentions people, closes issues, and leaves workflows out."""
_APART = "\u200b"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a proposal changes in numbers, each before and after; of the files that it changes, unless it says more.

    ``findings`` counts those of the whole repository; ``complexity`` is McCabe's, summed over all functions.
    """

    findings: tuple[int, int]
    complexity: tuple[int, int]
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Written:
    """A proposal in words. ``message`` is the commit's; ``body`` is the pull request's, in Markdown."""

    id: str
    branch: str
    title: str
    message: str
    body: str
    labels: tuple[str, ...] = field(default=("nova",))


def id_of(subject: Subject, base: str) -> str:
    """A short name for exactly these fixes on this commit."""
    return digest(subject.rule, base, *(item.offer.patch.key for item in subject.fixes))[:12]


def branch_of(rule: str, paths: tuple[str, ...]) -> str:
    """The branch of a rule's proposal: the same as long as it changes the same files."""
    return f"nova/{_UNFIT.sub('-', rule.lower()).strip('-')}-{digest(rule, *sorted(paths))[:8]}"


def written(
    subject: Subject, base: str, findings: Mapping[str, Ranked], proofs: Mapping[str, Proof], measured: Measured,
    marker: str,
) -> Written:  # fmt: skip
    """The words for a subject. ``proofs`` is by path, of all its fixes in that file together.

    ``marker`` ends the body and is read by nobody but Nova.
    """
    title = _title(subject)
    told = [findings[item.offer.id] for item in subject.fixes if item.offer.id in findings]
    name = id_of(subject, base)
    lines = [title[:WIDTH], "", *_plain_why(told), "", *_plain_proof(proofs)]
    message = "\n".join([*(_ACTS.sub(rf"\g<0>{_APART}", line) for line in lines), "", f"Nova-Proposal: {name}"])
    body = "\n".join([*_what(subject, told), *_why(told), *_numbers(measured), *_proof(proofs), _LEAVE, "", marker])
    return Written(name, branch_of(subject.rule, subject.paths), title, message + "\n", body + "\n")


def _title(subject: Subject) -> str:
    what = subject.fixes[0].offer.title.rstrip(".") or f"Mend {subject.rule}"
    where = subject.paths[0] if len(subject.paths) == 1 else f"{len(subject.paths)} files"
    return sentence(f"{what[:1].upper()}{what[1:]} in {where} ({subject.rule})")


def _what(subject: Subject, told: list[Ranked]) -> Iterator[str]:
    count, lines = _counted(len(subject.fixes), "finding"), _counted(subject.lines, "changed line")
    yield f"{count} of {code(subject.rule)}, {lines}."
    yield ""
    for finding in told[:MOST_NAMED]:
        yield f"- {code(f'{finding.path}:{finding.span.line}')} {escape(finding.message)}"
    if len(told) > MOST_NAMED:
        yield f"- and {len(told) - MOST_NAMED} more of the same kind"
    yield ""


def _why(told: list[Ranked]) -> Iterator[str]:
    reasons = list(dict.fromkeys(each for finding in told for each in finding.reasons if each not in _TOLD))
    if reasons:
        yield "**Why**"
        yield ""
        yield from (f"- {escape(reason)}" for reason in reasons[:4])
        yield ""


def _numbers(measured: Measured) -> Iterator[str]:
    rows = (
        ("findings in the repository", measured.findings),
        ("cyclomatic complexity of the changed files", measured.complexity),
        ("lines of the changed files", measured.lines),
    )
    yield "| measured | before | after |"
    yield "|---|---|---|"
    yield from (f"| {name} | {before} | {after} |" for name, (before, after) in rows)
    yield ""


def _proof(proofs: Mapping[str, Proof]) -> Iterator[str]:
    yield "**Proof**"
    yield ""
    for path, proof in sorted(proofs.items()):
        yield f"{code(path)}: **{proof.verdict.value}**"
        yield ""
        yield "| rung | outcome | |"
        yield "|---|---|---|"
        climbed = [r for r in proof.rungs if r.outcome is not Outcome.NOT_RUN]
        yield from (f"| {r.rung} {r.name} | {r.outcome.value} | {escape(_said(r))} |" for r in climbed)
        yield ""
        yield f"Replay it on this commit's parent: {code(f'nova prove {proof.patch} --replay')}"
        yield ""
    unseen = _unseen(proofs)
    if unseen:
        yield f"Not checked: {escape('; '.join(unseen))}."
        yield ""
    ran = any(r.rung >= _RUNS and r.outcome is not Outcome.NOT_RUN for proof in proofs.values() for r in proof.rungs)
    if not ran and all(proof.verdict is Verdict.PROVEN for proof in proofs.values()):
        yield "No test was run for it: what runs is the same before and after."
        yield ""


def _said(rung: RungResult) -> str:
    why, versions = _cut(rung.why), ", ".join(rung.versions)
    counts = ", ".join(f"{name} {number}" for name, number in rung.counts)
    parts = [why, "" if versions in why else f"Python {versions}", counts]
    return "; ".join(part for part in parts if part)


def _unseen(proofs: Mapping[str, Proof]) -> list[str]:
    """The rungs that were not climbed though they could tell something, by the reason."""
    found: dict[str, dict[str, None]] = {}
    for proof in proofs.values():
        for rung in proof.rungs:
            if rung.outcome is Outcome.NOT_RUN and rung.why != PROVEN_ALREADY:
                found.setdefault(_cut(rung.why), {})[rung.name] = None
    return [f"{', '.join(names)} ({why})" for why, names in found.items()]


def _cut(why: str) -> str:
    """A reason without its next step: that speaks of the machine on which it was told."""
    return why.partition(NEXT)[0]


def _plain_why(told: list[Ranked]) -> Iterator[str]:
    for finding in told[:MOST_NAMED]:
        yield sentence(f"{finding.path}:{finding.span.line}: {finding.message}")
    if len(told) > MOST_NAMED:
        yield f"and {len(told) - MOST_NAMED} more of the same kind"


def _plain_proof(proofs: Mapping[str, Proof]) -> Iterator[str]:
    for path, proof in sorted(proofs.items()):
        yield sentence(f"{path} is {proof.verdict.value}: {_cut(proof.why)}")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
