"""``nova fix`` and ``nova prove`` where a target's tests may be run: in the environment that runs these very tests."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nova.proof.availability import Missing, available

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functional.repositories import Answer, Repository

pytestmark = pytest.mark.slow
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
CODE = "def label(a):\n    return 'none' if a == None else 'some'\n\n\ndef twice(a):\n    return a + a\n"
TESTS = """\
from shop import label, twice


def test_label():
    assert label(None) == "none"
    assert label(0) == "some"


def test_twice():
    assert twice(2) == 4
"""
SANDBOX = ("--unsandboxed",) if isinstance(available(), Missing) else ()
WRONG = "@@ -5,2 +5,2 @@\n def twice(a):\n-    return a + a\n+    return a + a or 1\n"
"""As good as the old one to the test, and another at nought."""
PLAIN = "@@ -2 +2 @@\n-    return 'none' if a == None else 'some'\n+    return 'none' if a is None else 'some'\n"


@pytest.fixture
def shop(repository: Repository) -> Repository:
    repository.write("pyproject.toml", PROJECT)
    repository.write("shop.py", CODE)
    repository.write("tests/test_shop.py", TESTS)
    repository.commit("first")
    return repository


def _trust(shop: Repository, more: str = "", run: str = "true") -> None:
    folder = Path(os.environ["XDG_CONFIG_HOME"], "nova", "targets")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.toml").write_text(f'[target]\npath = "{shop.path}"\n[trust]\nrun = {run}\n{more}')


def _environment() -> str:
    return f'[test]\nenvironment = "{sys.prefix}"\ncommand = "python -m pytest"\n'


def _patch(shop: Repository, hunk: str) -> str:
    place = shop.path.parent / "change.diff"
    place.write_text(f"--- a/shop.py\n+++ b/shop.py\n{hunk}")
    return str(place)


def _rungs(answer: Answer) -> str:
    letters = {"passed": "P", "failed": "F", "refuted": "R", "not run": "-"}
    return "".join(letters[rung["outcome"]] for rung in answer.data["rungs"])


def test_what_its_tests_see_is_tested_and_kept_with_their_recording(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    from memory.store import Memory
    from nova.config import places

    _trust(shop, _environment())
    proof = nova(
        "prove", "--target", "mine", *SANDBOX, "--patch", _patch(shop, PLAIN), "--format", "json", "--whole",
        "--least", "tested",
    )  # fmt: skip
    assert (proof.code, proof.data["verdict"], _rungs(proof)) == (0, "tested", "PPFPPPPP"), proof.out
    tests = proof.data["rungs"][4]
    assert ("no sandbox" if SANDBOX else "sandbox") in tests["versions"]
    assert tests["commands"][0].startswith("python -m pytest (the command in the target's settings; ")
    key = shop.git("rev-parse", "--path-format=absolute", "--git-common-dir")

    def page() -> tuple[str, bytes] | None:
        with Memory.open(places().database) as memory:
            return memory.page(key, "test recording")

    first = page()
    assert first is not None
    again = nova("prove", proof.data["patch"], "--target", "mine", *SANDBOX, "--replay", "--format", "json")
    assert (again.data["verdict"], _rungs(again)) == ("tested", "PPFPPPP-")
    assert page() == first


def test_a_difference_is_shown_with_what_shows_it(shop: Repository, nova: Callable[..., Answer]) -> None:
    _trust(shop, _environment())
    proof = nova("prove", "--target", "mine", *SANDBOX, "--patch", _patch(shop, WRONG), "--least", "unproven")
    assert proof.code == 1
    assert proof.out.startswith("refuted: ")
    assert "To see the difference that " in proof.out


def test_fixes_that_are_tested_are_written(shop: Repository, nova: Callable[..., Answer]) -> None:
    _trust(shop, _environment())
    answer = nova("fix", "--target", "mine", "--least", "tested", "--unsandboxed", "--rule", "E711", "--apply")
    assert "tested    E711  shop.py:2" in answer.out
    assert "a is None" in (shop.path / "shop.py").read_text()


def test_the_next_step_repeats_what_was_asked(shop: Repository, nova: Callable[..., Answer]) -> None:
    assert "  nova fix --least unproven --rule E711 --apply" in nova("fix", "--least", "unproven", "--rule", "E711").out


def test_an_untrusted_target_runs_nothing_and_says_what_to_write(shop: Repository, nova: Callable[..., Answer]) -> None:
    shop.write("conftest.py", "open('ran', 'w')\n")
    patch = _patch(shop, PLAIN)
    for flags in ((), ("--make-env",), ("--unsandboxed",)):
        said = nova("prove", "--patch", patch, *flags).out.splitlines()
        assert said[0] == "unproven: tests: the target is not trusted to be run"
        assert "targets/shop.toml write" in said[1]
    _trust(shop, run="false")
    said = nova("prove", "--target", "mine", "--patch", patch).out.splitlines()
    assert said[1].startswith("  next: write run = true below [trust] in ")
    assert not (shop.path / "ran").exists()
    assert not Path(os.environ["XDG_DATA_HOME"], "nova", "environments").exists()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("", "there is no virtual environment"),
        ('[test]\ncommand = "make test"\n', "the test command (make test) cannot be read"),
        ('[test]\nenvironment = "gone"\n', "[test] environment names gone, and no virtual environment is there"),
    ],
)
def test_what_keeps_the_tests_from_being_run_is_the_first_line(
    settings: str, says: str, shop: Repository, nova: Callable[..., Answer]
) -> None:
    _trust(shop, settings)
    said = nova("prove", "--target", "mine", "--unsandboxed", "--patch", _patch(shop, PLAIN)).out.splitlines()
    assert said[0].startswith(f"unproven: tests: {says}")
    assert said[1].startswith("  next: ")


def test_flags_for_the_tests_need_a_proof_that_runs_them(shop: Repository, nova: Callable[..., Answer]) -> None:
    for flag in ("--make-env", "--unsandboxed"):
        answer = nova("fix", flag)
        assert answer.code == 2
        assert "--least tested" in answer.err


def test_a_proof_that_another_nova_kept_is_an_error_and_no_traceback(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    from memory.store import Memory
    from nova.config import places

    key = nova("prove", "--patch", _patch(shop, PLAIN), "--format", "json").data["patch"]
    name = shop.git("rev-parse", "--path-format=absolute", "--git-common-dir")
    for broken in (b"{}", b"\xff", json.dumps({"diff": "", "mends": [], "proof": {"schema": 0}}).encode()):
        with Memory.open(places().database) as memory:
            memory.keep_page(name, f"proof:{key}", key, broken)
        answer = nova("prove", key, "--replay")
        assert answer.code == 2
        assert "cannot be read" in answer.err


def test_without_memory_a_patch_is_judged_and_that_it_is_not_kept_is_said(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    answer = nova("prove", "--db", f"{os.devnull}/nova.duckdb", "--patch", _patch(shop, PLAIN))
    assert answer.code == 0
    assert answer.out.startswith("unproven: ")
    assert "nothing was remembered" in answer.err


def test_the_doctor_tells_of_the_tests_here_and_fails_for_nothing_optional(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    said = nova("doctor")
    assert said.code == 0
    assert "here: no proof runs its tests: the target is not trusted to be run" in said.out
    assert "here: its tests cannot be run: there is no virtual environment" in said.out
    _trust(shop, _environment())
    assert "here, with --target mine: tests by python -m pytest" in nova("doctor").out


def test_a_proposal_is_tested_in_the_environment_of_the_clone_and_by_its_whole_suite(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    (shop.path / ".venv").symlink_to(sys.prefix)
    shop.write(".gitignore", ".venv\n")
    shop.commit("leave the environment out")
    _trust(shop, '[proof]\nleast = "tested"\n')
    answer = nova("propose", "--target", "mine", "--format", "json", *SANDBOX)
    assert answer.code == 0, answer.err
    (made,) = answer.data["proposals"]
    assert "**tested**" in made["body"]
    assert "| 7 " in made["body"]
    assert "nova-tree-" not in made["body"]


def test_advice_in_a_proposal_names_the_clone_and_no_passing_folder(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    from nova import app
    from nova.ports import silent
    from nova.proof.allowed import Allowed
    from nova.proof.testing import Untestable
    from nova.proof.tests_of import tests_of
    from nova.request import Request

    found = tests_of(app.find_subject(Request(path=shop.path)), Allowed(clone=Path("/the/clone")), None, silent)
    assert isinstance(found, Untestable)
    assert '"/the/clone"' in found.next_step
