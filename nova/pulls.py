"""A pull request as a subject of review: found, fetched, and compared like any change. Its code never runs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova import app, config, targets
from nova.errors import NovaError, UsageError
from nova.git import Git
from nova.github import address, token
from nova.github.fetching import bare, fetched, remotes
from nova.living.port import Refused, Uncertain
from nova.living.writes import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.answer import Review
    from nova.github.address import Address
    from nova.github.forge import GitHubForge
    from nova.github.token import Token
    from nova.living.values import Pull
    from nova.ports import Progress
    from nova.request import Request
    from nova.subject import Subject
    from nova.targets import Target


TRIES = 3
"""Times that the light is set, where a connection breaks off: it is read first, and set where it is not there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A repository on GitHub with its forge, and the clone of it where there is one here."""

    address: Address
    token: Token | None
    forge: GitHubForge
    git: Git | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A pull request whose commits are here: ``subject`` is its change, ``request`` asks for a review of that."""

    place: Place
    pull: Pull
    subject: Subject
    request: Request


def place_of(request: Request, progress: Progress) -> Place:
    """Where a request's repository is on GitHub. Raises ``NovaError`` where that is not to be found out."""
    from nova.github.calls import Calls
    from nova.github.forge import GitHubForge

    git, own = _clone(request)
    found = address.find(
        config.github(),
        remotes(git) if git is not None else (),
        own_api=own.github_api if own else "",
        own_repository=own.github_repository if own else "",
        where=f"in {git.folder}" if git is not None else "here",
    )
    signed = token.find(config.github(), found)
    forge = GitHubForge(Calls(found, signed, progress), found.repository, signed)
    if git is not None and not _leads_to(git, found.repository):
        git = None
    return Place(found, signed, forge, git)


def opened(request: Request, place: Place, progress: Progress, *, post: bool = False) -> Opened:
    """The pull request that a request names, with its commits fetched. Raises ``NovaError``.

    ``post``: where that fails once the pull request is known, the light beside its head says so.
    """
    assert request.pull is not None
    progress("reading the pull request")
    pull = place.forge.pull(request.pull)
    with told_of(place, pull.head.commit, "auto" if post and pull.is_open else "none"):
        progress("fetching its commits")
        owner, _, name = place.address.repository.partition("/")
        git = place.git or bare(config.places().data / "clones" / place.address.host / owner / f"{name}.git")
        base, head = fetched(git, pull, place.address, place.token)
        if git.bare:
            git.write("update-ref", "--no-deref", "HEAD", base)
        asked = replace(request, path=Path(git.folder), diff=f"{base}...{head}")
        found = app.find_subject(asked)
    words = f"pull request #{pull.number}, {base[:10]}...{head[:10]}"
    if git.bare:  # it is Nova's own: that it has no work tree means nothing to a person
        found = replace(found, notices=())
    settings = replace(found.target, trusted=False) if pull.is_from_fork else found.target
    return Opened(place, pull, replace(found, words=words, target=settings), asked)


@contextmanager
def told_of(place: Place, head: str, way: str) -> Iterator[None]:
    """Let a failure inside show beside a commit: a light that stays as it was could be taken for a pass."""
    try:
        yield
    except Exception as error:
        if way != "none" and not getattr(error, "is_outdated", False):
            why = error.what if isinstance(error, NovaError) else "Nova failed; the log of the run tells more."
            try:
                place.forge.report(Report(head, "failure", "Nova could not review this", why), way)
            except (Refused, Uncertain, NovaError):
                raise error from None
        raise


def dark(opened: Opened, light: Report, way: str) -> str:
    """Set the light beside the commit; why that could not be done, empty where it was."""
    if way == "none":
        return ""
    last = ""
    for _ in range(TRIES):
        try:
            opened.place.forge.report(light, way)
        except Refused as refusal:
            return refusal.why
        except Uncertain as error:
            last = str(error)
        else:
            return ""
    return last


def uploaded(opened: Opened, answer: Review) -> list[str]:
    """Hand the analysis to code scanning; a sentence where that failed."""
    from nova.report import render
    from nova.rule_texts import texts

    head = opened.subject.head
    assert head is not None
    try:
        opened.place.forge.upload(opened.pull.number, head.commit, render(answer, "sarif", rules=texts()))
    except (Refused, Uncertain, NovaError) as error:
        return [f"SARIF was not uploaded: {error}"]
    return []


def _leads_to(git: Git, repository: str) -> bool:
    """Whether a clone is of the repository, by any of its remotes."""
    found = [address.of_remote(url) for url in remotes(git)]
    return any(one is not None and one[1].casefold() == repository.casefold() for one in found)


def _clone(request: Request) -> tuple[Git | None, Target | None]:
    """The clone that is meant, where there is one, and the person's own settings for it.

    Those in the files that lie in the clone are not looked at: they may be the pull request's.
    """
    places = config.places()
    named = targets.named(request.target, places.targets) if request.target else None
    if named is not None and named.path is None and request.path is None:
        return None, named
    folder = request.path or (targets.folder_of(named) if named is not None else Path.cwd())
    return Git.at(folder if folder.is_dir() else folder.parent), named


def refuse_mixed(request: Request, *, post: bool) -> None:
    """Raise ``UsageError`` for flags that do not go with a pull request."""
    if request.pull is None:
        if post:
            raise UsageError("--post needs a pull request", next_step="nova review --pr NUMBER --post")
        return
    for flag, given in (("--diff", request.diff), ("--staged", request.staged), ("--baseline", request.baseline)):
        if given:
            raise UsageError(f"--pr and {flag} ask for two different changes", next_step="give one of them")
    if post and (request.path or request.select or request.ignore or request.new):
        raise UsageError(
            "--post speaks of the whole change", why="what is left out would look as if it were mended",
            next_step="leave PATH, --select, --ignore and --new out",
        )  # fmt: skip
