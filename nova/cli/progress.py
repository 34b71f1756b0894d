"""A bar on the terminal that says what is being done; nothing where standard error is no terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 0.3
"""Seconds that pass before a bar is shown: quick answers need none."""


class Bar:
    """Progress by rich, begun only when the work takes a while."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._progress: Any = None
        self._task: Any = None

    def __call__(self, doing: str, done: int = 0, of: int = 0) -> None:
        """Show ``done`` of ``of`` steps of what is being done."""
        if self._progress is None:
            if time.monotonic() - self._began < PATIENCE:
                return
            self._start()
        self._progress.update(self._task, description=doing, completed=done, total=of or None)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def stop(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


@contextmanager
def bar() -> Iterator[Any]:
    """A progress for the length of one command."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda doing, done=0, of=0: None
        return
    shown = Bar()
    try:
        yield shown
    finally:
        shown.stop()
