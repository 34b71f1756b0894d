import os
import signal
import time

from places import attempt, places


def ignore_all():
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass


def test_nothing_ends_it():
    places()
    attempt("ignore signals")
    ignore_all()
    end = time.monotonic() + 600
    if os.fork() == 0:
        os.setsid()
        while time.monotonic() < end:
            time.sleep(0.01)
        os._exit(0)
    while time.monotonic() < end:
        try:
            time.sleep(0.01)
        except BaseException:
            continue
