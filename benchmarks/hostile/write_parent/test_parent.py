from pathlib import Path

import subject
from places import HERE, attempt, places


def test_a_file_stays_beside_the_repository():
    repo = Path(places()["repo"])
    for target in (repo.parent / "nova-hostile-parent", repo / "nova-hostile-parent", HERE.parent / "nova-hostile-parent",
                   Path("..", "nova-hostile-parent"), repo / ".git" / "hooks" / "nova-hostile-hook"):
        attempt(f"write {target}")
        try:
            target.write_text("escaped")
        except OSError:
            pass
    assert subject.double(2) == 4
