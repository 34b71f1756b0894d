"""Where a repository stands, as a night sees it: what its answer depends on, and the last night that was whole.

The last night is a fact among the typed memories: so it is in the journal, and an export carries it to another machine.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from nova.errors import GitError, NovaError, UsageError
from nova.living.port import Refused, Uncertain
from nova.nightly.plan import Way
from reviewers.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from memory import Item, Memory
    from nova.request import Request
    from nova.subject import Subject
    from nova.swarming import Standing

SOURCE = "nova nightly"
"""What the memory of a night says of where it is from; by this it is known."""
_TOOLS = ("ruff", "radon", "libcst")


@dataclass(frozen=True, slots=True)
class Seen:
    """A repository before a night: ``stands`` is its files, settings and verdicts, and Nova itself, as a short text."""

    request: Request
    found: Subject
    stands: str


def look(where: Standing, way: Way) -> Seen:
    """Look at a repository. Raises ``NovaError`` where there is none to review."""
    from nova import app, kept
    from nova.tools import World
    from nova.tools._ground import memory_of, request_of

    if not where.folder.is_dir():
        raise UsageError(f"there is no folder {where.folder}", next_step="nova nightly PATH")
    request = request_of(World(where.folder, where.database, where.target))
    found = app.find_subject(request)
    with memory_of(World(where.folder, where.database)) as memory:
        said = sorted(map(repr, memory.verdicts(found.key)))
    stands = digest(
        found.key, found.tree.snapshot.key, repr(found.target), kept.verdict_lines(found), *said, own_code(), way.value
    )
    return Seen(request, found, stands)


def moving(seen: Seen, way: Way) -> str:
    """What a night itself may change: where proposals stand, how many there is room for, and what is on GitHub."""
    from nova import proposals
    from nova.ports import silent
    from nova.proposing import past
    from nova.tools._proposals import now, there

    git = seen.found.git
    if git is None:
        return ""
    try:
        base = proposals.base_of(git, seen.found.target.branch).commit
        room = past.room(proposals.earlier(seen.request, seen.found.key, git, silent), now())
        newest, tips = there(seen.request, silent) if way is Way.DRAFTS else (None, {})
    except GitError as error:
        return error.what
    except (NovaError, Refused, Uncertain) as error:  # GitHub cannot be asked now: nobody knows that nothing changed
        return f"not to be had, {now()}: {error}"
    return digest(base, repr(room), newest.commit if newest else "", *(f"{n} {tips[n]}" for n in sorted(tips)))


def last_whole(where: Standing, seen: Seen, way: Way) -> str:
    """The turn of the last whole night, where nothing changed since; else empty."""
    with _memory(where) as memory:
        item = _newest(memory, seen.found.key)
    if item is None or not item.because.startswith(f"{seen.stands} "):
        return ""
    return item.session if item.because == f"{seen.stands} {moving(seen, way)}" else ""


def keep(where: Standing, seen: Seen, way: Way, turn: str) -> None:
    """Remember that a night was whole, in place of the one before."""
    from memory import Item, Kind
    from nova.tools._proposals import now

    stands, at = f"{seen.stands} {moving(seen, way)}", now()
    told = f"Nova's night of {at[:10]} on this repository was whole (turn {turn})."
    with _memory(where) as memory:
        before = _newest(memory, seen.found.key)
        if before is not None and (before.session, before.because) == (turn, stands):
            return
        item = Item("", Kind.FACT, SOURCE, "last", told, stands, "nova", SOURCE, at, at, session=turn)
        key = f"night {turn} {stands}"
        memory.remember(item, seen.found.key, key, replaces=before.id if before is not None else None)


def _newest(memory: Memory, key: str) -> Item | None:
    from memory import Kind

    told = [i for i in memory.items(key, {Kind.FACT}) if i.source == SOURCE and i.holds and not i.forgotten]
    return max(told, key=lambda item: item.recorded_at, default=None)


@contextmanager
def _memory(where: Standing) -> Iterator[Memory]:
    from nova.tools import World
    from nova.tools._ground import memory_of

    with memory_of(World(where.folder, where.database)) as memory:
        yield memory


@cache
def own_code() -> str:
    """A digest of Nova's own files by what is in them: a fresh checkout of the same commit is the same Nova.

    It is made once in a process, which goes on with the code that it began with.
    """
    from nova.config import places

    home = Path(__file__).resolve().parent.parent.parent
    files = (f for name in ("nova", "reviewers", "memory") for f in (home / name).rglob("*") if f.suffix in _READ)
    parts = [f"{f.relative_to(home).as_posix()}\0{f.read_text('utf-8', 'replace')}" for f in sorted(files)]
    settings = [places().config.parent / "ruff" / name for name in ("ruff.toml", ".ruff.toml", "pyproject.toml")]
    parts += [own.read_text("utf-8", "replace") for own in settings if own.is_file()]
    return digest(*parts, *map(_version, _TOOLS))


_READ = frozenset({".py", ".md", ".txt", ".toml"})


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
