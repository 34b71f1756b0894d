from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova.proof.dependencies import dependencies
from nova.proof.poetry import bounds, poetry_requirements, requirement

if TYPE_CHECKING:
    from pathlib import Path

BUILD = "[build-system]\nrequires = ['hatchling']\n"


def test_groups_and_extras_for_tests_go_before_those_for_development(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        BUILD + "[project]\nname = 'a'\n[project.optional-dependencies]\nTesting = ['x']\ndocs = ['sphinx']\n"
        "[dependency-groups]\nbase = ['b>=1']\ntest = [{include-group = 'base'}, 'c']\ndev = ['heavy']\n"
    )
    found = dependencies(tmp_path, "pytest")
    assert (found.is_package, found.extras, found.files) == (True, ("Testing",), ())
    assert found.requirements == ("b>=1", "c", "pytest")


def test_what_is_for_development_serves_where_nothing_is_for_tests(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD + "[dependency-groups]\ndev = ['d']\ndocs = ['e']\n")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/dev.txt").write_text("x\n")
    (tmp_path / "requirements/docs.txt").write_text("x\n")
    found = dependencies(tmp_path, "unittest")
    assert (found.requirements, found.files) == (("d",), ("requirements/dev.txt",))


def test_requirement_files_are_known_by_their_names(tmp_path: Path) -> None:
    for name in (
        "requirements.txt",
        "requirements-test.txt",
        "requirements-test.in",
        "requirements-docs.txt",
        "latest.txt",
    ):
        (tmp_path / name).write_text("x\n")
    found = dependencies(tmp_path, "pytest")
    assert not found.is_package
    assert found.files == ("requirements.txt", "requirements-test.txt")


def test_what_cannot_be_installed_brings_its_dependencies(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'a'\ndependencies = ['rich']\n")
    found = dependencies(tmp_path, "pytest")
    assert (found.is_package, found.requirements) == (False, ("rich", "pytest"))


def test_tox_names_dependencies_without_conditions(tmp_path: Path) -> None:
    (tmp_path / "setup.py").write_text("from setuptools import setup\nsetup(extras_require={'test': ['x']})\n")
    (tmp_path / "extra.txt").write_text("x\n")
    (tmp_path / "tox.ini").write_text(
        "[testenv]\nextras = all\ndeps =\n    mock>=1  # why\n    -r{toxinidir}/extra.txt\n    py38: old\n    {[x]deps}\n"
    )
    found = dependencies(tmp_path, "unittest")
    assert (found.extras, found.files, found.requirements) == (("test", "all"), ("extra.txt",), ("mock>=1",))


def test_the_key_follows_what_is_installed_and_nothing_else(tmp_path: Path) -> None:
    place, more = tmp_path / "pyproject.toml", tmp_path / "requirements-test.txt"
    place.write_text(BUILD)
    more.write_text("x==1\n")
    first = dependencies(tmp_path, "pytest").key
    place.write_text(BUILD + "[tool.ruff]\nline-length = 100\n")
    assert dependencies(tmp_path, "pytest").key == first
    more.write_text("x==2\n")
    second = dependencies(tmp_path, "pytest").key
    assert second != first
    place.write_text(BUILD + "[project]\ndependencies = ['y']\n")
    assert dependencies(tmp_path, "pytest").key not in {first, second}


@pytest.mark.parametrize(
    ("poetry", "pip"),
    [
        ("^1.2", ">=1.2,<2"), ("^0.2.3", ">=0.2.3,<0.3"), ("^0.0.3", ">=0.0.3,<0.0.4"), ("^0", ">=0,<1"),
        ("~1.2", ">=1.2,<1.3"), ("~1", ">=1,<2"), ("*", ""), ("1.2", "==1.2"), (">=1,<2", ">=1,<2"), ("1.*", "==1.*"),
    ],
)  # fmt: skip
def test_bounds_of_poetry_are_those_of_pip(poetry: str, pip: str) -> None:
    assert bounds(poetry) == pip


def test_entries_of_poetry_become_requirements() -> None:
    assert requirement("a", {"version": "^1", "extras": ["x"], "markers": "os_name == 'nt'"}) == (
        "a[x]>=1,<2 ; os_name == 'nt'"
    )
    assert requirement("a", {"git": "somewhere"}) == ""
    settings = {"group": {"test": {"dependencies": {"b": "*", "python": "^3.8"}}}, "dev-dependencies": {"c": "1"}}
    assert list(poetry_requirements(settings)) == [("test", ["b"]), ("dev", ["c==1"])]
