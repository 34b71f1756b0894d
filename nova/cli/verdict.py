"""``nova verdict``: a person's answers to findings, kept so that they need not be given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_format, add_target, command

if TYPE_CHECKING:
    import argparse

    from nova.answering import Row, Standing
    from nova.kept import Shown

ANSWERS = ("accept", "dismiss", "later", "undo")
WORDS = {"accept": "accepted", "dismiss": "dismissed", "later": "put off", "undo": "open again"}
LENGTH = 8


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "verdict", "answer findings: accept, dismiss, later",
        "Answer findings. A dismissed one stays dismissed, even when its code moves; undo takes the answer back. A "
        "rule that is dismissed again and again falls silent there, until it is woken.",
        'nova verdict 3 dismiss --because "by design"',
    )  # fmt: skip
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="an id or the beginning of one, or the rank that was shown last; or several",
    )
    parser.add_argument("answer", nargs="?", metavar="|".join(ANSWERS), help="what you say of them")
    parser.add_argument(
        "--because", metavar="WHY", default="", help='wrong, "not worth it", "by design", or your own words'
    )
    parser.add_argument(
        "--list", action="store_true", dest="listed", help="list the answers that stand, and what was learnt from them"
    )
    parser.add_argument("--wake", metavar="RULE", help="let a rule speak again that has fallen silent")
    parser.add_argument("--path", metavar="PATH", default="", help="with --wake: only in this file or folder")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Record answers, wake a rule, or list what stands."""
    from nova import answering, app
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.errors import UsageError
    from nova.report.characters import visible
    from nova.request import Request

    words = [*given.ids, *([given.answer] if given.answer else [])]
    if sum((bool(words), bool(given.listed), given.wake is not None)) > 1:
        raise UsageError("an answer, --list and --wake are three different things", next_step="ask for one of them")
    if given.path and given.wake is None:
        raise UsageError("--path says where a rule is woken", next_step="nova verdict --wake RULE --path PATH")
    request = Request(target=given.target, database=given.db)
    found = app.find_subject(request)
    if given.listed:
        with bar() as progress, app.remembered(request, progress) as memory:
            stand, rows = answering.standing_answers(memory, found), answering.learnt(memory, found)
            woken = answering.wakings(memory, found)
        output.put(_list(stand, rows, woken) if given.format == "text" else _data(stand, rows, woken))
        return 0
    if given.wake is not None:
        with bar() as progress, app.remembered(request, progress) as memory:
            place, where = answering.wake(memory, found, given.wake, given.path)
        output.put(f"awake: {given.wake} in {place or 'this repository'}\n  kept in {where}")
        return 0
    ids, answer = _split(words)
    if answer == "dismiss" and not given.because:
        raise UsageError(
            "say why it is dismissed", next_step='--because wrong, --because "not worth it" or --because "by design"'
        )
    with bar() as progress, app.remembered(request, progress) as memory:
        wanted, where, quiet = app.give_verdict(memory, found, ids, answer, given.because)
    output.put("\n".join([*(_told(one, answer) for one in wanted), *map(visible, quiet), f"kept in {where}"]))
    return 0


def _split(words: list[str]) -> tuple[list[str], str]:
    from nova.errors import UsageError

    how = "nova verdict 3 dismiss --because wrong   (accept, dismiss, later or undo)"
    if len(words) < 2:
        raise UsageError("say which finding, and what you say of it", next_step=how)
    if words[-1] not in ANSWERS:
        raise UsageError(f"{words[-1]} is no answer", why="the answers are accept, dismiss, later, undo", next_step=how)
    return words[:-1], words[-1]


def _told(one: Shown, answer: str) -> str:
    """Which finding was answered: a rank may be another finding's by now, but not an id."""
    from nova.report.characters import sentence

    name = one.id[:LENGTH]
    back = f"\n  nova verdict {name} undo  takes it back" if answer != "undo" else ""
    head = f"{WORDS[answer]}: {one.rule}  {_place(one.path, one.line, one.symbol)}  {name}"
    return f"{head}\n  {sentence(one.message)}{back}"


def _place(path: str, line: int, symbol: str | None) -> str:
    from nova.report.characters import visible

    place = f"{path}:{line}" if line else path
    return visible(f"{place} {symbol}" if symbol else place)


def _list(stand: list[Standing], rows: list[Row], woken: list[tuple[str, str, str]]) -> str:
    from nova.report.characters import sentence

    if not stand and not rows and not woken:
        return "No verdicts yet.  nova verdict ID dismiss --because ...  gives one."
    lines = ["Answers that stand"] if stand else ["No answers stand."]
    for v in stand:
        lines.append(f"  {v.id[:LENGTH]}  {v.answer:<8}{v.rule}  {_place(v.path, v.line, v.symbol)}")
        told = [sentence(v.because), v.at[:10], "of the code before it" if v.inherited else ""]
        lines.append(f"            {', '.join(part for part in told if part)}")
    told_of = [row for row in rows if row.silent or not row.path]
    if told_of:
        lines += ["", "What they taught"]
        width = max(len(row.rule) for row in told_of)
        lines += [f"  {row.rule:<{width}}  {_taught(row)}" for row in told_of]
    if woken:
        lines += ["", "Woken, so that no answer before counts"]
        lines += ["  " + sentence(f"{rule} in {path or 'this repository'}, {at[:10]}") for rule, path, at in woken]
    return "\n".join(lines)


def _taught(row: Row) -> str:
    import shlex

    from nova.lessons import counted
    from nova.report.characters import visible

    low, high = row.posterior.interval()
    share = f"{row.posterior.mean:.0%} expected to be accepted ({low:.0%} to {high:.0%})"
    told = f"{row.path or 'this repository'}: {counted(row.count)}, {share}"
    path = f" --path {shlex.quote(row.path)}" if row.path else ""
    return visible(f"{told}; silent, nova verdict --wake {row.rule}{path}" if row.silent else told)


def _data(stand: list[Standing], rows: list[Row], woken: list[tuple[str, str, str]]) -> str:
    import json

    answers = [v._asdict() for v in stand]
    taught = []
    for row in rows:
        low, high = row.posterior.interval()
        taught.append(
            {
                "rule": row.rule, "path": row.path, "accepted": row.count.accepted, "dismissed": row.count.dismissed,
                "expected": round(row.posterior.mean, 4), "interval": [round(low, 4), round(high, 4)],
                "silent": row.silent,
            }
        )  # fmt: skip
    wakings = [{"rule": rule, "path": path, "at": at} for rule, path, at in woken]
    return json.dumps({"answers": answers, "learnt": taught, "woken": wakings}, indent=2, ensure_ascii=False)
