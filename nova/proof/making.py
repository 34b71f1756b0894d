"""Makes a virtual environment for a target's tests, in Nova's data folder. It runs the target's build, uncontained.

It is made in a passing place and moved when it is whole; whatever ends it before leaves nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from nova.errors import ToolError
from nova.proof.dependencies import dependencies
from nova.proof.pythons import candidates
from nova.proof.venvs import Broken, Venv, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.ports import Progress
    from nova.proof.dependencies import Dependencies

_KEPT = 2
"""How many environments of one target are kept: of two branches with other dependencies, both."""
_LINES = 12
"""How many of pip's last lines are told when it fails."""
_WITHIN = ("egg-info", "build")


class Workshop:
    """Environments that were made for one target, and can be. ``home`` is the folder for those of all targets."""

    def __init__(self, home: Path, root: Path) -> None:
        self._root = root
        mark = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
        self._folder = home / f"{root.name}-{mark}"

    def made(self, runner: str) -> Venv | Broken | None:
        """The environment that was made for what the target's files name now; None where there is none."""
        return opened(self._place(dependencies(self._root, runner)), "the environment that Nova made for it")

    def has_others(self) -> bool:
        """Whether there is an environment of other dependencies, from before."""
        return next(self._folder.glob("[!.]*"), None) is not None

    def _place(self, wanted: Dependencies) -> Path:
        return self._folder / wanted.key

    def make(self, runner: str, pythons: Sequence[str], progress: Progress, say: Callable[[str], None]) -> Venv:
        """Make it with the first of the Pythons that can; ``say`` is told first what is going to be run.

        Raises ``ToolError`` where it cannot be made.
        """
        wanted = dependencies(self._root, runner)
        python = _working(pythons)
        say(
            f"Making a test environment for {self._root.name} with {python[1]}: {wanted.words}.\n"
            "This runs the target's build code, and that of what it needs, outside of the sandbox and with network."
        )
        self._sweep()
        making = self._folder / f".making-{os.getpid()}"
        before = _left_by_builds(self._root)
        try:
            making.parent.mkdir(parents=True, exist_ok=True)
            installer = _created(python[0], making, progress)
            for arguments in _installs(wanted, self._root):
                _install([*installer, "install", "--progress-bar", "off", *arguments], self._root, progress)
            if wanted.is_package is False and (self._root / "src").is_dir():
                _see(making, self._root / "src")
            place = self._placed(making, self._place(wanted))
        except OSError as error:
            raise ToolError(
                "the test environment could not be made", why=f"{error.filename or making}: {error.strerror or error}"
            ) from error
        finally:
            shutil.rmtree(making, ignore_errors=True)
            for path in _left_by_builds(self._root) - before:
                shutil.rmtree(path, ignore_errors=True)
        found = opened(place, "the environment that Nova made for it")
        if not isinstance(found, Venv):
            raise ToolError("the test environment was made and cannot be used", why=str(place))
        return found

    def _placed(self, making: Path, place: Path) -> Path:
        """Move a whole environment to its place; its programs name the folder that they lie in."""
        for program in (making / "bin").iterdir():
            if program.is_file() and not program.is_symlink():
                data = program.read_bytes()
                if b"\0" not in data and os.fsencode(making) in data:
                    program.write_bytes(data.replace(os.fsencode(making), os.fsencode(place)))
        shutil.rmtree(place, ignore_errors=True)
        making.rename(place)
        others = sorted(self._folder.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in [path for path in others if path != place][_KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
        return place

    def _sweep(self) -> None:
        """Take away what a killed process left."""
        for path in self._folder.glob(".making-*"):
            number = path.name.rpartition("-")[2]
            if not number.isdigit() or not Path("/proc", number).exists():
                shutil.rmtree(path, ignore_errors=True)


def suitable(versions: Sequence[str], first: Sequence[str], folders: Sequence[Path]) -> list[str]:
    """Programs that may be a Python that the target admits: those of the versions in ``first``, then the newest."""
    order = [v for v in first if v in versions] + [v for v in reversed(versions) if v not in first]
    return [path for version in order for path in candidates(version, folders)]


def _working(pythons: Sequence[str]) -> tuple[str, str]:
    """The first Python that starts and can make environments, with its name and number."""
    for python in pythons:
        asked = "import sys, venv; print('Python', '.'.join(map(str, sys.version_info[:3])))"
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            run = subprocess.run([python, "-I", "-c", asked], capture_output=True, text=True, timeout=60, check=False)
            if run.returncode == 0:
                return python, run.stdout.strip()
    raise ToolError(
        "no Python that the target admits is on this machine",
        why="a test environment is made of one that its requires-python allows",
        next_step="install one, with its venv module (on Debian and Ubuntu: python3-venv)",
    )


def _created(python: str, folder: Path, progress: Progress) -> list[str]:
    """Make an empty environment; returns the command of the pip that serves it."""
    progress("making a test environment")
    own = str(folder / "bin" / "python")
    if _run([python, "-m", "venv", str(folder)]).returncode == 0:
        return [own, "-m", "pip"]
    shutil.rmtree(folder, ignore_errors=True)
    # ensurepip is a package of its own on some systems, so the pip that is there serves the new one from outside.
    made = _run([python, "-m", "venv", "--without-pip", str(folder)])
    pip = [python, "-m", "pip", "--python", own]
    if made.returncode == 0 and _run([*pip, "--version"]).returncode == 0:
        return pip
    raise ToolError(
        f"{python} cannot make a virtual environment that pip can fill", why=_tail(made.stdout.splitlines()),
        next_step="install its venv module and pip (on Debian and Ubuntu: python3-venv)",
    )  # fmt: skip


def _installs(wanted: Dependencies, root: Path) -> list[list[str]]:
    """The arguments of each run of pip: a file with hashes cannot be installed beside what has none."""
    hashed = [path for path in wanted.files if "--hash=" in (root / path).read_text("utf-8", "replace")]
    runs = [["-r", path] for path in hashed]
    named = f".[{','.join(wanted.extras)}]" if wanted.extras else "."
    own = ["--use-pep517", "-e", named] if wanted.is_package else []
    rest = [word for path in wanted.files if path not in hashed for word in ("-r", path)]
    together = [*own, *rest, *wanted.requirements]
    return [*runs, together] if together else runs


def _install(command: Sequence[str], root: Path, progress: Progress) -> None:
    """Run pip and tell of each thing that it does; its last lines are the reason where it fails."""
    last: deque[str] = deque(maxlen=_LINES)
    process = subprocess.Popen(
        command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", env=_variables(os.environ), start_new_session=True,
    )  # fmt: skip
    assert process.stdout
    try:
        with process.stdout:
            for line in process.stdout:
                if line.strip():
                    last.append(line.rstrip())
                    progress(f"test environment: {line.strip()[:60]}")
        status = process.wait()
    finally:
        if process.poll() is None:  # it was interrupted: neither pip nor a build that it started goes on
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if status:
        raise ToolError(
            "the test environment could not be made: pip failed", why=_tail(last),
            next_step='make one by hand, and name it:  [test] environment = "PATH"  in the target\'s settings',
        )  # fmt: skip


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False, env=_variables(os.environ),
    )  # fmt: skip


def _variables(outside: Mapping[str, str]) -> dict[str, str]:
    """The person's own variables, for their index and proxy, without those that lead a Python elsewhere."""
    kept = {k: v for k, v in outside.items() if not k.startswith("PYTHON") and k not in {"VIRTUAL_ENV", "PIP_TARGET"}}
    fixed = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    return {**kept, **fixed}


def _tail(lines: Sequence[str] | deque[str]) -> str:
    return "\n  ".join(list(lines)[-_LINES:])


def _see(environment: Path, folder: Path) -> None:
    """Let an environment import from a folder."""
    for packages in environment.glob("lib/python3*/site-packages"):
        (packages / "nova_target.pth").write_text(f"{folder}\n", encoding="utf-8")


def _left_by_builds(root: Path) -> set[Path]:
    """Folders beside the code as setuptools leaves them when it builds; no installed target needs them."""
    return {
        path for folder in (root, root / "src") if folder.is_dir() for path in folder.iterdir()
        if path.is_dir() and path.name.rpartition(".")[2] in _WITHIN
    }  # fmt: skip
