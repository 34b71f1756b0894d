"""Calls that are tried again."""

import time


def retry(call, attempts=3, delay=0.5, sleep=time.sleep):
    """The result of call; tried again after a ConnectionError or TimeoutError, and after no other.

    There is no pause after the last attempt, whose error is raised.
    """
    for attempt in range(1, attempts + 1):
        try:
            return call()
        except OSError:
            if attempt == attempts:
                raise
            sleep(delay * attempt)
