"""Installs a built wheel where the source tree cannot be seen, and reviews a small repository with it.

Only what the wheel itself asks for is installed, pinned and hashed as in ``constraints.txt``: a package that is used
but not declared, or a data file that is left out, shows here and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = '''"""A shelf of books."""


def load(paths=[]):
    """Everything that the paths hold."""
    for path in paths:
        paths.append(open(path).read())
    return paths
'''


def main(arguments: list[str] | None = None) -> int:
    """Install, ask for the version, review."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    wheel: Path = parser.parse_args(arguments).wheel.resolve()
    with tempfile.TemporaryDirectory(prefix="nova-smoke-") as scratch:
        place = Path(scratch).resolve()
        nova = _install(wheel, place)
        version = _output(place, nova, "--version").strip()
        if version.split()[-1] != wheel.name.split("-")[1]:
            raise SystemExit(f"nova --version says {version!r}, the wheel is called {wheel.name}")
        _review(nova, place)
    print(f"smoke: {wheel.name} installs, says {version!r}, reviews, explains and routes")
    return 0


def run_time_pins(constraints: str, wanted: set[str]) -> str:
    """The entries of a constraints file for the packages ``wanted``, hashes included."""
    entries = re.split(r"\n(?=\S)", constraints)
    return "".join(f"{entry.rstrip()}\n" for entry in entries if canonicalize_name(_name(entry)) in wanted)


def closure(distribution: str) -> set[str]:
    """Every package that a distribution needs here, through those that it needs, with the extras that they ask for."""
    seen = {(distribution, "")}
    waiting = [*seen]
    while waiting:
        package, extra = waiting.pop()
        for text in requires(package) or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                name = canonicalize_name(requirement.name)
                more = {(name, asked) for asked in ("", *requirement.extras)} - seen
                seen |= more
                waiting += more
    return {name for name, _ in seen if name != distribution}


def _name(entry: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", entry)
    return match.group() if match else ""


def _install(wheel: Path, place: Path) -> Path:
    """A new environment with the wheel in it; the path of its ``nova``."""
    pins = place / "pins.txt"
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins.write_text(run_time_pins(constraints, closure("nova-review")), encoding="utf-8")
    venv.create(place / "environment", with_pip=False)
    python = place / "environment" / "bin" / "python"
    pip = (*_pip(), "--disable-pip-version-check", "--python", str(python))
    _output(place, *pip, "install", "-qq", "--require-hashes", "-r", pins)
    _output(place, *pip, "install", "-qq", "--no-deps", wheel)
    _output(place, *pip, "check")
    return python.with_name("nova")


def _pip() -> tuple[str, ...]:
    """A pip to install with: the environment's own where it has one, else that of the Python it was made from."""
    for python in (sys.executable, str(Path(sys.base_prefix, "bin", "python3"))):
        if subprocess.run((python, "-m", "pip", "--version"), capture_output=True, check=False).returncode == 0:
            return (python, "-m", "pip")
    raise SystemExit("smoke: there is no pip to install the wheel with")


def _review(nova: Path, place: Path) -> None:
    """Make a repository of one file, read what Nova says of it, and ask for more, as one who never ran Nova before."""
    shelf = place / "shelf"
    shelf.mkdir()
    (shelf / "shelf.py").write_text(SAMPLE, encoding="utf-8")
    home = {"HOME": str(place)} | {f"XDG_{kind}_HOME": str(place / kind) for kind in ("CACHE", "CONFIG", "DATA")}
    author = ("-c", "user.name=Reader", "-c", "user.email=reader@example.invalid")
    _output(shelf, "git", "init", "-q", **home)
    _output(shelf, "git", "add", ".", **home)
    _output(shelf, "git", *author, "commit", "-qm", "A shelf", **home)
    answer = json.loads(_output(shelf, nova, "review", "--format", "json", "--all", **home))
    if answer["status"] != "complete" or not answer["findings"]:
        raise SystemExit(f"smoke: a review of a known fault ended {answer['status']} with {answer['findings']}")
    told = _output(shelf, nova, "ask", "--agent", "explainer", "explain shelf.py", **home)
    if "shelf.py:4" not in told:
        raise SystemExit(f"smoke: explainer says of a function on line 4: {told!r}")
    chosen = json.loads(_output(shelf, nova, "route", "--format", "json", "find dead code", **home))
    if chosen["agent"] != "refactor-scout":
        raise SystemExit(f"smoke: a request for dead code goes to {chosen['agent']}")
    for command in ("review", "targets", "doctor"):
        _output(shelf, nova, command, **home)


def _output(folder: Path, *command: str | Path, **settings: str) -> str:
    """What a command prints; this process's own Python settings are kept from it."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, cwd=folder, env=environment | settings, capture_output=True, text=True, check=False)
    if done.returncode:
        shown = " ".join(str(word) for word in command)
        raise SystemExit(f"smoke: {shown}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
