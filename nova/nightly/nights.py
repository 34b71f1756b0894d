"""Several targets one after the other, under one budget and one lock; one that fails does not stop the next."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nova.errors import NovaError
from nova.nightly import journal, turnstile
from nova.nightly.listening import Heard, listen
from nova.nightly.night import WRITING, night

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nova.nightly.night import Night
    from nova.nightly.plan import Plan
    from nova.orchestrator.lines import Plain
    from nova.ports import Progress
    from nova.swarming import Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """One target: the name that it is told by (empty for the only one), and where it is; found out when it is due."""

    name: str
    where: Callable[[], Standing]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one target's night. ``failed`` is why there was none."""

    name: str
    heard: Heard | None = None
    night: Night | None = None
    failed: NovaError | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everything was done that was due: one that is quiet is whole, too."""
        if self.failed is not None or self.night is None or (self.heard is not None and not self.heard.is_whole):
            return False
        return self.night.outcome is None or self.night.outcome.complete


def nights(
    targets: Sequence[Asked],
    plan: Plan,
    folder: Path,
    progress: Progress,
    *,
    tell: Callable[[Told], None],
    hear: Callable[[Plain], None] = lambda _line: None,
) -> list[Told]:
    """The nights of all targets, each told as soon as it is over; ``folder`` is where the lock lies.

    Raises ``UnderWay`` where another process is at its night.
    """
    until = time.monotonic() + plan.minutes * 60
    found: list[Told] = []
    with turnstile.held(folder, _what(targets, plan)) as kept:
        for asked in targets:
            left = (until - time.monotonic()) / 60
            if left <= 0:
                error = NovaError(f"not begun: the {plan.minutes:g} minutes of this night were used up")
                told = Told(asked.name, failed=error)
            else:
                told = _one(asked, replace(plan, minutes=left), kept, progress, hear)
            found.append(told)
            tell(told)
    return found


def _one(
    asked: Asked, plan: Plan, kept: turnstile.Kept, progress: Progress, hear: Callable[[Plain], None]
) -> Told:  # fmt: skip
    from nova.tools import World
    from nova.tools._ground import request_of

    began = time.monotonic()
    heard: Heard | None = None
    try:
        where = asked.where()
        if where.folder.is_dir():
            heard = listen(request_of(World(where.folder, where.database, where.target)), progress)
        used = journal.made(kept.turns, WRITING)
        writes = None if plan.writes is None else max(0, plan.writes - used)
        left = max(plan.minutes - (time.monotonic() - began) / 60, 0.0)
        plan = replace(plan, minutes=left, writes=writes)
        done = night(
            where, plan, heard=heard.said if heard is not None and heard.news else "", turns=tuple(kept.turns),
            begin=kept.begin, listen=hear, progress=progress,
        )  # fmt: skip
    except NovaError as error:
        return Told(asked.name, heard, failed=error)
    except Exception as error:  # noqa: BLE001 - a fault of Nova's own over one target stops no other, and is told
        return Told(asked.name, heard, failed=NovaError("Nova itself failed", why=f"{type(error).__name__}: {error}"))
    return Told(asked.name, heard, done)


def _what(targets: Sequence[Asked], plan: Plan) -> str:
    """What a night is for, as a person reads it, and by which it is known again."""
    names = ", ".join(asked.name for asked in targets if asked.name) or "the repository that one stands in"
    writes = "" if plan.writes is None else f", at most {plan.writes} proposals"
    return f"{names} (fixes: {plan.way.value}{writes})"
