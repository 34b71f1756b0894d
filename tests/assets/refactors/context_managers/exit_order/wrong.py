"""Opens several resources and closes them again."""

from contextlib import contextmanager


@contextmanager
def resource(name, log):
    log.append(f"open {name}")
    try:
        yield name
    finally:
        log.append(f"close {name}")


def use(names, work, log):
    """work(names) with all of them open; the last one opened is closed first."""
    managers = [resource(name, log) for name in names]
    opened = [manager.__enter__() for manager in managers]
    try:
        return work(opened)
    finally:
        for manager in managers:
            manager.__exit__(None, None, None)
