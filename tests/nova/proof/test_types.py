from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nova.proof import rung3_types
from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.checkers import CHECKERS, runs_code, used
from nova.proof.compilers import Compilers
from nova.proof.rung3_types import new_diagnostics
from nova.proof.tools import Diagnostic
from nova.proof.type_checker import TypeChecker
from nova.proof.verdict import Outcome
from tests.nova.proof.cases import Types, text_case, tools

BEFORE = b"a = 1\nb = 2\nc = 3\nd = 4\n"


def _said(line: int, message: str = "wrong", code: str = "x", path: str = "a.py") -> Diagnostic:
    return Diagnostic(path, line, code, message)


def _new(after: bytes, said: list[Diagnostic], then: list[Diagnostic]) -> list[int]:
    return [d.line for d in new_diagnostics(said, then, Patch((FileChange("a.py", BEFORE, after),)))]


def test_what_is_said_of_a_line_moves_with_it() -> None:
    assert _new(b"# new\n# new\n" + BEFORE, [_said(3)], [_said(5)]) == []
    assert _new(b"b = 2\nc = 3\nd = 4\n", [_said(3)], [_said(2)]) == []


def test_what_is_said_of_another_line_is_new_though_its_words_are_the_same() -> None:
    assert _new(b"# new\n" + BEFORE, [_said(3)], [_said(3)]) == [3]
    assert _new(b"# new\n" + BEFORE, [_said(1)], [_said(2), _said(4)]) == [4]


def test_what_is_said_of_a_changed_line_may_be_said_in_what_replaced_it() -> None:
    assert _new(b"a = 1\nx = 1\ny = 1\nc = 3\nd = 4\n", [_said(2)], [_said(3)]) == []
    assert _new(b"a = 1\nx = 1\ny = 1\nc = 3\nd = 4\n", [_said(2)], [_said(2), _said(3)]) == [3]
    assert _new(b"a = 1\nx = 1\ny = 1\nc = 3\nd = 4\n", [_said(2)], [_said(3, "else")]) == [3]


def test_other_files_are_looked_at_too() -> None:
    assert _new(b"a = 2\n", [_said(7, path="b.py")], [_said(7, path="b.py"), _said(9, path="b.py")]) == [9]


def _climb(types: Types | None) -> tuple[Outcome, str]:
    with Compilers() as compilers:
        result = rung3_types.climb(text_case(BEFORE, BEFORE + b"e = 5\n"), tools(compilers, types=types))
    return result.outcome, result.why


def test_a_new_diagnostic_fails_the_rung_and_refutes_nothing() -> None:
    assert _climb(Types(after=(_said(5),))) == (Outcome.FAILED, "a.py:5: wrong [x]")
    assert _climb(Types(before=(_said(1),), after=(_said(1),)))[0] is Outcome.PASSED
    assert _climb(Types(before=(_said(1),)))[0] is Outcome.PASSED


def test_without_a_checker_or_with_one_that_fails_the_rung_is_not_run() -> None:
    assert _climb(None)[0] is Outcome.NOT_RUN
    assert _climb(Types(failed="it broke")) == (Outcome.NOT_RUN, "it broke")


def test_the_checker_that_a_target_uses_goes_first() -> None:
    assert [c.name for c in used({})] == ["ty", "mypy", "pyrefly"]
    assert used({"pyproject.toml": "[tool.mypy]\nstrict = true\n"})[0].name == "mypy"
    assert used({"pyproject.toml": "[[tool.mypy.overrides]]\n"})[0].name == "mypy"
    assert used({"setup.cfg": "[mypy]\n"})[0].name == "mypy"
    assert used({"pyrefly.toml": ""})[0].name == "pyrefly"
    assert used({"pyproject.toml": "[tool.tyro]\n"})[0].name == "ty"


def test_settings_that_load_plugins_are_code() -> None:
    assert runs_code({"mypy.ini": "[mypy]\nplugins = ./evil.py\n"})
    assert not runs_code({"mypy.ini": "[mypy]\n# plugins = ./evil.py\n"})


READ = {
    "mypy": ('{"file": "a.py", "line": 2, "column": 1, "message": "m", "hint": null, "code": "c", "severity": "error"}\n'
             '{"file": "a.py", "line": 2, "column": 1, "message": "n", "hint": null, "code": "c", "severity": "note"}\n'),
    "ty": '[{"check_name": "c", "description": "m", "location": {"path": "a.py", "positions": {"begin": {"line": 2}}}}]',
    "pyrefly": '{"errors": [{"line": 2, "path": "a.py", "name": "c", "description": "m", "severity": "error"}]}',
}  # fmt: skip


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda c: c.name)
def test_what_a_checker_prints_is_read(checker: object) -> None:
    from nova.proof.checkers import Checker

    assert isinstance(checker, Checker)
    assert checker.read(READ[checker.name]) == [Diagnostic("a.py", 2, "c", "m")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "a.py").write_text("def f(x: int) -> int:\n    return x\n")
    (tmp_path / "shop" / "b.py").write_text("from shop.a import f\n\ny: int = f(1)\nz: int = ''\n")
    (tmp_path / "pyproject.toml").write_text("[tool.mypy]\nstrict = true\n")
    return tmp_path


@pytest.mark.slow
def test_mypy_sees_what_a_patch_does_to_the_rest_of_the_package(project: Path) -> None:
    before = (project / "shop" / "a.py").read_bytes()
    paths = ["shop/__init__.py", "shop/a.py", "shop/b.py"]
    with TypeChecker(str(project), paths, trusted=False) as checker, Compilers() as compilers:
        facts = TargetFacts(str(project))

        def outcome(after: bytes) -> tuple[Outcome, str]:
            case = Case(Patch((FileChange("shop/a.py", before, after),)), facts)
            result = rung3_types.climb(case, tools(compilers, types=checker))  # type: ignore[arg-type]
            return result.outcome, result.why

        assert outcome(before + b"\n\n# more\n")[0] is Outcome.PASSED
        failed, why = outcome(before.replace(b"-> int", b"-> str").replace(b"return x", b"return str(x)"))
        assert (failed, why.startswith("shop/b.py:3")) == (Outcome.FAILED, True)
        assert outcome(before)[0] is Outcome.PASSED
    assert (project / "shop" / "a.py").read_bytes() == before
    assert not (project / ".mypy_cache").exists()


@pytest.mark.slow
def test_the_settings_of_a_target_that_is_not_trusted_run_nothing(project: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    (project / "evil.py").write_text(f"open({str(mark)!r}, 'w')\ndef plugin(version): ...\n")
    (project / "mypy.ini").write_text("[mypy]\nplugins = ./evil.py\n")
    (project / "python").write_text(f"#!/bin/sh\ntouch {mark}\n")
    (project / "python").chmod(0o755)
    (project / ".venv" / "bin").mkdir(parents=True)
    for name in ("mypy", "ty", "pyrefly", "python"):
        (project / ".venv" / "bin" / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (project / ".venv" / "bin" / name).chmod(0o755)
    change = FileChange("shop/a.py", (project / "shop" / "a.py").read_bytes(), b"x = 1\n")
    with TypeChecker(str(project), ["shop/__init__.py", "shop/a.py", "evil.py"], trusted=False) as checker:
        typed = checker.check(Patch((change,)))
    assert not mark.exists()
    assert typed.failed == ""


def test_a_checker_is_looked_for_beside_this_python() -> None:
    with TypeChecker("/nowhere", (), trusted=False) as checker:
        assert checker.is_there == any((Path(sys.executable).parent / c.name).exists() for c in CHECKERS)
