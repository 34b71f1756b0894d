"""The road of ``nova improve``: what people answered -> a review -> the best proved fixes as proposals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova import app, config, proposals, pulls, targets
from nova.errors import GitError, NovaError, TargetError, UsageError
from nova.git import Git
from nova.github.address import of_remote
from nova.github.fetching import remotes
from nova.living.port import Refused, Uncertain
from nova.offering import offer
from nova.syncing import sync

if TYPE_CHECKING:
    from nova.answer import Review
    from nova.ports import Progress
    from nova.proposals import Asked, Proposed
    from nova.pulls import Place
    from nova.request import Request
    from nova.syncing import Synced

OWN = "nova"
"""The target that is Nova itself."""
SHORT = 120
"""Characters of a reason that is told on the same line."""
HOME = Path(__file__).resolve().parent.parent
"""The folder that holds the package that runs."""


@dataclass(frozen=True, slots=True)
class Improved:
    """What one turn of the loop came to. ``unsynced`` tells why nothing was taken in, where nothing was."""

    root: str
    synced: Synced | None
    unsynced: str
    review: Review
    proposed: Proposed
    numbers: dict[str, int]
    """The pull request of each branch."""
    lines: tuple[str, ...] = ()
    """Sentences on what was posted."""
    is_whole: bool = True
    """Whether all that was to be read and posted was."""


def where(path: Path | None, target: str | None, database: Path | None) -> Request:
    """A request for what is to be improved: what is named, else the repository that holds Nova's own source.

    Raises ``UsageError`` where there is none, and ``TargetError`` for a target without a path.
    """
    from nova.request import Request

    if path is None and target is None:
        return replace(own(HOME), database=database)
    named = targets.named(target, config.places().targets) if target is not None else None
    folder = path if path is not None or named is None else targets.folder_of(named)
    assert folder is not None
    if not folder.exists():
        raise UsageError(f"there is no folder {folder}", next_step="nova improve PATH, or --target NAME")
    git = Git.at(folder if folder.is_dir() else folder.parent)
    if git is None:
        raise UsageError(f"{folder} is in no git repository", why="a proposal is a branch")
    return Request(path=Path(git.folder), target=target, database=database)


def own(home: Path) -> Request:
    """Nova's own repository: that of the person's own target called nova, else the checkout that runs."""
    from nova.request import Request

    try:
        named = targets.named(OWN, config.places().targets)
        folder = targets.folder_of(named)
        if Path(named.source).resolve().parent != targets.shipped().resolve():
            return replace(where(folder, None, None), target=OWN)
    except TargetError:
        folder = home
    git = Git.at(folder)
    if git is None or Path(git.folder).resolve() != home or not (home / "repo_targets" / "nova.toml").is_file():
        raise UsageError(
            "there is no checkout of Nova's own source to improve",
            why=f"this Nova runs from {home}, where it was installed without its repository",
            next_step="name a repository:  nova improve PATH  (a clone of Nova, or any other), or  --target NAME",
        )
    return Request(path=home)


def improve(request: Request, asked: Asked, progress: Progress, *, post: bool) -> Improved:
    """One turn of the loop. ``asked.write`` False writes no branch, no comment and no verdict. Raises ``NovaError``.

    What goes wrong in taking in answers is told, and the rest is done all the same.
    """
    synced, unsynced, is_heard = _synced(request, progress, write=asked.write)
    found = app.find_subject(request)
    if found.head is None:
        raise GitError("there is no commit yet, so there is nothing to improve")
    review = app.review(found, replace(request, shown=True), progress)
    if post:
        done = offer(request, asked, progress)
        whole = is_heard and done.is_whole
        return Improved(
            found.root, synced, unsynced, review, done.proposed, done.numbers, done.lines, whole
        )  # fmt: skip
    proposed = proposals.propose(request, asked, progress)
    return Improved(found.root, synced, unsynced, review, proposed, {}, (), is_heard)


def _synced(request: Request, progress: Progress, *, write: bool) -> tuple[Synced | None, str, bool]:
    """What people answered; where nothing could be taken in why, and whether that is no failure."""
    try:
        place = pulls.place_of(request, progress)
    except NovaError as error:
        is_meant = _names_github(request)
        return None, error.what if is_meant else "no remote of this clone leads to GitHub", not is_meant
    lacks = _lacking(place)
    if lacks:
        return None, lacks, True
    try:
        done = sync(request, progress, write=write)
    except NovaError as error:
        why = f" ({error.why})" if error.why and len(error.why) <= SHORT else ""  # a broken connection says a lot
        return None, f"{error.what}{why}", False
    except (Refused, Uncertain) as error:
        return None, str(error), False
    return done, "", done.is_whole


def _names_github(request: Request) -> bool:
    """Whether anything says which repository on GitHub is meant."""
    git = Git.at(request.path) if request.path is not None else None
    own = targets.named(request.target, config.places().targets).github_repository if request.target else ""
    known = remotes(git) if git is not None else ()
    return bool(own or config.github().repository or any(map(of_remote, known)))


def _lacking(place: Place) -> str:
    """What there must be before anything can be taken in, and is not."""
    if place.token is None:
        return f"there is no token for {place.address.host} (docs/github.md)"
    if place.git is None:
        return f"this is no clone of {place.address.repository}"
    return ""
