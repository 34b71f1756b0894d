"""``nova propose``: the best proved fixes, a local branch each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_allowed, add_format, add_target, allowed, command, positive

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "propose", "the best proved fixes, a branch each",
        "Pick the proved fixes that are worth most for the effort of reviewing them, one rule a proposal, and make a "
        "local branch of each on the target's branch; with --post a draft pull request too. What is open in the work "
        "tree is neither read nor written.",
        "nova propose --top 1 --dry-run",
    )  # fmt: skip
    parser.add_argument("--top", metavar="N", type=positive, default=3, help="how many at most (default: 3)")
    parser.add_argument(
        "--post", action="store_true", help="open a draft pull request of each on GitHub, and keep those up to date"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be proposed, and write nothing")
    add_target(parser)
    add_format(parser)
    add_allowed(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Make the proposals and say what came of it; 2 where one of them could not be posted."""
    from datetime import UTC, datetime

    from nova import proposals
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.cli.proposed import data, told
    from nova.errors import UsageError
    from nova.proposals import Asked
    from nova.report.as_json import dumped
    from nova.request import Request

    if given.post and given.dry_run:
        raise UsageError("--post and --dry-run contradict each other", next_step="give one of them")
    request = Request(target=given.target, database=given.db)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    asked = Asked(given.top, now, not given.dry_run, allowed(given))
    with bar() as progress:
        if given.post:
            from nova.offering import offer

            offered = offer(request, asked, progress)
            done, numbers, lines, is_whole = offered.proposed, offered.numbers, offered.lines, offered.is_whole
        else:
            done, numbers, lines, is_whole = proposals.propose(request, asked, progress), {}, (), True
    output.put(
        dumped(data(done, numbers, lines))
        if given.format == "json"
        else "\n".join(told(done, numbers, lines, written=not given.dry_run))
    )
    return 0 if is_whole else 2
