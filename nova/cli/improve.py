"""``nova improve``: one turn of the loop on Nova itself, or on any repository, by hand; and its ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.flags import add_allowed, add_format, add_target, allowed, command, positive

if TYPE_CHECKING:
    import argparse

    from nova.answer import Review
    from nova.improving import Improved
    from nova.request import Request
    from nova.syncing import Synced

TOP = 3


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "improve", "improve Nova itself, or any repository",
        "One turn of the loop by hand: take in what people answered on GitHub (where there is a token), review, and "
        "propose the best proved fixes, a local branch each. Without PATH and --target it is the repository that "
        "holds Nova's own source. With --report: what came of earlier proposals, counted and measured.",
        "nova improve . --dry-run",
    )  # fmt: skip
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a repository (default: Nova's own source)"
    )  # fmt: skip
    parser.add_argument("--top", metavar="N", type=positive, help=f"how many proposals at most (default: {TOP})")
    parser.add_argument("--post", action="store_true", help="open a draft pull request of each on GitHub")
    parser.add_argument("--dry-run", action="store_true", help="show what would be proposed, and write nothing")
    parser.add_argument(
        "--report", action="store_true",
        help="the ledger: what was found, proposed, merged, closed and reverted, and what is left of it in the code",
    )  # fmt: skip
    add_target(parser)
    add_format(parser)
    add_allowed(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Carry it out and say what was done; 2 where something could not be read, reviewed or posted."""
    from nova import improving

    _refuse_mixed(given)
    request = improving.where(given.path, given.target, given.db)
    return _report(given, request) if given.report else _improve(given, request)


def _refuse_mixed(given: argparse.Namespace) -> None:
    from nova.errors import UsageError

    if given.post and given.dry_run:
        raise UsageError("--post and --dry-run contradict each other", next_step="give one of them")
    flags = (
        ("--post", given.post), ("--dry-run", given.dry_run), ("--top", given.top), ("--make-env", given.make_env),
        ("--unsandboxed", given.unsandboxed),
    )  # fmt: skip
    for flag, is_given in flags:
        if given.report and is_given:
            raise UsageError(f"{flag} is for proposing, and --report proposes nothing", next_step="leave one of them")
    if given.path is not None and given.target is not None:
        raise UsageError("PATH and --target name two repositories", next_step="give one of them")


def _improve(given: argparse.Namespace, request: Request) -> int:
    from datetime import UTC, datetime

    from nova.answer import Status
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.improving import improve
    from nova.proposals import Asked
    from nova.report.as_json import dumped

    now = datetime.now(UTC).isoformat(timespec="seconds")
    asked = Asked(given.top or TOP, now, not given.dry_run, allowed(given))
    with bar() as progress:
        done = improve(request, asked, progress, post=given.post)
    written = not given.dry_run
    output.put(dumped(_data(done)) if given.format == "json" else _text(done, _same(given), written=written))
    return 0 if done.is_whole and done.review.status is Status.COMPLETE else 2


def _report(given: argparse.Namespace, request: Request) -> int:
    from nova import moments
    from nova.bookkeeping import ledger
    from nova.cli import here, output
    from nova.cli.progress import bar
    from nova.ledger import as_data, words
    from nova.report.as_json import dumped

    now, _ = moments.now()
    with bar() as progress:
        told = ledger(request, now, progress)
    if given.format == "json":
        output.put(dumped(as_data.data(told)))
    else:
        output.put(words.text(told, here.width()))
    return 0


def _same(given: argparse.Namespace) -> str:
    """What names the same repository again."""
    import shlex

    if given.target is not None:
        return f" --target {shlex.quote(given.target)}"
    return f" {shlex.quote(str(given.path))}" if given.path is not None else ""


def _text(done: Improved, same: str, *, written: bool) -> str:
    from nova.cli import here
    from nova.cli.proposed import told
    from nova.ledger.words import wrapped
    from nova.report.characters import visible

    lines = [f"Improving {done.review.target.name} ({done.root})", ""]
    lines.append(f"synced    {_heard(done.synced, written=written) if done.synced else f'no: {done.unsynced}'}")
    if done.synced:
        lines += [f"          note: {note}" for note in done.synced.notices]
    lines.append(f"reviewed  {_reviewed(done.review)}")
    lines += [f"          failed: {left.path}: {left.reason}" for left in done.review.failed[:3]]
    made = told(done.proposed, done.numbers, done.lines, written=written)
    lines += ["proposed", *(f"  {line}" if line else "" for line in made)]
    hints = [f"nova improve{same} --report  tells what became of earlier proposals"]
    hints += ["nova show 1  tells of the finding that comes first"] if done.review.findings else []
    lines += ["", *hints]
    return "\n".join(one for line in lines for one in wrapped(visible(line), here.width()))


def _heard(done: Synced, *, written: bool) -> str:
    would = "" if written else " would be"
    ended = ", ".join(f"{one.rule} {one.stage.value}" for one in done.proposals)
    return (
        f"{_counted(done.read, 'pull request')} read; {_counted(len(done.verdicts), 'verdict')} and "
        f"{_counted(len(done.proposals), 'end')} of proposals{would} recorded{f': {ended}' if ended else ''}"
    )


def _reviewed(review: Review) -> str:
    totals = review.totals
    gone = f", {totals.fixed_since_last} gone since the last review" if totals.fixed_since_last else ""
    read = f"{_counted(totals.findings, 'finding')} in {_counted(totals.files, 'file')}"
    return f"{read} ({review.status.value}){gone}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _heard_data(done: Synced) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "read": done.read, "calls": done.calls, "verdicts": [asdict(v) for v in done.verdicts],
        "proposals": [asdict(p) for p in done.proposals], "settled": done.settled, "answers": done.answers,
        "notices": done.notices, "whole": done.is_whole,
    }  # fmt: skip


def _data(done: Improved) -> dict[str, object]:
    from nova.cli.proposed import data

    review = done.review
    return {
        "target": {"name": review.target.name, "root": done.root},
        "synced": _heard_data(done.synced) if done.synced is not None else None,
        "unsynced": done.unsynced,
        "reviewed": {
            "status": review.status.value, "findings": review.totals.findings, "files": review.totals.files,
            "fixed_since_last": review.totals.fixed_since_last,
            "failed": [{"path": left.path, "reason": left.reason} for left in review.failed],
        },
        "proposed": data(done.proposed, done.numbers, done.lines),
        "whole": done.is_whole,
    }  # fmt: skip
