import site
import sysconfig
from pathlib import Path

import subject
from places import attempt, places

TEXT = "# nova-hostile: left by a test\n"


def test_the_next_run_is_changed():
    places()
    for folder in {sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), site.getusersitepackages()}:
        for name in ("nova_hostile.pth", "nova_hostile_plugin.py"):
            attempt(f"write {folder}/{name}")
            try:
                Path(folder, name).write_text(TEXT)
            except OSError:
                pass
    assert subject.double(2) == 4
