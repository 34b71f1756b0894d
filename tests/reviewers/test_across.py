"""The project rules over a project, and over as much of it as a change can be felt in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reviewers.across import Across, Known, project_findings
from reviewers.project import Project
from reviewers.registry import RULES
from reviewers.rule import ProjectRule
from reviewers.testing import reports_of
from reviewers.touched import affected

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT_RULES = [rule for rule in RULES if isinstance(rule, ProjectRule)]
TOOLS = "def saw(wood, teeth=3):\n    return wood\n\n\nclass Plane:\n    def cut(self, wood): ...\n"
USER = "from shop.tools import saw\n\n\ndef work(wood):\n    return saw(wood)\n"
SHOP = {"shop/__init__.py": "", "shop/tools.py": TOOLS, "shop/user.py": USER, "shop/other.py": "x = 1\n"}


def look(files: Mapping[str, str], known: Known | None = None) -> Across:
    return project_findings(PROJECT_RULES, reports_of(files), complete=True, known=known)


def known(old: Mapping[str, str], new: Mapping[str, str]) -> Known:
    """What a look at ``old`` leaves for one at ``new``."""
    was, across = reports_of(old), look(old)
    before = {p: was[p].interface if p in old else None for p in new if old.get(p) != new[p]}
    gone = tuple(i for p in old if p not in new and (i := was[p].interface) is not None)
    return Known(before, gone, across.told, across.complete)


def told(across: Across) -> list[tuple[str, int, str]]:
    return sorted((f.path, f.span.line, f.message) for f in across.findings)


CHANGES = {
    "a function takes one thing less": {"shop/tools.py": TOOLS.replace("wood, teeth=3", "")},
    "a function is given a new name": {"shop/tools.py": TOOLS.replace("saw", "jigsaw")},
    "a function has become asynchronous": {"shop/tools.py": TOOLS.replace("def saw", "async def saw")},
    "a caller gives too much": {"shop/user.py": USER.replace("saw(wood)", "saw(wood, 1, 2)")},
    "nothing to be seen": {"shop/tools.py": TOOLS.replace("return wood", "return [wood]")},
    "a name is handed on under another": {
        "shop/tools.py": TOOLS.replace("wood, teeth=3", ""),
        "shop/user.py": "from shop.again import cut\n\n\ndef work(wood):\n    return cut(wood)\n",
        "shop/again.py": "from shop.tools import saw as cut\n",
    },
    "a subclass takes what its base did not": {
        "shop/tools.py": TOOLS + "\n    def all(self, wood):\n        self.cut(wood, 1)\n",
        "shop/user.py": "from shop.tools import Plane\n\n\nclass Big(Plane):\n    def cut(self, wood, times=1): ...\n",
    },
    "an attribute is assigned": {
        "shop/tools.py": TOOLS + "\n    def all(self, wood):\n        self.cut(wood, 1)\n",
        "shop/other.py": "def change(plane):\n    plane.cut = print\n",
    },
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_what_is_said_after_a_change_is_what_a_first_look_would_say(changed: dict[str, str]) -> None:
    new = SHOP | changed
    assert told(look(new, known(SHOP, new))) == told(look(new))


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_what_is_said_after_a_change_was_taken_back_is_what_a_first_look_would_say(changed: dict[str, str]) -> None:
    assert told(look(SHOP, known(SHOP | changed, SHOP))) == told(look(SHOP))


@pytest.mark.parametrize("path", SHOP)
def test_a_file_may_come_and_go(path: str) -> None:
    without = {p: text for p, text in SHOP.items() if p != path}
    assert told(look(SHOP, known(without, SHOP))) == told(look(SHOP))
    assert told(look(without, known(SHOP, without))) == told(look(without))


def test_a_changed_signature_is_felt_where_it_is_called_and_nowhere_else() -> None:
    new = SHOP | {"shop/tools.py": TOOLS.replace("wood, teeth=3", "wood")}
    assert felt(SHOP, new) == frozenset({"shop/tools.py", "shop/user.py"})


def test_a_changed_body_is_felt_in_its_own_file_alone() -> None:
    new = SHOP | {"shop/tools.py": TOOLS.replace("return wood", "return [wood]")}
    assert felt(SHOP, new) == frozenset({"shop/tools.py"})


def test_a_module_that_makes_up_names_is_felt_everywhere() -> None:
    new = SHOP | {"shop/tools.py": TOOLS + "\n\ndef __getattr__(name): ...\n"}
    assert felt(SHOP, new) is None


def test_a_look_at_a_part_is_not_built_upon_for_the_whole() -> None:
    new = SHOP | {"shop/tools.py": TOOLS.replace("wood, teeth=3", "")}
    part = replace(known(SHOP, new), complete=False, before={}, told=frozenset())
    assert told(look(new, part)) == told(look(new)) != []


def felt(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str] | None:
    from reviewers.interface import unpack

    was, now = ({p: unpack(r.interface) for p, r in reports_of(files).items() if r.interface} for files in (old, new))
    return affected(Project(now.values()), {p: was[p] for p in new if old[p] != new[p]})
