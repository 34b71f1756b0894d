"""What a path alone tells of a file."""

from __future__ import annotations

_ASIDE = {
    "docs": "documentation",
    "doc": "documentation",
    "examples": "an example",
    "example": "an example",
    "samples": "an example",
    "tutorials": "an example",
    "migrations": "a migration",
    "benchmarks": "a benchmark",
    "benchmark": "a benchmark",
    "bench": "a benchmark",
}
_SCRIPTS = frozenset({"scripts", "scripts-dev", "script", "tools", "bin", "hack", "ci", "contrib", "misc", "docker",
                      "packaging", "installer"})  # fmt: skip
"""Folders of scripts, at the root of a repository; deeper down such a name may be a package like any other."""


def is_test_path(path: str) -> bool:
    """Whether tests live at a path: in a ``test``, ``tests`` or root ``t`` folder, ``test_*.py``, ``*_test.py``."""
    *folders, name = path.split("/")
    if folders[:1] == ["t"] or any(
        f in {"test", "tests", "testing"} or f.startswith("test_") or f.endswith("_tests") for f in folders
    ):
        return True
    return name.startswith("test_") or name.endswith(("_test.py", "_tests.py")) or name in {"conftest.py", "tests.py"}


def kind_of_path(path: str) -> str:
    """``test`` or words such as ``documentation``, ``a migration``, ``a script``; empty for code like any other."""
    if is_test_path(path):
        return "test"
    folders = path.split("/")[:-1]
    if folders and folders[0] in _SCRIPTS:
        return "a script"
    for folder in folders:
        if folder in _ASIDE:
            return _ASIDE[folder]
        if folder.startswith("."):
            return "a hidden folder"
    return "a script" if path == "setup.py" else ""
