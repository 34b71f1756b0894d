"""``nova show``: one finding with its code, its history and its fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_format, add_target, command

if TYPE_CHECKING:
    import argparse

    from memory import Memory
    from nova.answer import Ranked
    from nova.kept import Shown
    from nova.report.detail import Detail, Event, Said, SourceLine
    from nova.subject import Subject

AROUND = 3


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands,
        "show",
        "one finding, with its code and fix",
        "Show one finding: its code, what happened to it so far, and the fix.",
        "nova show 1",
    )
    parser.add_argument("id", metavar="ID", help="an id or the beginning of one, or the rank that was shown last")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Find what is meant, review again from the cache, and show that one."""
    from dataclasses import replace

    from nova import app
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.findings import meant
    from nova.report import show
    from nova.request import Request

    request = Request(target=given.target, database=given.db, everything=True, patches=True)
    found = app.find_subject(request)
    with bar() as progress:
        with app.remembered(request, progress) as memory:
            wanted = meant(memory, found.key, given.id)
        answer = app.review(found, replace(request, patch_of=wanted.id), progress)
        present = next((f for f in answer.findings if f.id == wanted.id), None)
        with app.remembered(request, progress) as memory:
            if present is None:
                output.put(_gone(memory, found, wanted))
                return 0
            detail = _detail(memory, found, present)
    output.put(show(detail, given.format, color=output.colour(), width=output.width()))
    return 0


def _detail(memory: Memory, found: Subject, present: Ranked) -> Detail:
    from nova.ground import reader_of
    from nova.report.detail import Detail
    from nova.rule_texts import texts

    data = reader_of(found)(present.path) or b""
    life = _life(memory, found.key, present.id)
    return Detail(
        present, _excerpt(data, present), life, texts().get(present.rule), present.fix, _said(memory, found, present)
    )


def _excerpt(data: bytes, finding: Ranked) -> tuple[SourceLine, ...]:
    from nova.report.detail import SourceLine
    from reviewers.text import Undecodable, decoded, unified

    try:
        lines = unified(decoded(data)).split("\n")
    except Undecodable:
        return ()
    first = max(finding.span.line - AROUND, 1)
    last = min(finding.span.end_line, finding.span.line + 12) + AROUND
    return tuple(SourceLine(n, lines[n - 1]) for n in range(first, min(last, len(lines)) + 1))


def _life(memory: Memory, target: str, name: str) -> tuple[Event, ...]:
    from nova.report.detail import Event

    return tuple(Event(what, commit, at) for what, _, commit, at in memory.history(target, name))


def _said(memory: Memory, found: Subject, finding: Ranked) -> Said | None:
    from memory import read_lines, standing
    from nova import kept
    from nova.report.detail import Said

    shared, _ = read_lines(kept.verdict_lines(found))
    verdict = standing([*shared, *memory.verdicts(found.key)]).get((finding.fingerprint, finding.path))
    return Said(verdict.answer.value, verdict.because, verdict.who, verdict.at) if verdict else None


def _gone(memory: Memory, found: Subject, wanted: Shown) -> str:
    lines = [f"{wanted.rule}  {wanted.path}", f"  {wanted.message}", "", "It is not there any more."]
    lines += [
        f"  {what} at {(commit or 'no commit')[:10]}, {at}"
        for what, _, commit, at in memory.history(found.key, wanted.id)
    ]
    return "\n".join(lines)
