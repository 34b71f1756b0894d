import pytest

import subject


@pytest.mark.parametrize(
    ("filename", "name"),
    [("main.py", "main"), ("a.py", "a"), ("README", "README"), ("tool.pyc", "tool.pyc"), ("", ""), ("x.py.txt", "x.py.txt")],
)
def test_names_of_modules(filename, name):
    assert subject.module_name(filename) == name


def test_each_name_once():
    assert subject.module_names(["b.py", "a.py", "b"]) == ["a", "b"]
