from __future__ import annotations

import json
import math
import subprocess
import sys
import textwrap
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nova.config import python_folders
from nova.proof.child import generating
from nova.proof.lent import bundled, lent
from nova.proof.pythons import candidates

if TYPE_CHECKING:
    from collections.abc import Callable

CHILD = Path(generating.__file__).parent


def defined(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "subject"}
    exec(compile(textwrap.dedent(source), "subject.py", "exec"), names)
    return names


def function(source: str, name: str = "f") -> Callable[..., Any]:
    found: Callable[..., Any] = defined(source)[name]
    return found


def calls(source: str, most: int = 100) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    return generating.examples(function(source), most, 1)


def outcome(called: Callable[..., Any], call: tuple[tuple[Any, ...], dict[str, Any]]) -> tuple[Any, ...]:
    args, kwargs = call
    try:
        given = called(*args, **kwargs)
        given = list(given) if hasattr(given, "__next__") else given
        return "gave", type(given), repr(given), repr((args, kwargs))
    except Exception as error:  # noqa: BLE001  whatever it raises is its outcome
        return "raised", type(error), repr((args, kwargs))


def differs(old: str, new: str, most: int = 200) -> bool:
    """Whether some call tells two functions apart, each called with values of its own."""
    hints = generating.hints(textwrap.dedent(old), textwrap.dedent(new))
    sides = [
        [outcome(f, call) for call in generating.examples(f, most, 1, hints)] for f in (function(old), function(new))
    ]
    assert len(sides[0]) == len(sides[1]) > 20
    return sides[0] != sides[1]


def test_the_edges_come_first() -> None:
    assert [args[0] for args, _ in calls("def f(n: int): ...")[:6]] == [0, 1, 2, -1, 3, 1000]
    assert calls("def f(xs: list[int]): ...")[0] == (([],), {})
    texts = [args[0] for args, _ in calls("def f(s: str): ...")]
    assert texts[0] == ""
    assert {"ab", " ", "aa", "a\nb\n"} <= set(texts)


def test_floats_hold_nan_infinity_and_the_zero_below_zero() -> None:
    given = [args[0] for args, _ in calls("def f(x: float): ...")]
    assert any(math.isnan(x) for x in given)
    assert any(math.isinf(x) for x in given)
    assert "-0.0" in {repr(x) for x in given}


def test_equal_arguments_are_not_the_same_object() -> None:
    pairs = [args for args, _ in calls("def f(a: int, b: int): ...") if args[0] == args[1] == 1000]
    assert pairs
    assert all(a is not b for a, b in pairs)
    known = "ab"
    assert all(args[0] is not known for args, _ in calls("def f(s: str): ...") if args[0] == known)


def test_a_container_is_also_given_twice() -> None:
    assert any(a is b for (a, b), _ in calls("def f(a: list[int], b: list[int]): ..."))


def test_no_call_shares_a_value_with_another() -> None:
    given = [args[0] for args, _ in calls("def f(xs: list[list[int]]): ...")]
    every = [id(xs) for xs in given] + [id(x) for xs in given for x in xs]
    assert len(set(every)) == len(every)


def test_a_default_is_left_out_and_given() -> None:
    given = calls("def f(a: int, b: str = 'x', *, c: bool = True): ...")
    assert {len(args) for args, _ in given} == {1, 2}
    assert any("c" in kwargs for _, kwargs in given)
    assert any("c" not in kwargs for _, kwargs in given)


def test_a_default_of_which_nothing_is_known_is_left_out() -> None:
    assert all(len(args) == 1 for args, _ in calls("def f(a: int, b=None): ..."))


@pytest.mark.parametrize(
    ("annotation", "kinds"),
    [
        ("int | None", {int, type(None)}),
        ("Optional[str]", {str, type(None)}),
        ("Literal['a', -1]", {str, int}),
        ("Color", {"Color"}),
        ("Point", {"Point"}),
        ("Pair", {"Pair"}),
        ("Options", {dict}),
        ("dict[str, list[int]]", {dict}),
        ("tuple[int, str]", {tuple}),
        ("tuple[int, ...]", {tuple}),
        ("set[str]", {set}),
        ("Sequence[int]", {list, tuple}),
        ("Iterable[int]", {list, tuple, "list_iterator"}),
        ("Iterator[int]", {"list_iterator"}),
        ("Mapping[int, bool]", {dict}),
        ("Counter[str]", {"Counter"}),
        ("deque[int]", {"deque"}),
        ("datetime.datetime", {"datetime"}),
        ("Decimal", {"Decimal"}),
        ("bytes", {bytes}),
        ("UserId", {int}),
        ("Annotated[int, 'metres']", {int}),
        ("'Tree'", {"Tree"}),
        ("T", {str}),
    ],
)
@pytest.mark.parametrize("future", ["", "from __future__ import annotations\n"])
def test_values_are_of_the_kinds_that_the_annotation_admits(
    annotation: str, kinds: set[Any], future: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = future + textwrap.dedent("""
        import datetime, enum, dataclasses
        from collections import Counter, deque
        from collections.abc import Iterable, Iterator, Mapping, Sequence
        from decimal import Decimal
        from typing import Annotated, Literal, NamedTuple, NewType, Optional, TypedDict, TypeVar
        T = TypeVar("T", bound=str)
        UserId = NewType("UserId", int)
        class Color(enum.Enum):
            RED = 1
            BLUE = "b"
        @dataclasses.dataclass
        class Point:
            x: int
            y: "float" = 0.0
        class Pair(NamedTuple):
            a: int
            b: str = ""
        class Options(TypedDict, total=False):
            deep: bool
        @dataclasses.dataclass
        class Tree:
            value: int
            children: "list[Tree]" = dataclasses.field(default_factory=list)
        def f(x: ANNOTATION): ...
        """).replace("ANNOTATION", annotation)
    module = types.ModuleType("subject")
    monkeypatch.setitem(sys.modules, "subject", module)  # as it is where a module is imported
    exec(compile(source, "subject.py", "exec"), vars(module))
    given = [args[0] for args, _ in generating.examples(module.f, 80, 1)]
    assert len(given) >= 2
    names = {type(x).__name__ for x in given}
    assert names == {k if isinstance(k, str) else k.__name__ for k in kinds}


def test_names_that_only_type_checkers_see_are_known_where_they_are_usual() -> None:
    source = """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from collections.abc import Sequence
            from mine import Thing
        def f(xs: Sequence[int]): ...
        def g(x: Thing): ...
        """
    assert generating.made(function(source), 50, 1).calls
    told = generating.made(function(source, "g"), 50, 1)
    assert told.calls == []
    assert told.why == "x: Thing is not there when the program runs"


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): ...",
        "def f(x: object): ...",
        "import typing\ndef f(x: typing.Any): ...",
        "from collections.abc import Callable\ndef f(x: Callable[[], int]): ...",
        "import pathlib\ndef f(x: pathlib.Path): ...",
        "import pathlib\ndef f(x: str | pathlib.Path): ...",
        "import os\ndef f(x: str | os.PathLike): ...",
        "import typing\ndef f(x: typing.IO[str]): ...",
        "import re\ndef f(x: re.Pattern[str]): ...",
        "class A: ...\ndef f(x: A): ...",
        "def f(): ...",
        "async def f(x: int): ...",
    ],
)
def test_no_value_is_made_where_nothing_tells_how(source: str) -> None:
    told = generating.made(function(source), 50, 1)
    assert told.calls == []
    assert told.why


@pytest.mark.parametrize(
    "body",
    [
        "return open(p).read()",
        "import subprocess; return subprocess.run(p)",
        "return subprocess.run(p)",
        "return os.remove(p)",
        "return (lambda: os.system(p))()",
        "return Path(p)",
        "return run(p)",
        "return helper(p)",
        "return Store(p)",
        "return urlopen(p)",
        "time.sleep(1)",
        "return p.read_text()",
        "return eval(p)",
    ],
)
def test_a_function_that_looks_as_if_it_reached_outside_is_left_alone(body: str) -> None:
    source = f"""
        import os, subprocess, time
        from pathlib import Path
        from subprocess import run
        from urllib.request import urlopen
        def helper(p): return open(p)
        class Store:
            def __init__(self, p): self.p = Path(p)
        def f(p: str):
            {body}
        """
    told = generating.made(function(source), 50, 1)
    assert told.calls == []
    assert "reached outside" in told.why


def test_a_function_that_only_looks_at_a_path_is_not_taken_for_one_that_opens_it() -> None:
    assert calls("import os\ndef f(path: str) -> str: return os.path.splitext(path)[0]")
    assert calls("from urllib.parse import urlsplit\ndef f(url: str) -> str: return urlsplit(url).netloc")


def test_the_constants_of_both_sides_become_inputs() -> None:
    old, new = "def f(n: int): return n > 4711\n", "def f(n: int): return n >= 4711\n"
    assert generating.hints(old, new) == generating.hints(new, old)
    given = {args[0] for args, _ in generating.examples(function(old), 40, 1, generating.hints(old, new))}
    assert {4710, 4711, 4712} <= given


WRONG = [
    ("def f(n: int): return n > 4711", "def f(n: int): return n >= 4711"),
    ("def f(s: str | None): return s if s is not None else 'x'", "def f(s: str | None): return s or 'x'"),
    ("def f(a: int, b: int): return a == b", "def f(a: int, b: int): return a is b"),
    ("def f(s: str): return s == 'ab'", "def f(s: str): return s is 'ab'"),
    ("def f(x: float): return x != x", "def f(x: float): return False"),
    ("def f(x: float, y: float): return not x < y", "def f(x: float, y: float): return x >= y"),
    ("def f(n: int): return n // 2", "def f(n: int): return int(n / 2)"),
    ("def f(xs: list[int]): return xs + [1]", "def f(xs: list[int]):\n    xs += [1]\n    return xs"),
    (
        "from collections.abc import Iterable\ndef f(xs: Iterable[int]):\n    xs = list(xs)\n    return len(xs), sum(xs)",
        "from collections.abc import Iterable\ndef f(xs: Iterable[int]): return sum(1 for _ in xs), sum(xs)",
    ),
    ("def f(xs: list[int]): return sorted(xs)", "def f(xs: list[int]): return sorted(set(xs))"),
    ("def f(xs: list[int]): return max(xs, default=0)", "def f(xs: list[int]): return max(xs)"),
    ("def f(s: str): return s.split()", "def f(s: str): return s.split(' ')"),
    ("def f(s: str): return s.splitlines()", "def f(s: str): return s.split('\\n')"),
    ("def f(s: str): return s.casefold()", "def f(s: str): return s.lower()"),
    ("def f(d: dict[str, int], k: str): return d.get(k, 1)", "def f(d: dict[str, int], k: str): return d.get(k) or 1"),
    ("def f(a: list[int], b: list[int]):\n    a.append(1)\n    return len(b)",
     "def f(a: list[int], b: list[int]):\n    n = len(b)\n    a.append(1)\n    return n"),
]  # fmt: skip
RIGHT = [
    ("def f(n: int): return n > 4711", "def f(n: int): return 4711 < n"),
    ("def f(s: str | None): return s if s is not None else 'x'", "def f(s: str | None): return 'x' if s is None else s"),
    ("def f(xs: list[int]):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out",
     "def f(xs: list[int]): return [x for x in xs]"),
    ("def f(d: dict[str, int], k: str):\n    if k in d: return d[k]\n    return 0",
     "def f(d: dict[str, int], k: str): return d.get(k, 0)"),
    ("def f(xs: list[float]):\n    for x in xs:\n        if x > 1: return True\n    return False",
     "def f(xs: list[float]): return any(x > 1 for x in xs)"),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize(("old", "new"), WRONG)
def test_a_wrong_refactor_is_told_from_what_it_replaced(old: str, new: str) -> None:
    assert differs(old, new)


@pytest.mark.parametrize(("old", "new"), RIGHT)
def test_a_right_refactor_is_not(old: str, new: str) -> None:
    assert not differs(old, new)


PROGRAM = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
import generating
if sys.argv[2]:
    generating.lend(sys.argv[2])
from typing import Dict, List, Optional, Sequence

def f(xs: Sequence[int], s: str, d: Dict[str, float], o: Optional[bytes] = None):
    return {constant!r} in (xs, s)

told = generating.made(f, 150, 3)
print(json.dumps([[repr([a for a in args]), repr(kwargs)] for args, kwargs in told.calls]))
print(told.why)
"""


def listed(python: str, folder: Path, constant: object) -> tuple[list[Any], str]:
    program = folder / "program.py"
    program.write_text(PROGRAM.replace("{constant!r}", repr(constant)), encoding="utf-8")
    copy = lent()
    run = subprocess.run(
        [python, "-B", str(program), str(CHILD), str(copy.folder) if copy else ""],
        capture_output=True, text=True, check=True, cwd=folder, env={"PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )  # fmt: skip
    first, second = run.stdout.splitlines()
    assert sorted(p.name for p in folder.iterdir()) == ["program.py"], "it wrote files"
    return json.loads(first), second


def test_two_processes_with_other_code_make_the_same_calls_and_write_nothing(tmp_path: Path) -> None:
    one, why = listed(sys.executable, tmp_path, "first")
    other, _ = listed(sys.executable, tmp_path, 8_675_309)
    assert why == ""
    assert len(one) == 150
    assert one == other


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.12", "3.13", "3.14"])
def test_other_pythons_give_the_edges_and_say_why_nothing_is_drawn(version: str, tmp_path: Path) -> None:
    for python in candidates(version, python_folders()):
        run = subprocess.run(
            [python, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, check=False
        )
        if run.returncode == 0:
            break
    else:
        pytest.skip(f"no Python {version} on this machine")
    found, why = listed(python, tmp_path, "first")
    assert len(found) > 30
    assert why == "" or why.startswith("Hypothesis is not to be had in this Python")


def test_the_copy_that_is_lent_shows_nothing_else_of_novas_packages() -> None:
    copy = lent()
    assert copy is not None
    names = {path.name.partition(".")[0] for path in copy.readable}
    assert {"hypothesis", "sortedcontainers"} <= names
    program = "import sys; sys.path.insert(0, sys.argv[1]); import generating; generating.lend(sys.argv[2])"
    ask = program + "\ntry:\n    import duckdb\nexcept ImportError:\n    print('none')\nimport hypothesis"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", ask, str(CHILD), str(copy.folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout == "none\n"
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("version", ["3.9", "3.11"])
def test_one_text_does_the_same_under_any_name(version: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    text = "exec(compile(open('bundle.py').read(), 'b', 'exec'), globals())\ndef f(n: int, s: str): ...\n"
    program.write_text(text + "print(len(examples(f, 30, 1)), made(f, 30, 1).calls[0])", encoding="utf-8")
    (tmp_path / "bundle.py").write_text(bundled(), encoding="utf-8")
    for python in candidates(version, python_folders()):
        run = subprocess.run([python, "-B", "program.py"], capture_output=True, text=True, check=False, cwd=tmp_path)
        if "version" not in run.stderr:  # what a shim says that has no such Python behind it
            assert run.stdout == "30 ((0, ''), {})\n", run.stderr
            return
    pytest.skip(f"no Python {version} on this machine")
