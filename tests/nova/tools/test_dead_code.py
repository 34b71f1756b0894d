"""Private definitions that nothing mentions."""

from __future__ import annotations

import pytest

from nova.tools.dead_code import dead
from tests.nova.tools.small import project

PLAIN = "def _gone():\n    return 1\n\n\n_LIMIT = 3\n\n\nclass Cart:\n    def _unused(self):\n        return self\n"


def names(files: dict[str, str], *others: str) -> list[str]:
    return [d["symbol"] for d in dead(project(files), others)]


def test_what_nothing_mentions_is_told_with_how_sure_that_is() -> None:
    found = dead(project({"shop/__init__.py": "", "shop/cart.py": PLAIN}))
    assert {d["symbol"]: (d["kind"], d["sure"]) for d in found} == {
        "_gone": ("function", 0.95),
        "_LIMIT": ("name", 0.95),
        "Cart._unused": ("method", 0.7),
    }


@pytest.mark.parametrize(
    "elsewhere",
    [
        "_gone()\n",
        "x = '_gone'\n",
        "# see _gone\n",
        "getattr(shop, f'_go{x}')\nname = '_gone'\n",
        "f'_{x}'; '_gone_'; '_go'; _gone\n",
    ],
)
def test_a_mention_anywhere_keeps_a_definition(elsewhere: str) -> None:
    files = {"shop/__init__.py": "", "shop/cart.py": "def _gone():\n    return _gone\n", "tests/test_a.py": elsewhere}
    assert names(files) == []


def test_a_mention_in_another_kind_of_file_keeps_a_definition() -> None:
    assert names({"a.py": "def _hook():\n    pass\n"}, "[entry]\nhook = a:_hook\n") == []


def test_its_own_body_is_no_mention() -> None:
    assert names({"a.py": "def _again(n):\n    return _again(n - 1)\n"}) == ["_again"]


def test_names_that_are_put_together_keep_what_begins_so() -> None:
    run = "    def run(self, what):\n        return getattr(self, f'_do_{what}')\n\n"
    assert names({"a.py": f"class A:\n{run}    def _do_it(self):\n        pass\n"}) == []


def test_methods_of_classes_with_bases_from_elsewhere_are_left_alone() -> None:
    method = "    def _hook(self):\n        return 1\n"
    assert names({"a.py": f"import lib\n\nclass A(lib.Base):\n{method}"}) == []
    assert names({"a.py": f"class Base: ...\n\nclass A(Base):\n{method}"}) == ["A._hook"]
    assert names({"p/a.py": f"from lib import Base\n\nclass A(Base):\n{method}", "p/b.py": "class Base: ...\n"}) == []


def test_decorated_functions_dunders_public_names_and_tests_are_left_alone() -> None:
    text = "@app.route('/')\ndef _view(): ...\n\ndef __getattr__(name): ...\n\ndef shown(): ...\n\n_ = gettext\n"
    assert names({"a.py": text, "tests/test_a.py": "def _helper(): ...\n"}) == []
    assert names({"a.py": "class A:\n    @property\n    def _sum(self): ...\n"}) == ["A._sum"]
