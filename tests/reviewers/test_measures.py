"""The measures of functions: radon's own count, and cognitive complexity by hand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest
from radon.visitors import ComplexityVisitor

from reviewers.facts import FileFacts, link
from reviewers.measures import DECIDING, FunctionMeasures, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TANGLED = '''
import asyncio

class Shop:
    limit = [n for n in range(3) if n]

    def total(self, items=[i for i in () if i], *, rate=1 if limit else 2):
        """A docstring."""
        assert items and (rate or self.limit), "and or"
        for item in items:
            if item.free:
                continue
            elif item.half and item.old or item.new:
                yield item.price / 2
            else:
                try:
                    yield item.price
                except (ValueError, KeyError):
                    pass
                else:
                    print("else")
                finally:
                    print("finally")
        else:
            print("no break")

        def inner(x):
            return x if x else [y for y in x if y and x]

        class Local:
            def method(self):
                while self:
                    break

        return inner

    async def fetch(self, urls):
        async with self as s:
            async for url in urls:
                match url:
                    case "a":
                        await s(url)
                    case [first, *_] if first:
                        return lambda: 1 if first else 2
                    case _:
                        raise ValueError
        return {k: v async for k, v in s if k if v}
'''


def measured(code: str) -> dict[str, FunctionMeasures]:
    tree = ast.parse(code)
    nodes = link(tree)
    facts = FileFacts("example.py", code, tree)
    functions = [(facts.symbol(n) or "", n) for n in nodes if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return {m.symbol: m for m in measure(functions, [n for n in nodes if type(n) in DECIDING])}


def radons(functions: Iterable[Any], classes: Iterable[Any]) -> Iterator[Any]:
    for function in functions:
        yield function
        yield from radons(function.closures, ())
    for each in classes:
        yield from radons(each.methods, each.inner_classes)


def test_cyclomatic_is_what_radon_counts_walking_by_itself() -> None:
    visitor = ComplexityVisitor.from_ast(ast.parse(TANGLED))
    by_radon = {f.lineno: f.complexity for f in radons(visitor.functions, visitor.classes)}
    ours = {m.line: m.cyclomatic for m in measured(TANGLED).values()}
    assert len(by_radon) >= 3
    assert {line: ours[line] for line in by_radon} == by_radon


@pytest.mark.parametrize(
    ("body", "points", "nesting"),
    [
        ("return 1", 0, 0),
        ("if a:\n        return 1", 1, 1),
        ("if a:\n        b()\n    elif c:\n        d()\n    else:\n        e()", 3, 1),
        ("for x in a:\n        if x:\n            b()", 3, 2),
        ("for x in a:\n        if x:\n            while y:\n                z()", 6, 3),
        ("return a and b and c", 1, 0),
        ("return a and b or c and d", 3, 0),
        ("try:\n        a()\n    except ValueError:\n        if b:\n            c()", 3, 2),
        ("return 1 if a else 2", 1, 0),
        ("with a:\n        if b:\n            c()", 1, 1),
        ("if a:\n        if b:\n            c()\n        elif d:\n            e()", 4, 2),
    ],
)
def test_cognitive_and_nesting_are_those_counted_by_hand(body: str, points: int, nesting: int) -> None:
    found = measured(f"def f(a, b, c, d):\n    {body}\n")["f"]
    assert (found.cognitive, found.nesting) == (points, nesting)


def test_a_nested_function_counts_for_the_one_around_it_too_one_level_deeper() -> None:
    found = measured("def f(a):\n    def g():\n        if a:\n            return 1\n    return g\n")
    assert found["f"].cognitive == 2
    assert found["f.g"].cognitive == 1


def test_parameters_of_every_kind_are_counted() -> None:
    assert measured("def f(a, /, b, *c, d, **e): ...\n")["f"].parameters == 5


def test_a_hard_function_names_the_block_that_holds_most_of_it() -> None:
    branches = "".join(f"            if a == {n}:\n                b({n})\n" for n in range(6))
    plain = "".join(f"    b({n})\n" for n in range(4))
    rest = "    if a:\n        if b:\n            b(4)\n    if b:\n        b(5)\n"
    code = f"def f(a, b):\n{plain}    for x in a:\n        while x:\n{branches}{rest}{plain}"
    found = measured(code)["f"]
    assert found.block[:2] == (7, 19), "the loop around it holds nearly all, so it is no help to take that out"
    assert 0 < found.block[2] < found.cognitive
