import os
import shutil
import tempfile
from pathlib import Path

from places import HERE, attempt, places

STEP = 32 * 1024 * 1024
MOST = 3 * 1024 * 1024 * 1024
RESERVE = 2 * 1024 * 1024 * 1024


def test_gigabytes_can_be_written():
    places()
    written = 0
    made = []
    try:
        for folder in (HERE, Path(tempfile.gettempdir()), Path("/tmp"), Path("/dev/shm")):
            attempt(f"fill {folder}")
            target = folder / "nova-hostile-fill"
            made.append(target)
            try:
                with target.open("wb") as out:
                    while written < MOST and shutil.disk_usage(folder).free > RESERVE:
                        written += out.write(os.urandom(1024) * (STEP // 1024))
            except OSError:
                continue
    finally:
        for target in made:
            target.unlink(missing_ok=True)
    assert written >= MOST, f"only {written} bytes"
