"""Path patterns."""

from __future__ import annotations

import pytest

from nova.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("docs", "docs/conf.py", True),
        ("docs", "a/docs/b/conf.py", True),
        ("docs", "docstrings/a.py", False),
        ("*_pb2.py", "a/b/x_pb2.py", True),
        ("*.py", "a/b.pyi", False),
        ("src/gen", "src/gen/a.py", True),
        ("src/gen", "lib/src/gen/a.py", False),
        ("src/*.py", "src/a/b.py", False),
        ("src/**/x.py", "src/x.py", True),
        ("src/**/x.py", "src/a/b/x.py", True),
        ("src/**", "src/a/b.py", True),
        ("a?c.py", "abc.py", True),
        ("a+b.py", "aab.py", False),
        ("folder/", "folder/a.py", True),
    ],
)
def test_a_pattern_fits_as_people_expect(pattern: str, path: str, fits: bool) -> None:
    assert matcher([pattern])(path) is fits


def test_no_pattern_fits_nothing() -> None:
    assert not matcher([])("a.py")
