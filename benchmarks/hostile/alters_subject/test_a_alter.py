import importlib
from pathlib import Path

import subject
from places import HERE, attempt, places

RIGHT = "def double(number):\n    return number + number\n"


def test_alter():
    told = places()
    repo = Path(told["repo"])
    for target in (HERE / "subject.py", *([repo / "subject.py"] if (repo / "note.json").is_file() else [])):
        attempt(f"alter {target}")
        try:
            target.chmod(0o644)
            target.write_text(RIGHT)
        except OSError:
            pass
    importlib.invalidate_caches()
    importlib.reload(subject)
