"""``cycles``: modules of the project that import each other while they load."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nova.tools import World
    from nova.tools._files import Files

    Edges = dict[tuple[str, str], tuple[int, tuple[str, ...]]]
    """From a module to another: the line, and the names that are taken."""

MOST_TRIED = 300
"""Up to so many imports of a knot are tried, to find the one whose going helps most."""


def work(_key: str, world: World, /, *, path: str = "") -> dict[str, Any]:
    """The import cycles of own code, the largest first; imports in functions and under ``if`` do not count."""
    from nova.tools._files import files_of
    from nova.tools._ground import place_of

    below = place_of(world, path)[1] if path else ""
    files = files_of(world)
    found = [c for c in cycles(files) if not below or any(m["path"].startswith(below) for m in c["modules"])]
    return {"cycles": found, "modules": len(files.own)}


def cycles(files: Files) -> list[dict[str, Any]]:
    """The same over files: pure."""
    edges = imports(files)
    paths = {files.modules[path]: path for path in files.own if files.modules.get(path)}
    found = []
    for knot in knots({a for pair in edges for a in pair}, edges):
        inside = {pair: told for pair, told in edges.items() if pair[0] in knot and pair[1] in knot}
        ring = _ring(knot, inside)
        (a, b), left = _cut(inside)
        line, names = inside[a, b]
        found.append({
            "modules": [{"module": m, "path": paths[m]} for m in sorted(knot)],
            "ring": [
                {"from": one, "to": other, "path": paths[one], "line": inside[one, other][0],
                 "names": list(inside[one, other][1])}
                for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)
            ],
            "imports": len(inside),
            "cut": {"from": a, "to": b, "path": paths[a], "line": line, "names": list(names), "left": left,
                    "upwards": _upwards((a, b))},
        })  # fmt: skip
    return sorted(found, key=lambda c: (-len(c["modules"]), c["modules"][0]["module"]))


def imports(files: Files) -> Edges:
    """What each module of own code imports from the project while it loads."""
    from reviewers.facts import FileFacts

    known = {files.modules[path] for path in files.own if files.modules.get(path)}
    edges: Edges = {}
    for path in files.own:
        module, tree = files.modules.get(path, ""), files.tree(path)
        if not module or tree is None:
            continue
        facts = FileFacts(path, files.texts[path], tree, module)
        for node in _while_loading(tree):
            for target, name in _targets(node, facts, known):
                if target != module:
                    line, names = edges.get((module, target), (node.lineno, ()))
                    edges[module, target] = line, (*names, name) if name and name not in names else names
    return edges


def _while_loading(tree: ast.Module) -> Iterable[ast.Import | ast.ImportFrom]:
    """The imports that run whenever the module is loaded: not in a function, and under no condition."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.If, ast.expr)):
            stack += reversed(list(ast.iter_child_nodes(node)))


def _targets(node: ast.Import | ast.ImportFrom, facts: Any, known: set[str]) -> Iterable[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name in known:
                yield alias.name, ""
        return
    base = facts.absolute(node)
    for alias in node.names:
        if f"{base}.{alias.name}" in known:
            yield f"{base}.{alias.name}", ""
        elif base in known:
            yield base, alias.name


def knots(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The strongly connected components of more than one node, by Tarjan's algorithm on a stack of its own."""
    after: dict[str, list[str]] = {node: [] for node in sorted(nodes)}
    for a, b in sorted(edges):
        after[a].append(b)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    waiting: set[str] = set()
    found = []
    for start, first in after.items():
        if start in order:
            continue
        stack = [(start, iter(first))]
        order[start] = low[start] = len(order)
        open_.append(start)
        waiting.add(start)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                if stack:
                    low[stack[-1][0]] = min(low[stack[-1][0]], low[node])
                if low[node] == order[node]:
                    at = open_.index(node)
                    knot = set(open_[at:])
                    del open_[at:]
                    waiting -= knot
                    if len(knot) > 1:
                        found.append(knot)
            elif following not in order:
                order[following] = low[following] = len(order)
                open_.append(following)
                waiting.add(following)
                stack.append((following, iter(after[following])))
            elif following in waiting:
                low[node] = min(low[node], order[following])
    return found


def _ring(knot: set[str], edges: Iterable[tuple[str, str]]) -> list[str]:
    """The shortest way round in a knot, beginning with the first module by name that lies on one so short."""
    after: dict[str, list[str]] = {}
    for a, b in sorted(edges):
        after.setdefault(a, []).append(b)
    best: list[str] = []
    for start in sorted(knot):
        came = {start: ""}
        queue = [start]
        for node in queue:
            if start in after.get(node, ()):
                ring = [node]
                while came[ring[-1]]:
                    ring.append(came[ring[-1]])
                if not best or len(ring) < len(best):
                    best = ring[::-1]
                break
            for following in after.get(node, ()):
                if following not in came:
                    came[following] = node
                    queue.append(following)
        if len(best) == 2:
            break
    return best


def _cut(edges: Mapping[tuple[str, str], tuple[int, tuple[str, ...]]]) -> tuple[tuple[str, str], int]:
    """The import whose going leaves the fewest modules in knots, and how many.

    Of equal ones it is that of a module from its own package, then that which takes least.
    """
    tried = sorted(edges, key=lambda pair: (not _upwards(pair), len(edges[pair][1]), pair))[:MOST_TRIED]

    def left(pair: tuple[str, str]) -> int:
        return sum(map(len, knots({a for e in edges for a in e}, [e for e in edges if e != pair])))

    counted = [(left(pair), n, pair) for n, pair in enumerate(tried)]
    fewest, _, pair = min(counted)
    return pair, fewest


def _upwards(pair: tuple[str, str]) -> bool:
    """Whether a module imports from a package that it is part of."""
    return pair[0].startswith(f"{pair[1]}.")


TOOL = Tool("cycles", "Import cycles of the project, with the import whose going would help most.", work)
