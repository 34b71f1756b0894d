from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functional.repositories import Answer, Repository

pytestmark = pytest.mark.slow
MINOR = sys.version_info[1]
PROJECT = f'[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.{MINOR},<3.{MINOR + 1}"\n'
BOTH = """\
def both(a, b, c):
    # either, or the two of them
    return a or b and c  # in this order


def empty(rows):
    if len(rows) == 0 and not rows is None:
        return True
    return f"nothing"
"""
"""RUF021 (a parenthesis: the code stays identical), E714 and F541 (identical too)."""
UNUSED = "import os\n\n\ndef f():\n    return 1\n"
"""F401: the import goes, so the code is another."""


@pytest.fixture
def shop(repository: Repository) -> Repository:
    repository.write("pyproject.toml", PROJECT)
    repository.write("src/shop/__init__.py", "")
    repository.write("src/shop/both.py", BOTH)
    repository.write("src/shop/unused.py", UNUSED)
    repository.write("tests/test_both.py", "def test_both(a, b, c):\n    assert a or b and c\n")
    repository.commit("first")
    return repository


def test_what_is_proven_is_shown_and_nothing_is_written(shop: Repository, nova: Callable[..., Answer]) -> None:
    answer = nova("fix")
    assert answer.code == 0
    assert "proven    RUF021  src/shop/both.py:3" in answer.out
    assert f"the code is identical in Python 3.{MINOR}." in answer.out
    assert "unproven  F401  src/shop/unused.py:1" in answer.out
    assert shop.git("status", "--porcelain") == ""


def test_apply_writes_what_is_proven_and_leaves_the_rest(shop: Repository, nova: Callable[..., Answer]) -> None:
    place = shop.path / "src/shop/both.py"
    place.chmod(0o755)
    shop.commit("rights")
    answer = nova("fix", "--apply")
    assert answer.code == 0
    text = place.read_text()
    assert "return a or (b and c)  # in this order" in text
    assert "    # either, or the two of them\n" in text
    assert place.stat().st_mode & 0o777 == 0o755
    assert shop.git("diff", "--name-only").split() == ["src/shop/both.py"]
    assert "written: src/shop/both.py" in answer.out
    again = nova("fix", "--apply")
    assert "written" not in again.out


def test_the_diff_is_what_git_applies_and_what_prove_calls_proven(
    shop: Repository, nova: Callable[..., Answer], tmp_path: Path
) -> None:
    diff = nova("fix", "--diff").out
    name = str(tmp_path / "fix.diff")
    Path(name).write_bytes(diff.encode())
    shop.git("apply", "--check", name)
    proof = nova("prove", "--patch", name, "--format", "json")
    assert (proof.code, proof.data["verdict"]) == (0, "proven")
    assert {r["why"] for r in proof.data["rungs"][3:]} == {"it is proven already"}
    assert [r["outcome"] for r in proof.data["rungs"]] == ["passed"] * 3 + ["not run"] * 5
    assert all(v.startswith("3.") for v in proof.data["rungs"][2]["versions"])


def test_uncommitted_changes_are_not_written_over(shop: Repository, nova: Callable[..., Answer]) -> None:
    place = shop.write("src/shop/both.py", BOTH + "\n\nmine = 1\n")
    before = place.read_bytes()
    answer = nova("fix", "--apply")
    assert "not written: src/shop/both.py: it has changes that no commit holds" in answer.out
    assert place.read_bytes() == before


def test_a_plain_folder_is_not_written_into_unasked(nova: Callable[..., Answer], tmp_path: Path) -> None:
    place = tmp_path / "plain" / "both.py"
    place.parent.mkdir()
    place.write_text(BOTH)
    answer = nova("fix", str(place.parent), "--apply")
    assert "no repository keeps it" in answer.out
    assert place.read_text() == BOTH


def test_less_proof_may_be_asked_for(shop: Repository, nova: Callable[..., Answer]) -> None:
    answer = nova("fix", "--least", "unproven", "--rule", "F401", "--apply")
    assert "written: src/shop/unused.py" in answer.out
    assert "import os" not in (shop.path / "src/shop/unused.py").read_text()
    assert (shop.path / "src/shop/both.py").read_text() == BOTH


def test_a_path_an_id_or_a_rank_says_what_is_meant(shop: Repository, nova: Callable[..., Answer]) -> None:
    whole = nova("fix", "--format", "json").data["fixes"]
    assert {f["path"] for f in whole} >= {"src/shop/both.py", "src/shop/unused.py"}
    assert {f["path"] for f in nova("fix", "src/shop/unused.py", "--format", "json").data["fixes"]} == {
        "src/shop/unused.py"
    }
    assert {f["path"] for f in nova("fix", "src", "--format", "json").data["fixes"]} == {
        f["path"] for f in whole if "src" in f["path"]
    }
    one = whole[0]["id"]
    assert [f["id"] for f in nova("fix", one[:10], "--format", "json").data["fixes"]] == [one]
    nova("review")
    assert len(nova("fix", "1", "--format", "json").data["fixes"]) <= 1
    assert nova("fix", "no-such-thing").code == 2
    assert nova("fix", "--rule", "no-such-rule").code == 2


def test_ranks_keep_their_meaning(shop: Repository, nova: Callable[..., Answer]) -> None:
    nova("review", "--top", "2")
    shown = nova("show", "1", "--format", "json").out
    nova("fix")
    assert nova("show", "1", "--format", "json").out == shown


def test_fixes_of_tests_are_never_more_than_unproven(shop: Repository, nova: Callable[..., Answer]) -> None:
    fixes = nova("fix", "tests", "--format", "json").data["fixes"]
    assert {(f["verdict"], f["why"]) for f in fixes} == {("unproven", "it touches tests (tests/test_both.py)")}


def test_fixes_that_touch_one_another_are_made_round_after_round(
    repository: Repository, nova: Callable[..., Answer]
) -> None:
    repository.write("pyproject.toml", PROJECT)
    repository.write(
        "a.py", "def f(a, b, c, d):\n    x = a or b and c\n    y = a or c and d\n    z = f'x'\n    return x, y, z\n"
    )
    repository.commit("first")
    first = nova("fix", "--format", "json").data
    assert [f["taken"] for f in first["fixes"]].count(False) == 1
    nova("fix", "--apply")
    text = (repository.path / "a.py").read_text()
    assert ("(b and c)" in text, "(c and d)" in text, "'x'" in text, "f'x'" in text) == (True, True, True, False)


@pytest.mark.parametrize("kind", ["crlf", "mark", "no end", "latin"])
def test_bytes_that_no_fix_means_stay_as_they_are(
    kind: str, repository: Repository, nova: Callable[..., Answer]
) -> None:
    text = BOTH.encode()
    data = {
        "crlf": text.replace(b"\n", b"\r\n"), "mark": b"\xef\xbb\xbf" + text, "no end": text.removesuffix(b"\n"),
        "latin": b"# coding: latin-1\nx = '\xe4'\n" + text,
    }[kind]  # fmt: skip
    repository.write("pyproject.toml", PROJECT)
    place = repository.write("both.py", data)
    repository.commit("first")
    nova("fix", "--apply", "--rule", "RUF021")
    wanted = data.replace(b"a or b and c", b"a or (b and c)")
    assert place.read_bytes() == (data if kind == "latin" else wanted)


def _ids(nova: Callable[..., Answer]) -> dict[str, str]:
    """Id by rule, tests aside."""
    found = nova("review", "--all", "--format", "json").data["findings"]
    return {f["rule"]: f["id"] for f in found if f["path"].startswith("src/")}


def test_prove_judges_the_fix_of_a_finding(shop: Repository, nova: Callable[..., Answer]) -> None:
    ids = _ids(nova)
    proven = nova("prove", ids["RUF021"], "--format", "json", "--least", "proven")
    assert (proven.code, proven.data["verdict"]) == (0, "proven")
    unproven = nova("prove", ids["F401"], "--least", "proven")
    assert unproven.code == 1
    assert unproven.out.startswith("unproven: tests: the target is not trusted to be run\n  next: in ")


def test_prove_refutes_what_does_not_parse(shop: Repository, nova: Callable[..., Answer]) -> None:
    name = shop.path.parent / "bad.diff"
    name.write_text("--- a/src/shop/unused.py\n+++ b/src/shop/unused.py\n@@ -5 +5 @@\n-    return 1\n+    return = 1\n")
    answer = nova("prove", "--patch", str(name), "--least", "unproven")
    assert (answer.code, answer.out.startswith("refuted")) == (1, True)
    assert f"python3.{MINOR} -m py_compile src/shop/unused.py" in answer.out


def test_prove_needs_a_patch_that_fits(shop: Repository, nova: Callable[..., Answer]) -> None:
    name = shop.path.parent / "bad.diff"
    name.write_text("--- a/src/shop/unused.py\n+++ b/src/shop/unused.py\n@@ -5 +5 @@\n-    return 7\n+    return 8\n")
    assert "does not fit" in nova("prove", "--patch", str(name)).err
    assert nova("prove").code == 2
    assert nova("prove", "1", "--patch", str(name)).code == 2
    assert nova("prove", "--patch", str(name) + "x").code == 2


def test_a_repository_cannot_call_itself_trusted(shop: Repository, nova: Callable[..., Answer]) -> None:
    shop.write("pyproject.toml", PROJECT + "[tool.nova.trust]\nrun = true\n")
    shop.commit("trust me")
    ids = _ids(nova)
    assert "not trusted to be run" in nova("prove", ids["F401"]).out


def test_a_new_finding_elsewhere_in_the_project_is_seen(shop: Repository, nova: Callable[..., Answer]) -> None:
    shop.write("src/shop/user.py", "from shop.unused import f\n\nprint(f())\n")
    shop.commit("user")
    name = shop.path.parent / "rename.diff"
    name.write_text("--- a/src/shop/unused.py\n+++ b/src/shop/unused.py\n@@ -4 +4 @@\n-def f():\n+def g():\n")
    data = json.loads(nova("prove", "--patch", str(name), "--format", "json").out)
    assert "import-defined-names" in data["rungs"][1]["why"]
    assert "src/shop/user.py" in data["rungs"][1]["why"]


def test_the_proof_is_kept(shop: Repository, nova: Callable[..., Answer]) -> None:
    from memory.store import Memory
    from nova.config import places
    from nova.proof.as_data import from_data

    data = nova("fix", "--format", "json").data["fixes"][0]
    key = shop.git("rev-parse", "--path-format=absolute", "--git-common-dir")
    with Memory.open(places().database) as memory:
        page = memory.page(key, f"proof:{data['id']}")
    assert page is not None
    assert page[0] == data["proof"]["patch"]
    kept = json.loads(page[1])
    assert from_data(kept["proof"]).verdict.value == data["verdict"]
    assert kept["diff"] == data["patch"]
    assert kept["mends"][0][:2] == [data["rule"], data["path"]]


def test_a_proof_that_was_kept_is_repeated(shop: Repository, nova: Callable[..., Answer]) -> None:
    ids = _ids(nova)
    assert "no proof is kept" in nova("prove", ids["RUF021"], "--replay").err
    first = nova("prove", ids["RUF021"], "--format", "json").data
    again = nova("prove", ids["RUF021"][:10], "--replay", "--format", "json").data
    assert (again["patch"], again["verdict"]) == (first["patch"], "proven")
    name = shop.path.parent / "add.diff"
    name.write_text("--- /dev/null\n+++ b/src/shop/new.py\n@@ -0,0 +1 @@\n+x = 1\n")
    key = nova("prove", "--patch", str(name), "--format", "json").data["patch"]
    assert nova("prove", key, "--replay", "--format", "json").data["patch"] == key
    shop.write("src/shop/both.py", BOTH.replace("either", "one"))
    assert "does not fit" in nova("prove", ids["RUF021"], "--replay").err
