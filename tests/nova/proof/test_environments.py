from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from nova.errors import TargetError
from nova.proof.environment import Environment
from nova.proof.environments import NoEnvironment, environment_of
from nova.proof.suites import Suite, detected
from nova.proof.testing import Untestable
from nova.proof.venvs import Elsewhere, Venv, opened
from nova.targets import read

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = Elsewhere()


def _venv(folder: Path, *packages: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n")
    for package in packages:
        (folder / "lib/python3.11/site-packages" / package).mkdir(parents=True)
        (folder / "lib/python3.11/site-packages" / package / "__init__.py").touch()
    return folder


def _tests(root: Path, text: str = "def test_a():\n    assert True\n") -> None:
    (root / "tests").mkdir(exist_ok=True)
    (root / "tests" / "test_a.py").write_text(text)


def _found(root: Path, **given: object) -> Environment:
    found = environment_of(root, **{"elsewhere": NOWHERE, **given})  # type: ignore[arg-type]
    assert isinstance(found, Environment), found
    return found


def _why(root: Path, **given: object) -> Untestable:
    found = environment_of(root, **{"elsewhere": NOWHERE, **given})  # type: ignore[arg-type]
    assert isinstance(found, Untestable), found
    return found


def test_the_environment_of_the_target_is_found_and_its_link_is_kept(tmp_path: Path) -> None:
    _tests(tmp_path)
    _venv(tmp_path / ".venv", "pytest")
    found = _found(tmp_path)
    assert found.python == tmp_path / ".venv/bin/python"
    assert (found.runner, found.arguments) == ("pytest", ())
    assert ".venv of the target" in found.found


def test_an_environment_with_the_runner_goes_before_one_without(tmp_path: Path) -> None:
    _tests(tmp_path)
    _venv(tmp_path / ".venv")
    _venv(tmp_path / ".tox/docs", "pytest")
    _venv(tmp_path / ".tox/py311", "pytest")
    assert _found(tmp_path).python == tmp_path / ".tox/py311/bin/python"


def test_an_environment_without_the_runner_says_how_to_install_it(tmp_path: Path) -> None:
    _tests(tmp_path)
    _venv(tmp_path / ".venv")
    told = _why(tmp_path)
    assert isinstance(told, NoEnvironment)
    assert (told.why, told.runner) == ("pytest is not installed in .venv", "pytest")
    assert ".venv/bin/python -m pip install pytest" in told.next_step


def test_a_broken_environment_says_what_its_link_leads_to(tmp_path: Path) -> None:
    _tests(tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to("/nowhere/python3.9")
    told = _why(tmp_path)
    assert isinstance(told, NoEnvironment)
    assert "/nowhere/python3.9, which is not there" in told.why
    assert "--make-env" in told.next_step


def test_without_any_environment_the_next_step_is_to_make_one(tmp_path: Path) -> None:
    _tests(tmp_path)
    told = _why(tmp_path)
    assert isinstance(told, NoEnvironment)
    assert "--make-env" in told.next_step


def test_what_is_declared_is_never_passed_over(tmp_path: Path) -> None:
    _tests(tmp_path)
    _venv(tmp_path / ".venv", "pytest")
    _venv(tmp_path / "elsewhere", "pytest")
    assert _found(tmp_path, declared="elsewhere").python == tmp_path / "elsewhere/bin/python"
    told = _why(tmp_path, declared="nowhere")
    assert "[test] environment names nowhere" in told.why
    assert not isinstance(told, NoEnvironment)
    _venv(tmp_path / "empty")
    assert not isinstance(_why(tmp_path, declared="empty"), NoEnvironment)
    named = _why(tmp_path, command="gone/bin/python -m pytest")
    assert "the test command names gone" in named.why


def test_the_declared_command_goes_before_what_is_detected(tmp_path: Path) -> None:
    _tests(tmp_path)
    _venv(tmp_path / ".venv", "pytest")
    found = _found(tmp_path, command="env A=1 python -m unittest -v")
    assert (found.runner, found.arguments, dict(found.variables)) == ("unittest", ("-v",), {"A": "1"})
    assert found.command == "env A=1 python -m unittest -v"
    assert "settings" in found.found


def test_a_folder_of_its_own_has_its_own_environment(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    _venv(tmp_path / ".venv", "pytest")
    _venv(tmp_path / "backend/.venv", "pytest")
    found = _found(tmp_path, command="cd backend && pytest")
    assert (found.folder, found.python) == ("backend", tmp_path / "backend/.venv/bin/python")
    assert "no such folder" in _why(tmp_path, command="cd front && pytest").why


def test_an_active_environment_counts_only_where_it_is_the_targets(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    _tests(root)
    other, own = _venv(tmp_path / "envs/other", "pytest"), _venv(tmp_path / "envs/shop", "pytest")
    assert isinstance(_why(root, elsewhere=Elsewhere(active=str(other))), NoEnvironment)
    assert _found(root, elsewhere=Elsewhere(active=str(own))).python == own / "bin/python"


def test_novas_own_environment_counts_only_where_the_target_is_installed_in_it(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    _tests(root)
    own = _venv(tmp_path / "own", "pytest")
    assert isinstance(_why(root, elsewhere=Elsewhere(own=own)), NoEnvironment)
    info = own / "lib/python3.11/site-packages/shop-1.dist-info"
    info.mkdir()
    (info / "direct_url.json").write_text(json.dumps({"url": root.as_uri(), "dir_info": {"editable": True}}))
    assert _found(root, elsewhere=Elsewhere(own=own)).python == own / "bin/python"


def test_what_was_made_comes_last(tmp_path: Path) -> None:
    _tests(tmp_path)
    made = opened(_venv(tmp_path / "made", "pytest"), "made")
    assert isinstance(made, Venv)
    assert _found(tmp_path, made=[made]).python == made.python
    _venv(tmp_path / ".venv", "pytest")
    assert _found(tmp_path, made=[made]).python == tmp_path / ".venv/bin/python"


def _suite(root: Path) -> Suite:
    found = detected(root)
    assert isinstance(found, Suite), found
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '-q'\n"), ("pytest.ini", "[pytest]\n"),
        ("tox.ini", "[pytest]\naddopts = -q\n[testenv]\ncommands = python -m unittest\n"),
        ("setup.cfg", "[tool:pytest]\n"),
    ],
)  # fmt: skip
def test_settings_of_pytest_are_enough(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    found = _suite(tmp_path)
    assert (found.command.runner, found.command.arguments) == ("pytest", ())
    assert name in found.found


def test_the_command_of_tox_is_read(tmp_path: Path) -> None:
    (tmp_path / "tox.ini").write_text(
        "[testenv]\ncommands =\n    {envpython} -c 'print(1)'\n    pytest --cov {posargs:tests}\n"
    )
    found = _suite(tmp_path)
    assert (found.command.arguments, found.written) == (("--cov", "tests"), "pytest --cov tests")
    (tmp_path / "tox.ini").write_text("[testenv]\ncommands = {toxinidir}/run {envdir}\n")
    told = detected(tmp_path)
    assert isinstance(told, Untestable)
    assert "tox.ini" in told.why


def test_only_plain_sessions_of_nox_are_read_and_nothing_of_its_file_runs(tmp_path: Path) -> None:
    (tmp_path / "noxfile.py").write_text(
        "raise SystemExit\ndef tests(session):\n    session.run('pip', 'list')\n"
        "    session.run('pytest', '-q', *session.posargs)\n"
    )
    assert _suite(tmp_path).command.arguments == ("-q",)
    (tmp_path / "noxfile.py").write_text("def tests(session):\n    session.run(TOOL, '-q')\n")
    assert isinstance(detected(tmp_path), Untestable)


def test_tests_without_settings_are_told_apart_by_what_they_look_like(tmp_path: Path) -> None:
    _tests(tmp_path, "import unittest\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        pass\n")
    found = _suite(tmp_path)
    assert (found.command.runner, found.command.arguments) == ("unittest", ("discover", "-s", "tests"))
    (tmp_path / "tests/__init__.py").touch()
    assert _suite(tmp_path).command.arguments == ("discover", "-s", "tests", "-t", ".")
    (tmp_path / "tests/test_b.py").write_text("import pytest\n")
    assert _suite(tmp_path).command.runner == "pytest"


def test_a_target_without_tests_says_so(tmp_path: Path) -> None:
    told = detected(tmp_path)
    assert isinstance(told, Untestable)
    assert "no tests were found" in told.why


def test_the_environment_is_a_key_of_the_targets_settings() -> None:
    assert read({"test": {"environment": "env"}}, "x.toml", "x").test_environment == "env"
    with pytest.raises(TargetError, match="must be a text"):
        read({"test": {"environment": ["env"]}}, "x.toml", "x")
    with pytest.raises(TargetError, match="does not know") as error:
        read({"test": {"enviroment": "env"}}, "x.toml", "x")
    assert error.value.next_step == "did you mean environment?"
