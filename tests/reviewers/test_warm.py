"""Random edits of a made project: what the project rules say of it next is what a first look would say."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from reviewers.across import Across, Known, project_findings
from reviewers.registry import RULES
from reviewers.rule import ProjectRule
from reviewers.testing import reports_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewers.report import FileReport

PROJECT_RULES = [rule for rule in RULES if isinstance(rule, ProjectRule)]
MODULES = ("saw", "plane", "wood", "shelf", "part")
FUNCTIONS = ("cut", "saw", "glue", "_name", "name")
CLASSES = ("Tool", "Bench", "Plane")
METHODS = ("cut", "run", "__init__", "stop", "glue")
PARAMETERS = ("", "a", "a, b", "a, b=1", "a, *, b", "*a", "**a")
ARGUMENTS = ("", "1", "1, 2", "b=2", "1, b=2", "*x", "1, 2, 3")
BASES = ("", "", "{}", "ABC", "outside.Base", "unknown()")


@dataclass
class Module:
    """What stands in a made file, by name: imports, functions, classes with their methods, and calls."""

    imports: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    methods: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The file."""
        parts = ["import outside", "from abc import ABC, abstractmethod", *self.imports]
        parts += [f"{head}\n    return 1" for head in self.functions.values()]
        for name, header in self.classes.items():
            body = [text for (holder, _), text in self.methods.items() if holder == name]
            parts.append("\n".join([header, "    x = 1", *body]))
        parts += ["async def main(x):", *(f"    {call}" for call in self.calls), "    return x"]
        return "\n".join(parts) + "\n"


class Project:
    """Made modules by path, and ways to change them at random."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.modules: dict[str, Module] = {}
        for _ in range(3):
            self.add_file()
        for _ in range(40):
            self.edit()

    def files(self) -> dict[str, str]:
        return {"shop/__init__.py": "", **{path: module.text() for path, module in self.modules.items()}}

    def edit(self) -> None:
        """One change, like those that people make."""
        steps = (
            [self.function] * 4 + [self.klass] * 3 + [self.method] * 5 + [self.take] * 4 + [self.call] * 5
            + [self.forget] * 2 + [self.add_file, self.drop_file]
        )  # fmt: skip
        self.random.choice(steps)()

    def some(self) -> Module:
        return self.random.choice(list(self.modules.values()))

    def add_file(self) -> None:
        folder = self.random.choice(("shop", "shop", "shop/inner", "."))
        name = self.random.choice(MODULES)
        self.modules.setdefault(f"{folder}/{name}.py".removeprefix("./"), Module())

    def drop_file(self) -> None:
        if len(self.modules) > 2:
            del self.modules[self.random.choice(list(self.modules))]

    def function(self) -> None:
        name = self.random.choice(FUNCTIONS)
        start = self.random.choice(("def", "def", "async def", "@outside.wrap\ndef"))
        self.some().functions[name] = f"{start} {name}({self.random.choice(PARAMETERS)}):"

    def klass(self) -> None:
        name, base = self.random.choice(CLASSES), self.random.choice(BASES).format(self.random.choice(CLASSES))
        self.some().classes[name] = f"class {name}({base}):"

    def method(self) -> None:
        module = self.some()
        if module.classes:
            name = self.random.choice(METHODS)
            start = self.random.choice(("def", "def", "async def", "@abstractmethod\n    def"))
            parameters = self.random.choice(PARAMETERS)
            parameters = f"self, {parameters}" if parameters else "self"
            other = f"self.{self.random.choice(METHODS)}({self.random.choice(ARGUMENTS)})"
            body = f"    {start} {name}({parameters}):\n        x = 1\n        {other}"
            module.methods[self.random.choice(list(module.classes)), name] = body

    def take(self) -> None:
        source = self.random.choice(list(self.modules)).removesuffix(".py").replace("/", ".")
        name = self.random.choice((*FUNCTIONS, *CLASSES, "*"))
        local = self.random.choice(("", "", f" as {self.random.choice((*FUNCTIONS, *CLASSES))}")) if name != "*" else ""
        text = f"from {source} import {name}{local}"
        self.some().imports[text] = text

    def call(self) -> None:
        name = self.random.choice((*FUNCTIONS, *CLASSES, "Tool.cut", "Plane.run"))
        text = f"{name}({self.random.choice(ARGUMENTS)})"
        self.some().calls[text] = text

    def forget(self) -> None:
        module = self.some()
        parts: tuple[dict[Any, str], ...] = (
            module.imports, module.functions, module.classes, module.methods, module.calls
        )  # fmt: skip
        part = self.random.choice(parts)
        if part:
            del part[self.random.choice(list(part))]


def looked(new: Mapping[str, FileReport], old: Mapping[str, FileReport], last: Across) -> Across:
    """A look that builds upon the last one."""
    before = {p: old[p].interface if p in old else None for p in new if p not in old or old[p] != new[p]}
    gone = tuple(i for p in old if p not in new and (i := old[p].interface) is not None)
    known = Known(before, gone, last.told, last.complete)
    mixed = {path: new[path] for path in sorted(new, key=lambda p: (p in before, p[::-1]))}
    return project_findings(PROJECT_RULES, mixed, complete=True, known=known)


@pytest.mark.parametrize("seed", range(25))
def test_after_any_edits_a_look_that_builds_upon_the_last_says_what_a_first_one_says(seed: int) -> None:
    project = Project(seed)
    old = reports_of(project.files())
    last = project_findings(PROJECT_RULES, old, complete=True)
    found = 0
    for _ in range(12):
        for _ in range(project.random.choice((1, 1, 1, 3))):
            project.edit()
        new = reports_of(project.files())
        last = looked(new, old, last)
        first = project_findings(PROJECT_RULES, new, complete=True)
        assert last.findings == first.findings
        assert not last.crashed
        found += len(last.findings)
        old = new
    assert found, "a project without a finding shows nothing"


def test_a_module_in_which_ever_more_files_miss_something_is_left_alone_as_by_a_first_look() -> None:
    def files(missing: int) -> dict[str, FileReport]:
        users = {f"shop/u{n}.py": f"from shop.tools import {'gone' if n < missing else 'saw'}\n" for n in range(11)}
        return reports_of({"shop/__init__.py": "", "shop/tools.py": "def saw(): ...\n", **users})

    old, last, counts = files(6), project_findings(PROJECT_RULES, files(6), complete=True), []
    for missing in (7, 8, 9, 10, 9, 8, 7):
        new = files(missing)
        last, old = looked(new, old, last), new
        assert last.findings == project_findings(PROJECT_RULES, new, complete=True).findings
        counts.append(len(last.findings))
    assert counts == [7, 8, 0, 0, 0, 8, 7]
