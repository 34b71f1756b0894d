import time

from places import attempt, places

places()
attempt("hang at import")
END = time.monotonic() + 600
while time.monotonic() < END:
    time.sleep(0.01)
