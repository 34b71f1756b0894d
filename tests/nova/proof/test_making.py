from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from nova.errors import ToolError
from nova.ports import silent
from nova.proof.making import Workshop, suitable
from nova.proof.venvs import Venv

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
BACKEND = """\
import pathlib
import zipfile

def build_editable(folder, *_):
    pathlib.Path("shop.egg-info").mkdir()
    with zipfile.ZipFile(pathlib.Path(folder, "shop-1-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("shop.pth", str(pathlib.Path("src").resolve()))
        wheel.writestr("shop-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: shop\\nVersion: 1\\n")
        wheel.writestr("shop-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("shop-1.dist-info/RECORD", "")
        wheel.writestr("shop-1.dist-info/entry_points.txt", "[console_scripts]\\nshop = shop:main\\n")
    return "shop-1-py3-none-any.whl"

build_wheel = build_editable
"""
"""A build that needs nothing but Python, and leaves a folder in the target as setuptools does."""
PROJECT = "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n[project]\nname='shop'\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    root = tmp_path / "shop"
    (root / "src").mkdir(parents=True)
    (root / "src/shop.py").write_text("def main():\n    print('open')\n")
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(PROJECT)
    return root


def _workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "made", tmp_path / "shop")


def test_an_environment_is_made_told_of_before_and_found_again(shop: Path, tmp_path: Path) -> None:
    told: list[str] = []
    assert _workshop(tmp_path).made("unittest") is None
    made = _workshop(tmp_path).make("unittest", [sys.executable], silent, told.append)
    assert "outside of the sandbox" in told[0]
    again = _workshop(tmp_path).made("unittest")
    assert isinstance(again, Venv)
    assert again.python == made.python
    # A program of it names its own place, not the one where it was made.
    run = subprocess.run([str(made.folder / "bin/shop")], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "open\n")
    assert sorted(path.name for path in shop.iterdir() if path.name != "__pycache__") == [
        "backend.py",
        "pyproject.toml",
        "src",
    ]
    # Other dependencies are another environment.
    (shop / "pyproject.toml").write_text(PROJECT + "version='2'\n")
    assert _workshop(tmp_path).made("unittest") is None
    assert _workshop(tmp_path).has_others()


def test_a_failed_try_tells_pips_last_lines_and_leaves_nothing(shop: Path, tmp_path: Path) -> None:
    (shop / "pyproject.toml").write_text(PROJECT + "[dependency-groups]\ntest=['no-such-thing-at-all']\n")
    with pytest.raises(ToolError) as error:
        _workshop(tmp_path).make("unittest", [sys.executable], silent, silent)
    assert "no-such-thing-at-all" in error.value.why
    assert [path for path in (tmp_path / "made").rglob("*") if path.is_file()] == []
    assert not _workshop(tmp_path).has_others()
    assert not list((tmp_path / "made").rglob(".making-*"))


def test_an_interrupted_try_leaves_nothing(shop: Path, tmp_path: Path) -> None:
    def stop(doing: str, done: int = 0, of: int = 0) -> None:
        if doing.startswith("test environment"):
            raise KeyboardInterrupt

    def stop_at_once(doing: str, done: int = 0, of: int = 0) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _workshop(tmp_path).make("unittest", [sys.executable], stop, silent)
    assert not list((tmp_path / "made").rglob(".making-*"))
    assert _workshop(tmp_path).made("unittest") is None
    killed = next((tmp_path / "made").glob("shop-*")) / ".making-999999999"
    killed.mkdir()  # as a process leaves it that could not clean up
    with pytest.raises(KeyboardInterrupt):
        _workshop(tmp_path).make("unittest", [sys.executable], stop_at_once, silent)
    assert not killed.exists()


def test_no_python_is_an_error_that_says_so(shop: Path, tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no Python that the target admits"):
        _workshop(tmp_path).make("unittest", ["/nowhere/python3.11"], silent, silent)


def test_the_pinned_python_goes_first_then_the_newest(tmp_path: Path) -> None:
    for version in ("3.91", "3.92", "3.93"):
        (tmp_path / f"python{version}").touch()
    names = [path.rpartition("python")[2] for path in suitable(["3.91", "3.92", "3.93"], ["3.92"], [tmp_path])]
    assert names == ["3.92", "3.93", "3.91"]
