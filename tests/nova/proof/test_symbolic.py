from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from nova.proof.plain import Plain
from nova.proof.running import Command, End, Limits, Ran, Tree
from nova.proof.symbolic import CrossHair, Question, Searched, crosshair, given, unsuited

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
BEFORE = "def f(n: int) -> bool:\n    return n > 4711\n"
AFTER = "def f(n: int) -> bool:\n    return n >= 4711\n"


class Naming:
    """A runner that answers for CrossHair with a text, and runs everything else without a sandbox."""

    contained = False

    def __init__(self, output: str, status: int = 1, end: End = End.EXITED) -> None:
        self.answer = Ran(end, status, 0.1, output.encode(), b"it broke\n")
        self.trees: list[Tree] = []

    def run(self, command: Command, tree: Tree, limits: Limits) -> Ran:
        self.trees.append(tree)
        return self.answer if "-c" in command.argv else Plain().run(command, tree, limits)


def question(before: str = BEFORE, after: str = AFTER, path: str = "shop/prices.py") -> Question:
    return Question(path, "shop.prices", "f", before, after)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "shop/prices.py").write_text(BEFORE, encoding="utf-8")
    return tmp_path


def search(output: str, target: Path, **how: object) -> tuple[Searched, Naming]:
    runner = Naming(output, **how)  # type: ignore[arg-type]
    found = CrossHair(target, VERSION).search(question(), runner, target, Path(sys.executable), VERSION)
    return found, runner


def test_what_it_names_is_run_on_both_sides_and_told(target: Path) -> None:
    found, runner = search("Given: (n=4711),\n  old : returns False\n  new : returns True\n", target)
    assert found.example is not None
    assert found.example.says == "f(n=4711)\ngave False (bool), now True (bool)"
    assert "MODULE, PATH" in found.example.text
    assert set(runner.trees[0].changed) == {"shop/prices__nova_before.py", "shop/prices__nova_after.py"}


def test_an_input_that_does_not_hold_when_it_is_run_is_dropped(target: Path) -> None:
    found, _ = search("Given: (n=1),\n  a : x\nGiven: (n=nowhere),\n  a : x\n", target)
    assert found == Searched(None, "none of the inputs that CrossHair named held when it was run", 2, ended=True)


def test_nothing_found_says_nothing(target: Path) -> None:
    found, _ = search("No differences found. (attempted 201 iterations)\n", target, status=0)
    assert found == Searched(None, "CrossHair named no input", ended=True)


def test_a_search_that_breaks_or_takes_too_long_is_told(target: Path) -> None:
    assert search("", target, status=2)[0].why == "CrossHair did not come to its end: it broke"
    assert search("", target, end=End.TIMED_OUT)[0].example is None


def test_another_python_than_it_was_built_for_is_told(target: Path) -> None:
    found = CrossHair(target, "3.9").search(question(), Naming(""), target, Path(sys.executable), VERSION)
    assert found == Searched(None, f"CrossHair is there for Python 3.9, the target has {VERSION}")


def test_only_keyword_arguments_are_read_from_what_it_prints() -> None:
    text = "Given: (n=4711, s=''),\nGiven: (n=4711, s=''),\nGiven: (1),\nGiven: (**x),\nGiven: (n=),\n  Given: (n=2),\n"
    assert [one.kwargs for one in given(text)] == [(("n", "4711"), ("s", "''"))]


@pytest.mark.parametrize(
    "before",
    [
        "def f(n): return n",
        "def f(n: int, *rest: int): return n",
        "def f(): return 1",
        "def f(n: int):\n    yield n",
        "async def f(n: int): return n",
        "class A:\n    def f(self, n: int): return n",
        "def f(n: int): return 1\ndef f(n: int): return 2",
        "def f(",
    ],
)
def test_a_function_of_which_too_little_is_known_is_not_searched(before: str) -> None:
    assert unsuited(question(before))
    assert unsuited(question(after=before))


def test_a_package_is_not_searched() -> None:
    assert unsuited(question(path="shop/__init__.py"))
    assert not unsuited(question())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, AFTER),
        ("def f(n: int) -> bool:\n    return n * 3 == 36963\n", "def f(n: int) -> bool:\n    return n < n\n"),
    ],
)
def test_the_real_one_finds_what_no_edge_does(before: str, after: str, target: Path) -> None:
    """``CROSSHAIR_HOME`` names a folder of packages for this Python, where CrossHair is not installed beside Nova."""
    home = os.environ.get("CROSSHAIR_HOME", "")
    tool = CrossHair(Path(home), VERSION) if home else crosshair()
    if tool is None:
        pytest.skip("CrossHair is not installed: pip install nova-review[crosshair]")
    (target / "shop/prices.py").write_text(before, encoding="utf-8")
    found = tool.search(question(before, after), Plain(), target, Path(sys.executable), VERSION)
    assert found.example is not None, found.why
