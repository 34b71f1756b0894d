"""What a review and a proof need of the machine: Pythons, git, ruff, a type checker, the sandbox."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from nova import __version__
from nova.checkup.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterator


def pythons() -> Iterator[Check]:
    """The Python that runs, and a newer one for newer files."""
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


def git() -> Check:
    """The git on the PATH, which tells what files there are."""
    path = shutil.which("git")
    if path is None:
        return Check("bad", "git is not on the PATH", "install git")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Check("good", f"{said} ({path})")


def ruff() -> Check:
    """ruff, which a review cannot do without."""
    from reviewers.tools import ruff

    try:
        path = ruff.find()
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    except (ruff.RuffMissing, OSError) as error:
        return Check("bad", f"{error}", "pip install ruff, into the environment that Nova runs in")
    return Check("good", f"{said} ({path})")


def proof() -> Iterator[Check]:
    """What proofs use: compilers of each Python, a type checker, the sandbox, CrossHair."""
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
