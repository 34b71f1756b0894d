"""``nova review``: what is wrong, what matters most, and what was not looked at."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.flags import add_target, command, positive

if TYPE_CHECKING:
    import argparse

    from nova.answer import Review
    from nova.ports import Progress
    from nova.request import Request
    from nova.subject import Subject

FORMATS = ("text", "json", "sarif", "markdown", "github")
LEVELS = ("info", "low", "medium", "high", "never")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "review", "what is wrong here, best first",
        "Review a repository, a folder, a file or a change: the findings that matter most, each with its reason, "
        "then the places to mend first.",
        "nova review --diff main --fail-on medium",
    )  # fmt: skip
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help="a repository, a folder or a file (default: the repository that one stands in)",
    )
    add_target(parser)
    what = parser.add_argument_group("what to look at")
    what.add_argument(
        "--diff",
        metavar="BASE[...HEAD]",
        help="only what a change brought in: the work tree, or HEAD, against where it left BASE",
    )
    what.add_argument("--pr", metavar="N", type=positive, help="only what pull request N on GitHub brings in")
    what.add_argument("--staged", action="store_true", help="only what the staged changes bring in")
    either = what.add_mutually_exclusive_group()
    either.add_argument("--new", action="store_true", help="only findings that were first seen in this very state")
    either.add_argument("--baseline", metavar="COMMIT", help="only findings that were not there at a commit")
    what.add_argument(
        "--select",
        metavar="RULE",
        action="append",
        default=[],
        help="only these rules, ruff codes or their prefixes (may be repeated)",
    )
    what.add_argument("--ignore", metavar="RULE", action="append", default=[], help="not these (may be repeated)")
    answer = parser.add_argument_group("the answer")
    answer.add_argument("--format", choices=FORMATS, default="text", help="how to say it (default: text)")
    answer.add_argument(
        "--all",
        action="store_true",
        dest="everything",
        help="every finding, not only the ones that matter most (the default for sarif)",
    )
    answer.add_argument(
        "--post", action="store_true", help="with --pr: keep the review on GitHub up to date (comments, check)"
    )
    answer.add_argument("--top", metavar="N", type=positive, help="how many findings to show (default: 10)")
    answer.add_argument(
        "--fail-on", choices=LEVELS, help="exit with 1 for a finding of at least this severity (default: never)"
    )
    how = parser.add_argument_group("how to work")
    how.add_argument(
        "--jobs", metavar="N", type=positive, default=0, help="how many worker processes (default: one a processor)"
    )
    how.add_argument("--no-cache", action="store_true", help="read every file anew")
    how.add_argument("--no-history", action="store_true", help="do not read git history")
    how.add_argument("--no-memory", action="store_true", help="neither read nor write memory")
    parser.set_defaults(run=run)


def request_of(given: argparse.Namespace) -> Request:
    """The flags as a request."""
    from nova.request import Request

    def listed(values: list[str]) -> tuple[str, ...]:
        return tuple(part.strip() for value in values for part in value.split(",") if part.strip())

    return Request(
        path=given.path,
        target=given.target,
        diff=given.diff,
        staged=given.staged,
        pull=given.pr,
        new=given.new,
        baseline=given.baseline,
        everything=given.everything or (given.format == "sarif" and given.top is None),
        top=given.top,
        select=listed(given.select),
        ignore=listed(given.ignore),
        jobs=given.jobs,
        cache=not given.no_cache,
        history=not given.no_history,
        memory=not given.no_memory,
        database=given.db,
        patches=given.format != "text",
        shown=True,
    )


def run(given: argparse.Namespace) -> int:
    """Review and render."""
    from nova import app
    from nova.cli import output
    from nova.cli.progress import bar

    request = request_of(given)
    if given.pr or given.post:
        return _pull(given, request)
    found = app.find_subject(request)
    with bar() as progress:
        answer = _reviewed(found, request, progress, given)
    output.put(_rendered(answer, given.format))
    return exit_code(answer, given.fail_on or found.target.fail_on)


def _pull(given: argparse.Namespace, request: Request) -> int:
    """Review a pull request, and post what was found where that is asked for."""
    from nova import pulls
    from nova.cli import here, output
    from nova.cli.progress import bar

    pulls.refuse_mixed(request, post=given.post)
    with bar() as progress:
        place = pulls.place_of(request, progress)
        opened = pulls.opened(request, place, progress, post=given.post)
        target = opened.subject.target
        threshold = given.fail_on or target.fail_on
        bare = opened.subject.git is not None and opened.subject.git.bare
        if not given.post:
            answer = _reviewed(opened.subject, opened.request, progress, given)
            output.put(_rendered(answer, given.format, bare=bare))
            return exit_code(answer, threshold)
        from nova.posting import post

        way = target.github_report if opened.pull.is_open else "none"
        with pulls.told_of(place, opened.pull.head.commit, way):
            answer = _reviewed(opened.subject, opened.request, progress, given)
            output.put(_rendered(answer, given.format, bare=bare))
            came = post(opened, threshold, progress)
    for line in came.lines:
        here.say(f"nova: {line}")
    return exit_code(replace(answer, worst=came.worst) if came.is_posted else answer, threshold)


def _reviewed(found: Subject, request: Request, progress: Progress, given: argparse.Namespace) -> Review:
    """The review, on the record where there is memory."""
    from nova import app

    if request.memory:
        return _recorded(found, request, progress, given.words)
    return app.review(found, request, progress)


def _recorded(found: Subject, request: Request, progress: Progress, words: list[str]) -> Review:
    """The review as a run of code-reviewer, which ``nova trace`` shows."""
    from nova import app, reviewing
    from nova.config import places

    with reviewing.run(places().data / "turns", found.root, words) as ended:
        answer = app.review(found, request, progress)
        ended(answer)
    return answer


def exit_code(answer: Review, threshold: str) -> int:
    """0, 1 or 2, as ``main`` says; incomplete outweighs findings."""
    from nova.answer import Status
    from reviewers.finding import Severity

    if answer.status is Status.INCOMPLETE:
        return 2
    if threshold == "never" or answer.worst is None:
        return 0
    return 1 if answer.worst.weight >= Severity(threshold).weight else 0


def _rendered(answer: Review, form: str, *, bare: bool = False) -> str:
    """The answer as text; of a repository without a work tree no path leads to a file that could be opened."""
    from nova.cli import output
    from nova.report import render

    rules = None
    if form == "sarif":
        from nova.rule_texts import texts

        rules = texts()
    try:
        base = "." if bare else os.path.relpath(answer.target.root)
    except FileNotFoundError:  # the folder one stands in is gone
        base = answer.target.root
    return render(
        answer,
        form,
        color=output.colour(),
        width=output.width(),
        base="" if base == "." else base + os.sep,
        rules=rules,
    )
