"""``nova explain``: what a rule asks for, how often it was right, and its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_format, command

if TYPE_CHECKING:
    import argparse

    from nova.report.detail import RuleText


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "explain", "what a rule asks for",
        "Explain a rule: what it asks for, how often its findings were right, its examples. With no rule: list them.",
        "nova explain close-resources",
    )  # fmt: skip
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a rule of Nova's own, or a code of ruff")
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one rule's page, or the list of all rules."""
    from nova.cli import output
    from nova.rule_texts import page, texts

    known = texts()
    if given.rule is None:
        output.put(_list() if given.format == "text" else _data(list(known.values())))
        return 0
    name = next((n for n in known if n.lower() == given.rule.lower()), None)
    if name is None:
        from nova.rules import unknown

        raise unknown(given.rule)
    output.put(page(name) if given.format == "text" else _data([known[name]]))
    return 0


def _data(texts: list[RuleText]) -> str:
    import json
    from dataclasses import asdict

    return json.dumps([asdict(text) for text in texts], indent=2, ensure_ascii=False)


def _list() -> str:
    from nova.rule_texts import texts
    from reviewers.registry import BY_NAME

    rows = []
    for name, text in texts().items():
        off = name in BY_NAME and not BY_NAME[name].on_by_default
        rows.append((text.source, name, text.severity.value, text.summary + (" (off by default)" if off else "")))
    wide = max(len(name) for _, name, _, _ in rows)
    lines = []
    for source in ("nova", "ruff"):
        lines.append("Nova's own rules" if source == "nova" else "\nChosen rules of ruff")
        lines += [f"  {name:<{wide}}  {severity:<6}  {says}" for kind, name, severity, says in rows if kind == source]
    return "\n".join(lines)
