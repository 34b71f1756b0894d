"""``nova targets``: the repositories that Nova knows, and whether their settings are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_format, command

if TYPE_CHECKING:
    import argparse

    from nova.targets import Target


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands,
        "targets",
        "the repositories that Nova knows",
        "List the targets and check their settings, or show one with its goals.",
        "nova targets nova",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="show this one")
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the list, or one target."""
    import json

    from nova import targets
    from nova.cli import output
    from nova.config import places
    from nova.errors import TargetError

    own = places().targets
    if given.name:
        one = targets.named(given.name, own)
        output.put(json.dumps(_plain(one), indent=2, ensure_ascii=False) if given.format == "json" else _page(one))
        return 0
    rows = list(targets.every(own))
    wrong = [error for _, error in rows if isinstance(error, TargetError)]
    if given.format == "json":
        listed = [
            {"file": str(path), "error": str(t)} if isinstance(t, TargetError) else {**_plain(t), "problem": problem(t)}
            for path, t in rows
        ]
        output.put(json.dumps(listed, indent=2, ensure_ascii=False))
    else:
        lines = []
        for path, target in rows:
            if isinstance(target, TargetError):
                lines += [f"{path.stem}  WRONG", *(f"  {line}" for line in str(target).split("\n"))]
            else:
                lines += [
                    f"{target.name}  {target.description}".rstrip(),
                    f"  {problem(target) or targets.folder_of(target)}",
                ]
        lines.append(f"\nYour own targets go to {own}")
        output.put("\n".join(lines))
    return 2 if wrong else 0


def problem(target: Target) -> str:
    """What keeps a target from being reviewed; empty where nothing does."""
    from nova import targets
    from nova.errors import TargetError
    from nova.git import Git

    try:
        folder = targets.folder_of(target)
    except TargetError as error:
        return f"{error.what}; {error.next_step}"
    if not folder.is_dir():
        return f"its folder {folder} is not there; correct path below [target] in {target.source}"
    if Git.at(folder) is None:
        return f"{folder} is not a git repository"
    return ""


def _plain(target: Target) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(target)


def _page(target: Target) -> str:
    lines = [
        f"{target.name}  {target.description}".rstrip(),
        f"  settings: {target.source}",
        f"  {problem(target) or 'ready'}",
    ]
    told = (
        ("branch", target.branch), ("tests", target.test_command),
        ("trusted to run", "yes" if target.trusted else "no"),
        ("least proof", target.least_proof), ("fails on", target.fail_on), ("protected", ", ".join(target.protected)),
    )  # fmt: skip
    lines += [f"  {name}: {value}" for name, value in told if value]
    for title, sentences in (("Goals", target.goals), ("Values", target.values), ("Constraints", target.constraints)):
        if sentences:
            lines += ["", title, *(f"  - {sentence}" for sentence in sentences)]
    return "\n".join(lines)
