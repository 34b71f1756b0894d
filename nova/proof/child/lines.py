"""Records with coverage.py which lines run: by test for a recording, else all together."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from hashlib import blake2b
from typing import Any

NAME = "lines.json"


def started(settings: dict[str, Any], report: Any, out: str) -> Lines | None:
    """The recorder, running; None where no lines are asked for."""
    root, watched = settings["root"], settings["watched"]
    if not settings["contexts"] and not watched:
        return None
    os.environ.pop("COVERAGE_PROCESS_START", None)
    import coverage

    os.environ["COVERAGE_CORE"] = _core(contexts=settings["contexts"])
    report.tell(coverage=coverage.__version__)
    include = [os.path.join(root, path) for path in watched] or [os.path.join(root, "*")]
    omit = None if watched else [os.path.join(root, path, "*") for path in settings["without"]]
    recorder = coverage.Coverage(data_file=None, branch=False, config_file=False, include=include, omit=omit)
    # A C extension that is not there would be told of in a warning, which a strict suite makes an error.
    recorder.set_option("run:disable_warnings", ["no-ctracer", "no-sysmon", "no-data-collected", "couldnt-parse"])
    recorder.start()
    del os.environ["COVERAGE_CORE"]
    return Lines(recorder, root, os.path.join(out, NAME), contexts=settings["contexts"])


def _core(*, contexts: bool) -> str:
    """The quickest that there is: Nova's own copy of coverage is compiled for one Python only.

    With ``sys.monitoring`` coverage tells a line to the first test that runs it, and to no other.
    """
    if importlib.util.find_spec("coverage.tracer") is not None:
        try:
            importlib.import_module("coverage.tracer")
        except ImportError:
            pass
        else:
            return "ctrace"
    return "sysmon" if sys.version_info >= (3, 12) and not contexts else "pytrace"


class Lines:
    """A recorder that runs. ``switch`` names the test that runs from now on; ``""`` is none."""

    def __init__(self, recorder: Any, root: str, path: str, *, contexts: bool) -> None:
        self._recorder, self._root, self._path, self._contexts = recorder, root, path, contexts

    def switch(self, test: str) -> None:
        """From now on it is this test that runs."""
        if self._contexts:
            self._recorder.switch_context(test)

    def stop(self) -> dict[str, str]:
        """Stop, and write the lines of each file; the name of what was written with its digest.

        Lines that the same tests ran stand together, in ``{"tests": [...], "files": {path: [[lines, numbers]]}}``; no
        number at all stands for lines that ran outside of any test.
        """
        self._recorder.stop()
        data = self._recorder.get_data()
        numbers: dict[str, int] = {}
        files: dict[str, list[Any]] = {}
        for file in sorted(data.measured_files()):
            groups: dict[Any, list[int]] = {}
            if self._contexts:
                for line, contexts in data.contexts_by_lineno(file).items():
                    tests: set[int] = {numbers.setdefault(name, len(numbers)) for name in contexts if name}
                    groups.setdefault(tuple(sorted(tests)), []).append(line)
                    if "" in contexts and tests:
                        groups.setdefault((), []).append(line)
            else:
                groups[()] = list(data.lines(file) or ())
            path = os.path.relpath(file, self._root).replace(os.sep, "/")
            files[path] = [[sorted(lines), list(tests)] for tests, lines in sorted(groups.items())]
        body = json.dumps({"tests": list(numbers), "files": files}, separators=(",", ":")).encode("ascii")
        with open(self._path, "wb") as out:
            out.write(body)
        return {NAME: blake2b(body, digest_size=16).hexdigest()}
