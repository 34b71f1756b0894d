"""A ``nova ask`` that is killed in the middle is resumed and does nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.functional.repositories import ROOT, Repository, nova
from tests.functional.workers import write_roster

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
PLACES = {"before": 0, "kept": 1, "after": 1}
"""Where the agents hang, and how many notes are kept by then."""


def begun(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "nova", *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  ignored in the background
    )  # fmt: skip


def until(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, "the agent did not come to where it is to hang"
        time.sleep(0.02)


def record(tmp_path: Path) -> list[dict[str, Any]]:
    (path,) = (tmp_path / "home" / "data" / "nova" / "turns").glob("*.jsonl")
    return [json.loads(row) for row in path.read_text("ascii").splitlines()]


def kept(tmp_path: Path) -> int:
    """The notes in the journal, whoever asks for them."""
    journals = (tmp_path / "home" / "data" / "nova").glob("*.jsonl")
    told = ("hang ", '"kind":"note"')
    return sum(all(part in row for part in told) for path in journals for row in path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle_it_is_resumed_and_keeps_one_note(
    repository: Repository, tmp_path: Path, place: str, end: signal.Signals
) -> None:
    repository.commit(shop="def total(basket):\n    return sum(basket)\n")
    pages, go = write_roster(tmp_path / "agents"), tmp_path / "go"
    ask = ("ask", "--roster", str(pages), "--yes")
    process = begun(repository.path, *ask, "--agent", "concierge", f"hang {place} {go}")
    until(tmp_path / "go.there")
    process.send_signal(end)
    assert process.stderr is not None
    said = process.communicate(timeout=60)[1].decode()
    assert kept(tmp_path) == PLACES[place]
    if end == signal.SIGINT:
        assert process.returncode == 2
        assert "go on with  nova ask --resume" in said
    calls = [line for line in record(tmp_path) if line["kind"] == "call"]

    go.touch()
    resumed = nova(repository.path, *ask, "--resume")
    assert (resumed.code, resumed.out) == (0, "1 definitions; kept\n")
    assert kept(tmp_path) == 1
    lines = record(tmp_path)
    assert [line["kind"] for line in lines].count("resumed") == 1
    made = [line for line in lines if line["kind"] == "call"]
    assert made[: len(calls)] == calls
    assert len({(line["tool"], line["mark"]) for line in made if line["writes"]}) == 1
    assert sum(line["writes"] for line in made) == 1

    turn = lines[0]["turn"]
    again = nova(repository.path, *ask, "--resume", turn)
    assert again.out == resumed.out
    assert record(tmp_path) == lines
    assert "no turn was stopped here" in nova(repository.path, *ask, "--resume").err


def test_while_a_turn_is_worked_on_another_process_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.commit(shop="def total(basket):\n    return sum(basket)\n")
    pages, go = write_roster(tmp_path / "agents"), tmp_path / "go"
    process = begun(repository.path, "ask", "--roster", str(pages), "--agent", "concierge", f"hang before {go}")
    try:
        until(tmp_path / "go.there")
        said = nova(repository.path, "ask", "--roster", str(pages), "--resume")
        assert said.code == 2
        assert "worked on by another process" in said.err
        assert "not finished" in nova(repository.path, "trace").out
    finally:
        go.touch()
        process.communicate(timeout=60)
    assert process.returncode == 0
