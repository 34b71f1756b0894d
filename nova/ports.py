"""What the road needs of the world, as small as its caller: any object that fits will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from memory import Changes, Life, Run, Verdict


class Remembered(Protocol):
    """Memory while it is held."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the person about the state that memory was found in."""
        ...

    def page(self, target: str, name: str) -> tuple[str, bytes] | None:
        """A named blob and the key that it was kept under."""
        ...

    def keep_page(self, target: str, name: str, key: str, data: bytes) -> None:
        """Keep a named blob in place of the one before."""
        ...

    def together(self, work: Callable[[], None]) -> None:
        """Do what ``work`` keeps at once, or none of it."""
        ...

    def cached(self, target: str, keys: Sequence[str]) -> dict[str, bytes]:
        """File reports by cache key, those that there are."""
        ...

    def keep(self, target: str, entries: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep file reports: path, cache key, bytes."""
        ...

    def lives(self, target: str) -> list[Life]:
        """Every finding ever seen in a target."""
        ...

    def verdicts(self, target: str) -> list[Verdict]:
        """Every verdict on a target."""
        ...

    def targets(self) -> list[str]:
        """The targets that anything is known of."""
        ...

    def runs(self, target: str, most: int = 20) -> list[Run]:
        """The last runs, newest first."""
        ...

    def stamp(self, target: str) -> str:
        """A text that is new after every run or verdict of a target."""
        ...

    def run(self, run: Run, changes: Changes) -> None:
        """Record a finished run and what it did to the lives."""
        ...


class Progress(Protocol):
    """Tells a person what is being done."""

    def __call__(self, doing: str, done: int = 0, of: int = 0) -> None:
        """``done`` of ``of`` steps of what is being done."""
        ...


def silent(doing: str, done: int = 0, of: int = 0) -> None:
    """A progress that nobody sees."""
