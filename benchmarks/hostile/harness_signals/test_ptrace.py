import ctypes
import os
import signal
import time
from pathlib import Path

from places import attempt, places

ATTACH, DETACH = 16, 17


def start_of(number):
    return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19])


def test_the_harness_is_in_reach():
    told = places()
    number = told["harness_pid"]
    attempt("ptrace")
    assert start_of(number) == told["harness_start"], "another process"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(ATTACH, number, None, None) == 0:
        os.waitpid(number, 0)
        libc.ptrace(DETACH, number, None, None)
    os.kill(number, signal.SIGSTOP)
    time.sleep(0.2)
    os.kill(number, signal.SIGCONT)
