"""Memory as files, and files as memories, by the commands."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from memory.store import Memory
from tests.functional.repositories import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.repositories import Answer, Repository

    Nova = Callable[..., Answer]


def held(path: Path) -> list[Any]:
    with Memory.open(path) as memory:
        assert memory.check() == []
        return [(t, memory.items(t)) for t in sorted({"", *memory.targets()})]


@pytest.fixture
def told(nova: Nova, tmp_path: Path) -> Path:
    """A memory with something of everything in it; its database."""
    nova("remember", "staging is at 10.0.0.7", "--since", "2026-10-05")
    nova("remember", "staging is at 10.0.0.9", "--since", "2026-11-05")
    nova("remember", "We decided to keep DuckDB because one user has one file", "--project", "shop")
    nova("remember", "code:\n```\n<!-- x --> # y\n```\n\U0001f469\u200d\U0001f4bb", "--as-is")
    return tmp_path / "home" / "data" / "nova" / "nova.duckdb"


@pytest.mark.parametrize(("form", "name"), [("jsonl", "m.jsonl"), ("markdown", "m.md")])
def test_an_export_comes_back_without_loss(nova: Nova, told: Path, tmp_path: Path, form: str, name: str) -> None:
    other, file = tmp_path / "other.duckdb", tmp_path / name
    assert nova("memory", "export", "--format", form, "--to", str(file)).code == 0
    said = nova("memory", "import", str(file), "--db", str(other))
    assert said.code == 0, said.err
    assert held(other) == held(told)
    again = nova("memory", "import", str(file), "--db", str(other)).out
    assert again.startswith("0 memories taken in, 0 other events")
    assert held(other) == held(told)


def test_an_edited_page_changes_memory(nova: Nova, told: Path, tmp_path: Path) -> None:
    file = tmp_path / "m.md"
    nova("memory", "export", "--format", "markdown", "--to", str(file))
    page = file.read_text("utf-8").replace("staging is at 10.0.0.9", "staging is at host b")
    page = page.replace("### Decisions\n", "### Decisions\n\n- We release on Tuesdays\n")
    file.write_text(page, "utf-8")
    said = nova("memory", "import", str(file))
    assert said.code == 0, said.err
    assert "2 texts were written or changed by hand: 2 new, 0 known already, 1 replaced." in said.out
    items = {item.value: item for _, some in held(told) for item in some}
    assert items["staging is at 10.0.0.9"].superseded_by == items["staging is at host b"].id
    assert (items["We release on Tuesdays"].kind, items["We release on Tuesdays"].project) == ("decision", "shop")
    assert "0 new" in nova("memory", "import", str(file)).out


def test_notes_are_taken_in_once_and_an_edit_replaces(nova: Nova, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / ".obsidian" / "x.md").write_text("- hidden\n", "utf-8")
    day = vault / "2026-10-05.md"
    day.write_text("# Log\n\n- staging moved to 10.0.0.7\n- Anna left\n", "utf-8")
    (vault / "broken.md").write_bytes(b"\xff\xfe")
    said = nova("memory", "import", str(vault))
    assert said.code == 2
    assert said.out.startswith("1 file: 2 new, 0 known already, 0 replaced.")
    assert "broken.md: it is no text in UTF-8" in said.out
    (vault / "broken.md").unlink()
    assert nova("memory", "import", str(vault)).out.startswith("1 file: 0 new, 2 known already")
    day.write_text("# Log\n\n- staging moved to 10.0.0.9\n- Anna left\n", "utf-8")
    assert nova("memory", "import", str(vault)).out.startswith("1 file: 1 new, 1 known already, 1 replaced.")
    (one,) = nova("recall", "where is staging", "--format", "json").data["memories"]
    assert (one["text"], one["since"][:10]) == ("staging moved to 10.0.0.9", "2026-10-05")
    assert one["source"].endswith("2026-10-05.md:3")


def test_a_dry_run_takes_nothing_in(nova: Nova, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("- Anna left\n", "utf-8")
    assert "1 memories would be taken in" in nova("memory", "import", str(tmp_path / "a.md"), "--dry-run").out
    assert nova("memory", "stats", "--format", "json").data["items"] == 0


def test_this_projects_own_decisions_can_be_taken_in(nova: Nova) -> None:
    said = nova("memory", "import", str(ROOT / "docs" / "decisions"), "--project", "nova")
    assert said.code == 0, said.err
    found = nova("recall", "why is git called as a child process", "--project", "nova", "--format", "json").data
    assert any(one["text"].startswith("git as a child process: Nova asks git") for one in found["memories"])


def test_a_file_of_lines_that_is_no_export_is_refused(nova: Nova, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"a": 1}\n', "utf-8")
    said = nova("memory", "import", str(file))
    assert (said.code, said.out) == (2, "")
    assert "no export of a memory" in said.err
    file.write_text('{"kind": "memory", "version": 2}\n', "utf-8")
    assert "newer Nova" in nova("memory", "import", str(file)).err


def test_a_bad_line_is_named_and_the_rest_is_taken_in(nova: Nova, told: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "m.jsonl", tmp_path / "other.duckdb"
    nova("memory", "export", "--to", str(file))
    file.write_text(file.read_text("utf-8") + "not json\n", "utf-8")
    said = nova("memory", "import", str(file), "--db", str(other))
    assert said.code == 2
    assert "was not taken in: it is no JSON" in said.err
    assert held(other) == held(told)


def test_an_export_is_its_owners_alone(nova: Nova, told: Path, tmp_path: Path) -> None:
    file = tmp_path / "m.md"
    nova("memory", "export", "--format", "markdown", "--to", str(file))
    assert file.stat().st_mode & 0o077 == 0
    assert nova("memory", "export", "--to", str(tmp_path / "none" / "m.md")).code == 2


@pytest.mark.slow
def test_ctrl_c_in_a_long_import_keeps_what_was_taken_in(repository: Repository, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for number in range(400):
        lines = "".join(f"- otter {number} has {n} fish and {number * n} friends\n" for n in range(10))
        (vault / f"{number:03}.md").write_text(lines, "utf-8")
    database = tmp_path / "long.duckdb"
    command = [sys.executable, "-m", "nova", "memory", "import", str(vault), "--db", str(database)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        journal = database.with_suffix(".jsonl")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (journal.exists() and journal.stat().st_size > 20_000):
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert run.returncode == 2, err
    assert "stopped; " in err
    told = int(out.split(": ")[1].split(" new")[0])
    with Memory.open(database) as memory:
        assert told <= sum(len(memory.items(target)) for target in {"", *memory.targets()}) < 4000
        assert told > 0
        assert memory.check() == []
