from __future__ import annotations

import threading
import time

from nova.orchestrator.runner import ThreadRunner


def test_what_is_given_in_time_is_taken() -> None:
    assert ThreadRunner().run(lambda: "done", lambda: 5.0, lambda: None) == "done"


def test_no_limit_of_time_waits_for_the_work() -> None:
    assert ThreadRunner().run(lambda: "done", lambda: float("inf"), lambda: None) == "done"


def test_one_that_is_too_slow_is_shut_off_before_the_runner_goes_on() -> None:
    free, order = threading.Event(), list[str]()
    end = time.monotonic() + 0.05
    given = ThreadRunner().run(
        lambda: str(free.wait(20)), lambda: end - time.monotonic(), lambda: order.append("shut")
    )  # fmt: skip
    free.set()
    assert given is None
    assert order == ["shut"]


def test_time_that_stands_still_is_not_counted() -> None:
    """A limit that is reached only when it is looked at again, as while a person is asked."""

    def slow() -> str:
        time.sleep(0.1)
        return "done"

    looks = iter([0.05, 0.05, 5.0])
    given = ThreadRunner().run(slow, lambda: next(looks, 5.0), lambda: None)
    assert given == "done"
