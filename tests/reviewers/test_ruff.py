from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from reviewers.tools import ruff
from reviewers.tools.ruff_settings import Settings, ignored

if TYPE_CHECKING:
    from pathlib import Path

RUFF = ruff.find()
CODES = ("F401", "B006")
UNUSED = "import os\n"


def codes(folder: Path, *paths: str) -> dict[str, list[str]]:
    answer = ruff.check(RUFF, str(folder), paths, CODES)
    assert answer.failed == {}
    return {path: sorted(d.code for d in found) for path, found in answer.diagnostics.items()}


LAYERS: dict[str, tuple[list[dict[str, object]], bool]] = {
    "nothing": ([], False),
    "the code itself": ([{"ignore": ["B006"]}], True),
    "a prefix": ([{"ignore": ["B0"]}], True),
    "a linter": ([{"lint": {"ignore": ["B"]}}], True),
    "everything": ([{"lint": {"extend-ignore": ["ALL"]}}], True),
    "another linter": ([{"ignore": ["BLE", "A", "S"]}], False),
    "a longer selection wins": ([{"lint": {"ignore": ["B"], "select": ["B00"]}}], False),
    "a longer extension wins": ([{"lint": {"ignore": ["B"], "extend-select": ["B006"]}}], False),
    "of equals ignoring wins": ([{"lint": {"ignore": ["B006"], "select": ["B006"]}}], True),
    "a shorter selection loses": ([{"lint": {"ignore": ["B006"], "select": ["B"]}}], True),
    "what is extended counts": ([{"lint": {"ignore": ["B006"]}}, {"line-length": 100}], True),
    "selecting anew forgets": ([{"lint": {"ignore": ["B006"]}}, {"lint": {"select": ["B"]}}], False),
    "selecting others forgets too": ([{"lint": {"ignore": ["B006"]}}, {"lint": {"select": ["F"]}}], False),
    "adding keeps": ([{"lint": {"ignore": ["B006"]}}, {"lint": {"extend-select": ["F"]}}], True),
    "nonsense is not read": ([{"lint": {"ignore": "B006"}}, {"lint": 3}], False),
}


@pytest.mark.parametrize("name", LAYERS)
def test_the_most_specific_selector_decides(name: str) -> None:
    layers, expected = LAYERS[name]
    assert ignored(layers, "B006") is expected


@pytest.mark.parametrize(
    ("selector", "code", "means"),
    [
        ("PL", "PLE0101", True),
        ("PLE", "PLE0101", True),
        ("PL", "PLW0101", True),
        ("C", "C416", True),
        ("T", "T201", True),
        ("S", "SIM102", False),
        ("A", "ASYNC230", False),
        ("RUF", "RUF010", True),
        ("B00", "B006", True),
    ],
)
def test_a_prefix_means_what_ruff_takes_it_for(selector: str, code: str, means: bool) -> None:
    assert ignored([{"ignore": [selector]}], code) is means


def test_the_nearest_settings_govern(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ruff.lint]\nignore = ["F401"]\n')
    for folder in ("plain", "own", "foreign", "both"):
        (tmp_path / folder / "deep").mkdir(parents=True)
    (tmp_path / "own" / "ruff.toml").write_text("line-length = 100\n")
    (tmp_path / "foreign" / "pyproject.toml").write_text("[tool.black]\n")
    (tmp_path / "both" / "ruff.toml").write_text('lint.ignore = ["F401"]\n')
    (tmp_path / "both" / ".ruff.toml").write_text('extend = "../own/ruff.toml"\n')
    settings = Settings(str(tmp_path))
    told = {folder: settings.ignores(f"{folder}/deep/a.py", "F401") for folder in ("plain", "own", "foreign", "both")}
    assert told == {"plain": True, "own": False, "foreign": True, "both": False}


def test_settings_that_extend_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text('extend = "other.toml"\n')
    (tmp_path / "other.toml").write_text('extend = "ruff.toml"\nlint.ignore = ["F401"]\n')
    assert Settings(str(tmp_path)).ignores("a.py", "F401")


def test_what_the_settings_say_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text(
        'exclude = ["left.py"]\n[lint]\nignore = ["F401"]\n[lint.per-file-ignores]\n"spared.py" = ["B006"]\n'
    )
    for name in ("a.py", "left.py", "spared.py"):
        (tmp_path / name).write_text("import os\ndef f(x=[]):\n    return x\n")
    assert codes(tmp_path, "a.py", "left.py", "spared.py") == {"a.py": ["B006"]}


def test_settings_that_are_a_pipe_are_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "ruff.toml")
    (tmp_path / "a.py").write_text(UNUSED)
    answer = ruff.check(RUFF, str(tmp_path), ["a.py"], CODES)
    assert [d.code for d in answer.diagnostics["a.py"]] == ["F401"]
    assert answer.notices == ("ruff ran on its defaults: ruff.toml is not a regular file",)


def test_a_file_in_its_own_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes("# coding: latin-1\n# caf\u00e9\nimport os\n".encode("latin-1"))
    (tmp_path / "b.py").write_text(UNUSED)
    assert codes(tmp_path, "a.py", "b.py") == {"a.py": ["F401"], "b.py": ["F401"]}


def test_a_file_that_ruff_cannot_read_has_failed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"# caf\xe9\nimport os\n")
    answer = ruff.check(RUFF, str(tmp_path), ["a.py"], CODES)
    assert list(answer.failed) == ["a.py"]


def test_a_file_that_kills_ruff_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "deep.py").write_text(f"x = {'[' * 100_000}{']' * 100_000}\n")
    names = [f"a{number}.py" for number in range(7)]
    for name in names:
        (tmp_path / name).write_text(UNUSED)
    answer = ruff.check(RUFF, str(tmp_path), [*names[:3], "deep.py", *names[3:]], CODES)
    assert list(answer.failed) == ["deep.py"]
    assert "killed by signal" in answer.failed["deep.py"]
    assert set(answer.diagnostics) == set(names)


def _stand_in(tmp_path: Path, script: str) -> str:
    place = tmp_path / "ruff"
    place.write_text(f"#!{sys.executable}\n{script}")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return str(place)


def test_a_file_that_ruff_hangs_on_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruff, "SECONDS_AT_ONCE", 0.5)
    monkeypatch.setattr(ruff, "SECONDS_ALONE", 0.5)
    slow = _stand_in(
        tmp_path,
        "import os, sys, time\nif any('slow' in a for a in sys.argv): time.sleep(60)\n"
        f"os.execv({RUFF!r}, ['ruff', *sys.argv[1:]])\n",
    )
    for name in ("a.py", "slow.py", "b.py"):
        (tmp_path / name).write_text(UNUSED)
    answer = ruff.check(slow, str(tmp_path), ["a.py", "slow.py", "b.py"], CODES)
    assert "slow.py" in answer.failed
    assert "ruff took longer" in answer.failed["slow.py"]
    assert set(answer.failed) | set(answer.diagnostics) == {"a.py", "slow.py", "b.py"}


def test_a_ruff_that_hangs_on_everything_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruff, "SECONDS", 0.6)
    monkeypatch.setattr(ruff, "SECONDS_AT_ONCE", 0.3)
    slow = _stand_in(tmp_path, "import time\ntime.sleep(60)\n")
    paths = [f"a{number}.py" for number in range(50)]
    assert set(ruff.check(slow, str(tmp_path), paths, CODES).failed) == set(paths)


@pytest.mark.parametrize("command", ["/nowhere/ruff", "/dev/null"])
def test_a_ruff_that_cannot_be_started_fails_its_files(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.py").write_text(UNUSED)
    answer = ruff.check(command, str(tmp_path), ["a.py"], CODES)
    assert answer.failed["a.py"].startswith("ruff could not be started")


def test_the_environment_does_not_redirect_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUFF_OUTPUT_FILE", str(tmp_path / "out"))
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "github")
    (tmp_path / "a.py").write_text(UNUSED)
    assert codes(tmp_path, "a.py") == {"a.py": ["F401"]}
    assert not (tmp_path / "out").exists()


def test_the_version_that_newer_syntax_needs_is_known(tmp_path: Path) -> None:
    (tmp_path / "generic.py").write_text("type X = int\n")
    (tmp_path / "both.py").write_text("try:\n    pass\nexcept A, B:\n    pass\n")
    (tmp_path / "broken.py").write_text("def (\n")
    needed = ruff.needed_versions(RUFF, str(tmp_path), ["generic.py", "both.py", "broken.py"])
    assert "broken.py" not in needed
    for path, version in {"generic.py": (3, 12), "both.py": (3, 14)}.items():
        if sys.version_info < version:
            assert needed[path] == f"{version[0]}.{version[1]}"
