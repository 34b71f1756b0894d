"""Runs unittest as ``python -m unittest`` does, with the tests that are asked for, and tells each as it ends."""

from __future__ import annotations

import sys
import time
import unittest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def run(settings: dict[str, Any], report: Any, around: Any, _: Any) -> int:
    """Run them; the loader and its options are those of the target's command."""
    report.tell(python=sys.version.split()[0], unittest=sys.version.split()[0])
    runner = _Runner(settings["tests"], bool(settings["most"]), report, around)
    unittest.TestProgram(None, argv=[sys.argv[0], *settings["arguments"]], testRunner=runner, exit=False)
    return 0 if runner.ran else 5


class _Runner:
    def __init__(self, wanted: list[str] | None, first: bool, report: Any, around: Any) -> None:
        self._wanted, self._first, self._report, self._around = wanted, first, report, around
        self.ran = 0

    def run(self, test: Any) -> unittest.TestResult:
        """As TestProgram asks for it."""
        result = _Result(self._report, self._around)
        result.failfast = self._first
        cases = list(_cases(test))
        if self._wanted is not None:
            wanted = set(self._wanted)
            cases = [case for case in cases if case.id() in wanted]
        # A suite, flat as it is, still sets up classes and modules.
        unittest.TestSuite(cases).run(result)
        self.ran = result.testsRun
        return result


def _cases(test: Any) -> Iterator[Any]:
    if isinstance(test, unittest.TestSuite):
        for one in test:
            yield from _cases(one)
    else:
        yield test


class _Result(unittest.TestResult):
    def __init__(self, report: Any, around: Any) -> None:
        super().__init__()
        self._report, self._around = report, around
        self._seen, self._says, self._began = "", "", 0.0

    def startTest(self, test: Any) -> None:  # noqa: N802
        super().startTest(test)
        self._seen, self._says, self._began = "", "", time.perf_counter()
        self._around.starts(test.id())

    def stopTest(self, test: Any) -> None:  # noqa: N802
        super().stopTest(test)
        self._around.ends(test.id())
        if self._seen:
            self._report.test(test.id(), self._seen, time.perf_counter() - self._began, self._says)
        self._seen = ""

    def _note(self, test: Any, seen: str, error: Any = None) -> None:
        says = _last(error)
        if not isinstance(test, unittest.TestCase):  # the set-up of a class or a module
            self._report.test(test.id(), seen, 0.0, says)
        elif not self._seen or _WEIGHT.index(seen) >= _WEIGHT.index(self._seen):
            self._seen, self._says = seen, says or self._says

    def addSuccess(self, test: Any) -> None:  # noqa: N802
        super().addSuccess(test)
        self._note(test, "passed")

    def addError(self, test: Any, err: Any) -> None:  # noqa: N802
        super().addError(test, err)
        self._note(test, "error", err)

    def addFailure(self, test: Any, err: Any) -> None:  # noqa: N802
        super().addFailure(test, err)
        self._note(test, "failed", err)

    def addSkip(self, test: Any, reason: str) -> None:  # noqa: N802
        super().addSkip(test, reason)
        self._note(test, "skipped")

    def addExpectedFailure(self, test: Any, err: Any) -> None:  # noqa: N802
        super().addExpectedFailure(test, err)
        self._note(test, "xfailed")

    def addUnexpectedSuccess(self, test: Any) -> None:  # noqa: N802
        super().addUnexpectedSuccess(test)
        self._note(test, "xpassed")

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:  # noqa: N802
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note(test, "failed", err)


_WEIGHT = ("passed", "xpassed", "xfailed", "skipped", "failed", "error")


def _last(error: Any) -> str:
    if not error:
        return ""
    kind, value = error[0], error[1]
    lines = [line.strip() for line in str(value).splitlines() if line.strip()]
    return str(kind.__name__) + (": " + lines[0] if lines else "")
