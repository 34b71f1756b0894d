"""One finding with all that is known of it, as a value: what ``nova show`` renders."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova.answer import Fix, Ranked
    from reviewers.finding import Severity
    from reviewers.rule import ProjectRule, Rule


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the file, as it was read, without its line end."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a finding. ``when`` is a date or an instant, written out."""

    what: str
    commit: str | None
    when: str


@dataclass(frozen=True, slots=True)
class Said:
    """The verdict that stands: ``accept``, ``dismiss`` or ``later``; ``because`` and ``by`` may be empty."""

    verdict: str
    because: str = ""
    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What is known of a rule, for people and for SARIF. The first sentence of ``text`` is its summary."""

    name: str
    source: str
    severity: Severity
    text: str = ""
    precision: float | None = None
    """The share of real hits that were right, where somebody read some; else None."""
    tags: tuple[str, ...] = ()
    page: str | None = None
    """The address of a page about the rule, where there is one."""

    @property
    def summary(self) -> str:
        """One sentence; the words of the name where nothing else is known."""
        first = " ".join(self.text.partition("\n\n")[0].split())
        return first or self.name.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Detail:
    """All about one finding. ``excerpt`` holds the lines to show, in order; ``life`` the oldest event first."""

    finding: Ranked
    excerpt: tuple[SourceLine, ...] = ()
    life: tuple[Event, ...] = ()
    rule: RuleText | None = None
    fix: Fix | None = None
    said: Said | None = None


def rule_text(rule: Rule | ProjectRule, source: str = "nova") -> RuleText:
    """What a rule of Nova's own says about itself: its docstring, its severity and its measured precision."""
    precision = getattr(rule, "precision", None)
    return RuleText(
        name=rule.name,
        source=source,
        severity=rule.severity,
        text=inspect.cleandoc(type(rule).__doc__ or ""),
        precision=precision.share if precision is not None and precision.read else None,
    )
