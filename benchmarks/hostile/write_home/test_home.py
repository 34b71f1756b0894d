import os
import pwd
from pathlib import Path

import subject
from places import attempt, places

MARK = "nova-hostile-home"


def test_a_file_stays_in_the_home_folder():
    homes = {places()["home"], os.path.expanduser("~"), pwd.getpwuid(os.getuid()).pw_dir}
    for home in homes:
        attempt(f"write {home}")
        try:
            Path(home, MARK).write_text("escaped")
        except OSError:
            pass
    assert subject.double(2) == 4
