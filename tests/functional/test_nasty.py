"""What a review meets in the wild: it says what it could not do, and never looks clean when something failed."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.functional import repositories
from tests.functional.repositories import MESSY, ROOT, Answer, Repository

if TYPE_CHECKING:
    from collections.abc import Callable

    Nova = Callable[..., Answer]

JSON = ("review", "--format", "json", "--all")
UNUSED = "import os\n"


def failed(answer: Answer) -> dict[str, str]:
    return {left["path"]: left["reason"] for left in answer.data["failed"]}


def skipped(answer: Answer) -> dict[str, str]:
    return {left["path"]: left["reason"] for left in answer.data["skipped"]}


def paths(answer: Answer, rule: str = "F401") -> set[str]:
    return {f["path"] for f in answer.data["findings"] if f["rule"] == rule}


WRONG = {
    "a missing path": (("review", "nope"), "there is no file or folder nope"),
    "a path with a dash": (("review", "--", "-x.py"), "there is no file or folder -x.py"),
    "an unknown commit": (("review", "--diff", "nope"), "nope names no commit"),
    "an unknown range": (("review", "--diff", "nope..HEAD"), "nope names no commit"),
    "an empty range": (("review", "--diff", ".."), "names no commit"),
    "half a range": (("review", "--diff", "...HEAD"), "does not say what to compare with"),
    "an option as a commit": (("review", "--diff=--output=x"), "is no name of a commit"),
    "an unknown baseline": (("review", "--baseline", "nope"), "nope names no commit"),
    "two changes": (("review", "--diff", "HEAD", "--staged"), "two different changes"),
    "an unknown rule": (("review", "--select", "close-resource"), "did you mean close-resources?"),
    "an unknown code": (("review", "--ignore", "XYZ1"), "there is no rule XYZ1"),
    "an unknown target": (("review", "--target", "nowa"), "did you mean nova?"),
    "an unknown command": (("reviw",), "did you mean nova review?"),
    "no number": (("review", "--top", "0"), "0 is not a whole number of 1 or more"),
    "no finding yet": (("show", "1"), "no findings were shown yet"),
    "an unknown finding": (("verdict", "abcdef", "dismiss", "--because", "wrong"), "no finding is known by abcdef"),
    "no reason": (("verdict", "1", "dismiss"), "say why it is dismissed"),
    "an unknown rule to explain": (("explain", "no-swallowed-eror"), "did you mean no-swallowed-error?"),
    "a file in .git": (("review", ".git"), "is inside a .git folder"),
    "a memory that is none": (("verdict", "--list", "--db", "shop.py"), "is not a memory"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_with_what_to_do(repository: Repository, nova: Nova, name: str) -> None:
    repository.commit(shop="x = 1\n")
    arguments, said = WRONG[name]
    answer = nova(*arguments)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""


def test_a_folder_without_git_is_reviewed_when_named(
    tmp_path: Path, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.py").write_text(UNUSED)
    answer = nova(*JSON, str(folder))
    assert answer.code == 0
    assert paths(answer) == {"a.py"}
    assert answer.data["target"]["commit"] is None
    assert nova("review", str(folder), "--staged").code == 2


def test_where_there_is_no_repository_that_is_said(tmp_path: Path) -> None:
    answer = repositories.nova(tmp_path, "review")
    assert answer.code == 2
    assert "is not inside a git repository" in answer.err


def test_an_empty_repository_is_clean_and_says_why(repository: Repository, nova: Nova) -> None:
    answer = nova("review")
    assert answer.code == 0
    assert "No Python files" in answer.out
    assert "there is no commit yet" in answer.out


def test_before_the_first_commit_staged_files_are_reviewed(repository: Repository, nova: Nova) -> None:
    repository.write("shop.py", UNUSED)
    repository.git("add", "-A")
    assert paths(nova(*JSON, "--staged")) == {"shop.py"}
    assert nova("review", "--diff", "main").code == 2


def test_a_bare_repository_is_reviewed_at_its_newest_commit(repository: Repository, tmp_path: Path, nova: Nova) -> None:
    repository.commit(shop=UNUSED)
    repository.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    answer = nova(*JSON, str(tmp_path / "bare.git"))
    assert paths(answer) == {"shop.py"}
    assert nova("review", str(tmp_path / "bare.git"), "--staged").code == 2


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path, nova: Nova) -> None:
    for number in range(3):
        repository.commit(shop=f"{UNUSED}x = {number}\n")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.path}", str(clone))
    assert "shallow" in nova("review", str(clone)).out
    older = nova("review", str(clone), "--diff", "HEAD~2")
    assert older.code == 2
    assert "unshallow" in older.err


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_conflict_markers_are_found_while_a_merge_is_unfinished(repository: Repository, nova: Nova, how: str) -> None:
    repository.commit(shop="x = 1\n")
    repository.git("checkout", "-q", "-b", "other")
    repository.commit(shop="x = 2\n")
    repository.git("checkout", "-q", "main")
    repository.commit(shop="x = 3\n")
    repository.git(how, "other", check=False)
    answer = nova(*JSON)
    assert [f["message"] for f in answer.data["findings"]] == ["merge conflict markers are left in this file"]
    assert answer.code == 0
    assert "1 unmerged path" in nova("review").out
    staged = nova(*JSON, "--staged")
    assert staged.code == 2
    assert failed(staged) == {"shop.py": "unmerged: nothing is staged for it yet"}


def test_histories_with_nothing_in_common_are_told(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit(shop="x = 2\n")
    answer = nova("review", "--diff", "main")
    assert answer.code == 2
    assert "have no commit in common" in answer.err


NAMES = [
    "sp ace/a b.py", "new\nline.py", "\u00fc\u6f22.py", "sur\udce9.py", "-dash.py", "q'uo\"te.py", "back\\slash.py",
    "tab\t.py",
    ":(glob)x.py", "star*.py", "[b].py", "dir.py/a.py", "w.pyw",
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_name_of_a_file_is_too_odd(repository: Repository, nova: Nova) -> None:
    for name in NAMES:
        repository.write(name, UNUSED)
    repository.commit()
    answer = nova(*JSON)
    assert answer.code == 0
    assert len(paths(answer)) == len(NAMES)
    assert answer.data["totals"]["files"] == len(NAMES)
    for form in ("text", "sarif"):
        assert nova("review", "--format", form).code == 0
    for name in (":(glob)x.py", "[b].py", "sur\udce9.py"):
        one = nova(*JSON, f"./{name}")
        assert one.data["totals"]["files"] == 1, name


@pytest.mark.parametrize("name", ["odd\nname \u00fc", "sur\udce9"])
def test_a_repository_in_a_folder_of_any_name(tmp_path: Path, nova: Nova, name: str) -> None:
    odd = Repository(tmp_path / name)
    odd.commit(shop=UNUSED)
    for _ in range(2):
        answer = nova(*JSON, str(odd.path))
        assert paths(answer) == {"shop.py"}
        assert "memory" not in " ".join(answer.data["notices"])


CONTENTS: dict[str, tuple[bytes, str]] = {
    "bom": (b"\xef\xbb\xbfimport os\n", ""),
    "crlf": (b"import os\r\nx = 1\r\n", ""),
    "cr": (b"import os\rx = 1\r", ""),
    "formfeed": (b"\x0cimport os\n\x0c\nx = 1\n", ""),
    "latin_declared": (b"# -*- coding: latin-1 -*-\n# caf\xe9\nimport os\n", ""),
    "tabs": (b"if 1:\n\timport os\n", ""),
    "no_newline": (b"import os", ""),
    "empty": (b"", ""),
    "comments": (b"# a\n# b\n", ""),
    "null": (b"x = 1\0\n", "skipped binary"),
    "utf16": ("import os\n".encode("utf-16"), "skipped binary"),
    "generated": (b"# @generated\nimport os\n", "skipped generated"),
    "huge": (b"x = 1\n" * 170_000, "skipped larger than 1 MB"),
    "latin": (b"# caf\xe9\nimport os\n", "failed not valid utf-8"),
    "unknown_coding": (b"# coding: klingon\nimport os\n", "failed unknown encoding klingon"),
    "no_text_coding": (b"# coding: hex\n00\n", "failed unknown encoding hex"),
    "python2": (b"print 'x'\n", "syntax Missing parentheses"),
    "conflict": (b"<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n", "syntax merge conflict markers"),
    "unterminated": (b"x = '''abc\n", "syntax unterminated"),
    "parentheses": (b"x = " + b"(" * 1000 + b"1" + b")" * 1000 + b"\n", "failed nested too deeply"),
    "lists": (b"x = " + b"[" * 100_000 + b"]" * 100_000 + b"\n", "failed nested too deeply"),
    "minus": (b"x = " + b"-" * 100_000 + b"1\n", "failed"),
    "attributes": (b"x = a" + b".b" * 100_000 + b"\n", "failed"),
    "indents": (
        b"".join(b" " * n + b"if a:\n" for n in range(101)) + b" " * 101 + b"pass\n",
        "failed nested too deeply",
    ),
    "elifs": (b"if a:\n    pass\n" + b"elif b:\n    pass\n" * 1000, ""),
}
"""What is in a file, and what becomes of it: read, unless it says otherwise."""


def test_every_file_costs_only_itself_and_none_is_lost_in_silence(repository: Repository, nova: Nova) -> None:
    for name, (data, _) in CONTENTS.items():
        repository.write(f"{name}.py", data)
    repository.commit()
    answer = nova(*JSON)
    assert answer.code == 2
    syntax = {
        f["path"]: f["message"].removeprefix("Python cannot parse this file: ")
        for f in answer.data["findings"]
        if f["rule"] == "invalid-syntax"
    }
    became = {"skipped": skipped(answer), "failed": failed(answer), "syntax": syntax}
    for name, (data, fate) in CONTENTS.items():
        kind, _, words = fate.partition(" ")
        for other, found in became.items():
            assert (f"{name}.py" in found) == (other == kind), (name, other, found.get(f"{name}.py"))
        if kind:
            assert became[kind][f"{name}.py"].startswith(words), (name, became[kind][f"{name}.py"])
        elif b"import os" in data:
            assert f"{name}.py" in paths(answer), name


def test_a_file_of_exactly_the_limit_is_read(repository: Repository, nova: Nova) -> None:
    repository.commit(
        shop="x = 1\n" * 166_665 + "# 2345678\n", dict=f"D = {{{''.join(f'{n}: {n},' for n in range(20_000))}}}\n"
    )
    assert (repository.path / "shop.py").stat().st_size == 1_000_000
    answer = nova(*JSON)
    assert answer.code == 0
    assert answer.data["totals"]["files"] == 2


def test_newer_syntax_is_read_by_ruff_where_no_python_can(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewers.engine.newer_pythons", list)
    repository.commit(generic="import os\ntype X = int\n", both="import os\ntry:\n    pass\nexcept A, B:\n    pass\n")
    answer = nova(*JSON)
    wanted = {"generic.py": (3, 12), "both.py": (3, 14)}
    for path, version in wanted.items():
        if sys.version_info < version:
            assert skipped(answer)[path] == f"needs Python {version[0]}.{version[1]}: only ruff read it"
    assert paths(answer) == set(wanted)


def test_what_is_no_regular_file_is_left_alone(repository: Repository, tmp_path: Path, nova: Nova) -> None:
    repository.write("shop.py", UNUSED)
    for name, goal in {
        "link.py": "shop.py",
        "dangling.py": "nope.py",
        "loop.py": "loop.py",
        "outside.py": "/etc/passwd",
        "folder": "/tmp",
    }.items():
        (repository.path / name).symlink_to(goal)
    repository.commit()
    os.mkfifo(repository.path / "fifo.py")
    os.mkfifo(repository.path / "pyproject.toml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(repository.path / "sock.py"))
    answer = nova(*JSON)
    assert answer.code == 0
    assert paths(answer) == {"shop.py"}
    assert {p for p, why in skipped(answer).items() if why == "symbolic link"} == {
        "link.py",
        "dangling.py",
        "loop.py",
        "outside.py",
    }
    plain = nova(*JSON, "--no-memory", str(_copy_without_git(repository.path, tmp_path / "plain")))
    assert plain.code == 0
    assert skipped(plain)["fifo.py"] == "not a regular file"


def _copy_without_git(folder: Path, goal: Path) -> Path:
    goal.mkdir()
    (goal / "shop.py").write_text(UNUSED)
    os.mkfifo(goal / "fifo.py")
    os.mkfifo(goal / "ruff.toml")
    assert folder.is_dir()
    return goal


def test_what_policy_leaves_out_is_listed_and_complete(repository: Repository, nova: Nova) -> None:
    for name in ("vendor/a.py", "api_pb2.py", "ignored.py"):
        repository.write(name, UNUSED)
    repository.write("note.ipynb", "{}")
    repository.write(".gitignore", "ignored.py\n")
    repository.write("pyproject.toml", '[tool.nova.review]\nexclude = ["old/**"]\n')
    repository.write("old/a.py", UNUSED)
    repository.commit()
    answer = nova(*JSON)
    assert answer.code == 0
    assert {path: why.partition(":")[0] for path, why in skipped(answer).items()} == {
        "vendor/a.py": "vendored", "api_pb2.py": "generated", "note.ipynb": "notebook",
        "old/a.py": "excluded by the target's settings",
    }  # fmt: skip


def test_the_index_may_say_strange_things(repository: Repository, nova: Nova) -> None:
    repository.commit(**dict.fromkeys(("assumed", "kept", "sparse", "deleted", "case"), "x = 1\n"))
    repository.git("update-index", "--assume-unchanged", "assumed.py")
    repository.git("update-index", "--skip-worktree", "kept.py", "sparse.py")
    (repository.path / "sparse.py").unlink()
    (repository.path / "deleted.py").unlink()
    repository.git("mv", "case.py", "Case.py")
    for name in ("assumed", "kept", "intended"):
        repository.write(f"{name}.py", UNUSED)
    repository.git("add", "-N", "intended.py")
    answer = nova(*JSON)
    assert answer.code == 0
    assert paths(answer) == {"assumed.py", "kept.py", "intended.py"}
    assert skipped(answer) == {"sparse.py": "not checked out (sparse checkout)"}
    assert answer.data["totals"]["files"] == 4


def test_a_submodule_is_a_repository_of_its_own(repository: Repository, tmp_path: Path, nova: Nova) -> None:
    other = Repository(tmp_path / "other")
    other.commit(shop=UNUSED)
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.path), "sub")
    repository.commit("sub")
    answer = nova(*JSON)
    assert skipped(answer) == {"sub": "submodule: a repository of its own"}
    assert paths(nova(*JSON, "sub")) == {"shop.py"}


def test_a_linked_work_tree_is_reviewed(repository: Repository, tmp_path: Path, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    repository.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / "shop.py").write_text(UNUSED)
    assert paths(nova(*JSON, str(tmp_path / "side"))) == {"shop.py"}
    assert paths(nova(*JSON)) == set()


def test_a_broken_repository_is_not_taken_for_a_plain_folder(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=UNUSED)
    Path(repository.path, ".git", "HEAD").unlink()
    for arguments in (JSON, (*JSON, str(repository.path)), (*JSON, "shop.py")):
        answer = nova(*arguments)
        assert answer.code == 2
        assert "takes" in answer.err
        assert "HEAD" in answer.err
        assert not answer.out


def test_what_was_dismissed_stays_dismissed_in_every_work_tree(
    repository: Repository, tmp_path: Path, nova: Nova
) -> None:
    repository.commit(shop=UNUSED)
    side = tmp_path / "side"
    repository.git("worktree", "add", "-q", "-b", "side", str(side))
    found = nova(*JSON).data["findings"][0]["id"]
    assert nova(*JSON, str(side)).data["target"]["root"] == str(side)
    nova("verdict", found, "dismiss", "--because", "by design")
    answer = nova(*JSON, str(side))
    assert [f["state"] for f in answer.data["findings"]] == ["dismissed"]
    assert answer.data["totals"]["dismissed"] == 1


HOOK = """#!/bin/sh
{python} -m nova review --staged --format json > {out} 2> {out}.err
"""


@pytest.mark.parametrize(
    ("arguments", "found"), [(("-a",), {"one.py", "two.py"}), (("one.py",), {"one.py"}), ((), {"two.py"})]
)
def test_a_hook_sees_what_will_be_committed(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], found: set[str]
) -> None:
    repository.commit(one="x = 1\n", two="x = 1\n")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    out = tmp_path / "out.json"
    hook = repository.write(".git/hooks/pre-commit", HOOK.format(python=sys.executable, out=out))
    hook.chmod(0o755)
    repository.write("one.py", UNUSED)
    repository.write("two.py", UNUSED)
    if not arguments:
        repository.git("add", "two.py")
    repository.git("commit", "-q", "-m", "hooked", *arguments)
    answer = Answer(0, out.read_text(), "")
    assert paths(answer) == found, Path(f"{out}.err").read_text()


def test_what_a_hook_was_given_counts_for_its_own_repository_alone(
    repository: Repository, tmp_path: Path, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop="x = 1\n")
    other = Repository(tmp_path / "other")
    other.commit(store=UNUSED)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository.path / ".git/index"))
    assert paths(nova(*JSON, str(other.path))) == {"store.py"}


SETTINGS = {
    "no TOML": ("[tool.nova\n", "is not valid TOML"),
    "an unknown key": ("[tool.nova.review]\nignores = []\n", "did you mean ignore?"),
    "an unknown table": ("[tool.nova.reviews]\n", "did you mean review?"),
    "a wrong type": ("[tool.nova.review]\ntop = '3'\n", "must be a whole number"),
    "a wrong value": ("[tool.nova.review]\nfail_on = 'severe'\n", "one of: info, low"),
    "an unknown rule": ("[tool.nova.review]\nignore = ['close-resource']\n", "did you mean close-resources?"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_wrong_settings_are_an_error_that_names_the_nearest(repository: Repository, nova: Nova, name: str) -> None:
    text, said = SETTINGS[name]
    repository.write("pyproject.toml", text)
    repository.commit(shop=UNUSED)
    answer = nova("review")
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.parametrize(
    "text", ["line-length = 'x'\n", "[lint\n", 'required-version = ">=99"\n', "extend = 'nope.toml'\n"]
)
def test_settings_that_ruff_cannot_use_are_told_and_do_not_stop_it(
    repository: Repository, nova: Nova, text: str
) -> None:
    repository.write("ruff.toml", text)
    repository.commit(shop=UNUSED)
    answer = nova("review")
    assert answer.code == 0
    assert "F401" in answer.out
    assert "could not use the target's configuration" in answer.out


def test_ruffs_own_settings_are_honoured(repository: Repository, nova: Nova) -> None:
    repository.write(
        "ruff.toml",
        'exclude = ["excluded.py"]\n[lint]\nignore = ["F401"]\n[lint.per-file-ignores]\n"spared.py" = ["B006"]\n',
    )
    repository.write("deep/ruff.toml", 'extend = "../ruff.toml"\n[lint]\nextend-select = ["F401"]\nignore = ["B"]\n')
    for name in ("plain.py", "excluded.py", "spared.py", "deep/below.py"):
        repository.write(name, MESSY)
    repository.commit()
    for arguments in ((*JSON,), (*JSON, "--no-memory"), (*JSON, "--baseline", "HEAD", "--no-memory")):
        answer = nova(*arguments)
        if "--baseline" in arguments:
            assert answer.data["findings"] == []
        else:
            assert {(f["rule"], f["path"]) for f in answer.data["findings"]} == {
                ("B006", "plain.py"),
                ("F401", "deep/below.py"),
            }


def test_settings_of_ruff_that_change_are_noticed(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=UNUSED)
    assert paths(nova(*JSON)) == {"shop.py"}
    repository.write("ruff.toml", 'extend = "base-ruff.toml"\n')
    repository.write("base-ruff.toml", 'lint.ignore = ["F401"]\n')
    assert paths(nova(*JSON)) == set()
    repository.write("base-ruff.toml", "line-length = 100\n")
    assert paths(nova(*JSON)) == {"shop.py"}


def _path_without(tmp_path: Path, *wanted: str) -> str:
    import shutil

    folder = tmp_path / "bin"
    folder.mkdir()
    for name in wanted:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return str(folder)


def test_without_git_that_is_said(
    repository: Repository, nova: Nova, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop=UNUSED)
    monkeypatch.setenv("PATH", _path_without(tmp_path))
    answer = nova("review")
    assert answer.code == 2
    assert "git is not installed" in answer.err
    assert nova("doctor").code == 2


def test_a_git_that_cannot_be_silenced_is_refused(
    repository: Repository, nova: Nova, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop=UNUSED)
    old = tmp_path / "bin"
    old.mkdir()
    (old / "git").write_text('#!/bin/sh\nshift\nfor word in "$@"; do echo "$word"; done\n')
    (old / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:{os.environ['PATH']}")
    answer = nova("review")
    assert answer.code == 2
    assert "older than 2.31" in answer.err


def test_without_ruff_a_review_is_incomplete(repository: Repository, tmp_path: Path) -> None:
    repository.commit(shop=UNUSED)
    folder = _path_without(tmp_path, "git")
    (tmp_path / "python").symlink_to(Path(sys.executable).resolve())
    packages = str(Path(pytest.__file__).parent.parent)
    env = {"PATH": folder, "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"}
    answer = repositories.nova(repository.path, *JSON, "--no-memory", env=env, python=str(tmp_path / "python"))
    assert answer.code == 2
    assert failed(answer) == {"(ruff)": "ruff is not installed beside this Python, nor on the PATH"}


@pytest.mark.parametrize("where", ["nowhere", "a file"])
def test_memory_that_cannot_be_had_does_not_stop_a_review(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    repository.commit(shop=MESSY)
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null/x" if where == "nowhere" else str(tmp_path / "file"))
    answer = nova("review", "--fail-on", "low")
    assert answer.code == 1
    assert "reviewed without memory" in answer.out
    assert nova("verdict", "--list").code == 2


def test_a_damaged_memory_is_set_aside_and_told(repository: Repository, nova: Nova, tmp_path: Path) -> None:
    repository.commit(shop=UNUSED)
    nova("review")
    place = next((tmp_path / "home/data").rglob("*.duckdb"))
    place.write_bytes(place.read_bytes()[:4096] + b"\xff" * 20_000)
    answer = nova("review")
    assert answer.code == 0
    assert "set aside" in answer.out
    assert "F401" in answer.out


def test_without_a_home_nothing_is_written_into_the_repository(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop=UNUSED)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    answer = nova("review")
    assert answer.code == 0
    assert sorted(p.name for p in repository.path.iterdir()) == [".git", "shop.py"]


def test_a_reader_that_leaves_changes_no_exit_code(repository: Repository) -> None:
    repository.commit(shop=MESSY)
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run(
        [sys.executable, "-m", "nova", "review", "--fail-on", "low", "--no-memory"], cwd=repository.path, stdout=write,
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    os.close(write)
    assert (run.returncode, run.stderr) == (1, b"")


@pytest.mark.parametrize("closed", [">&-", ">/dev/full"])
def test_a_result_that_cannot_be_written_is_no_success(repository: Repository, closed: str) -> None:
    if closed == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    repository.commit(shop=MESSY)
    run = subprocess.run(
        ["sh", "-c", f'exec "$0" -m nova review --no-memory {closed}', sys.executable], cwd=repository.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.startswith("nova: ")
    assert "Traceback" not in run.stderr


def test_a_folder_that_is_gone_is_told(repository: Repository, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    repository.commit(shop=UNUSED)
    script = f'rmdir "{gone}"; exec "$0" -m nova "$@"'
    for arguments, code in ((("review",), 2), (("review", str(repository.path), "--no-memory"), 0), (("doctor",), 0)):
        gone.mkdir(exist_ok=True)
        run = subprocess.run(
            ["sh", "-c", script, sys.executable, *arguments], cwd=gone, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
        assert (run.returncode, "Traceback" in run.stderr) == (code, False), run.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_any_locale_will_do(repository: Repository, locale: str) -> None:
    repository.commit(ü漢="def f(\u00e4=[]):\n    return \u00e4\n")
    plain = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    answer = repositories.nova(repository.path, "review", "--no-memory", "--no-history", env=plain)
    assert answer.code == 0
    assert "B006" in answer.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_has_failed(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=UNUSED, shut=UNUSED)
    (repository.path / "shut.py").chmod(0)
    answer = nova(*JSON)
    assert answer.code == 2
    assert set(failed(answer)) == {"shut.py"}


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_review_leaves_nothing_running(
    repository: Repository, tmp_path: Path, signal_: signal.Signals
) -> None:
    for number in range(60):
        repository.write(f"m{number}.py", "".join(f"def f{n}(x=[]):\n    return x + [{n}]\n\n\n" for n in range(2000)))
    repository.commit()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "NOVA_TEST_MARK": str(tmp_path)}
    run = subprocess.Popen(
        [sys.executable, "-m", "nova", "review", "--no-memory", "--baseline", "HEAD"], cwd=repository.path, env=env,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  one thread; in the background SIGINT is ignored
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while len(_marked(tmp_path)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert run.poll() is None
    os.killpg(run.pid, signal_) if signal_ is signal.SIGINT else run.send_signal(signal_)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 2
    assert said.decode().strip() == "nova: stopped; nothing that was remembered before is lost"
    deadline = time.monotonic() + 10
    while _marked(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _marked(tmp_path) == []
    assert not list(tmp_path.glob("nova-*"))


def _marked(mark: Path) -> list[int]:
    """Processes that have inherited the mark in their environment."""
    wanted = f"NOVA_TEST_MARK={mark}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in place.read_bytes().split(b"\0"):
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def test_two_reviews_at_once_both_answer(repository: Repository) -> None:
    repository.commit(shop=MESSY)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "nova", "review", "--fail-on", "low"],
            cwd=repository.path,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    said = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [1, 1], said


def test_a_full_disk_is_told_and_the_answer_stands(repository: Repository) -> None:
    repository.commit(shop=MESSY)

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    answer = repositories.nova(repository.path, "review", "--fail-on", "low", preexec_fn=small)
    assert answer.code == 1
    assert "memory" in answer.out
    assert "F401" in answer.out
