import os
import time
from pathlib import Path

import subject
from places import HERE, attempt, places


def test_a_daemon_stays():
    told = places()
    attempt("daemon")
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        os.closerange(0, 256)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            time.sleep(6)
            for folder in (told["tmp"], told["home"], told["repo"], HERE):
                try:
                    Path(folder, "nova-hostile-daemon").write_text("escaped")
                except OSError:
                    pass
        os._exit(0)
    assert subject.double(2) == 4
