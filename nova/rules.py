"""Which rules run, and what is known of each beforehand: Nova's own and the chosen ones of ruff."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nova.errors import UsageError
from nova.ranking import UNKNOWN, Prior
from reviewers.finding import Severity
from reviewers.registry import BY_NAME, RULES
from reviewers.rule import ProjectRule
from reviewers.silence import UNUSED, UNUSED_WORTH
from reviewers.tools.ruff_rules import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewers.engine import Job

SYNTAX = "invalid-syntax"
_FIXED = {
    SYNTAX: Prior(0.95, "no reviewer can read past it"),
    UNUSED: Prior(UNUSED_WORTH, "it may hide the next finding"),
}


def chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of Nova's rules and the codes of ruff's that run.

    A selection names rules, codes or prefixes of codes; with none, all that are on by default run. ``nova`` and
    ``ruff`` stand for all of a kind. Raises ``UsageError`` for a name that fits nothing.
    """
    for word in (*select, *ignore):
        if not _fits(word):
            raise unknown(word)
    rules = [
        r.name for r in RULES
        if (_named(r.name, select, "nova") if select else r.on_by_default) and not _named(r.name, ignore, "nova")
    ]  # fmt: skip
    codes = [
        code for code in CHOSEN
        if (not select or _named(code, select, "ruff")) and not _named(code, ignore, "ruff")
    ]  # fmt: skip
    return tuple(rules), tuple(codes)


def _named(name: str, words: Sequence[str], kind: str) -> bool:
    return any(word in {name, kind} or (kind == "ruff" and word.isupper() and _is_prefix(word, name)) for word in words)


def _is_prefix(word: str, code: str) -> bool:
    """Whether a prefix means the code: ``B`` means ``B006``, ``S`` does not mean ``SIM102``."""
    rest = code.removeprefix(word)
    return rest != code and (word[-1:].isdigit() or rest[:1].isdigit() or not rest)


def _fits(word: str) -> bool:
    if word in BY_NAME or word in CHOSEN or word in {"nova", "ruff", UNUSED, SYNTAX}:
        return True
    return word.isupper() and any(_is_prefix(word, code) for code in CHOSEN)


def unknown(word: str) -> UsageError:
    """The error for a rule that is not one, naming the nearest that is."""
    import difflib

    near = difflib.get_close_matches(word, [*BY_NAME, *CHOSEN], n=1, cutoff=0.5)
    return UsageError(
        f"there is no rule {word}",
        next_step=f"did you mean {near[0]}?" if near else "nova explain  lists the rules",
    )


def project_rules(job: Job) -> list[ProjectRule]:
    """The project rules of a job."""
    return [r for name in job.rules if isinstance(r := BY_NAME[name], ProjectRule)]


def equivalents() -> Mapping[str, Sequence[str]]:
    """The codes by which other linters know Nova's rules."""
    return {rule.name: rule.equivalents for rule in RULES}


def priors(job: Job) -> Mapping[str, Prior]:
    """What is expected of each rule of a job before looking at the repository."""
    return {name: expected(name) for name in (SYNTAX, UNUSED, *job.rules, *job.codes)}


@cache
def expected(name: str) -> Prior:
    """What is expected of a rule before looking at the repository; ``UNKNOWN`` where there is no such rule."""
    if name in _FIXED:
        return _FIXED[name]
    if name in CHOSEN:
        share = CHOSEN[name].acted_on
        return Prior(share, f"people acted on {share:.0%} of these within a year elsewhere")
    rule = BY_NAME.get(name)
    if rule is None:
        return UNKNOWN
    precision = getattr(rule, "precision", None)
    read = (
        f"{precision.right} of its {precision.read} findings read elsewhere were right"
        if precision and precision.read
        else ""
    )
    return Prior(rule.worth, read or "its worth is assumed, not yet measured")


def is_grave(name: str) -> bool:
    """Whether a rule's consequence is high: no count of dismissals silences it."""
    known = CHOSEN.get(name) or BY_NAME.get(name)
    return name == SYNTAX or (known is not None and known.severity is Severity.HIGH)


def is_known(name: str) -> bool:
    """Whether there is a rule of that name, Nova's own or one of ruff's that were chosen."""
    return name in BY_NAME or name in CHOSEN or name in _FIXED
