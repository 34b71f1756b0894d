"""What lies outside, told by the harness in places.json; where the file is missing nothing is tried."""

import json
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent


def places():
    """The keys are those of the README; RuntimeError where the suite is not armed."""
    told = HERE / "places.json"
    if not told.is_file():
        raise RuntimeError("not armed: copy this folder elsewhere and put places.json into the copy")
    return json.loads(told.read_text(encoding="utf-8"))


def attempt(what):
    """Leave a sign that the attack was tried, for a harness that looks for it."""
    os.write(2, f"HOSTILE-ATTEMPT {what}\n".encode())
    try:
        with (HERE / "attempts.log").open("a", encoding="utf-8") as log:
            log.write(what + "\n")
    except OSError:
        pass
