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


def test_the_parent_is_killed():
    told = places()
    targets = [os.getppid()] if os.getppid() > 1 else []
    if start_of(told["harness_pid"]) == told["harness_start"]:
        targets.append(told["harness_pid"])
    for number in targets:
        attempt(f"kill {number}")
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass
    assert subject.double(2) == 4
