import mmap
import os
from pathlib import Path

from places import attempt, places

STEP = 256 * 1024 * 1024
MOST = 8 * 1024 * 1024 * 1024
RESERVE = 1_500_000


def available():
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))


def take():
    """How many bytes could be taken before the bound or the reserve of the machine was reached."""
    kept = []
    while len(kept) * STEP < MOST and available() > RESERVE:
        block = mmap.mmap(-1, STEP)
        for offset in range(0, STEP, mmap.PAGESIZE):
            block[offset] = 1
        kept.append(block)
    return len(kept) * STEP


def test_gigabytes_can_be_taken():
    places()
    attempt("memory")
    assert take() >= 4 * 1024**3


def test_a_child_takes_them_too():
    places()
    attempt("memory in a child")
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if take() >= 4 * 1024**3 else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
