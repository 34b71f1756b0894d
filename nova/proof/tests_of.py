"""The tests of a subject, where they may and can be run: trust, sandbox, environment, in this order."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nova import config
from nova.proof.environments import NoEnvironment, environment_of
from nova.proof.making import Workshop, suitable
from nova.proof.pythons import admitted, required
from nova.proof.testing import Untestable
from nova.proof.trust import is_trusted, untrusted
from nova.proof.venvs import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.ports import Progress
    from nova.proof.allowed import Allowed, Keeps
    from nova.proof.environment import Environment
    from nova.proof.running import Runner
    from nova.proof.testbed import TestBed
    from nova.subject import Subject
    from nova.targets import Target

_LEFT_OUT = frozenset({
    ".git", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".tox", ".nox", "node_modules",
})  # fmt: skip
_LARGE = 10_000_000
"""A file of more bytes than this is known by its size and time."""


def tests_of(subject: Subject, allowed: Allowed, keeps: Keeps | None, progress: Progress) -> TestBed | Untestable:
    """The tests, ready to be run, or why there are none.

    Raises ``ToolError`` where an environment was asked for and could not be made.
    """
    from nova.proof.testbed import Cache, TestBed

    places = config.places()
    if not subject.on_disk:
        return Untestable("what is judged does not lie in a work tree", "clone it, and prove it there")
    root = Path(subject.root).resolve()
    clone = (allowed.clone or root).resolve()
    if not is_trusted(subject):
        return untrusted(str(allowed.clone or subject.root), subject.target, places.targets)
    runner = _runner(unsandboxed=allowed.unsandboxed)
    if isinstance(runner, Untestable):
        return runner
    progress("looking for the test environment")
    environment = find_environment(root, subject.target, places.environments, clone)
    if isinstance(environment, NoEnvironment) and allowed.make_env:
        shop = Workshop(places.environments, clone)
        shop.make(environment.runner, _pythons(clone), progress, allowed.say)
        environment = find_environment(root, subject.target, places.environments, clone)
    if isinstance(environment, Untestable):
        return environment
    cache = Cache(keeps.get, keeps.put) if keeps is not None else None
    return TestBed(root, environment, runner, lambda: _contents(root), cache, at=clone)


def find_environment(root: Path, target: Target, home: Path, clone: Path | None = None) -> Environment | Untestable:
    """The test environment of a target, as its files tell; ``home`` is where those lie that Nova made.

    ``clone`` is where it is looked for, where ``root`` is a passing work tree of that repository.
    """
    cache, data = config.shared_folders()
    elsewhere = Elsewhere(config.active_environment(), Path(sys.prefix), cache, data)
    shop = Workshop(home, clone or root)
    made = [one for runner in ("pytest", "unittest") if (one := shop.made(runner)) is not None]
    found = environment_of(
        root,
        command=target.test_command,
        declared=target.test_environment,
        elsewhere=elsewhere,
        made=made,
        clone=clone,
    )
    if isinstance(found, NoEnvironment) and not made and shop.has_others():
        return NoEnvironment(
            "the environment that Nova made for its tests is of other dependencies than the target names now",
            "--make-env makes it anew", found.runner,
        )  # fmt: skip
    return found


def _runner(*, unsandboxed: bool) -> Runner | Untestable:
    if unsandboxed:
        from nova.proof.plain import Plain

        return Plain()
    from nova.proof.availability import Missing, available

    found = available()
    if isinstance(found, Missing):
        return Untestable(
            f"there is no sandbox to run its tests in: {found.why}",
            f"{found.next_step}; --unsandboxed runs them without one (nova doctor tells more)",
        )
    return found


def _pythons(root: Path) -> list[str]:
    """Pythons to make an environment of: the one that the target pins, then that of Nova, then the newest."""
    texts = [_text(root / name) for name in ("pyproject.toml", "setup.cfg", "setup.py")]
    pinned = ".".join(_text(root / ".python-version").strip().split(".")[:2])
    own = f"3.{sys.version_info[1]}"
    versions = admitted(required(texts[0], texts[1:]))
    found = suitable(versions, [pinned, own], config.python_folders())
    return [sys.executable, *found] if own in versions and pinned in {"", own} else found


def _contents(root: Path) -> Iterator[tuple[str, bytes]]:
    """What a run of the tests may read of the target: environments, caches and git's own folder aside."""
    for at, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _LEFT_OUT and not os.path.exists(os.path.join(at, name, "pyvenv.cfg"))
        )
        for name in sorted(names):
            path = Path(at, name)
            try:
                state = path.lstat()
                if path.is_symlink():
                    data = os.fsencode(path.readlink())
                elif not path.is_file():
                    continue
                elif state.st_size > _LARGE:
                    data = f"{state.st_size} {state.st_mtime_ns}".encode()
                else:
                    data = path.read_bytes()
            except OSError:
                data = b"cannot be read"
            yield path.relative_to(root).as_posix(), data


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""
