"""``nova propose``: the best proved fixes, a local branch each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_allowed, add_format, add_target, allowed, command, positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from nova.proposals import Made, Proposed


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
    from nova.errors import UsageError
    from nova.proposals import Asked
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
        _data(done, numbers, lines)
        if given.format == "json"
        else _text(done, numbers, lines, written=not given.dry_run)
    )
    return 0 if is_whole else 2


def _text(done: Proposed, numbers: Mapping[str, int], posted: Sequence[str], *, written: bool) -> str:
    from nova.report.characters import visible

    on = f"on {done.branch or 'the newest commit'} ({done.base[:10]})"
    lines = [f"{done.offered} fixes were made {on}, {done.proved} of them are proved well enough.", ""]
    for number, made in enumerate(done.made, 1):
        lines += [f"{number}. {made.words.title}", *(f"   {line}" for line in _about(made, written=written)), ""]
    if not done.made:
        lines += ["Nothing is proposed.", ""]
    lines += [f"left: {rule}, {why}" for rule, why in sorted(done.left.items())]
    lines += [f"pull request #{number}: {branch}" for branch, number in sorted(numbers.items())]
    lines += posted
    lines += [f"note: {note}" for note in done.notices]
    return "\n".join(visible(line) for line in lines).rstrip()


def _about(made: Made, *, written: bool) -> list[str]:
    (found, left), (complex_before, complex_after) = made.measured.findings, made.measured.complexity
    verdicts = ", ".join(sorted({file.proof.verdict.value for file in made.files}))
    lines = [
        f"{verdicts}; findings {found} -> {left}, complexity of its files {complex_before} -> {complex_after}",
        f"files: {', '.join(file.path for file in made.files)}",
    ]
    if written:
        lines.append(f"git diff ...{made.words.branch}  shows it; git branch -D {made.words.branch}  takes it back")
    return lines


def _data(done: Proposed, numbers: Mapping[str, int], lines: Sequence[str]) -> str:
    from nova.report.as_json import dumped

    return dumped({
        "base": done.base, "branch": done.branch, "offered": done.offered, "proved": done.proved,
        "proposals": [
            {"id": m.words.id, "rule": m.rule, "branch": m.words.branch, "commit": m.commit, "title": m.words.title,
             "body": m.words.body, "findings": list(m.findings), "files": [f.path for f in m.files],
             "measured": {"findings": m.measured.findings, "complexity": m.measured.complexity,
                          "lines": m.measured.lines}}
            for m in done.made
        ],
        "left": dict(done.left), "notices": list(done.notices), "pull_requests": dict(numbers), "posted": list(lines),
    })  # fmt: skip
