import os
import signal
from pathlib import Path

import subject
from places import attempt, places


def start_of(number):
    try:
        return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, ValueError):
        return None


def alone():
    """Whether this is surely a small process namespace of its own."""
    processes = [name for name in os.listdir("/proc") if name.isdigit()]
    first = Path("/proc/1/comm").read_text().strip()
    return len(processes) < 12 and (first == "bwrap" or 1 in (os.getpid(), os.getppid()) and first.startswith("py"))


def test_all_is_killed():
    told = places()
    if alone() and start_of(told["harness_pid"]) != told["harness_start"]:
        attempt("kill all")
        os.kill(-1, signal.SIGKILL)
    assert subject.double(2) == 4
