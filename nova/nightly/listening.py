"""The beginning of a night: what people answered on GitHub is taken in, where there is GitHub and a token for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.errors import NovaError
from nova.living.port import Refused, Uncertain

if TYPE_CHECKING:
    from nova.ports import Progress
    from nova.request import Request
    from nova.syncing import Synced


LEFT_OUT = "GitHub was left out"
"""How it is told that nobody was listened to."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it in a line, and what else is to be told."""

    said: str
    news: bool = False
    """Whether anything was recorded or answered."""
    is_whole: bool = True
    notices: tuple[str, ...] = ()


def listen(request: Request, progress: Progress) -> Heard:
    """Take in what people answered; what is in the way is told, and is no reason to have no night."""
    from nova import pulls, syncing
    from nova.github.errors import GitHubError

    try:
        place = pulls.place_of(request, progress)
    except GitHubError as error:
        return Heard(f"{LEFT_OUT}: {error.what}")
    except NovaError as error:
        return Heard(f"{LEFT_OUT}: {error.what}", is_whole=False)
    if place.git is None:
        return Heard(f"{LEFT_OUT}: this is no clone of {place.address.repository}")
    if place.token is None:
        return Heard(f"{LEFT_OUT}: there is no token for {place.address.host}")
    try:
        done = syncing.sync(request, progress, place)
    except (Refused, Uncertain) as error:
        return Heard(f"{LEFT_OUT}: {error}", is_whole=False)
    except NovaError as error:
        why = f" ({error.why})" if error.why else ""
        return Heard(f"{LEFT_OUT}: {error.what}{why}", is_whole=False)
    return _told(done)


def _told(done: Synced) -> Heard:
    parts = [
        _counted(len(done.verdicts), "verdict"),
        _counted(done.settled, "settled thread"),
        _counted(len(done.proposals), "proposal that came to an end", "proposals that came to an end"),
        _counted(done.answers, "answer written", "answers written"),
    ]
    some = [part for part in parts if not part.startswith("0 ")]
    read = f"listened to GitHub: {_counted(done.read, 'pull request')} read"
    said = f"{read}, {', '.join(some)}" if some else f"{read}, nothing new"
    return Heard(said, bool(done.verdicts or done.proposals or done.answers), done.is_whole, tuple(done.notices))


def _counted(number: int, word: str, plural: str = "") -> str:
    return f"{number} {word if number == 1 else plural or word + 's'}"
