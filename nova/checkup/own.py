"""What is a person's own: memory, targets, and the repository they stand in with the environment of its tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nova import targets
from nova.checkup.check import Check
from nova.config import places
from nova.errors import NovaError, TargetError
from nova.git import Git

if TYPE_CHECKING:
    from collections.abc import Iterator


def memory(database: Path) -> Iterator[Check]:
    """Whether memory can be opened and holds what its journal says; nothing is made."""
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


def settings() -> Iterator[Check]:
    """Every target's settings, and whether its repository is known."""
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


def here() -> Iterator[Check]:
    """The repository that one stands in, and the environment of its tests."""
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
