"""Says which bubblewrap Nova's sandbox uses; with ``--try`` it makes a sandbox, and fails where that cannot be done.

A job that is to climb the rungs which run tests asks this first: without a sandbox they would be left out quietly.
"""

from __future__ import annotations

import sys

from nova.proof.availability import Missing, available, find


def main(arguments: list[str]) -> int:
    """Print the path, or try the sandbox; 2 with the reason where there is none."""
    path = find()
    if path is None:
        print("there is no bubblewrap here", file=sys.stderr)
        return 2
    if arguments != ["--try"]:
        print(path)
        return 0
    found = available(path)
    if isinstance(found, Missing):
        print(f"the sandbox does not work: {found}", file=sys.stderr)
        return 2
    print(f"the sandbox works: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
