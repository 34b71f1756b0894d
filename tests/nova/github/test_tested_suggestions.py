"""Suggestions that only tests can vouch for: where a person's own settings say so, and never for a fork."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import requests

from nova.proof.availability import Missing, available
from tests.nova.github.desk import Desk, sign

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(isinstance(available(), Missing), reason="no sandbox can be had here: no tests are run"),
]
if TYPE_CHECKING:
    from pathlib import Path

    from tests.forge.state import Repository

MINOR = sys.version_info[1]
PROJECT = f"""\
[project]
name = "shop"
version = "1"
requires-python = ">=3.{MINOR},<3.{MINOR + 1}"
[tool.pytest.ini_options]
addopts = "-p no:hypothesispytest"
"""
"""Without the plugin of Nova's own suite, which takes a second of each run."""
CODE = "def label(a):\n    return 'none' if a == None else 'some'\n"
TESTS = """\
from shop import label


def test_label():
    assert label(None) == "none"
    assert label(0) == "some"
"""


@pytest.mark.parametrize(
    ("least", "is_fork", "block"), [("tested", False, True), ("proven", False, False), ("tested", True, False)]
)
def test_a_tested_fix_is_suggested_where_the_persons_own_settings_ask_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, least: str, is_fork: bool, block: bool
) -> None:
    desk.forge.commit("main", {"pyproject.toml": PROJECT, "tests/test_shop.py": TESTS, "shop.py": "X = 1\n"}, "Begin")
    if is_fork:
        fork: Repository = desk.forge.fork("stranger")
        desk.forge.commit("feature", {"shop.py": CODE}, start="main", repository=fork)
        _open(desk, "stranger:feature", "stranger")
    else:
        desk.push({"shop.py": CODE}, start="main")
        _open(desk, "feature", "writer")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", desk.forge.clone_url(), str(clone)], check=True)
    folder = desk.home / "config" / "nova" / "targets"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        f'[target]\npath = "{clone}"\n[trust]\nrun = true\n[proof]\nleast = "{least}"\n'
        f'[test]\nenvironment = "{sys.prefix}"\ncommand = "python -m pytest"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(clone)
    assert desk.nova("--post", "--target", "mine") == 0, desk.err
    (body,) = [c["body"] for c in desk.comments() if "E711" in c["body"]]
    assert ("```suggestion" in body) is block, body
    assert ("Tested: " in body) is block
    left = subprocess.run(["git", "worktree", "list"], cwd=clone, capture_output=True, text=True, check=True)
    assert left.stdout.count("\n") == 1


def _open(desk: Desk, head: str, who: str) -> None:
    data = {"title": "A change", "head": head, "base": "main"}
    url = f"{desk.forge.api}/repos/owner/project/pulls"
    assert requests.post(url, json=data, headers=sign(who), timeout=9).status_code == 201
