"""``dead_code``: private functions, methods and names that nothing in the project mentions."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nova.tools import World
    from nova.tools._files import Files
    from reviewers.facts import FileFacts

_WORD = re.compile(r"\b_\w+")
_PLAIN = frozenset({"property", "cached_property", "functools.cached_property", "staticmethod", "classmethod"})
"""Decorators that keep nothing alive."""
_HARMLESS = frozenset({"object", "Generic", "Protocol", "ABC", "Exception", "NamedTuple", "TypedDict"})
"""Bases from outside that call no private methods of what inherits from them."""
_BUILDS_NAMES = re.compile(r"\bgetattr\(|\bglobals\(\)|\b__dict__\b|\bvars\(|\bgetmembers\(|\bdir\(")


def work(_key: str, world: World, /, *, path: str = "") -> dict[str, Any]:
    """What is defined with a leading underscore in own code and mentioned nowhere else: not in tests, not in texts."""
    from nova.tools._files import files_of, other_texts
    from nova.tools._ground import place_of

    below = place_of(world, path)[1] if path else ""
    files = files_of(world)
    found = [d for d in dead(files, (text for _, text in other_texts(world))) if d["path"].startswith(below)]
    return {"dead": found, "files": len(files.own), "lost": dict(files.lost)}


def dead(files: Files, others: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The same over files, and the texts of ``others``: pure.

    A name counts as mentioned where it stands as a word outside of its own definition, comments and strings included,
    or where a text begins like it (``f"_visit_{kind}"``).
    """
    mentions: Counter[str] = Counter()
    for text in (*files.texts.values(), *others):
        mentions.update(_WORD.findall(text))
    trees = {path: tree for path in files.own if (tree := files.tree(path)) is not None}
    classes = _Classes(files, trees)
    beginnings = tuple(word for word in mentions if word.endswith("_") and len(word) > 2)
    found = []
    for path, tree in trees.items():
        lines = files.texts[path].split("\n")
        dynamic = bool(_BUILDS_NAMES.search(files.texts[path]))
        module = files.modules.get(path, "")
        for node, name, symbol, kind in _private(tree, module, classes):
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
            last = node.end_lineno or node.lineno
            inside = "\n".join(lines[first - 1 : last])
            built = any(name.startswith(b) for b in beginnings)
            if not built and mentions[name] <= len(re.findall(rf"\b{name}\b", inside)):
                found.append({
                    "path": path, "line": node.lineno, "end_line": last, "symbol": symbol, "kind": kind,
                    "lines": last - first + 1, "sure": _sure(kind, dynamic=dynamic),
                })  # fmt: skip
    return sorted(found, key=lambda d: (-d["sure"], -d["lines"], d["path"], d["line"]))


def _sure(kind: str, *, dynamic: bool) -> float:
    """How sure it is: less where a subclass elsewhere may use it, or the file looks names up as it runs."""
    return round((0.7 if kind == "method" else 0.95) - (0.2 if dynamic else 0), 2)


def _private(tree: ast.Module, module: str, classes: _Classes) -> Iterator[tuple[ast.stmt, str, str, str]]:
    """The private definitions of a module's top level and of its classes: node, name, symbol, kind."""
    stack: list[tuple[ast.stmt, str]] = [(node, "") for node in reversed(tree.body)]
    while stack:
        node, around = stack.pop()
        if isinstance(node, ast.ClassDef):
            if not around and _is_private(node.name) and not node.decorator_list:
                yield node, node.name, node.name, "class"
            if not node.keywords and classes.known(f"{module}.{node.name}"):
                stack += [(inner, node.name) for inner in reversed(node.body)]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if _is_private(node.name) and all(ast.unparse(d) in _PLAIN for d in node.decorator_list):
                symbol = f"{around}.{node.name}" if around else node.name
                yield node, node.name, symbol, "method" if around else "function"
        elif not around:
            target = _assigned(node)
            if target is not None and _is_private(target):
                yield node, target, target, "name"


def _is_private(name: str) -> bool:
    """One leading underscore and a name behind it; names with underscores on both sides belong to protocols."""
    return name.startswith("_") and not name.startswith("__") and not name.endswith("_") and len(name) > 2


def _assigned(node: ast.stmt) -> str | None:
    """The one name that a statement binds to a value."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
        return node.target.id
    return None


class _Classes:
    """The classes of the project by dotted name, and what each inherits from; None for what is not of the project."""

    def __init__(self, files: Files, trees: Mapping[str, ast.Module]) -> None:
        from reviewers.facts import FileFacts

        self._bases: dict[str, list[str | None]] = {}
        self._by_name: dict[str, list[str]] = {}
        written: list[tuple[str, FileFacts, ast.ClassDef]] = []
        for path, tree in trees.items():
            facts = FileFacts(path, files.texts[path], tree, files.modules.get(path))
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    name = f"{facts.module}.{node.name}"
                    self._by_name.setdefault(node.name, []).append(name)
                    written.append((name, facts, node))
        self._tops = {name.partition(".")[0] for name, _, _ in written}
        for name, facts, node in written:
            self._bases.setdefault(name, []).extend(self._base(b, facts) for b in node.bases)

    def _base(self, node: ast.expr, facts: FileFacts) -> str | None:
        dotted = facts.resolve(node.value if isinstance(node, ast.Subscript) else node)
        if dotted is None:
            return None
        if dotted.rpartition(".")[2] in _HARMLESS:
            return "object"
        if "." not in dotted:
            dotted = f"{facts.module}.{dotted}"
        homes = self._by_name.get(dotted.rpartition(".")[2], [])
        if dotted in homes:
            return dotted
        return homes[0] if len(homes) == 1 and dotted.partition(".")[0] in self._tops else None

    def known(self, name: str) -> bool:
        """Whether all that a class inherits from is in the project: else a base may call its private methods."""
        seen: set[str] = set()
        waiting: list[str | None] = [name]
        while waiting:
            one = waiting.pop()
            if one is None or (one != "object" and one not in self._bases):
                return False
            if one != "object" and one not in seen:
                seen.add(one)
                waiting += self._bases[one]
        return True


TOOL = Tool("dead_code", "Private definitions that nothing in the project mentions, with how sure that is.", work)
