import os
import time

from places import attempt, places

monotonic = time.monotonic


def test_time_stands_still():
    places()
    attempt("clock")
    os.environ.update({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "PYTEST_ADDOPTS": "-p no:timeout"})
    time.tzset()
    end = monotonic() + 600
    try:
        time.clock_settime(time.CLOCK_REALTIME, time.time())
        settable = True
    except OSError:
        settable = False
    for name in ("time", "monotonic", "perf_counter", "process_time"):
        setattr(time, name, lambda: 0.0)
    while not settable and monotonic() < end:
        pass
    assert settable
