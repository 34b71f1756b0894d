"""Where a name is defined, who calls it, and what a file defines."""

from __future__ import annotations

from typing import Any

import pytest

from nova.errors import UsageError
from nova.tools.callers import callers
from nova.tools.defined import defined
from nova.tools.outline import outline
from tests.nova.tools.small import project

SHOP = {
    "shop/__init__.py": "",
    "shop/cart.py": (
        "from shop.tax import rate\n\n\nclass Cart:\n    def total(self):\n        return self.sum() * rate(1)\n\n"
        "    def sum(self):\n        return 1\n"
    ),
    "shop/tax.py": "def rate(n):\n    return n\n\n\ndef use():\n    return rate(2)\n",
    "shop/other.py": "from shop import tax\n\n\ndef go(x):\n    x.rate(3)\n    return tax.rate(4)\n",
    "tests/test_tax.py": "from shop.tax import rate as r\n\n\ndef test_rate():\n    r(5)\n",
}


def lines(found: dict[str, Any], *, certain: bool) -> list[tuple[str, int]]:
    return [(c["path"], c["line"]) for c in found["callers"] if c["certain"] is certain]


def test_calls_told_by_imports_are_certain_and_others_are_not() -> None:
    found = callers(project(SHOP), "shop/tax.py", "rate")
    certain = [("shop/cart.py", 6), ("shop/other.py", 6), ("shop/tax.py", 6), ("tests/test_tax.py", 5)]
    assert lines(found, certain=True) == certain
    assert lines(found, certain=False) == [("shop/other.py", 5)]
    assert (found["of"], found["certain"], found["namesakes"]) == (5, 4, 0)


def test_a_call_on_self_in_the_same_class_is_certain() -> None:
    found = callers(project(SHOP), "shop/cart.py", "Cart.sum")
    assert lines(found, certain=True) == [("shop/cart.py", 6)]


@pytest.mark.parametrize("name", ["total", "Cart.total", "shop.cart.Cart.total"])
def test_a_definition_is_found_by_its_name_with_or_without_what_stands_before(name: str) -> None:
    (found,) = defined(project(SHOP), name)["definitions"]
    assert (found["path"], found["symbol"], found["line"]) == ("shop/cart.py", "Cart.total", 5)


def test_a_module_is_found_and_what_is_not_there_is_not() -> None:
    assert defined(project(SHOP), "shop.tax")["modules"] == ["shop/tax.py"]
    assert defined(project(SHOP), "Wrong.total") == {"name": "Wrong.total", "definitions": [], "of": 0, "modules": []}


def test_an_outline_tells_definitions_with_lines_docstrings_and_measures() -> None:
    text = (
        '"""A shop. It sells."""\n\nimport os\n\n\nclass Cart(dict):\n    """Holds\n    goods. And more."""\n\n'
        "    @property\n    def total(self, most: int = 3) -> int:\n        if most:\n"
        "            raise ValueError('x').with_traceback(None)\n        return 1\n"
    )
    found = outline("shop.py", text)
    cart, total = found["definitions"]
    assert (found["doc"], found["lines"], found["imports"]) == ("A shop.", 14, ["os"])
    assert (cart["kind"], cart["signature"], cart["doc"]) == ("class", "class Cart(dict)", "Holds goods.")
    assert (total["symbol"], total["kind"], total["line"], total["def_line"], total["end_line"]) == (
        "Cart.total", "method", 10, 11, 14,
    )  # fmt: skip
    assert total["raises"] == [{"what": "ValueError", "line": 13}]
    assert total["measures"]["cyclomatic"] == 2
    assert total["decorators"] == ["property"]


def test_what_cannot_be_parsed_has_no_outline() -> None:
    with pytest.raises(UsageError, match="cannot be parsed"):
        outline("a.py", "def (:\n")
