from __future__ import annotations

import collections
import datetime as dt
import enum
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from nova.config import python_folders
from nova.proof.child.sources import Written, written
from nova.proof.counterexamples import Difference, counterexample, smallest
from nova.proof.pythons import candidates

if TYPE_CHECKING:
    from pathlib import Path


class Color(enum.Enum):
    RED = 1


class Pair(NamedTuple):
    a: int
    b: str


@dataclass
class Point:
    x: int
    names: list[str]


class Plain:
    pass


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or type(sys)(__name__))
    for one in (Color, Pair, Point, Plain):
        monkeypatch.setattr(sys.modules[__name__], one.__name__, one, raising=False)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -1, 2**70, 1.5, -0.0, float("nan"), float("inf"), 1 + 2j, "a'\"\n\\", b"\xff", "", (), (1,), [],
        [1, [2]], {}, {"a": [1]}, set(), {1, 2}, frozenset({1}), bytearray(b"a"), range(3), Decimal("NaN"), Decimal("1.50"),
        Fraction(1, 3), dt.date(2024, 2, 29), dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        dt.timedelta(1), collections.OrderedDict(a=1), collections.Counter("aab"), collections.deque([1]),
        collections.defaultdict(list, {"a": [1]}), int, ...,
    ],
)  # fmt: skip
def test_a_value_is_written_as_source_that_makes_it_again(value: Any) -> None:
    text = written((value,), {})
    assert text is not None
    names = {name: __import__(name) for name in text.imports}
    again = eval(text.args[0], names)
    assert type(again) is type(value)
    assert repr(again) == repr(value)


def test_the_targets_own_classes_are_written_by_their_full_names() -> None:
    text = written((Color.RED, Pair(1, "b"), Point(1, ["a"])), {"k": Color.RED})
    assert text is not None
    assert text.imports == (__name__,)
    assert text.args[1].endswith("Pair(a=1, b='b')")
    assert text.kwargs[0] == ("k", text.args[0])


def test_what_cannot_be_made_again_is_not_written() -> None:
    class Local:
        pass

    @dataclass
    class Inner:
        x: int

    assert written((Plain(),), {}) is None
    assert written((Local(),), {}) is None
    assert written((Inner(1),), {}) is None
    assert written((lambda: 1,), {}) is None
    assert written(((n for n in [1]),), {}) is None
    endless: list[Any] = []
    endless.append(endless)
    assert written((endless,), {}) is None
    assert written((["x" * 5_000],), {}) is None


def test_a_list_that_is_given_twice_is_made_once() -> None:
    xs = [1]
    text = written((xs, xs), {})
    assert text is not None
    a, b = eval(f"({text.text})")
    assert a is b


def test_an_iterator_is_written_with_what_is_left_and_not_consumed() -> None:
    some = iter([1, 2, 3])
    next(some)
    assert written((some,), {}) == Written(("iter([2, 3])",), (), ())
    assert list(some) == [2, 3]


def difference(before: str, after: str, call: Written | None, **more: Any) -> Difference:
    old, new = textwrap.dedent(before), textwrap.dedent(after)
    usual = {"path": "shop/prices.py", "module": "shop.prices", "function": "total", "old": "1", "new": "2"}
    return Difference(before=old, after=new, call=call, **{**usual, **more})


def project(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(textwrap.dedent(text), encoding="utf-8", newline="")
    return folder


def run(found: Difference, folder: Path, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    text = counterexample(found).text
    place = folder.parent / "example.py"
    place.write_text(text, encoding="utf-8", newline="")
    return subprocess.run([python, str(place)], cwd=folder, capture_output=True, text=True, check=False)


BEFORE = '''
    from .rates import RATE

    def total(prices, extra=None):
        """The "sum" of \\\\ prices."""
        if extra is None:
            extra = 1
        return sum(prices) * RATE + extra
    '''
AFTER = BEFORE.replace("if extra is None:\n            extra = 1", "extra = extra or 1")
FILES = {"shop/__init__.py": "", "shop/rates.py": "RATE = 2\n", "shop/prices.py": BEFORE}


def test_the_script_runs_both_versions_and_ends_with_1_while_they_differ(tmp_path: Path) -> None:
    folder = project(tmp_path / "target", FILES)
    ran = run(difference(BEFORE, AFTER, written(([1, 2],), {"extra": 0})), folder)
    assert ran.returncode == 1, ran.stderr
    first, second = ran.stdout.splitlines()
    assert "gave 6 (int)" in first
    assert "gave 7 (int)" in second


def test_the_script_ends_with_0_where_they_do_not_differ(tmp_path: Path) -> None:
    folder = project(tmp_path / "target", FILES)
    ran = run(difference(BEFORE, AFTER, written(([1, 2],), {"extra": 5})), folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_script_leaves_nothing_behind_and_needs_no_file_of_novas(tmp_path: Path) -> None:
    folder = project(tmp_path / "target", FILES)
    found = difference(BEFORE, AFTER, written(([],), {"extra": 0}))
    assert "nova" not in counterexample(found).text
    run(found, folder)
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.*")) == sorted(FILES)


@pytest.mark.parametrize(
    ("before", "after", "call"),
    [
        ("def total(xs): return sorted(xs)", "def total(xs):\n    xs.sort()\n    return xs", (([2, 1],), {})),
        ("def total(d, k): return d[k]", "def total(d, k): return d.get(k)", (({}, "a"), {})),
        ("def total(s): return s == 'ab'", "def total(s): return s is 'ab'", (("ab",), {})),
        ("def total(a, b): return a == b", "def total(a, b): return a is b", ((1000, 1000), {})),
        ("def total(s): print(s)", "def total(s): pass", (("a",), {})),
        ("def total(n):\n    yield n", "def total(n): return [n]", ((1,), {})),
        ("async def total(n): return n", "async def total(n): return n + 1", ((1,), {})),
        (
            "def total(a, b):\n    a.append(1)\n    return len(b)",
            "def total(a, b):\n    n = len(b)\n    a.append(1)\n    return n",
            None,
        ),
    ],
)
def test_all_kinds_of_difference_are_seen(before: str, after: str, call: Any, tmp_path: Path) -> None:
    if call is None:
        xs: list[int] = []
        call = ((xs, xs), {})
    folder = project(tmp_path / "target", {**FILES, "shop/prices.py": before})
    ran = run(difference(before, after, written(*call)), folder)
    assert ran.returncode == 1, ran.stdout + ran.stderr


def test_a_dataclass_of_the_changed_file_is_made_from_each_version(tmp_path: Path) -> None:
    before = """
        from dataclasses import dataclass
        @dataclass
        class Line:
            price: int
            @staticmethod
            def total(line): return line.price if isinstance(line, Line) else None
        """
    after = before.replace("return line.price", "return line.price + 1")
    folder = project(tmp_path / "src_target", {"src/shop/__init__.py": "", "src/shop/prices.py": before})
    call = Written(("shop.prices.Line(price=1)",), (), ("shop.prices",))
    found = difference(before, after, call, path="src/shop/prices.py", function="Line.total")
    ran = run(found, folder)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "gave 1 (int)" in ran.stdout


def test_a_long_file_is_read_from_the_target_and_a_changed_one_is_told(tmp_path: Path) -> None:
    long = "\n".join(f"N{n} = {n}" for n in range(400))
    before, after = long + "\ndef total(n): return n\n", long + "\ndef total(n): return -n\n"
    folder = project(tmp_path / "target", {"shop/__init__.py": "", "shop/prices.py": before})
    found = difference(before, after, Written(("1",), (), ()))
    assert len(counterexample(found).text.splitlines()) < 150
    assert run(found, folder).returncode == 1
    (folder / "shop/prices.py").write_text(before + "# more\n", encoding="utf-8")
    ran = run(found, folder)
    assert ran.returncode == 2
    assert "has changed since" in ran.stdout


@pytest.mark.parametrize("version", ["3.9", "3.13"])
def test_the_script_runs_under_other_pythons(version: str, tmp_path: Path) -> None:
    folder = project(tmp_path / "target", FILES)
    for python in candidates(version, python_folders()):
        ran = run(difference(BEFORE, AFTER, written(([1, 2],), {"extra": 0})), folder, python)
        if "gave" in ran.stdout:
            assert ran.returncode == 1
            return
    pytest.skip(f"no Python {version} on this machine")


def test_it_says_in_two_lines_what_was_called_and_what_came_of_it() -> None:
    told = counterexample(difference(BEFORE, AFTER, written(([1],), {"extra": 0}), old="2", new="3"))
    assert told.says == "total([1], extra=0)\ngave 2, now 3"


def test_a_call_that_cannot_be_written_is_named_by_its_test() -> None:
    found = difference(BEFORE, AFTER, None, test="tests/test_prices.py::test_it", number=3, variation="extra is 0")
    told = counterexample(found)
    assert told.text == ""
    assert told.says.splitlines()[0] == "call 3 of total in tests/test_prices.py::test_it, extra is 0"


def test_the_smallest_that_can_be_run_is_shown() -> None:
    none = difference(BEFORE, AFTER, None, test="t", number=1)
    long = difference(BEFORE, AFTER, written(([1, 2, 3],), {}))
    short = difference(BEFORE, AFTER, written(([1],), {}))
    inner = difference(BEFORE, AFTER, written(((),), {}), function="f.<locals>.g")
    assert smallest([none, long, short, inner]) is short
    assert smallest([none]) is none
    assert smallest([]) is None
