"""The road from end to end, on real repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.repositories import MESSY, Answer, Repository

if TYPE_CHECKING:
    from collections.abc import Callable

    Nova = Callable[..., Answer]

JSON = ("review", "--format", "json")
ALL = (*JSON, "--all")


def test_a_review_names_what_is_wrong_and_where(repository: Repository, nova: Nova) -> None:
    head = repository.commit(shop=MESSY)
    answer = nova(*JSON)
    assert answer.code == 0
    assert {(f["rule"], f["path"], f["line"]) for f in answer.data["findings"]} == {
        ("F401", "shop.py", 1),
        ("B006", "shop.py", 4),
    }
    assert answer.data["target"] == {"name": "shop", "root": str(repository.path), "commit": head, "dirty": False}
    assert answer.data["status"] == "complete"
    assert all(f["reasons"] and 0 < f["score"] < 1 for f in answer.data["findings"])


def test_a_repository_without_faults_is_clean(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="PRICE = 1\n")
    answer = nova("review", "--fail-on", "info")
    assert answer.code == 0
    assert "Nothing found in 1 file" in answer.out


@pytest.mark.parametrize(("level", "code"), [("info", 1), ("low", 1), ("medium", 1), ("high", 0), ("never", 0)])
def test_the_exit_code_follows_the_threshold(repository: Repository, nova: Nova, level: str, code: int) -> None:
    repository.commit(shop=MESSY)
    assert nova("review", "--fail-on", level).code == code


def test_the_threshold_counts_what_is_not_shown(repository: Repository, nova: Nova) -> None:
    repository.write("tests/test_shop.py", "def load(seen=[]):\n    return seen\n")
    repository.commit(shop="import os\n")
    shown = nova(*JSON, "--top", "1", "--fail-on", "medium")
    assert [f["rule"] for f in shown.data["findings"]] == ["F401"]
    assert shown.code == 1


def test_an_incomplete_review_outweighs_findings(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    repository.write("lost.py", "# caf\u00e9\n".encode("latin-1"))
    answer = nova(*JSON, "--fail-on", "low")
    assert answer.code == 2
    assert answer.data["status"] == "incomplete"
    assert [f["path"] for f in answer.data["failed"]] == ["lost.py"]
    assert "F401" in answer.rules()


def test_every_way_of_running_gives_the_same_bytes(repository: Repository, nova: Nova) -> None:
    for number in range(6):
        repository.commit(**{f"shop{number}": f"{MESSY}\n\ndef price{number}():\n    return {number}\n"})
    cold = nova(*ALL)
    warm = nova(*ALL)
    assert warm.data["totals"]["cached_files"] == 6
    assert {
        a.same()
        for a in (
            cold,
            warm,
            nova(*ALL, "--no-cache"),
            nova(*ALL, "--jobs", "1"),
            nova(*ALL, "--jobs", "2", "--no-cache"),
        )
    } == {cold.same()}


def test_without_memory_two_runs_are_equal_too(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    assert nova(*ALL, "--no-memory").same() == nova(*ALL, "--no-memory", "--jobs", "1").same()


MOVES = {
    "reformatted": lambda r: r.write(
        "shop.py", MESSY.replace("seen=[]", "seen = [  ]").replace("(path", "(\n    path")
    ),
    "lines added": lambda r: r.write(
        "shop.py", '"""Shop."""\n# a\n\n' + MESSY.replace("    for", "    path = list(path)\n    for")
    ),
    "moved and staged": lambda r: r.git("mv", "shop.py", "store.py"),
    "moved and committed": lambda r: (r.git("mv", "shop.py", "store.py"), r.commit("move")),
    "moved by hand": lambda r: (r.path / "shop.py").rename(r.path / "store.py"),
}


@pytest.mark.parametrize("how", MOVES)
@pytest.mark.parametrize("memory", [True, False])
def test_ids_outlive(repository: Repository, nova: Nova, how: str, memory: bool) -> None:
    flags = () if memory else ("--no-memory",)
    repository.commit(shop=MESSY)
    before = nova(*JSON, *flags).ids()
    MOVES[how](repository)  # type: ignore[no-untyped-call]
    after = nova(*JSON, *flags)
    assert after.ids() == before
    if memory:
        assert {f["state"] for f in after.data["findings"]} == {"open"}


@pytest.mark.parametrize("how", MOVES)
def test_twins_keep_their_ids_when_one_moves(repository: Repository, nova: Nova, how: str) -> None:
    repository.commit(shop=MESSY, twin=MESSY)
    before = {f["id"] for f in nova(*ALL).data["findings"]}
    assert len(before) == 4
    MOVES[how](repository)  # type: ignore[no-untyped-call]
    assert {f["id"] for f in nova(*ALL).data["findings"]} == before


def test_a_dismissed_finding_is_not_shown_again(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    wanted = nova(*JSON).ids()["B006"]
    assert nova("verdict", wanted[:8], "dismiss", "--because", "by design").code == 0
    repository.write("shop.py", "# added\n\n" + MESSY.replace("seen=[]", "seen = [ ]"))
    repository.git("mv", "shop.py", "store.py")
    for _ in range(2):
        answer = nova(*JSON)
        assert answer.rules() == ["F401"]
        assert answer.data["totals"]["dismissed"] == 1
    repository.commit("move")
    everything = nova(*ALL)
    assert {f["rule"]: f["state"] for f in everything.data["findings"]} == {"F401": "open", "B006": "dismissed"}
    assert nova("verdict", wanted, "undo").code == 0
    assert sorted(nova(*JSON).rules()) == ["B006", "F401"]


def test_a_dismissed_finding_counts_for_no_threshold(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    nova("verdict", nova(*JSON).ids()["B006"], "dismiss", "--because", "wrong")
    assert nova("review", "--fail-on", "medium").code == 0


def test_a_finding_is_new_once_and_new_again_after_it_was_mended(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    assert {f["state"] for f in nova(*JSON).data["findings"]} == {"new"}
    assert {f["state"] for f in nova(*JSON).data["findings"]} == {"new"}, "the same state of the files changes nothing"
    repository.commit(shop=MESSY.replace("import os\n", ""))
    mended = nova(*JSON)
    assert mended.rules() == ["B006"]
    assert mended.data["totals"]["fixed_since_last"] == 1
    repository.commit(shop=MESSY)
    assert {f["rule"]: f["state"] for f in nova(*JSON).data["findings"]} == {"B006": "open", "F401": "regressed"}
    assert nova(*JSON, "--new").rules() == ["F401"]


def test_a_change_shows_only_what_it_brings_in(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit(store="import sys\n")
    repository.write("shop.py", MESSY + "\n\ndef pairs(a, b):\n    return list(zip(a, b))\n")
    inside = nova(*JSON, "--diff", "main...feature")
    assert inside.rules() == ["F401"]
    assert inside.data["findings"][0]["introduced_by_diff"] is True
    assert sorted(nova(*JSON, "--diff", "main").rules()) == ["B905", "F401"]
    everything = nova(*ALL, "--diff", "main").data["findings"]
    assert {(f["rule"], f["path"], f["introduced_by_diff"]) for f in everything} == {
        ("F401", "store.py", True), ("B905", "shop.py", True), ("F401", "shop.py", False), ("B006", "shop.py", False),
    }  # fmt: skip


def test_staged_changes_are_what_a_commit_would_hold(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    repository.write("shop.py", "import os\nx = 1\n")
    repository.git("add", "shop.py")
    repository.write("shop.py", "import os\nimport sys\nx = 1\n")
    staged = nova(*JSON, "--staged")
    assert [(f["rule"], f["line"]) for f in staged.data["findings"]] == [("F401", 1)]
    assert len(nova(*ALL).data["findings"]) == 2


def test_a_baseline_hides_what_was_there(repository: Repository, nova: Nova) -> None:
    first = repository.commit(shop=MESSY)
    repository.git("mv", "shop.py", "store.py")
    repository.commit("move")
    repository.write("store.py", "import sys\n" + MESSY)
    assert [f["message"] for f in nova(*JSON, "--baseline", first).data["findings"]] == ["`sys` imported but unused"]


def test_a_moved_file_brings_nothing_in(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    repository.git("mv", "shop.py", "store.py")
    assert nova(*JSON, "--staged").rules() == []
    repository.commit("move")
    assert nova(*JSON, "--diff", "HEAD~1...HEAD").rules() == []


def test_a_change_cannot_turn_rules_off_by_settings(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    repository.write("pyproject.toml", '[tool.nova.review]\nignore = ["F401"]\nexclude = ["shop.py"]\n')
    repository.write("ruff.toml", 'exclude = ["*.py"]\nlint.ignore = ["F401"]\n')
    repository.write("shop.py", "import os\nx = 1\n")
    assert nova(*JSON, "--diff", "HEAD").rules() == ["F401"]
    repository.commit("hide")
    assert nova(*JSON, "--diff", "HEAD~1...HEAD").rules() == ["F401"]
    assert nova(*JSON, "--diff", "HEAD~1").rules() == ["F401"]
    assert nova(*JSON).rules() == [], "for the whole repository its own settings hold"


@pytest.mark.parametrize("comment", ["# nova: ignore", "# nova: ignore[B006] no matter"])
def test_silence_that_a_change_adds_is_counted_aloud(repository: Repository, nova: Nova, comment: str) -> None:
    repository.commit(shop="x = 1\n")
    repository.commit(shop=MESSY.replace("import os\n\n\n", "").replace("[]):", f"[]):  {comment}"))
    answer = nova("review", "--diff", "HEAD~1")
    assert "this change adds 1 comment" in answer.out


def test_a_path_limits_the_review(repository: Repository, nova: Nova) -> None:
    repository.write("pkg/a.py")
    repository.write("other/b.py")
    repository.commit()
    assert {f["path"] for f in nova(*JSON, "pkg").data["findings"]} == {"pkg/a.py"}
    assert {f["path"] for f in nova(*JSON, "other/b.py").data["findings"]} == {"other/b.py"}


def test_a_change_is_limited_by_a_path_too(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    repository.write("pkg/a.py")
    repository.write("other/b.py")
    assert {f["path"] for f in nova(*JSON, "pkg", "--diff", "HEAD").data["findings"]} == {"pkg/a.py"}


def test_rules_can_be_chosen_and_left_out(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    assert nova(*JSON, "--select", "F401").rules() == ["F401"]
    assert nova(*JSON, "--select", "B").rules() == ["B006"]
    assert nova(*JSON, "--ignore", "ruff").rules() == []


def test_show_gives_code_and_fix(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    rank = next(f["rank"] for f in nova(*JSON).data["findings"] if f["rule"] == "F401")
    shown = nova("show", str(rank))
    assert shown.code == 0
    assert "import os" in shown.out
    assert "-import os" in shown.out


def test_every_patch_applies(repository: Repository, nova: Nova) -> None:
    repository.commit(
        shop=MESSY + "\n\ndef pairs(a, b):\n    return list(zip(a, b))\n",
        crlf="import os\r\nx = 1\r\n",
        bom="\ufeffimport os\nx = 1",
        umlaut="# \u00e4\nimport os, sys\nprint(sys)\n",
    )
    patches = [f["fix"]["patch"] for f in nova(*ALL).data["findings"] if f["fix"]]
    assert len(patches) >= 4
    for number, patch in enumerate(patches):
        place = repository.path / ".git" / f"{number}.patch"
        place.write_bytes(patch.encode())
        repository.git("apply", "--check", str(place))
