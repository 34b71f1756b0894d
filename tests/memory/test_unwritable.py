"""Where nothing can be written, memory says so, and a review can go on without it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from memory import Unwritable
from memory.store import Memory
from tests.memory.samples import child, review, sighting, story, told, verdict


def test_a_folder_that_cannot_be_made_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unwritable) as caught:
        Memory.open(tmp_path / "file" / "nova" / "memory.duckdb")
    assert "Not a directory" in caught.value.why


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
def test_a_file_system_that_takes_no_files_is_unwritable() -> None:
    with pytest.raises(Unwritable):
        Memory.open(Path("/proc/nova/memory.duckdb"))


AS_SOMEBODY_ELSE = """
import os, sys
from pathlib import Path
import memory.book, memory.checking, memory.reconciling, memory.store
memory.store._engine()
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    memory.store.Memory.open(Path(sys.argv[1])).close()
except memory.errors.MemoryUnavailable as error:
    print(type(error).__name__, error.why)
"""
"""Opens a memory as one for whom permissions count; root changes into nobody first."""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions are of another kind here")
@pytest.mark.parametrize("what", ["empty folder", "whole memory", "database only", "journal only"])
def test_a_read_only_folder_is_unwritable(what: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "memory.duckdb"
        if what != "empty folder":
            with Memory.open(path) as memory:
                story(memory)
            (folder / "memory.jsonl.lock").unlink()
        if what == "database only":
            (folder / "memory.jsonl").unlink()
        if what == "journal only":
            path.unlink()
        for file in folder.iterdir():
            file.chmod(0o444)
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        folder.chmod(0o555)
        try:
            assert child(AS_SOMEBODY_ELSE, path).communicate(timeout=60)[0].startswith("Unwritable ")
            assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
        finally:
            folder.chmod(0o755)


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 2_000, 300_000, 3_000_000])
def test_a_disk_that_fills_up_loses_nothing_that_was_there(tmp_path: Path, room: int) -> None:
    """No file may grow by more than so much, as on a full disk; wherever the write fails, what was there is there."""
    path = tmp_path / "memory.duckdb"
    with Memory.open(path) as memory:
        story(memory)
        before = told(memory)
    writer = child(
        """
        import resource, signal, sys
        from pathlib import Path
        from memory import MemoryUnavailable
        from memory.store import Memory
        from tests.memory.samples import review, sighting
        path, room = Path(sys.argv[1]), int(sys.argv[2])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        most = path.stat().st_size + room if room > 3000 else path.with_suffix(".jsonl").stat().st_size + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            with Memory.open(path) as memory:
                for number in range(200):
                    review(memory, str(number), [sighting(f"{number}-{n}", message="x" * 300) for n in range(200)])
                    print("run", number, flush=True)
        except MemoryUnavailable as error:
            print(type(error).__name__, error.why)
        """,
        path,
        room,
    )
    *done, failed = writer.communicate(timeout=120)[0].splitlines()
    assert failed.startswith("Unwritable ")
    with Memory.open(path) as memory:
        runs = [run.snapshot for run in memory.runs("shop", 1000)]
        assert set(runs) >= {line.split()[1] for line in done}
        assert memory.runs("shop", 1000)[-4:] == before[1]
        assert memory.verdicts("shop") == before[2]
        assert all("was never finished" in problem for problem in memory.check())
        review(memory, "after", [sighting("f1")])
        memory.verdict("shop", verdict("f1", at="2026-06-01T12:00:00Z"))
    with Memory.open(path) as memory:
        assert memory.notices == ()
        assert memory.runs("shop", 1)[0].snapshot == "after"
