"""Runs pytest with a plugin of ours: tests are chosen by their ids, in one process, and each is told as it ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = {
    "numprocesses": ["-n0"],
    "cov_source": ["--no-cov"],
    "randomly_reorganize": ["--randomly-dont-reorganize", "--randomly-seed=1"],
    "random_order_bucket": ["--random-order-bucket=global", "--random-order-seed=1"],
    "reruns": ["--reruns=0"],
}
"""What takes the settings of other plugins back, by an option that shows that the plugin is there."""
_OFF = ("lf", "failedfirst", "newfirst", "stepwise", "stepwise_skip", "pyargs", "forked", "testmon", "looponfail",
        "collectonly", "usepdb", "trace", "setuponly", "setupplan", "random_order_enabled")  # fmt: skip


def run(settings: dict[str, Any], report: Any, around: Any, plugin: Any) -> int:
    """Run them; the status that pytest ended with."""
    report.tell(python=sys.version.split()[0], pytest=pytest.__version__)
    plugins = [Told(settings, report, around)] + ([plugin] if plugin is not None else [])
    # A target's settings may name options of the cache, so it is not taken away, only kept out of the tree.
    cache = "cache_dir=" + os.path.join(os.environ.get("TMPDIR", os.environ["NOVA_OUT"]), "nova-pytest-cache")
    return int(pytest.main([*settings["arguments"], "-o", cache], plugins=plugins))


class Told:
    """Our plugin."""

    def __init__(self, settings: dict[str, Any], report: Any, around: Any) -> None:
        self._wanted: list[str] | None = settings["tests"]
        self._most: int = settings["most"]
        self._report, self._around = report, around
        self._seen: dict[str, str] = {}
        self._says: dict[str, str] = {}
        self._seconds: dict[str, float] = {}
        self._codes: dict[int, frozenset[int]] = {}
        self._now: frozenset[int] = frozenset()
        self._raised: Any = None
        # A plugin beside the tests has the profiler to itself, and no outcome is read from such a run.
        self._looks = not settings["plugin"]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_load_initial_conftests(self, early_config: Any, args: list[str]) -> Iterator[None]:
        """Before any other plugin looks: one process, no coverage but ours, one order, no end at a failure."""
        known = early_config.known_args_namespace
        for option, words in _WORDS.items():
            if hasattr(known, option):
                args.extend(words)
        if hasattr(known, "no_cov"):
            known.no_cov = True
        # A long traceback of each of many failures takes far longer than the tests.
        args.extend([f"--maxfail={self._most}", "--tb=short"])
        yield

    @pytest.hookimpl(hookwrapper=True)
    def pytest_cmdline_main(self, config: Any) -> Iterator[None]:
        """Take back what can only be set to true, and ask for the files that hold the tests."""
        option = config.option
        for name in _OFF:
            if getattr(option, name, None):
                setattr(option, name, False)
        option.continue_on_collection_errors = True
        if self._wanted is not None:
            root = str(config.rootdir)
            files = {os.path.join(root, test.split("::")[0]): None for test in self._wanted}
            config.args[:] = [file for file in files if os.path.exists(file)] or [os.devnull]
        yield

    @pytest.hookimpl(hookwrapper=True)
    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> Iterator[None]:
        """After every other choice: keep the tests that were asked for."""
        yield
        if self._wanted is not None:
            wanted = set(self._wanted)
            others = [item for item in items if item.nodeid not in wanted]
            if others:
                config.hook.pytest_deselected(items=others)
                items[:] = [item for item in items if item.nodeid in wanted]

    @pytest.hookimpl(tryfirst=True)
    def pytest_itemcollected(self, item: Any) -> None:
        """Note which function a test is, before another is put in its place."""
        if self._looks:
            self._codes[id(item)] = _codes(item)

    def pytest_collectreport(self, report: Any) -> None:
        """A file that cannot be collected counts as a test that has an error."""
        if report.failed:
            self._report.test(report.nodeid, "error", 0.0, _crash(report))

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        """All that runs in here belongs to this test, its fixtures too."""
        self._now, self._raised = self._codes.get(id(item), frozenset()), None
        self._around.starts(item.nodeid)
        yield
        self._around.ends(item.nodeid)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        """A test whose function was never entered has not passed, whatever runs tests in pytest's place."""
        codes, entered = self._now, []

        def look(frame: Any, event: str, _: Any) -> None:
            if event == "call" and id(frame.f_code) in codes:
                entered.append(True)
                # From here on the test has the profiler to itself.
                sys.setprofile(None)

        looking = bool(codes) and sys.getprofile() is None
        if looking:
            sys.setprofile(look)
        outcome: Any = yield
        self._raised = outcome.excinfo
        if looking:
            if sys.getprofile() is look:
                sys.setprofile(None)
            if not entered and outcome.excinfo is None:
                self._note(item.nodeid, "failed", "its function was never called")

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        """Outside of all others: what was raised cannot be called a pass by one of them."""
        outcome: Any = yield
        report = outcome.get_result()
        raised = call.excinfo or (self._raised if call.when == "call" else None)
        if raised and report.outcome == "passed" and not hasattr(report, "wasxfail"):
            self._note(item.nodeid, "failed", "it raised, and something calls that a pass")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        """Setup, call and teardown become one."""
        name = report.nodeid
        self._seconds[name] = self._seconds.get(name, 0.0) + getattr(report, "duration", 0.0)
        if report.failed:
            self._note(name, "failed" if report.when == "call" else "error", _crash(report))
        elif hasattr(report, "context"):  # a subtest, whose skip or pass is not the test's
            return
        elif report.skipped:
            self._note(name, "xfailed" if hasattr(report, "wasxfail") else "skipped", "")
        elif report.when == "call":
            self._note(name, "xpassed" if hasattr(report, "wasxfail") else "passed", "")

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """One line for each test, when it is over."""
        seen = self._seen.pop(nodeid, None)
        if seen is not None:
            self._report.test(nodeid, seen, self._seconds.pop(nodeid, 0.0), self._says.pop(nodeid, ""))

    def _note(self, name: str, seen: str, says: str) -> None:
        if _WEIGHT.index(seen) >= _WEIGHT.index(self._seen.get(name, "passed")):
            self._seen[name] = seen
            if says and name not in self._says:
                self._says[name] = says


_WEIGHT = ("passed", "xpassed", "xfailed", "skipped", "failed", "error")


def _codes(item: Any) -> frozenset[int]:
    """The code of a test's function and of what it wraps, by identity; none for a test that is no function."""
    if not isinstance(item, pytest.Function):
        return frozenset()
    found, one = set(), item.obj
    for _ in range(20):
        code = getattr(getattr(one, "__func__", one), "__code__", None)
        if code is not None:
            found.add(id(code))
        one = getattr(one, "__wrapped__", None)
        if one is None:
            break
    return frozenset(found)


def _crash(report: Any) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    text = str(crash.message if crash is not None else report.longrepr or "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    return lines[0] if crash is not None else lines[-1]
