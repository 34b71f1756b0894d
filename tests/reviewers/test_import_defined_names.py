"""What the rule on imported names makes of modules that were not read."""

from __future__ import annotations

from reviewers.project import Project
from reviewers.rules.import_defined_names import ImportDefinedNames
from reviewers.testing import interface_of

TOOLS = interface_of("class Hammer: ...\n", "tools.py", "tools")
SHED = interface_of("from tools import Saw\n", "shed.py", "shed")


def _told(others: tuple[str, ...]) -> list[str]:
    return [hit.message for hit in ImportDefinedNames().check_project(Project([TOOLS, SHED], others=others))]


def test_a_name_that_a_module_lacks_is_told() -> None:
    assert _told(others=()) == ["tools has no 'Saw'"]


def test_a_name_may_stand_in_a_stub_beside_the_module() -> None:
    assert _told(others=("tools",)) == []
