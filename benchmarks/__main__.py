"""``make bench``: every measurement, one after the other."""

from __future__ import annotations

import sys

from benchmarks import review

BENCHES = (review.main,)


def main() -> int:
    """Run them all with the same flags; the worst exit code is the answer."""
    return max(bench(sys.argv[1:]) for bench in BENCHES)


if __name__ == "__main__":
    sys.exit(main())
