"""Which findings inherit a dismissal from a finding that their code was before, and which reasons hold no more.

``memory.heirs`` holds the rules; here they meet what a review found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory import Answer, match
from memory.heirs import Claim, Descent, Noted, Trace, between, holds, is_of_the_code, unseen
from nova.shape import cut, shape
from reviewers.finding import Severity
from reviewers.text import Undecodable, decoded, unified

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from memory import Verdict
    from nova.ports import Remembered
    from nova.verdicts import Found
    from reviewers.finding import Finding, Span

    Key = tuple[str, str]
    """Fingerprint and path."""

NOTED = "noted:"
"""The pages that hold what was seen when a verdict was given, each named by the finding's fingerprint."""


@dataclass(frozen=True, slots=True)
class Heir:
    """A finding whose predecessor was dismissed, whether that holds for it, and both in words."""

    finding: Finding
    verdict: Verdict
    holds: bool
    reason: str


def heirs(
    found: Found,
    free: Sequence[Finding],
    gone: Sequence[Verdict],
    stand: Mapping[Key, Verdict],
    spoken: Iterable[Verdict],
    memory: Remembered | None,
    read: Callable[[str], bytes | None],
) -> list[Heir]:
    """What the findings that nobody spoke of (``free``) inherit from dismissals of findings that are ``gone``.

    One dismissal goes to one finding at most: where memory followed the code, to the one that it saw go on.
    """
    by_key = {(f.fingerprint, f.path): f for f in free}
    traces = {key: trace_of(f) for key, f in by_key.items()}
    descent = Descent(found.lives, stand, spoken)

    def noted_of(mark: str) -> Noted | None:
        return noted(memory, found.subject.key, mark) if memory is not None else None

    sources = (
        {key: claim for key in traces if (claim := descent.claim(key)) is not None},
        _between(found, traces, stand, descent),
        _unseen(found, traces.values(), gone, noted_of),
    )
    claims: dict[Key, Claim] = {}
    taken: set[Key] = set()
    for source in sources:
        for key in sorted(source, key=lambda k: (by_key[k].path, by_key[k].span.line, k)):
            verdict = source[key].verdict
            if key not in claims and (verdict.fingerprint, verdict.path) not in taken:
                claims[key] = source[key]
                taken.add((verdict.fingerprint, verdict.path))
    told = []
    for key, claim in sorted(claims.items()):
        finding, note_of = by_key[key], noted_of(claim.verdict.fingerprint)

        def same_shape(finding: Finding = finding, known: Noted | None = note_of) -> bool:
            return known is not None and known.shape != "" and shape_of(finding.path, finding.span, read) == known.shape

        is_so = holds(claim, traces[key], same_shape)
        told.append(
            Heir(finding, claim.verdict, is_so, _inherits(claim.verdict) if is_so else _came_back(claim.verdict))
        )
    return told


def _between(
    found: Found, free: Mapping[Key, Trace], stand: Mapping[Key, Verdict], descent: Descent
) -> dict[Key, Claim]:
    """What a change's own findings inherit from what it took away."""
    if found.before is None:
        return {}
    present = {(f.fingerprint, f.path) for f in found.findings}
    matched = match(stand, {(f.fingerprint, f.path) for f in found.before}, {})
    gone: dict[Key, Claim | None] = {}
    traces: dict[Key, Trace] = {}
    old: set[Key] = set()
    for f in found.before:
        verdict = matched.get((f.fingerprint, f.path))
        if verdict is not None and verdict.answer is Answer.DISMISS:
            claim: Claim | None = Claim(verdict, trace_of(f))
        else:
            claim = descent.own((f.fingerprint, f.path))
        for path in found.forward.get(f.path, (f.path,)):
            old.add((f.fingerprint, path))
            if (f.fingerprint, path) not in present:
                gone[f.fingerprint, path] = claim
                traces[f.fingerprint, path] = trace_of(f, path)
    return between(gone, traces, [trace for key, trace in free.items() if key not in old])


def _unseen(
    found: Found, free: Collection[Trace], gone: Iterable[Verdict], noted_of: Callable[[str], Noted | None]
) -> dict[Key, Claim]:
    """What is inherited from dismissals of findings that memory never followed."""
    old = {(f.fingerprint, f.path) for f in found.before or ()}
    known = old | {(o.fingerprint, name) for o in found.lives for name in (o.id, o.path)}
    first = {(o.fingerprint, o.path): o.first_at for o in found.lives}
    later = {before: now for now, before in found.renames.items()}
    lost = [
        (v, later.get(v.path, v.path))
        for v in gone
        if known.isdisjoint({(v.fingerprint, v.id), (v.fingerprint, v.path)})
    ]
    return unseen(
        lost, free, lambda t: (t.fingerprint, t.path) not in old, lambda t: first.get((t.fingerprint, t.path)), noted_of
    )


def trace_of(finding: Finding, path: str = "") -> Trace:
    """A finding as its line of descent sees it."""
    grave = finding.severity is Severity.HIGH
    return Trace(
        finding.fingerprint,
        path or finding.path,
        finding.rule,
        finding.symbol,
        finding.span.line,
        finding.message,
        grave,
    )


def shape_of(path: str, span: Span, read: Callable[[str], bytes | None]) -> str:
    """The shape of flagged code; empty where it cannot be read."""
    data = read(path)
    try:
        text = unified(decoded(data)) if data is not None else ""
    except Undecodable:
        return ""
    code = cut(text, span)
    return shape(code) if code.strip() else ""


def noted(memory: Remembered, target: str, mark: str) -> Noted | None:
    """What was seen when the verdict on a finding was given."""
    page = memory.page(target, NOTED + mark)
    if page is None:
        return None
    path, rule, symbol, line, message, grave, form, beside = json.loads(page[1])
    return Noted(Trace(mark, path, rule, symbol, line, message, grave), form, frozenset(beside))


def note(memory: Remembered, target: str, one: Noted) -> None:
    """Keep what was seen when the verdict on a finding was given."""
    was = one.was
    data = [was.path, was.rule, was.symbol, was.line, was.message, was.grave, one.shape, sorted(one.beside)]
    memory.keep_page(target, NOTED + was.fingerprint, "", json.dumps(data).encode("ascii"))


def _inherits(verdict: Verdict) -> str:
    return f"its predecessor was dismissed ({verdict.because or 'no reason given'}) on {verdict.at[:10]}"


def _came_back(verdict: Verdict) -> str:
    changed = "the code has changed since" if is_of_the_code(verdict.because) else "it says something else now"
    return f"you dismissed its predecessor ({verdict.because or 'no reason given'}) on {verdict.at[:10]}; {changed}"
