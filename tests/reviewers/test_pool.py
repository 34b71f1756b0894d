"""The pool and the engine: a file that hangs or kills costs only itself, and the order of answers changes nothing."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from reviewers import copied, pool, worker
from reviewers.engine import Job, analyse, cache_keys
from reviewers.report import from_bytes
from reviewers.snapshot import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TASK = {"rules": [], "codes": [], "ruff": "", "last": True}


def _files(folder: Path, **texts: str) -> list[tuple[str, str]]:
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    return [(f"{name}.py", name) for name in texts]


def _python(folder: Path, wicked: str) -> str:
    """A Python whose workers do ``wicked`` when they come to a file called ``wicked.py``."""
    import sys

    place = folder / "python"
    inside = textwrap.dedent(f"""
        import sys
        sys.path[:0] = [sys.argv[1]]
        sys.path.append(sys.argv[2])
        import os, time
        from reviewers import worker
        plain = worker._one
        def one(path, *rest, **more):
            if path == "wicked.py":
                {wicked}
            return plain(path, *rest, **more)
        worker._one = one
        worker.main()
    """)
    script = folder / "inside.py"
    script.write_text(inside)
    place.write_text(f'#!/bin/sh\nshift 4\nexec "{sys.executable}" -I -S "{script}" "$@"\n')
    place.chmod(0o755)
    return str(place)


def _work(folder: Path, files: Sequence[tuple[str, str]], jobs: int, wicked: str) -> dict[str, pool.Answer]:
    answers = list(pool.work({**TASK, "folder": str(folder)}, files, jobs=jobs, python=_python(folder, wicked)))
    assert len(answers) == len(files), "one answer a file, no more and no less"
    return {answer.path: answer for answer in answers}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("wicked", "said"),
    [
        ("os._exit(3)", "exit code 3"),
        ("os.kill(os.getpid(), 9)", "signal 9"),
        ("time.sleep(60)", "busy for over 0.8 seconds"),
    ],
)
def test_a_wicked_file_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, wicked: str, said: str
) -> None:
    monkeypatch.setattr(pool, "SECONDS_A_FILE", 0.8)
    monkeypatch.setattr(
        pool, "_dealt", lambda files, jobs, sizes: [list(files[n : n + 3]) for n in range(0, len(files), 3)]
    )
    files = _files(tmp_path, a="x = 1\n", b="x = 1\n", wicked="x = 1\n", c="x = 1\n", d="x = 1\n")
    files = [files[0], files[2], *files[1:2], *files[3:]]
    answers = _work(tmp_path, files, jobs, wicked)
    assert said in answers.pop("wicked.py").failed
    assert all(answer.report and not answer.failed for answer in answers.values())


WICKED: dict[str, Callable[[], object]] = {
    "exit code 3": lambda: os._exit(3),
    "signal 9": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "busy for over 0.8 seconds": lambda: time.sleep(60),
}


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is copied")
@pytest.mark.parametrize("said", WICKED)
def test_a_wicked_file_costs_only_itself_where_this_process_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    plain = worker._one

    def one(path: str, *rest: Any, **more: Any) -> None:
        if path == "wicked.py":
            WICKED[said]()
        plain(path, *rest, **more)

    _only_copies(monkeypatch)
    monkeypatch.setattr(worker, "_one", one)
    monkeypatch.setattr(pool, "SECONDS_A_FILE", 0.8)
    files = _files(tmp_path, a="x = 1\n", wicked="x = 1\n", b="x = 1\n")
    task = {**TASK, "folder": str(tmp_path)}
    answers = {answer.path: answer for answer in pool.work(task, files, jobs=1, serve=worker.main)}
    assert said in answers.pop("wicked.py").failed
    assert [(a.path, bool(a.report), a.failed) for a in answers.values()] == [("a.py", True, ""), ("b.py", True, "")]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is copied")
def test_a_copy_of_this_process_says_what_a_new_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = f"x = {'-' * 5000}1\n"
    files = _files(tmp_path, a="def f(x=[]):\n    return open(x).read()\n", deep=deep, broken="def f(:\n", none="")
    task = {**TASK, "rules": ["close-resources"], "folder": str(tmp_path)}
    anew = {a.path: a for a in pool.work(task, files, jobs=1)}
    _only_copies(monkeypatch)
    assert {a.path: a for a in pool.work(task, files, jobs=1, serve=worker.main)} == anew
    assert len(anew) == len(files)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is copied")
def test_a_process_in_which_another_thread_runs_is_not_copied() -> None:
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert not copied.may_be_copied()
    finally:
        end.set()
        thread.join()


def _only_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(python: str) -> None:
        raise AssertionError(f"{python} was started")

    monkeypatch.setattr(pool, "may_be_copied", lambda: True)
    monkeypatch.setattr(pool, "_started", refuse)


def test_tasks_hold_every_file_once_and_are_of_like_weight() -> None:
    files = [(f"{n}.py", "") for n in range(1000)]
    sizes = {path: 500 + 37 * n % 9000 for n, (path, _) in enumerate(files)}
    for jobs in (1, 2, 8):
        tasks = pool._dealt(files, jobs, sizes)
        assert [file for task in tasks for file in task] == files
        assert all(len(task) <= 300 for task in tasks)


def _outcome(folder: Path, jobs: int, texts: dict[str, str]) -> dict[str, bytes]:
    listed = [SourceFile(path, "key") for path, _ in _files(folder, **texts)]
    found = analyse(
        str(folder), listed, {f.path: f.path[:-3] for f in listed}, Job(("close-resources",), ("F401",), "", jobs), {}
    )
    assert set(found.reports) == {f.path for f in listed}
    return dict(found.fresh)


def test_the_number_of_workers_changes_no_report(tmp_path: Path) -> None:
    texts = {f"m{n}": f"import os\n\n\ndef f{n}(path):\n    return open(path).read()\n" for n in range(12)}
    one = _outcome(tmp_path, 1, texts)
    assert one == _outcome(tmp_path, 3, texts)
    assert all(len(from_bytes(path, blob).findings) == 2 for path, blob in one.items())


def test_what_is_cached_is_not_read_again(tmp_path: Path) -> None:
    files = [SourceFile("gone.py", "key")]
    fresh = _outcome(tmp_path, 1, {"gone": "import os\n"})
    (tmp_path / "gone.py").unlink()
    outcome = analyse(str(tmp_path), files, {}, Job((), ("F401",)), fresh)
    assert [f.rule for f in outcome.reports["gone.py"].findings] == ["F401"]
    assert outcome.fresh == {}


def test_a_broken_cache_entry_is_no_entry(tmp_path: Path) -> None:
    (listed,) = [SourceFile(path, "key") for path, _ in _files(tmp_path, a="import os\n")]
    outcome = analyse(str(tmp_path), [listed], {}, Job((), ("F401",)), {"a.py": b'["nonsense"]'})
    assert [f.rule for f in outcome.reports["a.py"].findings] == ["F401"]


def test_a_file_that_is_gone_has_failed_and_is_not_cached(tmp_path: Path) -> None:
    outcome = analyse(str(tmp_path), [SourceFile("gone.py", "key")], {}, Job((), ()), {})
    assert outcome.reports["gone.py"].failed == "it is gone from the disk"
    assert outcome.fresh == {}


def test_a_cache_key_names_all_that_decides() -> None:
    job = Job(("a",), ("F401",), "s")
    file = SourceFile("a.py", "key")
    keys = {
        cache_keys([changed], modules, other)[changed.path]
        for changed, modules, other in (
            (file, {}, job), (SourceFile("a.py", "other"), {}, job), (SourceFile("b.py", "key"), {}, job),
            (file, {"a.py": "m"}, job), (file, {}, Job(("b",), ("F401",), "s")),
            (file, {}, Job(("a",), ("F811",), "s")),
            (file, {}, Job(("a",), ("F401",), "t")),
        )
    }  # fmt: skip
    assert len(keys) == 7
    assert cache_keys([file], {}, Job(("a",), ("F401",), "s", 7)) == cache_keys([file], {}, job)
