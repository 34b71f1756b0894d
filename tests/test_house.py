"""The house around the code: one version, pins for everything, documents that say what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import nova
from nova.targets import load_file, shipped
from scripts import document_cli, document_rules, smoke
from scripts.pages import stale

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PINS = {
    canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", CONSTRAINTS, re.MULTILINE)
}
WANTED = [
    Requirement(text)
    for text in (
        *PYPROJECT["build-system"]["requires"],
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["dev"],
    )
]
DOCUMENTS = sorted(
    path for folder in (".", "docs", "docs/decisions", "docs/rules") for path in (ROOT / folder).glob("*.md")
)
MADE = {
    "bench",
    "bench-memory",
    "bench-proof",
    "bench-review",
    "bench-swarm",
    "clean",
    "docs",
    "fix",
    "help",
    "lint",
    "lock",
    "picture",
    "review",
    "smoke",
    "test",
    "test-forge",
    "test-long",
    "wheel",
}


def test_the_version_is_written_once() -> None:
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "nova/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", nova.__version__)


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.name)
def test_every_dependency_is_pinned_to_a_version_it_allows(wanted: Requirement) -> None:
    assert wanted.specifier.contains(PINS[canonicalize_name(wanted.name)])


def test_every_pin_has_hashes_and_names_no_place_to_fetch_it_from() -> None:
    entries = re.split(r"\n(?=\S)", CONSTRAINTS.partition("\n")[2].strip())
    assert len(entries) >= len(WANTED)
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|https?|index-url|find-links|\s@\s", CONSTRAINTS)


def test_the_pins_of_a_plain_installation_leave_the_tools_of_developers_out() -> None:
    runs = smoke.run_time_pins(CONSTRAINTS, {"duckdb", "rich"})
    assert re.findall(r"^([\w-]+)==", runs, re.MULTILINE) == ["duckdb", "rich"]
    assert runs.count("--hash") > 2


def test_the_pages_of_the_rules_say_what_the_rules_say() -> None:
    assert stale(document_rules.pages(), document_rules.FOLDER) == []


def test_the_page_of_the_command_line_says_what_the_parser_says() -> None:
    assert stale(document_cli.pages()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_speak_only_of_commands_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    commands = set(document_cli.commands())
    assert set(re.findall(r"(?:`|^ *|\$ )nova ([a-z]+)", text, re.MULTILINE)) <= commands
    assert set(re.findall(r"(?:`|^ *|\$ )make ([a-z-]+)", text, re.MULTILINE)) <= MADE


@pytest.mark.parametrize("name", ["nova", "airep", "find_a_sign"])
def test_the_shipped_targets_can_be_read_and_have_a_context(name: str) -> None:
    target = load_file(shipped() / f"{name}.toml")
    assert target.name == name
    assert min(len(target.goals), len(target.values), len(target.constraints)) >= 3
    assert (target.path is None) == (name != "nova")


def test_actions_are_pinned_by_commit_and_jobs_are_given_rights_one_by_one() -> None:
    for workflow in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = workflow.read_text(encoding="utf-8")
        used = re.findall(r"uses: (?!\./ )(.+)", text)
        assert used
        assert [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
        assert "\npermissions: {}\n" in text


def test_make_without_a_word_says_what_can_be_made() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", told, re.MULTILINE)) == MADE


def test_an_old_python_is_told_what_is_needed(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && { echo "Python 3.9.2"; exit 0; }\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    made = subprocess.run(
        ["sh", ROOT / "scripts" / "environment.sh", old, tmp_path / "environment"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 2
    assert "Python 3.9.2 is too old: Nova needs Python 3.11 or newer" in made.stderr
    assert not (tmp_path / "environment").exists()


def test_the_scripts_can_be_asked_what_they_do() -> None:
    for script in ("document_cli", "document_rules", "lock", "picture", "smoke"):
        told = subprocess.run(
            [sys.executable, "-m", f"scripts.{script}", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert told.startswith("usage:")
