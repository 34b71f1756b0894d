import os

from places import attempt, places


def test_the_end():
    places()
    attempt("exit 0 in a test")
    os.write(1, b".\n\n1 passed in 0.01s\n")
    os._exit(0)
