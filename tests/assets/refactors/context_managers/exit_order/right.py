"""Opens several resources and closes them again."""

from contextlib import ExitStack, contextmanager


@contextmanager
def resource(name, log):
    log.append(f"open {name}")
    try:
        yield name
    finally:
        log.append(f"close {name}")


def use(names, work, log):
    """work(names) with all of them open; the last one opened is closed first."""
    with ExitStack() as stack:
        opened = []
        for name in names:
            opened.append(stack.enter_context(resource(name, log)))
        return work(opened)
