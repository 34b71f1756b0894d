"""A type checker over a copy of the target's Python files: once as they are, once more for each patch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nova.proof.checkers import relative, runs_code, used
from nova.proof.tools import Diagnostic, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nova.proof.case import Patch
    from nova.proof.checkers import Checker

SECONDS = 300
_SETTINGS = ("pyproject.toml", "setup.cfg", "mypy.ini", ".mypy.ini", "ty.toml", "pyrefly.toml")


class TypeChecker:
    """The checker that a target uses, else one that is here. The copy is made when it is first needed."""

    def __init__(self, root: str, paths: Iterable[str], *, trusted: bool, beside: Iterable[Path] = ()) -> None:
        self._root = Path(root)
        self._paths = tuple(paths)
        self._trusted = trusted
        self._beside = tuple(beside)
        self._folder: Path | None = None
        self._before: dict[str, tuple[Diagnostic, ...] | str] = {}
        self._checker: Checker | None = None
        self._program = ""
        self._version = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def is_there(self) -> bool:
        """Whether any type checker is to be had."""
        return self._chosen() is not None

    @property
    def version(self) -> str:
        """What the checker says of itself; empty where there is none."""
        return self._version if self._chosen() is not None else ""

    def check(self, patch: Patch) -> Typed:
        """What it says of the packages that hold the files of a patch, before and after."""
        checker = self._chosen()
        if checker is None:
            return Typed("", "", failed="no type checker is on this machine: ty, mypy and pyrefly are known")
        folder = self._copied()
        scope = sorted({self._package(change.path) for change in patch.files})
        command = f"{checker.name} {' '.join(scope)}"
        key = "\0".join(scope)
        if key not in self._before:
            self._before[key] = self._run(checker, scope)
        before = self._before[key]
        if isinstance(before, str):
            return Typed(command, self._version, failed=f"as it was before: {before}")
        kept = {c.path: (folder / c.path).read_bytes() if (folder / c.path).is_file() else None for c in patch.files}
        try:
            for change in patch.files:
                _put(folder / change.path, change.after)
            after = self._run(checker, scope)
        finally:
            for path, data in kept.items():
                _put(folder / path, data)
        if isinstance(after, str):
            return Typed(command, self._version, failed=after)
        return Typed(command, self._version, before, after)

    def _chosen(self) -> Checker | None:
        if self._checker is None:
            for checker in used(self._settings()):
                program = self._find(checker.name)
                if program:
                    self._checker, self._program = checker, program
                    self._version = _version(program)
                    break
        return self._checker

    def _find(self, name: str) -> str:
        folders = [*self._beside, Path(sys.executable).parent]
        if self._trusted:
            folders = [self._root / ".venv" / "bin", self._root / "venv" / "bin", *folders]
        beside = next((str(f / name) for f in folders if os.access(f / name, os.X_OK)), "")
        return beside or shutil.which(name) or ""

    def _settings(self) -> Mapping[str, str]:
        return {
            name: (self._root / name).read_text("utf-8", "replace")
            for name in _SETTINGS if (self._root / name).is_file()
        }  # fmt: skip

    def _copied(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="nova-types-")).resolve()
            for path in (*self._paths, *_SETTINGS):
                source, place = self._root / path, self._folder / "files" / path
                if source.is_file() and not source.is_symlink():
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, place)
        return self._folder / "files"

    def _package(self, path: str) -> str:
        """The topmost package that holds a file, or the file itself."""
        top = path
        folder = path.rpartition("/")[0]
        while folder and (self._root / folder / "__init__.py").is_file():
            top = folder
            folder = folder.rpartition("/")[0]
        return top

    def _run(self, checker: Checker, scope: list[str]) -> tuple[Diagnostic, ...] | str:
        """The diagnostics, or why there are none."""
        assert self._folder is not None
        folder = self._folder / "files"
        values = {"cache": str(self._folder / "cache"), "python": self._python()}
        arguments = [argument.format(**values) for argument in checker.arguments]
        if checker.name == "mypy" and not self._trusted and runs_code(self._settings()):
            arguments.append("--config-file=")
        wanted = [path for path in scope if (folder / path).exists()]
        if not wanted:
            return ()
        try:
            run = subprocess.run(
                [self._program, *arguments, "--", *wanted], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                timeout=SECONDS, check=False,
                env={k: v for k, v in os.environ.items() if not k.startswith(("MYPY", "TY_", "PYREFLY_", "PYTHON"))},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"{checker.name} took longer than {SECONDS} seconds"
        except OSError as error:
            return f"{checker.name} could not be started: {error.strerror or error}"
        out = run.stdout.decode("utf-8", "replace")
        try:
            found = relative(checker.read(out), str(folder))
        except (ValueError, KeyError, TypeError):
            return f"{checker.name} failed: {_first_line(run.stderr) or _first_line(run.stdout)}"
        if run.returncode not in {0, 1}:
            return f"{checker.name} failed: {_first_line(run.stderr) or _first_line(run.stdout)}"
        return found

    def _python(self) -> str:
        """The Python whose packages the checker may see: the target's own only where it may be run."""
        for name in (".venv", "venv") if self._trusted else ():
            own = self._root / name / "bin" / "python"
            if own.is_file():
                return str(own)
        return sys.executable


def _put(place: Path, data: bytes | None) -> None:
    if data is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def _version(program: str) -> str:
    try:
        run = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return _first_line(run.stdout)


def _first_line(data: bytes) -> str:
    return next((line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()), "")[:300]
