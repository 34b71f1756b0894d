import time

from places import attempt, places


def test_a_loop_without_end():
    places()
    attempt("endless loop")
    end = time.monotonic() + 600
    while time.monotonic() < end:
        pass
