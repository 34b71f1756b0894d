"""``nova sync``: what people answered on GitHub becomes verdicts and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_format, add_target, command, positive

if TYPE_CHECKING:
    import argparse

    from nova.syncing import Synced


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "sync", "take in what people answered on GitHub",
        "Read the answers to Nova's comments and what became of its proposals, record them as verdicts and outcomes, "
        "and answer what was asked. Only people who may write to the repository are heard, and only by commands.",
        "nova sync --dry-run",
    )  # fmt: skip
    parser.add_argument("--pr", metavar="N", type=positive, help="only pull request N")
    parser.add_argument("--dry-run", action="store_true", help="show what would be recorded, and write nothing")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Take it in, and say what came of it; 2 where not everything could be read."""
    from nova import syncing
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.request import Request

    request = Request(target=given.target, pull=given.pr, database=given.db)
    with bar() as progress:
        done = syncing.sync(request, progress, write=not given.dry_run)
    output.put(_data(done) if given.format == "json" else _text(done, written=not given.dry_run))
    return 0 if done.is_whole else 2


def _text(done: Synced, *, written: bool) -> str:
    from nova.report.characters import visible

    would = "" if written else "would be "
    lines = [f"{_counted(done.read, 'pull request')} read, {_counted(done.calls, 'call')} to GitHub"]
    for one in done.verdicts:
        because = f" ({one.because})" if one.because else ""
        lines.append(f"  {would}recorded: {one.answer.value}{because}  {one.rule}  {one.path}  {one.id[:8]}, {one.who}")
    lines += [f"  {would}recorded: {p.rule} {p.stage.value}, #{p.number}" for p in done.proposals]
    if done.settled:
        lines.append(f"  {done.settled} settled by people in their threads")
    if done.answers:
        lines.append(f"  {_counted(done.answers, 'answer')} {would}written")
    if not (done.verdicts or done.proposals or done.settled or done.answers):
        lines.append("  nothing new")
    if not done.is_whole:
        owed = ", ".join(f"#{number}" for number in done.owed)
        lines.append(f"  incomplete: {owed or 'not everything'} could not be read wholly, for what the notes say")
    return "\n".join(visible(line) for line in [*lines, *(f"note: {note}" for note in done.notices)])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _data(done: Synced) -> str:
    from dataclasses import asdict

    from nova.report.as_json import dumped

    return dumped({
        "read": done.read, "calls": done.calls, "verdicts": [asdict(v) for v in done.verdicts],
        "proposals": [asdict(p) for p in done.proposals], "settled": done.settled, "answers": done.answers,
        "notices": done.notices, "whole": done.is_whole,
        "owed": done.owed,
    })  # fmt: skip
