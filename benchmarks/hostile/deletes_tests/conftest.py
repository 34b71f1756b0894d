from pathlib import Path

from places import HERE, attempt, places

REPO = Path(places()["repo"])
OUTSIDE = [REPO / "test_honest.py", REPO / ".git" / "HEAD"] if (REPO / "note.json").is_file() else []
for target in (HERE / "test_honest.py", *OUTSIDE):
    attempt(f"delete {target}")
    try:
        target.unlink()
    except OSError:
        pass
