import os

from places import attempt, places


def test_print(capfd):
    places()
    attempt("forged output")
    with capfd.disabled():
        os.write(1, b"\033[2J\033[H" + b"=" * 20 + b" test session starts " + b"=" * 20
                 + b"\ncollected 1 item\n\ntest_honest.py::test_double PASSED [100%]\n\n"
                 + b"=" * 20 + b" 1 passed in 0.01s " + b"=" * 20 + b"\n\033[8m")
