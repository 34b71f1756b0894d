"""Check that every case is what its case.json says.

For each folder <kind>/<name>/ the module is copied as `subject.py` beside its tests, three times:

- before.py and right.py pass the tests; wrong.py passes them where the tests are `blind` or `weak`, and fails where
  they are `sighted`; no test is skipped;
- the witness prints the same for before and right, and something else for wrong;
- where the right one is `bytecode`, its code objects equal those of before; where it is `behaviour` they do not;
- `blind` and `sighted` tests, where they pass, run every line of every function; the run is traced, so no coverage tool
  is needed.

    python tests/assets/refactors/check.py [KIND[/NAME] ...]

Each run is a forked child with its own temporary folder, so that pytest is imported once. To check the bytecode with
another version of Python alone (pytest not needed): add --bytecode.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent
LIMIT = 20.0


def code_objects(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from code_objects(const)


def exact(const: object) -> object:
    """A constant with its type and, for floats, its sign; nested in tuples and frozensets too."""
    if isinstance(const, tuple):
        return tuple(exact(item) for item in const)
    if isinstance(const, frozenset):
        return frozenset(exact(item) for item in const)
    return (type(const).__name__, repr(const)) if not isinstance(const, CodeType) else "code"


def shape(source: str) -> list[object]:
    """What the compiled module does, without its line numbers."""
    return [
        (
            code.co_qualname,
            code.co_code,
            [exact(const) for const in code.co_consts],
            code.co_names,
            code.co_varnames,
            code.co_freevars,
            code.co_cellvars,
            code.co_flags,
            code.co_argcount,
            code.co_posonlyargcount,
            code.co_kwonlyargcount,
            code.co_exceptiontable,
        )
        for code in code_objects(compile(source, "subject.py", "exec"))
    ]


def lines_in_functions(source: str) -> set[int]:
    codes = list(code_objects(compile(source, "subject.py", "exec")))[1:]
    classes = [code for code in codes if "__qualname__" in code.co_names]
    return {
        line
        for code in codes
        if code not in classes
        for _, _, line in code.co_lines()
        if line is not None and line != code.co_firstlineno
    }


def in_child(folder: Path, work: Callable[[], object]) -> object:
    """The JSON value of `work()`, run in a forked child whose working folder is `folder`."""
    answer = folder / ".answer"
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.chdir(folder)
            sys.path.insert(0, str(folder))
            sys.dont_write_bytecode = True
            answer.write_text(json.dumps(work()), encoding="utf-8")
            status = 0
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
        finally:
            os._exit(status)
    end = time.monotonic() + LIMIT
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, 9)
            os.waitpid(child, 0)
            return "time-out"
        time.sleep(0.003)
    return json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else "no answer"


def tests() -> object:
    """How many tests passed, how many did not, and the lines of subject.py that ran."""
    import pytest

    seen: set[int] = set()
    counts = {"passed": 0, "failed": 0, "other": 0}

    def trace(frame: object, event: str, arg: object) -> object:
        code = frame.f_code  # type: ignore[attr-defined]
        if not code.co_filename.endswith("subject.py"):
            return None
        if event == "line":
            seen.add(frame.f_lineno)  # type: ignore[attr-defined]
        return trace

    class Count:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                counts["failed"] += 1
            elif report.skipped:
                counts["other"] += 1
            elif report.when == "call":
                counts["passed"] += 1

        def pytest_collectreport(self, report: pytest.CollectReport) -> None:
            counts["failed"] += report.failed

    said = io.StringIO()
    sys.settrace(trace)  # type: ignore[arg-type]
    threading.settrace(trace)  # type: ignore[arg-type]
    with contextlib.redirect_stdout(said):
        words = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".", "test_case.py"]
        pytest.main(words, plugins=[Count()])
    sys.settrace(None)
    return {**counts, "lines": sorted(seen), "said": said.getvalue()[-1500:]}


def witness(script: str) -> object:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            exec(compile(script, "witness", "exec"), {"__name__": "__main__"})
        except BaseException as error:  # noqa: BLE001
            print(type(error).__name__, error)
    return said.getvalue()


def check(case: Path, *, only_bytecode: bool) -> list[str]:
    about = json.loads((case / "case.json").read_text(encoding="utf-8"))
    source = {name: (case / f"{name}.py").read_text(encoding="utf-8") for name in ("before", "wrong", "right")}
    wrongs: list[str] = []
    same = shape(source["before"]) == shape(source["right"])
    if same != (about["right_is"] == "bytecode"):
        wrongs.append(f"right is {about['right_is']}, and its code {'is' if same else 'is not'} the same")
    if source["right"] == source["before"] or shape(source["before"]) == shape(source["wrong"]):
        wrongs.append("nothing was changed")
    if only_bytecode:
        return wrongs
    printed: dict[str, object] = {}
    for name, text in source.items():
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            (folder / "subject.py").write_text(text, encoding="utf-8")
            shutil.copy(case / "test_case.py", folder)
            run = in_child(folder, tests)
            printed[name] = in_child(folder, lambda: witness(about["witness"]))
        if not isinstance(run, dict):
            wrongs.append(f"{name}: tests: {run}")
            continue
        passes = run["failed"] == 0 and run["other"] == 0 and run["passed"] > 0
        if passes != (name != "wrong" or about["tests"] != "sighted"):
            wrongs.append(f"{name}: tests {'pass' if passes else 'fail'}\n{run['said']}")
        unseen = lines_in_functions(text) - set(run["lines"])
        if passes and unseen and about["tests"] != "weak":
            wrongs.append(f"{name}: tests do not run lines {sorted(unseen)}")
    if printed["before"] != printed["right"]:
        wrongs.append(f"witness: before {printed['before']!r}, right {printed['right']!r}")
    if printed["before"] == printed["wrong"] or not printed["before"]:
        wrongs.append(f"witness: before {printed['before']!r}, wrong {printed['wrong']!r}")
    return wrongs


def main(wanted: list[str]) -> int:
    only_bytecode = "--bytecode" in wanted
    names = [name for name in wanted if not name.startswith("-")]
    cases = sorted(path.parent for path in HERE.glob("*/*/case.json"))
    if names:
        cases = [case for case in cases if any(f"{case.relative_to(HERE)}/".startswith(f"{name}/") for name in names)]
    if not only_bytecode:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        import pytest  # noqa: F401
    bad = 0
    counts: dict[str, int] = {}
    for case in cases:
        about = json.loads((case / "case.json").read_text(encoding="utf-8"))
        for key in (f"kind {about['kind']}", f"tests {about['tests']}", f"right {about['right_is']}"):
            counts[key] = counts.get(key, 0) + 1
        wrongs = check(case, only_bytecode=only_bytecode)
        bad += bool(wrongs)
        for wrong in wrongs:
            print(f"{case.relative_to(HERE)}: {wrong}", flush=True)
    for key, count in sorted(counts.items()):
        print(f"{count:5} {key}")
    print(f"{len(cases)} cases, {bad} bad")
    return 1 if bad or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
