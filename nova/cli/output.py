"""Results on standard output, all else on standard error, and errors in three lines."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from nova.config import wants_colour
from nova.errors import NovaError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

NARROWEST, WIDEST = 60, 120
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that end a command as Ctrl-C does: child processes are stopped and written-out files removed."""


class _Stopped(BaseException):
    """A signal asked for the end."""


def guarded(run: Callable[[], int]) -> int:
    """Run a command; turn what a person may cause into a message and exit code 2."""
    before = {number: signal.signal(number, _stop) for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL}
    try:
        return run()
    except NovaError as error:
        tell_error(error)
        return 2
    except (KeyboardInterrupt, _Stopped):
        _tell("\nnova: stopped; nothing that was remembered before is lost")
        return 2
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave(code: int) -> NoReturn:
    """End the process at once: all is written and closed, and taking the interpreter apart would only take time."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            continue  # nobody is left to be told
    os._exit(code)


def _stop(_number: int, _frame: object) -> None:
    raise _Stopped


def tell_error(error: NovaError) -> None:
    """What, why and what next, on standard error."""
    _tell(f"nova: {_plain(error.what)}")
    for line in (error.why, error.next_step):
        if line:
            _tell(f"  {_plain(line)}")


def _tell(line: str) -> None:
    """Write to standard error, where there is one."""
    if sys.stderr is not None:
        print(line, file=sys.stderr)


def _plain(text: str) -> str:
    """Text that cannot steer a terminal and can always be encoded."""
    safe = "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")


def put(text: str) -> bool:
    """Write a result to standard output; characters that it cannot show are escaped.

    Whoever has stopped reading wants no more: that is no failure, and False tells of it. Raises ``UsageError`` where
    it cannot be written.
    """
    if sys.stdout is None:
        raise UsageError("there is nowhere to write the result to", why="standard output is closed")
    reconfigure: Any = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return False
    except OSError as error:
        _forget_output()
        raise UsageError("the result could not be written", why=error.strerror or str(error)) from error
    return True


def _forget_output() -> None:
    """Let what is left unsaid go nowhere, so that the interpreter does not say it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def colour() -> bool:
    """Whether the result is to be coloured."""
    return wants_colour(_is_terminal())


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def width() -> int:
    """How wide the result may be, in columns."""
    if not _is_terminal() and "COLUMNS" not in os.environ:
        return 100
    import shutil

    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))
