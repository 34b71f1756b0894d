"""``nova verdict``: a person's answer to a finding, kept so that it need not be given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_format, add_target, command

if TYPE_CHECKING:
    import argparse

ANSWERS = ("accept", "dismiss", "later", "undo")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "verdict", "answer a finding: accept, dismiss, later",
        "Answer a finding. A dismissed one stays dismissed, even when its code moves; undo takes the answer back.",
        'nova verdict 3 dismiss --because "by design"',
    )  # fmt: skip
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="an id or the beginning of one, or the rank that was shown last"
    )
    parser.add_argument("answer", nargs="?", choices=ANSWERS, help="what you say of it")
    parser.add_argument(
        "--because", metavar="WHY", default="", help='wrong, "not worth it", "by design", or your own words'
    )
    parser.add_argument("--list", action="store_true", dest="listed", help="list the answers that stand")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Record an answer, or list those that stand."""
    from nova import app
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.errors import UsageError
    from nova.request import Request

    request = Request(target=given.target, database=given.db)
    found = app.find_subject(request)
    if given.listed:
        with bar() as progress, app.remembered(request, progress) as memory:
            rows = app.standing_verdicts(memory, found)
        output.put(_list(rows) if given.format == "text" else _data(rows))
        return 0
    if given.id is None or given.answer is None:
        raise UsageError(
            "say which finding, and what you say of it",
            next_step="nova verdict 3 dismiss --because wrong   (accept, dismiss, later or undo)",
        )
    if given.answer == "dismiss" and not given.because:
        raise UsageError(
            "say why it is dismissed", next_step='--because wrong, --because "not worth it" or --because "by design"'
        )
    with bar() as progress, app.remembered(request, progress) as memory:
        wanted, where = app.give_verdict(memory, found, given.id, given.answer, given.because)
    word = {"accept": "accepted", "dismiss": "dismissed", "later": "put off", "undo": "open again"}[given.answer]
    output.put(f"{word}: {wanted.rule} in {wanted.path}\n  {wanted.message}\n  kept in {where}")
    return 0


def _list(rows: list[tuple[str, str, str, str, str]]) -> str:
    if not rows:
        return "No verdicts yet.  nova verdict ID dismiss --because ...  gives one."
    return "\n".join(
        f"{name[:8]}  {answer:<8}{rule}  {path}" + (f"\n          {why}" if why else "")
        for name, answer, rule, path, why in rows
    )


def _data(rows: list[tuple[str, str, str, str, str]]) -> str:
    import json

    names = ("id", "answer", "rule", "path", "because")
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], indent=2, ensure_ascii=False)
