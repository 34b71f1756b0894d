"""A write is asked for at a terminal, with what it would change."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.functional.repositories import ROOT, Repository
from tests.functional.workers import write_roster

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty")
pytestmark = pytest.mark.slow


def at_a_terminal(folder: Path, typed: bytes, *arguments: str) -> tuple[int, str]:
    """Run Nova at a terminal of its own, and type when it asks."""
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background ignore it
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "nova", *arguments])
    said, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                said += os.read(terminal, 4096)
            except OSError:
                break
            if typed and b"[y/N] " in said:
                os.write(terminal, typed)
                typed = b""
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode()


@pytest.mark.parametrize(("typed", "answer"), [(b"y\n", "definitions; kept"), (b"\n", "not kept: the person said no")])
def test_a_write_is_made_only_after_a_yes(repository: Repository, tmp_path: Path, typed: bytes, answer: str) -> None:
    repository.commit(shop="def total(basket):\n    return sum(basket)\n")
    pages = write_roster(tmp_path / "agents")
    code, said = at_a_terminal(
        repository.path, typed, "ask", "--roster", str(pages), "--agent", "worker", "the till closes at nine"
    )
    assert code == 0
    assert "keeper wants to use remember:" in said
    assert said.count("the till closes at nine") >= 1
    assert answer in said


def test_ctrl_c_at_the_question_ends_the_command_and_the_turn_can_be_resumed(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(shop="def total(basket):\n    return sum(basket)\n")
    pages = write_roster(tmp_path / "agents")
    ask = ("ask", "--roster", str(pages), "--agent", "worker", "the till closes at nine")
    code, said = at_a_terminal(repository.path, b"\x03", *ask)
    assert code == 2
    assert "go on with  nova ask --resume" in said
    code, said = at_a_terminal(repository.path, b"y\n", *ask[:3], "--resume")
    assert (code, "definitions; kept" in said) == (0, True)
