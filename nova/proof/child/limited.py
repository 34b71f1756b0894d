"""Sets the limits that are named, then becomes the command: ``limited.py NAME=NUMBER... -- COMMAND...``."""

from __future__ import annotations

import os
import resource
import sys


def main(words: list[str]) -> int:
    """Never returns, unless with 127 where the command is not to be had."""
    end = words.index("--")
    for word in words[:end]:
        name, _, number = word.partition("=")
        which = getattr(resource, name, None)
        if which is None:
            continue
        most = resource.getrlimit(which)[1]
        limit = int(number) if most == resource.RLIM_INFINITY else min(int(number), most)
        try:
            resource.setrlimit(which, (limit, limit))
        except (OSError, ValueError):  # macOS knows some of them by name only
            continue
    try:
        os.execvp(words[end + 1], words[end + 1 :])  # noqa: S606  the command is a list, as everywhere
    except OSError as error:
        sys.stderr.write(f"nova: cannot start: {error}\n")
        return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
