"""The files of a pull request are those of git, with GitHub's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.forge.asking import PROJECT, ask, numbered, open_pull

if TYPE_CHECKING:
    from tests.forge.forge import Forge

FILES = f"{PROJECT}/pulls/1/files"


def files(forge: Forge, query: str = "per_page=100") -> dict[str, Any]:
    return {each["filename"]: each for each in ask(forge, "GET", f"{FILES}?{query}").payload}


def test_a_patch_begins_at_its_first_hunk_and_has_three_lines_around(forge: Forge) -> None:
    open_pull(forge)
    patch = files(forge)["a.py"]["patch"]
    assert patch.startswith("@@ -7,7 +7,7 @@ line 6\n line 7\n line 8\n line 9\n-line 10\n+ten\n")
    assert not patch.endswith("\n")


def test_each_kind_of_change_has_its_status(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("main", {"gone.py": "1\n", "old name.py": numbered(20), "pic.bin": b"\0one"})
    forge.commit(
        "feature2",
        {"gone.py": None, "old name.py": None, "naïve\tname.py": numbered(20), "pic.bin": b"\0two", "new.py": "1"},
    )
    ask(forge, "PATCH", f"{PROJECT}/pulls/1", {"state": "closed"})
    ask(forge, "POST", f"{PROJECT}/pulls", {"title": "T", "head": "feature2", "base": "main"})
    found = {each["filename"]: each for each in ask(forge, "GET", f"{PROJECT}/pulls/2/files").payload}
    assert {name: each["status"] for name, each in found.items()} == {
        "gone.py": "removed",
        "naïve\tname.py": "renamed",
        "pic.bin": "modified",
        "new.py": "added",
    }
    assert found["naïve\tname.py"]["previous_filename"] == "old name.py"
    assert "patch" not in found["naïve\tname.py"]
    assert "patch" not in found["pic.bin"]
    assert found["new.py"]["patch"] == "@@ -0,0 +1 @@\n+1\n\\ No newline at end of file"


def test_what_the_base_got_since_is_no_part_of_the_diff(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("main", {"kept.py": "changed\n"})
    assert list(files(forge)) == ["a.py"]


def test_a_patch_over_the_limits_is_left_out(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("feature", {"big.py": numbered(20_001), "wide.py": "x" * 500_001 + "\n", "fits.py": numbered(15_000)})
    found = files(forge)
    assert "patch" not in found["big.py"]
    assert "patch" not in found["wide.py"]
    assert "patch" in found["fits.py"]
    assert found["big.py"]["additions"] == 20_001


def test_patches_beyond_the_limit_of_all_are_left_out(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("feature", {f"f{number}.py": numbered(12_000) for number in range(3)})
    found = files(forge)
    assert ["patch" in found[f"f{number}.py"] for number in range(3)] == [True, False, False]


def test_at_most_3000_files_are_listed(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("feature", {f"many/f{number:04}.py": f"{number}\n" for number in range(3_010)})
    assert len(ask(forge, "GET", f"{FILES}?per_page=100&page=30").payload) == 100
    assert ask(forge, "GET", f"{FILES}?per_page=100&page=31").payload == []
    assert ask(forge, "GET", f"{PROJECT}/pulls/1").payload["changed_files"] == 3_011


def test_a_comparison_lists_at_most_300_files_all_on_its_first_page(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("feature", {f"many/f{number:04}.py": f"{number}\n" for number in range(310)})
    first = ask(forge, "GET", f"{PROJECT}/compare/main...feature?per_page=1").payload
    second = ask(forge, "GET", f"{PROJECT}/compare/main...feature?per_page=1&page=2").payload
    assert (len(first["files"]), len(second["files"])) == (300, 0)
    assert (first["status"], first["ahead_by"], first["behind_by"], len(first["commits"])) == ("ahead", 2, 0, 1)


def test_a_submodule_is_shown_as_git_shows_it(forge: Forge) -> None:
    open_pull(forge)
    git, index = forge.repository.git, {"GIT_INDEX_FILE": str(forge.folder / "index")}
    tip = git.resolve("feature") or ""
    git.run("read-tree", tip, also=index)
    git.run("update-index", "--add", "--cacheinfo", f"160000,{tip},vendor/lib", also=index)
    made = git.write_commit(git.text("write-tree", also=index), [tip], "Submodule")
    git.point("refs/heads/feature", made)
    assert files(forge)["vendor/lib"]["patch"] == f"@@ -0,0 +1 @@\n+Subproject commit {tip}"


def test_contents_and_trees_are_those_of_git(forge: Forge) -> None:
    open_pull(forge)
    answer = ask(forge, "GET", f"{PROJECT}/contents/kept.py?ref=feature")
    assert (answer.payload["content"], answer.payload["encoding"]) == ("c2FtZQo=\n", "base64")
    assert [each["path"] for each in ask(forge, "GET", f"{PROJECT}/contents/").payload] == ["a.py", "kept.py"]
    assert ask(forge, "GET", f"{PROJECT}/contents/none.py").status == 404
    tree = ask(forge, "GET", f"{PROJECT}/git/trees/feature?recursive=1").payload
    assert [each["path"] for each in tree["tree"]] == ["a.py", "kept.py"]
