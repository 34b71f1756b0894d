"""What is known of every rule, in words: Nova's own from their files, ruff's from the chosen set and ruff itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.report.detail import RuleText, rule_text
from reviewers.finding import Severity
from reviewers.registry import BY_NAME, RULES
from reviewers.silence import UNUSED
from reviewers.tools.ruff_rules import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = {
    "invalid-syntax": (Severity.HIGH, "Python cannot parse the file, so no reviewer can read past the fault."),
    UNUSED: (Severity.INFO, "An ignore comment that silences nothing may hide the next finding in its place."),
}


def texts() -> Mapping[str, RuleText]:
    """Every rule that can make a finding, by name."""
    found = {rule.name: rule_text(rule) for rule in RULES}
    for code, chosen in CHOSEN.items():
        words = chosen.name.replace("-", " ")
        found[code] = RuleText(code, "ruff", chosen.severity, f"{words[:1].upper()}{words[1:]}.")
    for name, (severity, text) in _PLAIN.items():
        found[name] = RuleText(name, "nova", severity, text)
    return found


def page(name: str) -> str:
    """A rule's whole page for a terminal: what it asks for, how often it was right, and its examples."""
    if name in BY_NAME:
        return _own(name)
    if name in CHOSEN:
        return _ruffs(name)
    severity, text = _PLAIN[name]
    return f"{name}  ({severity.value})\n\n{text}\n"


def _own(name: str) -> str:
    from reviewers.rule import Invalid

    rule = BY_NAME[name]
    text = rule_text(rule)
    lines = [f"{name}  ({rule.severity.value}{'' if rule.on_by_default else ', off by default'})", "", text.text, ""]
    precision = getattr(rule, "precision", None)
    if precision is not None and not precision.read:
        lines += [f"Not measured: {precision.note}.", ""]
    elif precision is not None:
        lines.append(
            f"Measured: {precision.right} of {precision.read} findings read by hand were right, "
            f"in {', '.join(precision.repositories)}."
        )
        if precision.note:
            lines.append(f"Where it was wrong: {precision.note}")
        lines.append("")
    if rule.fix_title:
        lines += [f"Fix: {rule.fix_title}.", ""]
    if rule.equivalents:
        lines += [f"Other linters call it {', '.join(rule.equivalents)}; a noqa for one of these silences it too.", ""]
    for example in rule.examples:
        lines.append("Found fault with:" if isinstance(example, Invalid) else "Left alone:")
        lines += [f"    {line}" for line in example.code.rstrip("\n").split("\n")]
        if isinstance(example, Invalid) and example.fixed is not None:
            lines += ["  mended:", *(f"    {line}" for line in example.fixed.rstrip("\n").split("\n"))]
        lines.append("")
    lines.append(f"Silence one finding with a comment on its line:  # nova: ignore[{name}] why")
    return "\n".join(lines) + "\n"


def _ruffs(code: str) -> str:
    import subprocess

    from reviewers.tools import ruff

    chosen = CHOSEN[code]
    head = (
        f"{code} {chosen.name}  ({chosen.severity.value}, a rule of ruff)\n\n"
        f"People acted on {chosen.acted_on:.0%} of its findings within a year, in other repositories.\n\n"
    )
    try:
        told = subprocess.run([ruff.find(), "rule", code], capture_output=True, text=True, timeout=20, check=False)
    except (ruff.RuffMissing, OSError, subprocess.TimeoutExpired):
        return head + "ruff itself is not here to explain it further.\n"
    return head + told.stdout
