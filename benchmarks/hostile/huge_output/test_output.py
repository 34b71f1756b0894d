import os
import sys

import subject
from places import attempt, places

LINE = b"PASSED " * 1024 + b"\n"


def test_five_hundred_megabytes(capfd):
    places()
    attempt("huge output")
    with capfd.disabled():
        for _ in range(500 * 1024 * 1024 // len(LINE) // 2):
            os.write(1, LINE)
            os.write(2, LINE)
    sys.stdout.write("x" * 1_000_000)
    assert subject.double(2) == 4
