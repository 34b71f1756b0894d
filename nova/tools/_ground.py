"""What several tools share: the repository of a world, its files, its memory, and answers as plain data."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.ports import silent
from nova.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from memory import Memory
    from nova.answer import Review
    from nova.git import Git
    from nova.ports import Progress
    from nova.subject import Subject
    from nova.tools import World

LARGEST = 2_000_000
"""Bytes of a file beyond which it is not read for an answer."""


def git_of(world: World) -> Git:
    """The repository that the world's folder lies in.

    Raises ``UsageError`` where there is none.
    """
    from nova.git import Git

    found = Git.at(world.folder)
    if found is None:
        raise UsageError(f"{world.folder} is not inside a git repository", next_step="name a folder that is in one")
    return found


def root_of(world: World) -> Path:
    """The root of the repository, or the folder itself where it is in none."""
    from nova.git import Git

    found = Git.at(world.folder)
    return Path(found.folder) if found is not None else Path(os.path.realpath(world.folder))


def place_of(world: World, path: str) -> tuple[Path, str]:
    """The root, and a path below it as the repository writes it; what the person means counts from where they stand.

    Raises ``UsageError`` for what is not there, or lies outside of the repository.
    """
    root = root_of(world)
    given = Path(os.path.expanduser(path))
    for candidate in (world.folder / given, root / given):
        if os.path.lexists(candidate):
            real = Path(os.path.realpath(candidate))
            if real != root.resolve() and root.resolve() not in real.parents:
                raise UsageError(f"{path} lies outside of {root}", why="only the repository itself is read")
            return root, "" if real == root.resolve() else real.relative_to(root.resolve()).as_posix()
    raise UsageError(f"there is no file or folder {path}", next_step="name it from the root of the repository")


def text_of(root: Path, path: str) -> str:
    """The text of a file below the root, with lines as the parser counts them.

    Raises ``UsageError`` for what is no text, or too large.
    """
    from reviewers.text import Undecodable, decoded, unified

    place = root / path
    try:
        if place.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than {LARGEST / 1e6:.0f} MB")
        return unified(decoded(place.read_bytes()))
    except OSError as error:
        raise UsageError(f"{path} cannot be read", why=error.strerror or str(error)) from error
    except Undecodable as error:
        raise UsageError(f"{path} is no text: {error}") from error


def request_of(world: World, path: str = "", **more: Any) -> Request:
    """A request for a review, by default of the whole repository."""
    place = root_of(world)
    if path:
        root, below = place_of(world, path)
        place = root / below if below else root
    return Request(path=place, target=world.target, database=world.database, **more)


def reviewed(request: Request, progress: Progress = silent) -> tuple[Subject, Review]:
    """What ``nova review`` answers to a request, by the same road."""
    from nova import app

    found = app.find_subject(request)
    return found, app.review(found, request, progress)


def subject_of(world: World) -> Subject:
    """The repository as a review sees it."""
    from nova import app

    return app.find_subject(request_of(world))


@contextmanager
def memory_of(world: World) -> Iterator[Memory]:
    """The person's memory, held for as long as the block runs.

    Raises ``UsageError`` where it cannot be had.
    """
    from nova import app

    with app.remembered(Request(database=world.database), silent) as memory:
        yield memory


def plain(review: Review) -> dict[str, Any]:
    """A review as the data that ``nova review --format json`` prints, with its scope."""
    import json

    from nova.report.as_json import render

    data: dict[str, Any] = json.loads(render(review))
    return data | {"scope": review.scope, "counts": dict(review.counts)}
