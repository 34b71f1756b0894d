"""``nova prove``: what is known of a fix or of any patch, rung by rung."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.flags import LEAST, add_allowed, add_format, add_target, allowed, command

if TYPE_CHECKING:
    import argparse

    from nova.ports import Progress
    from nova.proof.case import Patch
    from nova.proof.verdict import Proof
    from nova.request import Request
    from nova.subject import Subject

KEY = 32
"""How long the key of a patch is; the id of a finding is shorter."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "prove", "what is known of a fix or a patch, rung by rung",
        "Judge the fix of a finding, or a patch from anywhere: proven, tested, unproven or refuted, with what every "
        "rung found. With --least, the exit code is 1 where the proof falls short.",
        "nova prove --patch change.diff --least proven",
    )  # fmt: skip
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="an id or the beginning of one, or the rank that was shown last"
    )
    parser.add_argument("--patch", metavar="FILE", help="a unified diff of the files as they are (-: standard input)")
    parser.add_argument(
        "--replay", action="store_true", help="repeat the proof that was kept for ID (or for the key of a patch)"
    )
    add_target(parser)
    add_format(parser)
    parser.add_argument("--least", choices=LEAST, help="exit with 1 where the patch has not at least this proof")
    parser.add_argument(
        "--whole", action="store_true", help="run the whole test suite too, as is done before a pull request"
    )
    add_allowed(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prove one thing and render its proof."""
    from nova import app
    from nova.cli import output
    from nova.cli.progress import bar
    from nova.errors import UsageError
    from nova.report import proof as report
    from nova.request import Request

    if (given.id is None) == (given.patch is None) or (given.replay and given.id is None):
        raise UsageError("say what is to be proved", next_step="nova prove ID, or nova prove --patch FILE")
    request = Request(target=given.target, database=given.db, everything=True, patches=True)
    found = app.find_subject(request)
    with bar() as progress:
        title, proof = _proved(given, request, found, progress)
    output.put(_data(proof) if given.format == "json" else report.render(proof, title))
    return 1 if given.least and not proof.verdict.reaches(given.least) else 0


def _proved(given: argparse.Namespace, request: Request, found: Subject, progress: Progress) -> tuple[str, Proof]:
    """What was proved, in words, and the proof."""
    from nova import app, mending, proofs
    from nova.findings import meant

    may = allowed(given, whole=given.whole)
    if given.patch is not None:
        patch = mending.patch_of(found, _read(given.patch))
        return _paths(patch), mending.prove_patch(found, request, patch, progress, allowed=may)
    with app.remembered(request, progress) as memory:
        name = given.id if given.replay and len(given.id) == KEY else meant(memory, found.key, given.id).id
        kept = proofs.recalled(memory, found, name) if given.replay else None
    if kept is None:
        offer, proof = mending.prove_finding(found, request, name, progress, may)
        return f"{offer.mend.rule} in {offer.mend.path}:{offer.mend.span.line}, {offer.title}", proof
    patch = mending.patch_of(found, kept.diff)
    proof = mending.prove_patch(found, request, patch, progress, kept.mends, name=name, allowed=may)
    return f"{_paths(patch)}, which was {kept.proof.verdict.value} when its proof was kept", proof


def _paths(patch: Patch) -> str:
    return ", ".join(change.path for change in patch.files)


def _read(name: str) -> bytes:
    from nova.errors import UsageError

    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read", why=error.strerror or str(error)) from error


def _data(proof: Proof) -> str:
    import json

    from nova.proof.as_data import to_data

    return json.dumps(to_data(proof), indent=2, ensure_ascii=False)
