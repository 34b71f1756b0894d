"""What a run of tests is handed: our files that run inside the target's Python, and the settings of one run."""

from __future__ import annotations

import json
import secrets
import shutil
import weakref
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proof.environment import Environment

_CHILD = Path(__file__).with_name("child")
_FILES = ("run_tests.py", "telling.py", "lines.py", "pytest_side.py", "unittest_side.py", "facts.py")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one run is asked for. ``tests`` None: all of them; ``most`` failures end it, 0 for no such end.

    ``contexts``: record the lines of each test. ``watched``: record the lines that run in these files.
    """

    tests: Sequence[str] | None = None
    most: int = 0
    contexts: bool = False
    watched: tuple[str, ...] = ()
    plugin: Path | None = None


class Kit:
    """A folder of copies that whoever runs the tests may read, be it nobody. It goes when this object does."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="nova-kit-")).resolve()
        self._gone = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        for name in _FILES:
            self.add(name, (_CHILD / name).read_bytes())

    def add(self, name: str, data: bytes) -> Path:
        """Put a file in; its path."""
        path = self.folder / name
        path.write_bytes(data)
        path.chmod(0o644)
        return path

    def coverage(self) -> Path:
        """A folder that holds Nova's own copy of coverage and nothing else."""
        import coverage

        library = self.folder / "library"
        if not library.exists():
            skipped = shutil.ignore_patterns("__pycache__", "htmlfiles", "*.pyi")
            shutil.copytree(Path(coverage.__file__).parent, library / "coverage", ignore=skipped)
            for path in (library, *library.rglob("*")):
                path.chmod(0o755 if path.is_dir() else 0o644)
        return library

    def close(self) -> None:
        """Remove the folder."""
        self._gone()


def key() -> bytes:
    """A new key for one report."""
    return secrets.token_bytes(32)


def settings(environment: Environment, asked: Asked, secret: bytes, paths: Sequence[Path], without: str) -> bytes:
    """What ``run_tests.py`` reads, and removes."""
    told = {
        "runner": environment.runner,
        "arguments": list(environment.arguments),
        "folder": environment.folder,
        "tests": None if asked.tests is None else list(asked.tests),
        "most": asked.most,
        "contexts": asked.contexts,
        "watched": list(asked.watched),
        "without": [without] if without else [],
        "paths": [str(path) for path in paths],
        "plugin": str(asked.plugin) if asked.plugin else "",
        "report": REPORT,
        "key": secret.hex(),
    }
    return json.dumps(told).encode()


REPORT = "report.jsonl"
LINES = "lines.json"
