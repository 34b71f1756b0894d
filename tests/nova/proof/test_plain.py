"""What a run without a sandbox still promises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nova.proof.plain import Plain
from nova.proof.running import MIB, Command, End, Limits, Ran, Tree

PYTHON = Path(sys.executable)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    (tmp_path / "thing.py").write_text("value = 1\n")
    return Tree(tmp_path, {"thing.py": b"value = 2\n"})


def python(tree: Tree, code: str, limits: Limits) -> Ran:
    return Plain().run(Command((str(PYTHON), "-c", code), PYTHON), tree, limits)


def test_it_says_that_it_contains_nothing() -> None:
    assert not Plain().contained


def test_a_copy_with_the_change_is_run_and_the_original_stays(tree: Tree) -> None:
    code = "import os, thing; open('thing.py','w'); open(os.environ['NOVA_OUT']+'/r','w').write(str(thing.value))"
    ran = python(tree, code, Limits())
    assert (ran.end, ran.status, ran.kept) == (End.EXITED, 0, {"r": b"2"}), ran
    assert (tree.folder / "thing.py").read_text() == "value = 1\n"


def test_a_run_out_of_time_is_ended_with_its_group(tree: Tree) -> None:
    mark = f"86200.{os.getpid()}"
    code = f"import os; os.spawnlp(os.P_NOWAIT, 'sleep', 'sleep', '{mark}'); os.execlp('sleep', 'sleep', '{mark}')"
    ran = python(tree, code, Limits(seconds=1))
    assert (ran.end, ran.status) == (End.TIMED_OUT, None)
    assert mark not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory holds elsewhere")
def test_memory_of_a_process_is_bounded(tree: Tree) -> None:
    ran = python(tree, "b'x' * 300_000_000", Limits(memory=200 * MIB))
    assert ran.status == 1
    assert b"MemoryError" in ran.stderr


def test_a_command_that_is_not_there_was_not_started(tree: Tree) -> None:
    assert Plain().run(Command(("/no/such/program",)), tree, Limits()).end is End.NOT_STARTED


def test_a_signal_is_told_as_the_sandbox_tells_it(tree: Tree) -> None:
    ran = python(tree, "import os; os.kill(os.getpid(), 9)", Limits())
    assert (ran.end, ran.status) == (End.SIGNALLED, 137)
