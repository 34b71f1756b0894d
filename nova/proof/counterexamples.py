"""A difference between old and new as something that a person can run: a script that needs nothing of Nova. Pure."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.hunks import hunks
from nova.proof.verdict import Counterexample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nova.proof.child.sources import Written

EMBEDDED = 300
"""Files of more lines are not in the script: it reads the old text from the target, and says if that has changed."""
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """A call on which old and new are not the same.

    ``module`` is the name by which the target imports the file at ``path``; ``function`` is a qualified name in it.
    ``call`` are its arguments as ``child.sources.written`` gives them; None where they cannot be written, and then the
    ``number``-th call (from 1) of the function in ``test`` is what differs, with its ``variation`` in words.
    ``old`` and ``new`` tell what came of it.
    """

    path: str
    module: str
    function: str
    before: str
    after: str
    old: str
    new: str
    call: Written | None = None
    test: str = ""
    number: int = 0
    variation: str = ""

    @property
    def can_be_run(self) -> bool:
        """Whether a script can call it."""
        return self.call is not None and "<locals>" not in self.function and bool(self.function and self.module)


def smallest(differences: Iterable[Difference]) -> Difference | None:
    """The one to show: what can be run before what cannot, then the shortest call; of equals the first."""
    return min(differences, key=_size, default=None)


def _size(difference: Difference) -> tuple[bool, int, int]:
    call = difference.call.text if difference.call is not None else difference.variation
    return not difference.can_be_run, len(call), difference.number


def counterexample(difference: Difference) -> Counterexample:
    """The difference in two lines, with the script that shows it where the call can be written."""
    if difference.call is not None:
        head = f"{difference.function}({_plain(difference.call)})"
    else:
        way = f", {difference.variation}" if difference.variation else ""
        head = f"call {difference.number} of {difference.function} in {difference.test}{way}"
    says = f"{_short(head)}\ngave {_short(difference.old)}, now {_short(difference.new)}"
    return Counterexample(says, script(difference) if difference.can_be_run else "")


def _plain(call: Written) -> str:
    """The arguments as they are read: without the names of what is used once."""
    text = call.text
    for number in range(1, text.count(":=") + 1):
        name = f"same{number}"
        if text.count(name) == 1:
            text = _unnamed(text, name)
    return text


def _unnamed(text: str, name: str) -> str:
    """``(name := value)`` as ``value``."""
    start = text.find(f"({name} := ")
    if start < 0:
        return text
    for end in range(start, len(text)):
        inner = text[start + len(name) + 5 : end]
        if text[end] == ")" and _is_expression(inner):
            return text[:start] + inner + text[end + 1 :]
    return text


def _is_expression(text: str) -> bool:
    try:
        ast.parse(f"({text})", mode="eval")
    except SyntaxError:
        return False
    return bool(text.strip())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 3] + "..."


def script(difference: Difference) -> str:
    """A Python script that calls both versions and ends with 1 while they differ, 0 when they do not, 2 if it cannot.

    It is run from the target's top folder with the target's Python. Each version is imported in a process of its own,
    under its own name, so that whatever else the target holds is found.
    """
    call = difference.call
    assert call is not None
    long = len(difference.before.splitlines()) > EMBEDDED
    before = None if long else difference.before
    lines = [
        f'"""{difference.function} in {_inside(difference.path)}: before and after a patch it does not do the same.',
        "",
        "Run it from the project's top folder with the project's Python. It ends with 1 while the two differ.",
        '"""',
        "",
        "import asyncio, contextlib, hashlib, importlib, importlib.util, inspect, io, os, re, subprocess, sys",
        "",
        f"MODULE, PATH = {difference.module!r}, {difference.path!r}",
        f"BEFORE = {_text(before)}",
        f"DIGEST = {hashlib.sha256(difference.before.encode('utf-8', 'surrogatepass')).hexdigest()!r}",
        "# The patch: (first line, line behind the last, what stands there instead), of the text before.",
        f"EDITS = {_edits(difference.before, difference.after)}",
        "",
        "",
        "def call(function):",
        *(f"    import {name}" for name in call.imports),
        f"    return taken(function, {_fresh(difference)})",
        "",
        _RUNS.replace("FUNCTION", repr(difference.function)),
    ]
    return "\n".join(lines)


def _inside(path: str) -> str:
    return path.replace("\\", "/").replace('"', "'")


def _fresh(difference: Difference) -> str:
    """The arguments; where the code asks what *is* the same, texts and numbers that are equal and no more."""
    call = difference.call
    assert call is not None
    if not (_asks_identity(difference.before) or _asks_identity(difference.after)):
        return _plain(call)
    parts = [f"anew({one})" for one in call.args] + [f"{name}=anew({one})" for name, one in call.kwargs]
    return ", ".join(parts)


def _asks_identity(text: str) -> bool:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
            sides = [node.left, *node.comparators]
            if not any(isinstance(side, ast.Constant) and side.value is None for side in sides):
                return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id":
            return True
    return False


def _text(text: str | None) -> str:
    """A text as a literal of several lines."""
    if text is None:
        return "None  # too long to stand here: read from PATH"
    body = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').replace("\r", "\\r")
    if body.endswith('"'):
        body = body[:-1] + '\\"'
    return f'"""\\\n{body}"""' if _prints(body) else repr(text)


def _prints(text: str) -> bool:
    return all(char.isprintable() or char in "\n\t" for char in text)


def _edits(before: str, after: str) -> str:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = [(hunk.first, hunk.end, "".join(new[hunk.new_first : hunk.new_end])) for hunk in hunks(old, new)]
    return "[\n" + "".join(f"    ({start}, {end}, {text!r}),\n" for start, end, text in found) + "]"


_RUNS = '''
def text_of(side):
    text = BEFORE
    if text is None:
        with open(PATH, encoding="utf-8", newline="") as file:
            text = file.read()
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != DIGEST:
        print(f"{PATH} has changed since")
        os._exit(2)
    lines = text.splitlines(keepends=True)
    for start, end, instead in reversed(EDITS if side == "after" else []):
        lines[start:end] = [instead]
    return "".join(lines)


class Version:
    """Imports MODULE with the text of one side."""

    def __init__(self, text):
        self.text = text

    def find_spec(self, name, path=None, target=None):
        if name != MODULE:
            return None
        inside = [os.path.dirname(os.path.abspath(PATH))] if PATH.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            name, os.path.abspath(PATH), loader=self, submodule_search_locations=inside
        )

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.text, os.path.abspath(PATH), "exec"), module.__dict__)


def anew(value):
    """An equal value that is another object."""
    if type(value) is str:
        return str(value.encode("utf-8", "surrogatepass"), "utf-8", "surrogatepass")
    if type(value) in (int, float):
        return type(value)(repr(value))
    if type(value) in (tuple, list):
        return type(value)([anew(one) for one in value])
    return value


def taken(function, *args, **kwargs):
    told, printed = "", io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            result = function(*args, **kwargs)
            if inspect.iscoroutine(result):
                result = asyncio.run(result)
            if hasattr(result, "__next__"):
                result = [type(result).__name__, *(one for one, _ in zip(result, range(1000)))]
            told = f"gave {result!r} ({type(result).__name__})"
        except BaseException as error:
            cause = type(error.__cause__ or error.__context__).__name__
            told = f"raised {type(error).__name__}: {error}" + (f" (from {cause})" if cause != "NoneType" else "")
    if args or kwargs:
        told += f"; its arguments are then {args!r} {kwargs!r}"
    if printed.getvalue():
        told += f"; it printed {printed.getvalue()!r}"
    return re.sub(r" at 0x[0-9a-fA-F]+", "", told)


def main():
    if len(sys.argv) == 2:
        sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "src")]
        sys.meta_path.insert(0, Version(text_of(sys.argv[1])))
        function = importlib.import_module(MODULE)
        for part in FUNCTION.split("."):
            function = getattr(function, part)
        print(ascii(call(function)))
        return 0
    given = []
    for side in ("before", "after"):
        run = subprocess.run(
            [sys.executable, "-B", os.path.abspath(__file__), side], stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        lines = run.stdout.decode("utf-8", "replace").splitlines()
        given.append(lines[-1] if lines else "")
        print(f"{side}: {given[-1]}")
        if run.returncode:
            print("it could not be run", file=sys.stderr)
            return 2
    return 1 if given[0] != given[1] else 0


if __name__ == "__main__":
    sys.exit(main())
'''
