"""A search for an input on which old and new differ, by symbolic execution: CrossHair, where its extra is installed.

It only ever refutes. What CrossHair names is called on both sides, by the very script that a person is given, and
dropped where they agree. That it finds nothing says nothing: it gives up on loops and on what it cannot see into.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nova.proof.child.sources import Written
from nova.proof.counterexamples import Difference, counterexample, script
from nova.proof.running import MIB, Command, End, Limits, Tree

if TYPE_CHECKING:
    from nova.proof.running import Runner
    from nova.proof.verdict import Counterexample

SECONDS = 10.0
"""How long one function is searched, in CPU time as CrossHair counts it; on a busy machine that is far longer."""
_EXAMPLE = "nova_example.py"
_GIVEN = re.compile(r"^Given: \((.*)\),$", re.MULTILINE)
_UNFIT = ("raised TypeError", "raised AttributeError", "raised MemoryError", "raised RecursionError")
"""What the old code raises where an input is none of its kind, or too large; the new one may fail in any way."""
_CODE = """
import os, sys
sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "src")]
sys.path.append(sys.argv[1])
from crosshair.main import main
main(["diffbehavior", "--exception_equivalence", "SAME_TYPE", "--per_condition_timeout", sys.argv[4], *sys.argv[2:4]])
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One changed function at module level: its file, the name that the file is imported by, and both texts of it."""

    path: str
    module: str
    function: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found: an example that held when it was run, or None with the reason, in words."""

    example: Counterexample | None
    why: str
    tried: int = 0
    """How many inputs that CrossHair named were called on both sides."""
    ended: bool = False
    """Whether CrossHair was run to its end."""


@dataclass(frozen=True, slots=True)
class CrossHair:
    """Where CrossHair is, and the Python that it can be loaded by, as ``3.11``: its solver is compiled for one."""

    folder: Path
    version: str

    def search(self, question: Question, runner: Runner, folder: Path, python: Path, version: str) -> Searched:
        """Look for a difference between both sides of a function, in the target's own Python (of that ``version``).

        ``folder`` holds the target's files as they are before. Two runs at least, each within limits.
        """
        if version.split(".")[:2] != self.version.split(".")[:2]:
            return Searched(None, f"CrossHair is there for Python {self.version}, the target has {version}")
        unfit = unsuited(question)
        if unfit:
            return Searched(None, unfit)
        names, files = _twins(question)
        argv = (str(python), "-B", "-c", _CODE, str(self.folder), *names, f"{SECONDS:g}")
        limits = Limits(seconds=8 * SECONDS, memory=2048 * MIB)
        ran = runner.run(Command(argv, python, readable=(self.folder,)), Tree(folder, files), limits)
        if ran.end is not End.EXITED or ran.status not in {0, 1}:
            last = ran.stderr.decode(errors="replace").strip().splitlines()[-1:] or [ran.why or ran.end.value]
            return Searched(None, f"CrossHair did not come to its end: {last[0][:200]}")
        calls = given(ran.stdout.decode(errors="replace"))
        for number, call in enumerate(calls, 1):
            found = _held(question, call, runner, folder, python)
            if found is not None:
                return Searched(found, found.says, number, ended=True)
        told = "none of the inputs that CrossHair named held when it was run" if calls else "CrossHair named no input"
        return Searched(None, told, len(calls), ended=True)


def crosshair() -> CrossHair | None:
    """CrossHair as it is installed beside Nova; None where it is not."""
    spec = importlib.util.find_spec("crosshair")
    if spec is None or spec.origin is None:
        return None
    return CrossHair(Path(spec.origin).parent.parent, f"{sys.version_info[0]}.{sys.version_info[1]}")


def unsuited(question: Question) -> str:
    """Why a function is not searched; empty where it is: it stands at module level with every parameter annotated."""
    if PurePosixPath(question.path).name == "__init__.py":
        return "a package's own file has no twin beside it"
    sides = [_defined(text, question.function) for text in (question.before, question.after)]
    if None in sides:
        return f"{question.function} is not one function at module level on both sides"
    for side in sides:
        assert side is not None
        a = side.args
        every = [*a.posonlyargs, *a.args, *a.kwonlyargs]
        if not every or any(one.annotation is None for one in every) or a.vararg or a.kwarg:
            return f"{question.function} has no annotation for every parameter"
        if any(isinstance(node, ast.Yield | ast.YieldFrom | ast.Await) for node in ast.walk(side)):
            return f"{question.function} is a generator or is awaited"
    return ""


def _defined(text: str, name: str) -> ast.FunctionDef | None:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return None
    found = [node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name]
    return found[0] if len(found) == 1 and isinstance(found[0], ast.FunctionDef) else None


def _twins(question: Question) -> tuple[tuple[str, str], dict[str, bytes]]:
    """Both versions as modules beside the file, so that what they import relative to themselves is found."""
    names, files = [], {}
    path = PurePosixPath(question.path)
    for side, text in (("before", question.before), ("after", question.after)):
        stem = f"{path.stem}__nova_{side}"
        files[str(path.with_name(stem + ".py"))] = text.encode("utf-8", "surrogatepass")
        names.append(f"{question.module}__nova_{side}.{question.function}")
    return (names[0], names[1]), files


def given(output: str) -> list[Written]:
    """The inputs that CrossHair names in what it printed, each once; what is no keyword argument is left out."""
    found: dict[str, Written] = {}
    for match in _GIVEN.finditer(output):
        try:
            call = ast.parse(f"f({match[1]})", mode="eval").body
        except (SyntaxError, ValueError):
            continue
        if isinstance(call, ast.Call) and not call.args and all(k.arg for k in call.keywords):
            words = tuple((str(k.arg), ast.unparse(k.value)) for k in call.keywords)
            found.setdefault(match[1], Written((), words, ()))
    return list(found.values())


def _held(question: Question, call: Written, runner: Runner, folder: Path, python: Path) -> Counterexample | None:
    """The example, where both sides do differ when they are called with it, twice."""
    found = Difference(
        question.path, question.module, question.function, question.before, question.after, "", "", call
    )  # fmt: skip
    tree = Tree(
        folder, {question.path: question.before.encode("utf-8", "surrogatepass"), _EXAMPLE: script(found).encode()}
    )
    told = []
    for _ in range(2):
        ran = runner.run(Command((str(python), "-B", _EXAMPLE), python), tree, Limits(seconds=30))
        lines = ran.stdout.decode(errors="replace").splitlines()
        if ran.end is not End.EXITED or ran.status != 1 or len(lines) < 2:
            return None
        told.append((_outcome(lines[-2]), _outcome(lines[-1])))
    if told[0] != told[1]:
        return None
    old, new = told[0]
    if old.startswith(_UNFIT):
        return None
    return counterexample(replace(found, old=old, new=new))


def _outcome(line: str) -> str:
    """What a line of the script tells of one side: ``before: 'gave 1 (int); ...'``."""
    text = line.partition(": ")[2]
    try:
        text = str(ast.literal_eval(text))
    except (ValueError, SyntaxError):
        return text
    return text.partition("; its arguments are then")[0].removeprefix("gave ")
