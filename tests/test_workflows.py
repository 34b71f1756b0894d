"""The workflows and the action: valid by schema, without a finding of zizmor or actionlint, pinned, safe for forks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
ACTION = ROOT / "action.yml"
SCRIPTS = ROOT / "scripts"


def _tool(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip(f"{name} is not installed: the workflows are not checked by it; `make test` brings it")
    return found


def _passes(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _load(path: Path) -> dict[Any, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def _steps(path: Path) -> list[dict[str, Any]]:
    loaded = _load(path)
    if "runs" in loaded:
        return list(loaded["runs"]["steps"])
    return [step for job in loaded["jobs"].values() for step in job["steps"]]


def test_workflows_and_action_follow_their_schemas() -> None:
    tool = _tool("check-jsonschema")
    _passes(tool, "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    _passes(tool, "--builtin-schema", "vendor.github-actions", str(ACTION))


def test_zizmor_finds_nothing() -> None:
    _passes(
        _tool("zizmor"), "--offline", "--no-progress", "--persona", "pedantic", *map(str, WORKFLOWS), str(ACTION)
    )  # fmt: skip


def test_actionlint_finds_nothing() -> None:
    _passes(_tool("actionlint"), *map(str, WORKFLOWS))


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.name)
def test_every_action_is_pinned_and_no_expression_stands_in_a_shell(path: Path) -> None:
    for step in _steps(path):
        uses = step.get("uses", "./")
        assert uses == "./" or re.fullmatch(r"actions/(checkout|setup-python)@[0-9a-f]{40}", uses), uses
        assert "${{" not in step.get("run", ""), step


def test_what_runs_on_a_forks_pull_request_may_only_read() -> None:
    for path in WORKFLOWS:
        loaded = _load(path)
        if "pull_request" in loaded[True]:  # YAML reads the key `on` as true
            assert loaded["permissions"] == {}
            for job in loaded["jobs"].values():
                assert set(job["permissions"].values()) == {"read"}, path.name
            assert "secrets." not in path.read_text(encoding="utf-8")


def test_what_posts_checks_out_the_default_branch_alone() -> None:
    steps = _steps(FOLDER / "nova-review-post.yml")
    checkouts = [step["with"]["ref"] for step in steps if step.get("uses", "").startswith("actions/checkout")]
    assert checkouts == ["${{ github.event.repository.default_branch }}"]


@pytest.mark.parametrize(
    "given",
    [
        {"PULL": ""},
        {"PULL": "7; touch gone"},
        {"PULL": "7", "FAIL_ON": "worst"},
        {"PULL": "7", "POST": "yes"},
        {"PULL": "7", "MEMORY": "$(touch gone)"},
    ],
)
def test_the_action_refuses_inputs_that_mean_nothing(given: dict[str, str], tmp_path: Path) -> None:
    done, called = _action(tmp_path, given, status=0)
    assert done.returncode == 2
    assert "::error" in done.stdout
    assert not called.exists()


@pytest.mark.parametrize(("head", "posts"), [("o/r", True), ("fork/r", False), ("", False)])
def test_the_action_posts_by_itself_only_where_the_token_may(head: str, posts: bool, tmp_path: Path) -> None:
    done, called = _action(tmp_path, {"PULL": "7", "HEAD_REPOSITORY": head, "FAIL_ON": "high"}, status=0)
    assert done.returncode == 0, done.stderr
    wanted = "review --pr 7 --format markdown --fail-on high" + (" --post" if posts else "")
    assert called.read_text(encoding="utf-8").strip() == wanted


@pytest.mark.parametrize("status", [1, 2, 137])
def test_a_review_that_fails_never_looks_like_a_pass(status: int, tmp_path: Path) -> None:
    done, _ = _action(tmp_path, {"PULL": "7"}, status=status)
    assert done.returncode == status
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert ("threshold" if status == 1 else "not complete") in summary


def test_the_profile_names_one_binary_and_refuses_patterns() -> None:
    script = str(SCRIPTS / "allow_sandbox.sh")
    shown = subprocess.run(["sh", script, "--print", "/opt/x/bwrap"], capture_output=True, text=True, check=True).stdout
    assert 'profile nova-bwrap "/opt/x/bwrap" flags=(unconfined)' in shown
    for path in ("/opt/*/bwrap", "/opt/a b", "bwrap", "/opt/{a,b}"):
        assert subprocess.run(["sh", script, "--print", path], capture_output=True, check=False).returncode == 2


def _action(
    folder: Path, given: dict[str, str], *, status: int
) -> tuple[subprocess.CompletedProcess[str], Path]:  # fmt: skip
    """Run the action's script with a Nova that writes down how it was called and ends with ``status``."""
    called, nova = folder / "called", folder / "nova"
    nova.write_text(f'#!/bin/sh\necho "$@" >"{called}"\nexit {status}\n', encoding="utf-8")
    nova.chmod(0o755)
    environment = {
        "PATH": os.environ["PATH"], "NOVA": str(nova), "POST": "auto", "GITHUB_REPOSITORY": "o/r",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), **given,
    }  # fmt: skip
    command = ["sh", str(SCRIPTS / "action.sh")]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done, called
