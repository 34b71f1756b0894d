"""``nova fix``: the fixes that are proved well enough, shown, or written where that is asked for."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.flags import LEAST, add_allowed, add_format, add_target, allowed, command

if TYPE_CHECKING:
    import argparse

    from nova.mending import Wanted
    from nova.request import Request
    from nova.subject import Subject


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "fix", "the fixes that are proved, shown or written",
        "Make the fixes that rules offer, prove each, and show those that are proved well enough. Nothing is written "
        "without --apply, and never over changes that no commit holds without asking.",
        "nova fix src --diff",
    )  # fmt: skip
    parser.add_argument(
        "what", nargs="*", metavar="PATH|ID",
        help="files, folders, ids or beginnings of ids, or ranks that were shown last (default: everything)",
    )  # fmt: skip
    add_target(parser)
    add_format(parser)
    parser.add_argument(
        "--rule", metavar="R", action="append", default=[], help="only fixes of this rule (may be repeated)"
    )
    parser.add_argument("--diff", action="store_true", help="print the fixes as a diff that git apply takes")
    parser.add_argument("--apply", action="store_true", help="write the fixes into the files")
    parser.add_argument(
        "--least", choices=LEAST, default="proven", help="the proof that a fix must have (default: proven)"
    )
    add_allowed(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, write where that is asked for, and say what came of it."""
    from nova import mending
    from nova.answer import Status
    from nova.cli import fix_report, output
    from nova.cli.progress import bar
    from nova.fixing import diff_of

    request, found, wanted = _asked(given)
    with bar() as progress:
        first = mending.look(found, request, wanted, given.least, progress)
        written = mending.Written(first.answer.status)
        if given.apply:
            written = mending.rounds(found, request, wanted, given.least, first, _may, progress)
    if given.format == "json":
        output.put(fix_report.data(first, written))
    elif not given.diff:
        asked = shlex.join(["nova", "fix", *given.words])
        output.put(fix_report.text(first, given.least, written, applied=given.apply, asked=asked))
    elif first.files:
        output.put("".join(diff_of(file.path, file.before, file.after) for file in first.files))
    return 2 if written.status is Status.INCOMPLETE else 0


def _asked(given: argparse.Namespace) -> tuple[Request, Subject, Wanted]:
    """The request, the whole repository that it is about, and what in it is meant."""
    from nova import app
    from nova.cli.progress import bar
    from nova.errors import UsageError
    from nova.findings import meant
    from nova.mending import Wanted
    from nova.request import Request
    from nova.rules import chosen

    for flag, is_set in (("--make-env", given.make_env), ("--unsandboxed", given.unsandboxed)):
        if is_set and given.least == "proven":
            raise UsageError(
                f"{flag} is for the tests, and with --least proven none are run", next_step="add  --least tested"
            )
    rules, codes = chosen(given.rule, ()) if given.rule else ((), ())
    paths = [Path(word).resolve() for word in given.what if Path(word).exists()]
    words = [word for word in given.what if not Path(word).exists()]
    for word in words:
        if "/" in word or word.endswith(".py"):
            raise UsageError(f"there is no file or folder {word}", next_step="check the path, or name a finding's id")
    request = Request(target=given.target, database=given.db, everything=True, patches=True)
    if paths:
        part = app.find_subject(replace(request, path=paths[0]))
        request = replace(request, path=Path(part.root))
    found = app.find_subject(request)
    ids: set[str] = set()
    if words:
        with bar() as progress, app.remembered(request, progress) as memory:
            ids = {meant(memory, found.key, word).id for word in words}
    below = tuple(_below(path, Path(found.root).resolve()) for path in paths)
    return request, found, Wanted(below, frozenset(ids), frozenset((*rules, *codes)), allowed(given))


def _below(path: Path, root: Path) -> str:
    from nova.errors import UsageError

    if not path.is_relative_to(root):
        raise UsageError(f"{path} is not in {root}", next_step="run nova fix once for each repository")
    return "" if path == root else path.relative_to(root).as_posix()


def _may(path: str) -> bool:
    """Ask the person; where nobody can be asked the answer is no."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return False
    asked = f"{path} has changes that no commit holds. Write the fix into it? [y/N] "
    print(asked, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
