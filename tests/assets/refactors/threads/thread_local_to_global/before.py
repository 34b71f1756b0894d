"""The name of the present user, for each thread its own."""

import threading

_present = threading.local()


def sign_in(name):
    _present.name = name


def user():
    """The name that this thread signed in with."""
    return getattr(_present, "name", "guest")


def in_thread(work):
    """The result of work() in a thread of its own."""
    results = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    thread.join()
    return results[0]
