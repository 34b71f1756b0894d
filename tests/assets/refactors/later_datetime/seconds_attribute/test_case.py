from datetime import datetime, timedelta

import subject


class Clock:
    def __init__(self):
        self.now = datetime(2024, 2, 28, 23, 50)

    def __call__(self):
        return self.now

    def wait(self, **parts):
        self.now += timedelta(**parts)


def test_alive():
    clock = Clock()
    sessions = subject.Sessions(clock)
    sessions.touch("a")
    assert sessions.alive("a")
    assert not sessions.alive("b")
    clock.wait(minutes=30)
    assert sessions.alive("a")
    clock.wait(seconds=1)
    assert not sessions.alive("a")
    clock.wait(hours=8)
    assert not sessions.alive("a")


def test_touch_prolongs():
    clock = Clock()
    sessions = subject.Sessions(clock)
    for _ in range(4):
        sessions.touch("a")
        clock.wait(minutes=20)
    assert sessions.alive("a")


def test_sweep():
    clock = Clock()
    sessions = subject.Sessions(clock)
    sessions.touch("a")
    clock.wait(hours=2)
    sessions.touch("b")
    assert sessions.sweep() == 1
    assert list(sessions.seen) == ["b"]
    assert sessions.sweep() == 0
