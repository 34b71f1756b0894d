"""What a test bed promises of a run, tried on real processes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from nova.proof.availability import Missing, available
from nova.proof.running import End
from nova.proof.testing import BEFORE, Plugin, Seen, TestRun, Variant
from tests.nova.proof.suites import FILES, LARGE, SMALL, TESTS, THING, bed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nova.proof.testbed import TestBed

KINDS = """\
import pytest, unittest
@pytest.fixture
def bad():
    yield
    raise ValueError("late")
def test_passes(): pass
def test_fails():
    assert 1 == 2, "no"
def test_late(bad): pass
@pytest.mark.skip
def test_skipped(): pass
def test_skips(): pytest.skip("now")
@pytest.mark.xfail
def test_expected(): assert 0
@pytest.mark.xfail
def test_unexpected(): pass
class TestOld(unittest.TestCase):
    def test_parts(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 1)
"""


def one(made: TestBed, tests: Sequence[str] = (), variant: Variant = BEFORE, *, first: bool = False) -> TestRun:
    (run,) = made.run(tests, [variant], first_failure=first)
    return run


def test_every_outcome_is_told_with_setup_call_and_teardown_as_one(tmp_path: Path) -> None:
    run = one(bed(tmp_path, {"test_kinds.py": KINDS}))
    assert not run.why, run.output
    told = {test.rpartition("::")[2]: seen for test, seen in run.outcomes.items()}
    assert told == {
        "test_passes": Seen.PASSED, "test_fails": Seen.FAILED, "test_late": Seen.ERROR, "test_skipped": Seen.SKIPPED,
        "test_skips": Seen.SKIPPED, "test_expected": Seen.XFAILED, "test_unexpected": Seen.XPASSED,
        "test_parts": Seen.FAILED,
    }  # fmt: skip
    assert run.says["test_kinds.py::test_fails"].startswith("AssertionError: no")
    assert run.says["test_kinds.py::test_late"] == "ValueError: late"


def test_unittest_is_told_alike(tmp_path: Path) -> None:
    text = """
import unittest
class T(unittest.TestCase):
    def test_passes(self): pass
    def test_fails(self): self.assertEqual(1, 2)
    def test_breaks(self): raise ValueError("x")
    @unittest.skip("x")
    def test_skipped(self): pass
    @unittest.expectedFailure
    def test_expected(self): self.fail()
    @unittest.expectedFailure
    def test_unexpected(self): pass
    def test_parts(self):
        with self.subTest(n=1): self.fail()
class Late(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError("class")
    def test_never(self): pass
"""
    made = bed(tmp_path, {"test_it.py": text, "test_broken.py": "import nosuch\n"}, kind="unittest")
    run = one(made)
    assert not run.why, run.output
    told = {test.removeprefix("test_it.T."): seen for test, seen in run.outcomes.items()}
    assert told == {
        "test_passes": Seen.PASSED, "test_fails": Seen.FAILED, "test_breaks": Seen.ERROR, "test_skipped": Seen.SKIPPED,
        "test_expected": Seen.XFAILED, "test_unexpected": Seen.XPASSED, "test_parts": Seen.FAILED,
        "setUpClass (test_it.Late)": Seen.ERROR, "unittest.loader._FailedTest.test_broken": Seen.ERROR,
    }  # fmt: skip
    assert run.says["test_it.T.test_breaks"] == "ValueError: x"
    assert one(made, ["test_it.T.test_passes"]).outcomes == {"test_it.T.test_passes": Seen.PASSED}


def test_a_variant_is_run_and_the_target_stays_as_it_is(tmp_path: Path) -> None:
    made = bed(tmp_path)
    wrong = Variant("wrong", {"thing.py": THING.replace("2 * n", "3 * n").encode()})
    before, after, again = made.run([SMALL, LARGE], [BEFORE, wrong, BEFORE])
    assert before.passed([SMALL, LARGE])
    assert after.outcomes == {SMALL: Seen.FAILED, LARGE: Seen.PASSED}
    assert again.outcomes == before.outcomes
    assert sorted(path.name for path in tmp_path.iterdir()) == ["test_thing.py", "thing.py"]


def test_a_run_ends_at_the_first_failure_where_that_is_asked_for(tmp_path: Path) -> None:
    made = bed(tmp_path, {"test_two.py": "def test_a(): assert 0\ndef test_b(): assert 0\n"})
    assert list(one(made, first=True).outcomes) == ["test_two.py::test_a"]
    assert len(one(made).outcomes) == 2


def test_thousands_of_tests_can_be_named(tmp_path: Path) -> None:
    text = "import pytest\n@pytest.mark.parametrize('n', range(4000))\ndef test_n(n): pass\n"
    tests = [f"test_many.py::test_n[{n}]" for n in range(500, 4000)]
    assert set(one(bed(tmp_path, {"test_many.py": text}), tests).outcomes) == set(tests)


def test_only_files_that_hold_the_tests_are_collected(tmp_path: Path) -> None:
    made = bed(tmp_path, test_broken="import nosuch\n")
    assert one(made, [SMALL]).outcomes == {SMALL: Seen.PASSED}
    whole = one(made)
    assert whole.outcomes["test_broken.py"] is Seen.ERROR
    assert whole.outcomes[SMALL] is Seen.PASSED


def test_the_targets_own_options_cannot_split_or_shorten_a_run(tmp_path: Path) -> None:
    files = {
        **FILES,
        "pytest.ini": "[pytest]\naddopts = -n2 -x --lf -p no:cacheprovider\n".replace(
            " --lf -p no:cacheprovider", " --lf"
        ),
    }
    files["test_first.py"] = "def test_fails(): assert 0\n"
    run = one(bed(tmp_path, files))
    assert len(run.outcomes) == 3, run.output


def test_neither_key_nor_settings_are_there_when_the_tests_run(tmp_path: Path) -> None:
    text = """
import os, pathlib, sys
def test_it():
    assert not [name for name in os.listdir() if name.startswith(".nova")]
    assert not [name for name in os.environ if "KEY" in name or "COVERAGE" in name]
    assert sys.gettrace() is None and sys.getprofile() is None
    assert not any("nova-kit" in path for path in sys.path)
    assert os.environ["PYTHONHASHSEED"] == "0"
"""
    run = one(bed(tmp_path, {"test_it.py": text}), ["test_it.py::test_it"])
    assert run.passed(["test_it.py::test_it"]), run


@pytest.mark.parametrize(
    "lie",
    [
        "import os; os._exit(0)",
        "import sys; sys.exit(0)",
        "import atexit, os; atexit.register(os._exit, 0); raise SystemExit",
        "import pytest; pytest.exit('done', returncode=0)",
        "import pytest; pytest.skip('all', allow_module_level=True)",
        "import signal, os; os.kill(os.getpid(), signal.SIGTERM)",
    ],
)
@pytest.mark.parametrize("where", ["thing.py", "test_thing.py", "conftest.py", "in a test"])
def test_an_end_that_looks_right_is_no_pass(tmp_path: Path, lie: str, where: str) -> None:
    if where == "in a test":
        files = {**FILES, "test_thing.py": TESTS + f"    {lie}\n"}
    else:
        files = {**FILES, where: lie + "\n" + FILES.get(where, "")}
    assert not one(bed(tmp_path, files), [SMALL, LARGE]).passed([SMALL, LARGE])


FORGED = '{"test":"test_thing.py::test_large","seen":"passed","seconds":0.0,"says":""}'


@pytest.mark.parametrize(
    "conftest",
    [
        "def pytest_collection_modifyitems(items): items[:] = []",
        "def pytest_collection_modifyitems(items): items[:] = [i for i in items if 'small' in i.name]",
        "def pytest_collection_modifyitems(items):\n    for i in items: i._nodeid = i._nodeid + 'x'",
        "collect_ignore_glob = ['*']",
        "import pytest\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    o = yield\n    o.get_result().outcome = 'passed'",
        f"import os\ndef pytest_runtest_setup(item):\n    for n in os.listdir(os.environ['NOVA_OUT']):\n        f = os.environ['NOVA_OUT'] + '/' + n\n        last = open(f).read().split()[-2:]\n        open(f, 'a').write('0' * 32 + ' ' + {FORGED!r} + '\\n')",
        "import os\ndef pytest_sessionfinish(session):\n    for n in os.listdir(os.environ['NOVA_OUT']):\n        f = os.environ['NOVA_OUT'] + '/' + n\n        t = open(f).read().replace('failed', 'passed')\n        open(f, 'w').write(t)\n    session.exitstatus = 0",
        "import pytest\n@pytest.hookimpl(tryfirst=True)\ndef pytest_pyfunc_call(pyfuncitem): return True",
        "def pytest_collection_modifyitems(items):\n    for i in items: i.obj = lambda: None",
        "import os\ndef pytest_configure(config):\n    for n in range(3, 20):\n        try: os.close(n)\n        except OSError: pass",
    ],
)
def test_a_lie_of_a_conftest_is_no_pass(tmp_path: Path, conftest: str) -> None:
    files = {**FILES, "thing.py": THING.replace("n + n", "n + 1"), "conftest.py": conftest + "\n"}
    assert not one(bed(tmp_path, files), [SMALL, LARGE]).passed([LARGE])


def test_a_process_that_was_forked_writes_no_second_report(tmp_path: Path) -> None:
    text = TESTS + "    import os\n    if os.fork() == 0: raise SystemExit\n    os.wait()\n"
    run = one(bed(tmp_path, {**FILES, "test_thing.py": text}))
    assert run.passed([SMALL, LARGE]), run


def test_a_run_out_of_time_says_so(tmp_path: Path) -> None:
    run = one(bed(tmp_path, {"test_it.py": "def test_it():\n    while True: pass\n"}, whole=3))
    assert run.end is End.TIMED_OUT
    assert "time" in run.why
    assert not run.passed(["test_it.py::test_it"])


def test_lines_of_watched_files_are_told(tmp_path: Path) -> None:
    run = one(bed(tmp_path), [SMALL], Variant("after", {}, ("thing.py",)))
    assert run.lines == {"thing.py": frozenset({1, 3, 4, 6, 8})}
    assert one(bed(tmp_path), [SMALL]).lines == {}


@pytest.mark.parametrize(
    ("kind", "name"), [("pytest", "test_old.py::Old::test_it"), ("unittest", "test_old.Old.test_it")]
)
def test_a_plugin_is_loaded_first_and_told_of_each_test(tmp_path: Path, kind: str, name: str) -> None:
    plugin = tmp_path / "elsewhere" / "beside.py"
    plugin.parent.mkdir()
    plugin.write_text(
        "import json, os, sys\n"
        "told = {'loaded': sorted(n for n in sys.modules if n in ('thing', 'test_old'))}\n"
        "told['given'] = open(os.environ['NOVA_SETTINGS']).read()\n"
        "told['traced'] = bool(sys.gettrace() or sys.getprofile())\n"
        "def test_starts(name): told['starts'] = name\n"
        "def test_ends(name): told['ends'] = name\n"
        "def finished(): json.dump(told, open(os.environ['NOVA_OUT'] + '/told', 'w'))\n"
    )
    target = tmp_path / "target"
    target.mkdir()
    text = "import thing, unittest\nclass Old(unittest.TestCase):\n    def test_it(self): thing.double(1)\n"
    made = bed(target, {"thing.py": THING, "test_old.py": text}, kind=kind)
    ran = made.run_with(Plugin(plugin, b"words"), [name], BEFORE)
    assert json.loads(ran.kept["told"]) == {
        "loaded": [], "given": "words", "traced": False, "starts": name, "ends": name,
    }  # fmt: skip


def test_the_copies_are_gone_when_it_is_closed(tmp_path: Path) -> None:
    made = bed(tmp_path)
    one(made, [SMALL])
    assert made._kit is not None
    assert made._tree is not None
    kit, tree = made._kit.folder, made._tree
    assert kit.exists()
    assert tree.exists()
    made.close()
    assert not kit.exists()
    assert not tree.parent.exists()


def test_it_says_what_is_run_and_by_what(tmp_path: Path) -> None:
    made = bed(tmp_path)
    assert made.command == "pytest (by hand)"
    assert made.versions == (f"Python {sys.version.split()[0]}", f"pytest {pytest.__version__}", "no sandbox")
    assert not made.contained


@pytest.mark.slow
def test_all_of_it_holds_in_the_sandbox(tmp_path: Path) -> None:
    sandbox = available()
    if isinstance(sandbox, Missing):
        pytest.skip(f"{sandbox.why}; {sandbox.next_step}")
    made = bed(tmp_path, runner=sandbox)
    wrong = Variant("wrong", {"thing.py": THING.replace("2 * n", "3 * n").encode()}, ("thing.py",))
    before, after = made.run([SMALL, LARGE], [BEFORE, wrong])
    assert before.passed([SMALL, LARGE]), before
    assert after.outcomes == {SMALL: Seen.FAILED, LARGE: Seen.PASSED}
    assert after.lines["thing.py"] >= {5, 6}
