"""Modules that import each other while they load."""

from __future__ import annotations

import random

import pytest

from nova.tools.cycles import cycles, knots
from tests.nova.tools.small import project

PACKAGE = {"shop/__init__.py": ""}


def test_a_ring_is_told_with_its_imports_and_the_one_to_cut() -> None:
    files = {
        **PACKAGE,
        "shop/cart.py": "from shop.tax import rate, round_up\n",
        "shop/tax.py": "from .cart import Cart\n",
        "shop/user.py": "from shop.cart import Cart\n",
    }
    (cycle,) = cycles(project(files))
    assert [m["module"] for m in cycle["modules"]] == ["shop.cart", "shop.tax"]
    assert [(e["from"], e["line"], e["names"]) for e in cycle["ring"]] == [
        ("shop.cart", 1, ["rate", "round_up"]),
        ("shop.tax", 1, ["Cart"]),
    ]
    cut = cycle["cut"]
    assert (cut["from"], cut["to"], cut["left"]) == ("shop.tax", "shop.cart", 0)


def test_the_cut_is_the_import_that_unties_most() -> None:
    files = {
        **PACKAGE,
        "shop/a.py": "from shop.b import x\nfrom shop.c import x as y\n",
        "shop/b.py": "from shop.a import p, q\n",
        "shop/c.py": "from shop.a import p, q, r\n",
    }
    (cycle,) = cycles(project(files))
    assert len(cycle["modules"]) == 3
    assert cycle["cut"]["left"] == 2


def test_imports_in_functions_under_if_and_in_tests_do_not_count() -> None:
    files = {
        **PACKAGE,
        "shop/a.py": "from shop.b import x\n",
        "shop/b.py": (
            "import typing\nif typing.TYPE_CHECKING:\n    from shop.a import y\n\ndef f():\n    import shop.a\n"
        ),
        "tests/test_a.py": "import tests.test_b\n",
        "tests/test_b.py": "import tests.test_a\n",
    }
    assert cycles(project(files)) == []


def test_a_module_of_a_package_counts_as_itself() -> None:
    files = {"shop/__init__.py": "from shop import a\n", "shop/a.py": "from shop import VERSION\n"}
    (cycle,) = cycles(project(files))
    assert [m["module"] for m in cycle["modules"]] == ["shop", "shop.a"]


@pytest.mark.parametrize("seed", range(40))
def test_two_modules_are_in_one_knot_just_when_each_reaches_the_other(seed: int) -> None:
    chance = random.Random(seed)
    edges = {(chance.choice("abcdef"), chance.choice("abcdef")) for _ in range(chance.randrange(18))}
    edges = {(a, b) for a, b in edges if a != b}
    reach = set(edges)
    for _ in range(6):
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c}
    found = knots("abcdef", edges)
    for a in "abcdef":
        for b in "abcdef":
            assert any(a in knot and b in knot for knot in found) == ((a, b) in reach and (b, a) in reach)
