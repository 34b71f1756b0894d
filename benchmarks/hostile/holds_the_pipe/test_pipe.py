import os
import time

import subject
from places import attempt, places


def test_somebody_holds_the_pipe():
    places()
    attempt("hold the pipe")
    if os.fork() == 0:
        os.setsid()
        time.sleep(300)
        os._exit(0)
    assert subject.double(2) == 4
