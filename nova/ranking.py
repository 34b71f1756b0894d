"""The order of findings: by what people went on to change, never by severity. Pure."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewers.finding import Severity
from reviewers.paths import kind_of_path
from reviewers.tools.ruff_rules import TYPICAL, read, worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewers.finding import Finding
    from reviewers.snapshot import FileHistory, History

MOST_OF_A_RULE = 3
"""How many findings of one rule stand before all other rules had their turn."""
MOST_CLEAN_UPS = 3
"""How many findings that only say "this could be simpler" stand before all that say "this may go wrong" had theirs."""
EVERYWHERE = 20
"""So often the same high words, such as one undefined name, speak of a builtin of the project and not of faults."""
FLOOR = 0.15
"""Below this score a finding is not shown unasked: it may be true, but it is not worth a reader's time."""
UNUSED_IMPORT = "F401"
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a rule before looking at the repository: the share of its findings that people act on."""

    share: float
    reason: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What is added to the log odds; ``docs/ranking.md`` tells which were measured and which are a choice."""

    base: float = -0.5
    fixable: float = 0.4
    only_one: float = 0.3
    fresh: float = 0.2
    test: float = -2.0
    aside: float = -1.5
    migration: float = -3.0
    face: float = -3.0
    script: float = -0.5
    clean_up: float = -0.7
    everywhere: float = -3.0
    introduced: float = 4.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What people's verdicts add to the log odds of a finding, and what they said, in words and numbers."""

    shift: float
    reason: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A finding with its expected share of being acted on, and why."""

    finding: Finding
    score: float
    reasons: tuple[str, ...]


def rank(
    findings: Sequence[Finding],
    priors: Mapping[str, Prior],
    history: History,
    *,
    introduced: frozenset[tuple[str, str]] = frozenset(),
    lessons: Mapping[tuple[str, str], Lesson] | None = None,
    weights: Weights | None = None,
) -> list[Scored]:
    """Findings best first, in turns: see ``in_turns``.

    ``introduced`` holds ``(path, fingerprint)`` of what the change under review brought in, and ``lessons`` by the
    same key what people's verdicts say of a finding.
    """
    weights = weights or Weights()
    times = Counter(f.rule for f in findings)
    same = Counter((f.rule, f.message) for f in findings if f.severity is Severity.HIGH)
    scored = [
        _score(
            f,
            priors.get(f.rule, UNKNOWN),
            times[f.rule],
            same[f.rule, f.message],
            history,
            weights,
            introduced=(f.path, f.fingerprint) in introduced,
        )
        for f in findings
    ]
    if lessons:
        scored = [_taught(item, lessons.get((item.finding.path, item.finding.fingerprint))) for item in scored]
    scored.sort(key=lambda s: (-s.score, s.finding.path, s.finding.span.line, s.finding.span.column, s.finding.rule))
    return in_turns(scored)


UNKNOWN = Prior(0.1, "nothing is known of how often people act on this rule")


def in_turns(scored: Iterable[Scored]) -> list[Scored]:
    """The same order in turns: three of each rule, and three clean-ups in all, before the next three of any.

    Of one rule in one function the first alone stands in its turn: who mends it sees the others, which come a turn
    later each. A clean-up is a finding on which no behaviour depends: its rule declares the consequence ``info``.
    """
    taken: Counter[tuple[str, int]] = Counter()
    first: dict[str, int] = {}
    at_place: Counter[tuple[str, str, str | None]] = Counter()
    clean_ups = 0
    turns: list[tuple[int, int, Scored]] = []
    for place, item in enumerate(scored):
        rule = item.finding.rule
        spot = (rule, item.finding.path, item.finding.symbol)
        turn = max(first.get(rule, 0), at_place[spot])
        if item.finding.severity is Severity.INFO:
            turn = max(turn, clean_ups // MOST_CLEAN_UPS)
            clean_ups += 1
        while taken[rule, turn] >= MOST_OF_A_RULE:
            turn += 1
        taken[rule, turn] += 1
        at_place[spot] += 1
        while taken[rule, first.get(rule, 0)] >= MOST_OF_A_RULE:
            first[rule] = first.get(rule, 0) + 1
        turns.append((turn, place, item))
    turns.sort(key=lambda turn: turn[:2])
    return [item for _, _, item in turns]


def worth_showing(scored: Sequence[Scored], most: int, *, folded: bool) -> list[Scored]:
    """What to show of an order when nobody asked for a number: at most so many, and none below the floor.

    ``folded``: of one rule at most three are shown, and one in a file, for who mends that will see the others. A
    change under review is not folded: all that it brings in is news.
    """
    above = [item for item in scored if item.score >= FLOOR]
    if not folded:
        return above[:most]
    shown: list[Scored] = []
    of_rule: Counter[str] = Counter()
    in_file: set[tuple[str, str]] = set()
    for item in above:
        rule, path = item.finding.rule, item.finding.path
        if of_rule[rule] < MOST_OF_A_RULE and (rule, path) not in in_file:
            shown.append(item)
            of_rule[rule] += 1
            in_file.add((rule, path))
    return shown[:most]


def _score(
    finding: Finding,
    prior: Prior,
    times: int,
    same: int,
    history: History,
    weights: Weights,
    *,
    introduced: bool,
) -> Scored:
    odds = _logit(prior.share) + weights.base + _logit(worth(finding.rule)) - _logit(TYPICAL)
    reasons = [prior.reason]
    right, total = read(finding.rule)
    if total:
        reasons.append(f"{right} of {total} read by hand were worth mending")
    if introduced:
        odds += weights.introduced
        reasons.append("this change brought it in")
    if finding.severity is Severity.INFO:
        odds += weights.clean_up
    if finding.fixable:
        odds += weights.fixable
        reasons.append("a fix can be made")
    if times == 1:
        odds += weights.only_one
        reasons.append("the only one of its kind here")
    elif times > 10:
        reasons.append(f"one of {times} of its kind here")
    if same > EVERYWHERE:
        odds += weights.everywhere
        reasons.append(f"said in the same words {same} times: this project may do it on purpose")
    kind = kind_of_path(finding.path)
    if kind == "test":
        odds += weights.test
        reasons.append("in test code")
    elif kind:
        odds += {"a script": weights.script, "a migration": weights.migration}.get(kind, weights.aside)
        reasons.append(f"in {kind}")
    if finding.rule == UNUSED_IMPORT and finding.path.endswith("__init__.py"):
        odds += weights.face
        reasons.append("what a package's __init__ imports may be its face")
    file = history.files.get(finding.path)
    if file is not None and file.last and history.until - file.last <= 90 * DAY:
        odds += weights.fresh
        reasons.append(_lately(file, history.until))
    return Scored(finding, 1 / (1 + math.exp(-odds)), tuple(reasons))


def _taught(item: Scored, lesson: Lesson | None) -> Scored:
    """The finding with what verdicts say of it: what is said of the rule elsewhere comes first, then this."""
    if lesson is None:
        return item
    odds = math.log(item.score / (1 - item.score)) + lesson.shift
    return Scored(item.finding, 1 / (1 + math.exp(-odds)), (*item.reasons[:1], lesson.reason, *item.reasons[1:]))


def _logit(share: float) -> float:
    share = min(max(share, 0.005), 0.995)
    return math.log(share / (1 - share))


def _lately(file: FileHistory, until: int) -> str:
    days = (until - file.last) // DAY
    when = "on the day of this commit" if days <= 0 else "the day before" if days == 1 else f"{days} days before"
    return f"the file was last changed {when}"
