from pathlib import Path

import subject
from places import attempt, places


def test_a_file_stays_in_tmp():
    for folder in (places()["tmp"], "/tmp", "/var/tmp", "/dev/shm"):
        attempt(f"write {folder}")
        try:
            Path(folder, "nova-hostile-tmp").write_text("escaped")
        except OSError:
            pass
    assert subject.double(2) == 4
