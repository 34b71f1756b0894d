"""What Nova finds on a machine: each thing that a review leans on, looked at for real."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nova import __version__, targets
from nova.config import places
from nova.errors import NovaError, TargetError
from nova.git import Git

if TYPE_CHECKING:
    from collections.abc import Iterator


REFUSED = {
    "resolve": "threads could not be resolved, so comments say themselves when they are done",
    "review": "no comments could be put on lines, so the summary held all findings",
    "light": "neither a check nor a status could be set",
}
"""What was refused, in words."""


@dataclass(frozen=True, slots=True)
class Check:
    """``less``: Nova does less, but what it does is right. ``bad``: a review cannot be had, or not wholly."""

    state: Literal["good", "less", "bad"]
    what: str
    next_step: str = ""


def checks(database: Path | None = None) -> list[Check]:
    """Every check, in the order in which a review would meet them."""
    return [
        *_python(),
        _git(),
        _ruff(),
        *_proof(),
        *_memory(database or places().database),
        *_targets(),
        *_here(),
        *_github(database or places().database),
    ]


def _python() -> Iterator[Check]:
    from reviewers.engine import newer_pythons

    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("good", f"nova {__version__} on Python {version} ({sys.executable})")
    newer = newer_pythons()
    if newer:
        yield Check("good", f"newer Python for newer files: {newer[0]}")
    else:
        yield Check(
            "less",
            f"no Python newer than 3.{sys.version_info[1]} on the PATH: ruff alone reads files with newer syntax",
            "install a newer Python to have them read wholly",
        )  # fmt: skip


def _git() -> Check:
    path = shutil.which("git")
    if path is None:
        return Check("bad", "git is not on the PATH", "install git")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Check("good", f"{said} ({path})")


def _ruff() -> Check:
    from reviewers.tools import ruff

    try:
        path = ruff.find()
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    except (ruff.RuffMissing, OSError) as error:
        return Check("bad", f"{error}", "pip install ruff, into the environment that Nova runs in")
    return Check("good", f"{said} ({path})")


def _proof() -> Iterator[Check]:
    from nova.config import python_folders
    from nova.proof.compilers import Compilers
    from nova.proof.pythons import admitted
    from nova.proof.type_checker import TypeChecker

    with Compilers(python_folders()) as compilers:
        found = compilers.present(admitted(""))
    yield Check("good", f"proofs compare code in Python {', '.join(found)}")
    with TypeChecker(os.sep, (), trusted=False) as checker:
        version = checker.version
    if version:
        yield Check("good", f"proofs compare types with {version}")
    else:
        yield Check("less", "no type checker: no fix can be more than proven by its code", "pip install ty, or mypy")
    yield _sandbox()
    yield _crosshair()


def _crosshair() -> Check:
    from importlib import metadata

    try:
        return Check("good", f"CrossHair {metadata.version('crosshair-tool')}")
    except metadata.PackageNotFoundError:
        return Check("less", "no CrossHair: proofs do without it", "pip install 'nova-review[crosshair]' adds it")


def _sandbox() -> Check:
    from nova.proof.availability import Missing, available

    found = available()
    if isinstance(found, Missing):
        return Check("less", f"no sandbox, so no proof runs a target's tests: {found.why}", found.next_step)
    if not found.filtered:
        return Check("less", f"sandbox: {found.bwrap}; system calls are not filtered on this kind of machine")
    return Check("good", f"sandbox: {found.bwrap}")


def _memory(database: Path) -> Iterator[Check]:
    from memory import MemoryUnavailable
    from memory.store import Memory

    if not database.exists():
        yield Check("good", f"memory: none yet; it will be {database}")
        return
    try:
        with Memory.open(database) as memory:
            for notice in memory.notices:
                yield Check("less", f"memory: {notice}")
            problems = memory.check()
            stats = memory.stats()
    except MemoryUnavailable as error:
        yield Check("less", f"memory: {error.what}", error.next_step)
        return
    yield from (Check("bad", f"memory: {problem}") for problem in problems)
    held = ", ".join(f"{stats[name]} {name}" for name in ("runs", "lives", "verdicts") if name in stats)
    size = sum(int(value) for name, value in stats.items() if name in {"database_bytes", "journal_bytes"})
    yield Check("good", f"memory: {database} ({held}; {size / 1e6:.1f} MB)")


def _targets() -> Iterator[Check]:
    for path, target in targets.every(places().targets):
        if isinstance(target, TargetError):
            yield Check("bad", f"target {path.stem}: {target.what}", target.next_step)
        elif target.path is None:
            yield Check(
                "less", f"target {target.name}: no path is set, so it cannot be reviewed", "nova targets  shows the key"
            )
        else:
            try:
                yield Check("good", f"target {target.name}: {targets.folder_of(target)}")
            except TargetError as error:
                yield Check("less", f"target {target.name}: {error.what}", error.next_step)


def _here() -> Iterator[Check]:
    try:
        git = Git.at(Path.cwd())
    except FileNotFoundError:
        yield Check("less", "here: the folder that one stands in is gone")
        return
    except NovaError as error:
        yield Check("bad", f"here: {error.what}", error.next_step)
        return
    if git is None:
        yield Check("less", "here: not inside a git repository")
        return
    if git.shallow:
        yield Check("less", f"here: {git.folder}, a shallow clone: history is short", "git fetch --unshallow")
    else:
        yield Check("good", f"here: {git.folder}")
    if not git.bare:
        yield from _tests(Path(git.folder).resolve())


def _tests(root: Path) -> Iterator[Check]:
    """Whether proofs may and can run the tests of the repository one stands in; nothing of it is run to find out."""
    from nova.proof.testing import Untestable
    from nova.proof.tests_of import find_environment
    from nova.proof.trust import own_target, trusts, untrusted
    from nova.subject import whereabouts

    try:
        _, target = whereabouts(root, None, places())
    except TargetError as error:
        yield Check("bad", f"here: {error.what}", error.next_step)
        return
    if target is None:
        return
    own = own_target(str(root), places().targets)
    if own is not None:
        target = own[1]
    which = f"here, with --target {target.name}" if own is not None else "here"
    if not trusts(target):
        told = untrusted(str(root), target, places().targets)
        yield Check("less", f"{which}: no proof runs its tests: {told.why}", told.next_step)
    found = find_environment(root, target, places().environments)
    if isinstance(found, Untestable):
        yield Check("less", f"{which}: its tests cannot be run: {found.why}", found.next_step)
    else:
        yield Check("good", f"{which}: tests by {found.command} ({found.found})")


def _github(database: Path) -> Iterator[Check]:
    """The token for the repository one stands in, and what it turned out not to do; GitHub itself is not asked."""
    from nova.config import github
    from nova.github import address, less, token
    from nova.github.fetching import remotes

    words = github()
    try:
        git = Git.at(Path.cwd())
        known = remotes(git) if git is not None else []
        if not words.repository and not any(map(address.of_remote, known)):
            return
        found = address.find(words, known)
    except (NovaError, FileNotFoundError):
        return
    signed = token.find(words, found)
    where = f"GitHub: {found.repository} at {found.host}"
    if signed is None:
        yield Check(
            "less",
            f"{where}, without a token: nothing can be posted",
            "set GITHUB_TOKEN; docs/github.md tells its rights",
        )
        return
    yield Check("good", f"{where}, with the token from {signed.source}{f' ({signed.kind})' if signed.kind else ''}")
    if signed.may_check is False:
        yield Check("less", "GitHub: a token of a person makes no check runs, so a status shows the result")
    for what, why in sorted(less.unpacked(_page(git, database)).items()):
        yield Check("less", f"GitHub, at the last posting: {REFUSED.get(what, what)} ({why})", "docs/github.md")


def _page(git: Git | None, database: Path) -> tuple[str, bytes] | None:
    from memory import MemoryUnavailable
    from memory.store import Memory
    from nova.github import less

    if git is None or not database.exists():
        return None
    try:
        with Memory.open(database) as memory:
            return memory.page(os.fsencode(git.common_dir).decode("utf-8", "backslashreplace"), less.PAGE)
    except MemoryUnavailable:
        return None
