"""Results on standard output, all else on standard error, and errors in three lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from nova.config import wants_colour
from nova.errors import NovaError

if TYPE_CHECKING:
    from collections.abc import Callable

NARROWEST, WIDEST = 60, 120


def guarded(run: Callable[[], int]) -> int:
    """Run a command; turn what a person may cause into a message and exit code 2."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except NovaError as error:
        tell_error(error)
        return 2
    except BrokenPipeError:
        # Whoever read has gone; what is left unsaid is nobody's loss, and the interpreter must not say it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nnova: stopped; nothing that was remembered before is lost", file=sys.stderr)
        return 2


def tell_error(error: NovaError) -> None:
    """What, why and what next, on standard error."""
    print(f"nova: {_plain(error.what)}", file=sys.stderr)
    for line in (error.why, error.next_step):
        if line:
            print(f"  {_plain(line)}", file=sys.stderr)


def _plain(text: str) -> str:
    """Text that cannot steer a terminal and can always be encoded."""
    safe = "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode("ascii") for c in text)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")


def put(text: str) -> None:
    """Write a result to standard output; characters that it cannot show are escaped."""
    reconfigure: Any = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def colour() -> bool:
    """Whether the result is to be coloured."""
    return wants_colour(sys.stdout.isatty())


def width() -> int:
    """How wide the result may be, in columns."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return 100
    import shutil

    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))
