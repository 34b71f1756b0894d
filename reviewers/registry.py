"""Every rule, found by looking into ``reviewers/rules``: adding a file there is all it takes."""

from __future__ import annotations

import importlib
import pkgutil

from reviewers import rules
from reviewers.rule import ProjectRule, Rule, described


def _load() -> tuple[Rule | ProjectRule, ...]:
    found: list[Rule | ProjectRule] = []
    for info in sorted(pkgutil.iter_modules(rules.__path__), key=lambda i: i.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{rules.__name__}.{info.name}")
        found += [
            kind()
            for kind in vars(module).values()
            if isinstance(kind, type) and issubclass(kind, (Rule, ProjectRule)) and kind.__module__ == module.__name__
        ]
    return tuple(found)


RULES: tuple[Rule | ProjectRule, ...] = _load()
BY_NAME = described(RULES)
