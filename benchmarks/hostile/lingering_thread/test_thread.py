import threading
import time

import subject
from places import attempt, places


def linger():
    end = time.monotonic() + 600
    while time.monotonic() < end:
        time.sleep(0.1)


def test_a_thread_stays():
    places()
    attempt("linger")
    threading.Thread(target=linger, daemon=False).start()
    assert subject.double(2) == 5
