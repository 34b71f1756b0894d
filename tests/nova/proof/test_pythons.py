from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from nova.proof.compilers import Compilers
from nova.proof.pythons import admitted, candidates, required

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = "3.15"


@pytest.mark.parametrize(
    ("requires", "first", "last"),
    [
        ("", "3.8", NEWEST), (">=3.10", "3.10", NEWEST), (">=3.9,<3.13", "3.9", "3.12"), ("~=3.10", "3.10", NEWEST),
        ("~=3.10.2", "3.10", "3.10"), ("^3.9", "3.9", NEWEST), ("~3.11", "3.11", "3.11"), (">=3.10.4", "3.10", NEWEST),
        ("==3.11.*", "3.11", "3.11"), ("==3.11.4", None, None), (">3.10", "3.10", NEWEST), ("<=3.10", "3.8", "3.10"),
        ("<3.11", "3.8", "3.10"), (">=2.7, !=3.0.*, !=3.1.*", "3.8", NEWEST), ("^3.8 || ^4", "3.8", NEWEST), ("what?", "3.8", NEWEST),
        (">=4", None, None), ("!=3.8.*", "3.9", NEWEST), ("!=3.8.1", "3.8", NEWEST),
    ],
)  # fmt: skip
def test_a_declaration_admits_its_versions(requires: str, first: str | None, last: str | None) -> None:
    found = admitted(requires)
    if requires == "==3.11.4":
        assert found in {(), ("3.11",)}
        return
    assert (found[0] if found else None, found[-1] if found else None) == (first, last)


def test_a_declaration_is_read_wherever_projects_write_it() -> None:
    assert required('[project]\nrequires-python = ">=3.10"\n') == ">=3.10"
    assert required('[tool.poetry.dependencies]\npython = "^3.9"\n') == "^3.9"
    assert required("", ["[options]\npython_requires = >=3.8\n"]) == ">=3.8"
    assert required("", ["", "setup(python_requires='>=3.7')\n"]) == ">=3.7"
    assert required("no toml at all [") == ""
    assert required("[project]\nname = 'a'\n") == ""


def _program(folder: Path, name: str, text: str) -> str:
    place = folder / name
    place.write_text(text)
    place.chmod(0o755)
    return str(place)


def test_a_python_that_is_none_is_passed_over_for_one_that_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = next(v for v in ("3.8", "3.9") if v != "{}.{}".format(*sys.version_info[:2]))
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    _program(tmp_path, f"python{other}", "#!/bin/sh\nexit 1\n")
    liar = tmp_path / "liar"
    liar.mkdir()
    _program(liar, f"python{other}", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert candidates(other, [liar])[:2] == [str(tmp_path / f"python{other}"), str(liar / f"python{other}")]
    with Compilers([liar]) as compilers:
        assert compilers.present([other]) == ()


def test_a_shim_comes_after_the_pythons_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shims, real = tmp_path / "shims", tmp_path / "real"
    for folder in (shims, real):
        folder.mkdir()
        _program(folder, "python3.8", "#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("PATH", str(shims))
    assert candidates("3.8", [real]) == [str(real / "python3.8"), str(shims / "python3.8")]


def test_a_file_that_kills_the_compiler_fails_and_the_next_one_is_compared() -> None:
    own = "{}.{}".format(*sys.version_info[:2])
    hard = b"x = " + b"-" * 3_000_000 + b"1\n"
    with Compilers() as compilers:
        (answer,) = compilers.compare([own], "a.py", b"x = 1\n", hard, (0,))
        assert (bool(answer.failed), answer.after) == (True, "")
        (answer,) = compilers.compare([own], "a.py", b"x = 1\n", b"x = (1)\n", (0,))
        assert (answer.failed, answer.differs) == ("", ())


def test_nothing_of_the_code_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = f"open({str(mark)!r}, 'w')\n".encode()
    with Compilers() as compilers:
        compilers.compare(["{}.{}".format(*sys.version_info[:2])], "a.py", text, text + b"\n", (0, 1, 2))
    assert not mark.exists()


def test_a_null_byte_and_a_wrong_encoding_are_no_code() -> None:
    own = "{}.{}".format(*sys.version_info[:2])
    with Compilers() as compilers:
        for data in (b"x = 1\0\n", b"# coding: no-such\nx = 1\n", b"x = '\xff'\n"):
            (answer,) = compilers.compare([own], "a.py", b"x = 1\n", data, (0,))
            assert (bool(answer.after), answer.before, answer.failed) == (True, "", "")
