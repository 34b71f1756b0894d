import os
from pathlib import Path

import subject
from places import HERE, attempt, places


def test_a_link_leads_outside():
    bait = places()["bait"]
    home = places()["home"]
    for number, (make, target) in enumerate([(os.symlink, bait), (os.link, bait), (os.symlink, home)]):
        link = HERE / f"link{number}"
        attempt(f"{make.__name__} {target}")
        try:
            make(target, link)
            inside = link / "nova-hostile-link" if link.is_dir() else link
            inside.write_text("escaped")
        except OSError:
            pass
    try:
        Path(HERE, "subject.py").rename(HERE / "old_subject.py")
        os.symlink(bait, HERE / "subject.py")
    except OSError:
        pass
    assert subject.double(2) == 4
