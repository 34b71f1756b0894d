"""The environment that a target's tests run in: declared or found, by reading files; nothing is run for it."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova.proof.commands import DEFERRING, read_command
from nova.proof.environment import Environment
from nova.proof.suites import Suite, detected, nox, tox
from nova.proof.testing import Untestable
from nova.proof.venvs import Broken, Venv, candidates, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nova.proof.venvs import Elsewhere

MAKE = "--make-env makes one for it"


@dataclass(frozen=True, slots=True)
class NoEnvironment(Untestable):
    """The command is known, and nothing to run it in: what is missing can be made."""

    runner: str = ""


def environment_of(
    root: Path, *, command: str = "", declared: str = "", elsewhere: Elsewhere, made: Iterable[Venv | Broken] = (),
    clone: Path | None = None,
) -> Environment | Untestable:  # fmt: skip
    """How the tests of a target are started, and in what.

    ``command`` and ``declared`` are the test command and the environment of the target's settings, where they say so;
    ``made`` are environments that were made for it before. What a person declared is never passed over for what can be
    found. ``clone`` is where environments lie, where ``root`` is a passing work tree of that repository.
    """
    home = clone or root
    suite = _suite(root, command)
    if isinstance(suite, Untestable):
        return suite
    folder = root / suite.command.folder
    if not folder.is_dir():
        return Untestable(f"the test command runs in {suite.command.folder}, and there is no such folder")
    named = declared or _prefix(suite.command.python)
    if named:
        venv = _declared((folder, root, home / suite.command.folder, home), named, by_command=not declared)
    else:
        nearer = candidates(home / suite.command.folder, elsewhere) if folder != root else ()
        venv = _chosen([*nearer, *candidates(home, elsewhere), *made], suite.command.runner)
    if isinstance(venv, Venv) and suite.command.runner == "pytest" and not venv.has("pytest"):
        why = f"pytest is not installed in {_short(venv.folder, home)}"
        step = f"{shlex.quote(_short(venv.python, home))} -m pip install pytest"
        return Untestable(why, step) if named else NoEnvironment(why, f"{step}, or: {MAKE}", "pytest")
    if isinstance(venv, NoEnvironment):
        return replace(venv, runner=suite.command.runner)
    if isinstance(venv, Untestable):
        return venv
    return Environment(
        venv.python, suite.command.runner, suite.command.arguments, suite.written, f"{suite.found}; {venv.found}",
        suite.command.folder, suite.command.variables,
    )  # fmt: skip


def _suite(root: Path, command: str) -> Suite | Untestable:
    if not command.strip():
        return detected(root)
    found = read_command(command)
    if isinstance(found, Untestable):
        return found
    if found.runner not in DEFERRING:
        return Suite(found, command.strip(), "the command in the target's settings")
    look = tox if found.runner == "tox" else nox
    told = look(root / found.folder)
    if told is None:
        name = "tox.ini" if found.runner == "tox" else "noxfile.py"
        return Untestable(f"the test command ({command}) asks {found.runner}, and there is no {name} to read")
    if isinstance(told, Suite):
        return replace(told, command=replace(told.command, folder=found.folder), found=f"{told.found}, as declared")
    return told


def _prefix(python: str) -> str:
    """The environment of an interpreter that a command names by its path."""
    return str(Path(python).parent.parent) if python else ""


def _declared(bases: Iterable[Path], named: str, *, by_command: bool) -> Venv | Untestable:
    place = Path(os.path.expanduser(named))
    said = "the test command" if by_command else "[test] environment"
    for base in bases:
        venv = opened(base / place, f"{named}, which {said} names")
        if isinstance(venv, Venv):
            return venv
        if isinstance(venv, Broken):
            return Untestable(
                f"{said} names {named}, which cannot be used: {venv.why}", "make it anew, or name another"
            )
    return Untestable(
        f"{said} names {named}, and no virtual environment is there",
        "a path counts from the root of the target; without that key the usual places are looked at",
    )


def _chosen(found: Iterable[Venv | Broken], runner: str) -> Venv | NoEnvironment:
    """The first environment that holds the runner, else the first that works, else why there is none."""
    everything = list(found)
    whole = [one for one in everything if isinstance(one, Venv)]
    fit = next((one for one in whole if runner != "pytest" or one.has("pytest")), None)
    if fit is not None:
        return fit
    if whole:
        return whole[0]
    broken = next((one for one in everything if isinstance(one, Broken)), None)
    if broken is not None:
        return NoEnvironment(
            f"the virtual environment {broken.folder.name} is broken: {broken.why}", f"make it anew, or: {MAKE}"
        )
    return NoEnvironment(
        "there is no virtual environment to run its tests in (.venv, venv, env, .tox, .nox and others were looked for)",
        f'{MAKE}, or  [test] environment = "PATH"  in the target\'s settings names one',
    )


def _short(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
