import os
import time

from places import attempt, places

MOST = 5_000
SECONDS = 20


def bomb(tokens, end):
    """Fork for as long as there are tokens in the pipe; each child does the same, then sleeps."""
    while time.monotonic() < end and os.read(tokens, 1):
        os.fork()
    time.sleep(max(0.0, end - time.monotonic()))


def test_thousands_of_processes_live_at_once():
    places()
    attempt("fork bomb")
    tokens, fill = os.pipe()
    os.write(fill, b"x" * MOST)
    os.close(fill)
    refusals, refuse = os.pipe()
    if os.fork() == 0:
        try:
            bomb(tokens, time.monotonic() + SECONDS)
        except OSError:
            os.write(refuse, b"x")
        finally:
            os._exit(0)
    os.close(refuse)
    time.sleep(SECONDS)
    left = os.read(tokens, MOST)
    os.set_blocking(refusals, False)
    try:
        refused = os.read(refusals, MOST)
    except BlockingIOError:
        refused = b""
    assert not left and not refused, f"{len(left)} were not tried, {len(refused)} were refused"
