"""Writes ``constraints.txt``: every package that running, testing and building Nova needs, pinned, with its hashes.

One resolution serves every platform and every Python from the oldest that ``pyproject.toml`` allows: what only some of
them need carries a marker. The file names packages, versions and hashes, and no place to fetch them from.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

RESOLVER = "uv==0.13.9"
OLDEST_PYTHON = "3.11"
HEADER = "# Made by `make lock`; not to be edited. Install with: pip install --require-hashes -r constraints.txt\n"
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Resolve anew; the versions that are pinned already are kept, unless they are asked to move."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nova-lock-") as scratch:
        environment = Path(scratch, "environment")
        venv.create(environment, with_pip=False)
        python = environment / "bin" / "python"
        _run(sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", RESOLVER)
        resolved = Path(scratch, "constraints.txt")
        locked = ROOT / "constraints.txt"
        if locked.exists() and not options.upgrade:
            resolved.write_text(locked.read_text(encoding="utf-8"), encoding="utf-8")
        _run(
            str(python), "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--universal", "--generate-hashes",
            "--python-version", OLDEST_PYTHON, "--no-header", "--no-annotate", "--extra", "dev",
            *(word for name in options.upgrade_package for word in ("--upgrade-package", name)),
            "--output-file", str(resolved), "pyproject.toml",
        )  # fmt: skip
        locked.write_text(HEADER + resolved.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="move every package to its newest allowed version")
    parser.add_argument("--upgrade-package", metavar="NAME", action="append", default=[], help="move this one")
    return parser


def _run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
