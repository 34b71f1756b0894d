import os

os.environ["APP_HOME"] = "/srv/app/"

import subject


def test_the_folder():
    assert subject.folder() == "/srv/app/"


def test_the_default():
    assert subject.DEFAULT == "/var/lib/app"


def test_paths():
    assert subject.path("a", "b") == "/srv/app/a/b"
    assert subject.path() == "/srv/app"
