"""What is recorded of a suite, and when it is recorded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova.proof.recording import from_bytes, to_bytes
from nova.proof.testing import Recording, Seen, Untestable
from tests.nova.proof.suites import FILES, LARGE, SMALL, TESTS, THING, Counted, bed, kept_in

if TYPE_CHECKING:
    from pathlib import Path


def recorded(found: Recording | Untestable) -> Recording:
    assert isinstance(found, Recording), found
    return found


@pytest.mark.parametrize(("kind", "small", "large"), [("pytest", SMALL, LARGE), ("unittest", "test_old.T.test_small", "test_old.T.test_large")])  # fmt: skip
def test_each_line_is_told_with_the_tests_that_ran_it(tmp_path: Path, kind: str, small: str, large: str) -> None:
    old = (
        "import unittest\nfrom thing import double\nclass T(unittest.TestCase):\n"
        "    def test_small(self): self.assertEqual(double(2), 4)\n"
        "    def test_large(self): self.assertEqual(double(10), 20)\n"
    )
    files = FILES if kind == "pytest" else {"thing.py": THING, "test_old.py": old}
    found = recorded(bed(tmp_path, files, kind=kind).record())
    assert found.outcomes == {small: Seen.PASSED, large: Seen.PASSED}
    lines = found.contexts["thing.py"]
    assert {line: set(tests) for line, tests in lines.items()} == {4: {small, large}, 5: {large}, 6: {small}}
    assert found.at_import["thing.py"] == {1, 3, 8}
    assert not found.unstable
    assert set(found.seconds) == {small, large}


def test_a_fixture_runs_for_its_test(tmp_path: Path) -> None:
    tests = "import pytest\nfrom thing import double\n@pytest.fixture\ndef four(): return double(2)\ndef test_it(four): pass\n"
    found = recorded(bed(tmp_path, {"thing.py": THING, "test_it.py": tests}).record())
    assert found.contexts["thing.py"][6] == ("test_it.py::test_it",)


def test_tests_that_do_not_come_out_alike_are_unstable(tmp_path: Path) -> None:
    # What a test leaves outside of its tree stays, for a runner without a sandbox.
    mark = tmp_path / "mark"
    target = tmp_path / "target"
    target.mkdir()
    wavering = (
        f"import os\ndef test_once():\n    assert not os.path.exists({str(mark)!r})\n    open({str(mark)!r}, 'w')\n"
    )
    named = "import os, pytest\n@pytest.mark.parametrize('n', [os.getpid()])\ndef test_named(n): pass\n"
    found = recorded(bed(target, FILES, test_once=wavering, test_named=named).record())
    assert {test.partition("[")[0] for test in found.unstable} == {
        "test_once.py::test_once",
        "test_named.py::test_named",
    }


def test_it_is_recorded_once_for_the_same_contents(tmp_path: Path) -> None:
    store: dict[str, bytes] = {}
    runner = Counted()
    first = bed(tmp_path, runner=runner, cache=kept_in(store)).record()
    runs = runner.runs
    assert runs == 2
    assert bed(tmp_path, runner=runner, cache=kept_in(store)).record() == first
    assert runner.runs == runs
    assert len(store) == 1


@pytest.mark.parametrize("change", ["code", "data", "command"])
def test_it_is_recorded_anew_when_anything_that_plays_a_part_has_changed(tmp_path: Path, change: str) -> None:
    store: dict[str, bytes] = {}
    bed(tmp_path, cache=kept_in(store)).record()
    files = dict(FILES)
    if change == "code":
        files["thing.py"] = THING + "\n"
    if change == "data":
        files["data.txt"] = "1"
    arguments = ("-q",) if change == "command" else ()
    bed(tmp_path, files, cache=kept_in(store), arguments=arguments).record()
    assert len(store) == 2


def test_what_lies_broken_in_the_cache_is_recorded_anew(tmp_path: Path) -> None:
    store: dict[str, bytes] = {}
    first = bed(tmp_path, cache=kept_in(store)).record()
    good = dict(store)
    for broken in (b"", b"{}", b'{"tests": 1}', b"[1]"):
        store.update(dict.fromkeys(store, broken))
        assert set(recorded(bed(tmp_path, cache=kept_in(store)).record()).outcomes) == set(recorded(first).outcomes)
        assert store.keys() == good.keys()
        assert store != dict.fromkeys(store, broken)


def test_bytes_hold_all_of_a_recording() -> None:
    made = Recording(
        {"a::one": Seen.PASSED, "a::two": Seen.SKIPPED, "b::[é\n]": Seen.ERROR},
        {"a.py": {1: ("a::one", "b::[é\n]"), 2: ("a::one", "b::[é\n]"), 7: ("a::two",)}, "b.py": {}},
        {"a.py": frozenset({3, 4})}, frozenset({"a::two"}), {"a::one": 0.5, "a::two": 0.0, "b::[é\n]": 1.0},
    )  # fmt: skip
    assert from_bytes(to_bytes(made, 2.5)) == (made, 2.5)


def test_a_suite_that_takes_too_long_cannot_be_recorded(tmp_path: Path) -> None:
    found = bed(tmp_path, {"test_it.py": "import time\ndef test_it(): time.sleep(60)\n"}, whole=3).record()
    assert isinstance(found, Untestable)
    assert "longer than 3 s" in found.why


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"thing.py": THING}, "no test was found"),
        ({**FILES, "conftest.py": "raise ValueError('no')\n"}, "could not be run"),
        ({"test_it.py": TESTS.replace("assert", "import os; os._exit(0); assert"), "thing.py": THING}, "in the middle"),
    ],
)
def test_a_suite_that_cannot_be_run_says_why(tmp_path: Path, files: dict[str, str], why: str) -> None:
    found = bed(tmp_path, files).record()
    assert isinstance(found, Untestable)
    assert why in found.why
    assert found.next_step


def test_an_interpreter_that_does_not_run_is_told(tmp_path: Path) -> None:
    made = bed(tmp_path)
    from dataclasses import replace

    made._environment = replace(made._environment, python=tmp_path / "none" / "bin" / "python")
    found = made.record()
    assert isinstance(found, Untestable)
    assert "does not run" in found.why
    assert made.versions == ()
