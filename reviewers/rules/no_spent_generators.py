"""``no-spent-generators``: what gives its elements only once must not be gone through twice."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import type_of_scope, walk, walk_scope
from reviewers.rule import Hit, Invalid, Related, Rule, Severity, Valid
from reviewers.rules._flow import COMPREHENSIONS, LOOPS, bound_names, conditions, goes_on, is_builtin, leaves, parted, times_bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from reviewers.facts import FileFacts
    from reviewers.finding import Span

_BUILTINS = frozenset({"map", "filter", "zip", "enumerate", "reversed"})
_ONCE = {
    "csv.reader": "a csv.reader",
    "csv.DictReader": "a csv.DictReader",
    "re.finditer": "an iterator",
    "glob.iglob": "an iterator",
    "os.walk": "a generator",
    "os.scandir": "an iterator",
    **{
        f"itertools.{name}": "an iterator"
        for name in (
            "accumulate", "chain", "chain.from_iterable", "combinations", "compress", "dropwhile", "filterfalse",
            "groupby", "islice", "pairwise", "permutations", "product", "starmap", "takewhile", "zip_longest",
        )
    },
}  # fmt: skip
_FILES = frozenset({"open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open"})
_EAGER = frozenset({
    "list", "tuple", "set", "frozenset", "sorted", "sum", "dict", "max", "min", "collections.Counter",
    "collections.deque", "collections.OrderedDict", "json.load", "yaml.load", "yaml.safe_load", "tomllib.load",
})  # fmt: skip
_EAGER_METHODS = frozenset({"join", "extend", "update", "writelines", "fromkeys"})
_LAZY = frozenset({"map", "filter", "enumerate", "iter"})
_READS = frozenset({"read", "readlines"})


@dataclass(frozen=True, slots=True)
class _Use:
    """One place where the name is read: ``how`` is ``all``, ``some`` (of the elements), ``glance`` or ``unknown``."""

    name: ast.Name
    node: ast.AST
    how: str


class NoSpentGenerators(Rule):
    """A generator, ``map``, ``zip`` or open file gives its elements once; whoever comes second gets nothing.

    No error is raised: the second loop simply does not run.
    """

    name = "no-spent-generators"
    severity = Severity.HIGH
    confidence = 0.9
    worth = 0.6
    fix_title = "keep the elements in a list"
    sees = (ast.Assign, ast.AnnAssign, ast.withitem)
    examples: ClassVar = ()

    def check(self, node: ast.AST, facts: FileFacts) -> Iterable[Hit]:
        """Flag what is bound when it is spent by one use and wanted again by another."""
        name, value = _binding(node)
        if name is None or value is None:
            return
        what = _one_shot(value, facts)
        scope = next((a for a in facts.ancestors(node) if isinstance(a, type_of_scope)), None)
        if not what or scope is None or isinstance(scope, ast.ClassDef):
            return
        uses = _uses(name, node, scope, facts)
        if isinstance(scope, ast.Module):
            again = _used_in_functions(name, facts)
            if again is not None:
                message = f"{name.id} is {what}: the first call of the function around line {again.lineno} spends it for all others"
                yield Hit(value, message, related=(Related(facts.path, again.lineno, again.lineno, "spends it"),))
                return
        if what == "an open file" and any(u.how in {"unknown", "passed"} for u in uses):
            return
        if "csv." in what and ".seek(" in facts.text:
            return
        spent = _spent(uses, node, facts)
        if spent is None:
            return
        first, second = spent
        lines = first.node.lineno, second.node.lineno  # type: ignore[attr-defined]
        if first is second:
            message = f"{name.id} is {what}: only the first turn of the loop around line {lines[0]} gets its elements"
        else:
            message = f"{name.id} is {what}, spent on line {lines[0]}: line {lines[1]} gets nothing from it"
        related = tuple(
            Related(facts.path, u.name.lineno, u.name.end_lineno or u.name.lineno, said)
            for u, said in ((first, "spends it"), (second, "finds it empty"))[: 1 if first is second else 2]
        )
        yield Hit(value, message, fixable=_fixable(value, uses, facts), related=related)


def _binding(node: ast.AST) -> tuple[ast.Name | None, ast.expr | None]:
    if isinstance(node, ast.Assign):
        target = node.targets[0] if len(node.targets) == 1 else None
        return (target, node.value) if isinstance(target, ast.Name) else (None, None)
    if isinstance(node, ast.AnnAssign):
        return (node.target, node.value) if isinstance(node.target, ast.Name) else (None, None)
    if isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
        return node.optional_vars, node.context_expr
    return None, None


def _one_shot(value: ast.expr, facts: FileFacts) -> str:
    """What kind of thing that gives its elements only once a value is; empty for anything else."""
    if isinstance(value, ast.GeneratorExp):
        return "" if any(g.is_async for g in value.generators) else "a generator"
    if not isinstance(value, ast.Call):
        return ""
    func = value.func
    if isinstance(func, ast.Name):
        if func.id in _BUILTINS:
            return f"an iterator ({func.id})" if is_builtin(func.id, facts) else ""
        if func.id in _generators(facts) and func.id not in facts.imports:
            return "a generator"
    elif isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "self":
        owner = facts.class_of(value)
        return "a generator" if owner and f"{owner.name}.{func.attr}" in _generators(facts) else ""
    origin = facts.resolve(func) or ""
    if origin in _FILES:
        return "an open file" if _is_read(value) and (origin != "open" or is_builtin("open", facts)) else ""
    return _ONCE.get(origin, "")


def _is_read(call: ast.Call) -> bool:
    mode = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "mode"), None)
    return mode is None or (isinstance(mode, ast.Constant) and not set(str(mode.value)) & set("wax+"))


def _generators(facts: FileFacts) -> frozenset[str]:
    """The undecorated generator functions of the file: ``name`` at module level, ``Class.name`` for methods."""
    known: frozenset[str] | None = facts.__dict__.get("_generator_functions")
    if known is None:
        found: set[str] = set()
        if "yield" in facts.text:
            bodies = [("", facts.tree.body), *((f"{c.name}.", c.body) for c in facts.tree.body if isinstance(c, ast.ClassDef))]
            for prefix, body in bodies:
                for item in body:
                    if isinstance(item, ast.FunctionDef) and not item.decorator_list:
                        if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in walk_scope(item)):
                            found.add(prefix + item.name)
        known = facts.__dict__["_generator_functions"] = frozenset(found)
    return known


def _uses(name: ast.Name, binding: ast.AST, scope: ast.AST, facts: FileFacts) -> list[_Use]:
    """How the name is read after the binding and before it is bound again, in source order; none if others bind it."""
    found: list[tuple[tuple[int, int], ast.Name | None]] = []
    start = _place(name, binding)
    for node in walk_scope(scope):
        if isinstance(node, (ast.Global, ast.Nonlocal)) and name.id in node.names:
            return []
        if isinstance(node, ast.Name) and node.id == name.id and node is not name:
            if _is_comprehensions(node, scope, facts):
                continue
            if isinstance(node.ctx, ast.Load):
                found.append(((node.lineno, node.col_offset), node))
            else:
                statement = facts.statement(node)
                found.append((_place(node, statement) if statement else (node.lineno, node.col_offset), None))
    uses: list[_Use] = []
    for place, read in sorted(found, key=lambda pair: pair[0]):
        if place < start:
            continue
        if read is None:
            break
        uses.append(_use(read, facts))
    return uses


def _used_in_functions(name: ast.Name, facts: FileFacts) -> ast.Name | None:
    """The first place in a function that spends what the module binds once, if nothing else binds the name."""
    if times_bound(facts).get(name.id) != 1:
        return None
    for node in walk(facts.tree):
        if isinstance(node, ast.Name) and node.id == name.id and node is not name:
            if facts.function(node) is not None and _use(node, facts).how in {"all", "contains"}:
                return node
    return None


def _is_comprehensions(name: ast.Name, scope: ast.AST, facts: FileFacts) -> bool:
    """Whether a comprehension between the name and its scope binds the name for itself."""
    for holder in facts.ancestors(name):
        if holder is scope:
            return False
        if isinstance(holder, COMPREHENSIONS):
            if any(n.id == name.id for g in holder.generators for n in bound_names(g.target)):
                return True
    return False


def _place(name: ast.Name, holder: ast.AST) -> tuple[int, int]:
    """When a name is bound: an assignment binds at its end, anything else where the name stands."""
    if isinstance(holder, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        return holder.end_lineno or 0, holder.end_col_offset or 0
    return name.lineno, name.col_offset


def _use(name: ast.Name, facts: FileFacts) -> _Use:
    node: ast.AST = name
    while True:
        holder = facts.parent(node)
        if isinstance(holder, (ast.For, ast.AsyncFor)) and holder.iter is node:
            return _Use(name, name, "some" if _breaks(holder) else "all")
        if isinstance(holder, ast.comprehension) and holder.iter is node:
            maker = facts.parent(holder)
            if isinstance(maker, ast.GeneratorExp):
                node = maker
                continue
            return _Use(name, name, "all")
        if isinstance(holder, ast.Starred):
            return _Use(name, name, "all")
        if isinstance(holder, ast.Compare) and any(c is node for c in holder.comparators):
            contains = isinstance(holder.ops[-1], (ast.In, ast.NotIn))
            return _Use(name, name, "contains" if contains else "glance")
        if isinstance(holder, ast.Call) and any(a is node for a in holder.args):
            how = _call(holder, node, facts)
            if how == "lazy":
                node = holder
                continue
            return _Use(name, name, how)
        if isinstance(holder, ast.Assign) and holder.value is node and isinstance(holder.targets[0], (ast.Tuple, ast.List)):
            return _Use(name, name, "all")
        if isinstance(holder, ast.YieldFrom):
            return _Use(name, name, "all")
        if isinstance(holder, ast.Attribute) and isinstance(facts.parent(holder), ast.Call):
            call = facts.parent(holder)
            if holder.attr in _READS and isinstance(call, ast.Call) and call.func is holder and not call.args:
                return _Use(name, name, "all")
        if isinstance(holder, (ast.If, ast.BoolOp, ast.UnaryOp, ast.IfExp)) and node is name:
            return _Use(name, name, "glance")
        passed = isinstance(holder, ast.Return) or (isinstance(holder, ast.Call) and not facts.is_test)
        return _Use(name, name, "passed" if passed and node is name else "unknown")


def _call(call: ast.Call, node: ast.AST, facts: FileFacts) -> str:
    func = call.func
    origin = facts.resolve(func) or ""
    if origin in _EAGER:
        return "all" if call.args[0] is node else "unknown"
    if origin in {"any", "all", "zip"}:
        return "some"
    if origin == "next":
        return "next"
    if origin in _LAZY:
        return "lazy"
    if origin in {"csv.reader", "csv.DictReader"}:
        return "lazy"
    if origin in {"isinstance", "type", "id", "hasattr", "repr"}:
        return "glance"
    if isinstance(func, ast.Attribute) and func.attr in _EAGER_METHODS and len(call.args) == 1:
        return "all"
    return "passed" if node is not None and not facts.is_test else "unknown"


def _breaks(loop: ast.AST) -> bool:
    """Whether a ``break`` of this very loop stands in it."""
    stack: list[ast.AST] = list(getattr(loop, "body", ()))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, LOOPS):
            stack.extend(node.orelse)
        elif isinstance(node, ast.stmt) or type(node).__name__ in {"ExceptHandler", "match_case"}:
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                stack.extend(ast.iter_child_nodes(node))
    return False


def _spent(uses: list[_Use], binding: ast.AST, facts: FileFacts) -> tuple[_Use, _Use] | None:
    """The use that spends the elements and the one that finds none; the same one twice where a loop repeats it."""
    for n, use in enumerate(uses):
        if use.how in {"all", "contains"} and _repeated(use, binding, facts):
            return use, use
        if use.how != "all":
            continue
        for later in uses[n + 1 :]:
            if later.how in {"all", "some", "contains", "passed"} and not _wants_nothing(later, facts) and _both_run(use, later, facts):
                return use, later
    return None


def _wants_nothing(use: _Use, facts: FileFacts) -> bool:
    """Whether the use is compared with something empty: a test that the elements are spent."""
    for holder in facts.ancestors(use.node):
        if isinstance(holder, ast.stmt):
            return False
        beside = holder.args if isinstance(holder, ast.Call) else holder.comparators if isinstance(holder, ast.Compare) else []
        for other in beside:
            if isinstance(other, (ast.List, ast.Tuple)) and not other.elts:
                return True
            if isinstance(other, ast.Constant) and not other.value:
                return True
            if isinstance(other, ast.Call) and not other.args:
                return True
    return False


def _repeated(use: _Use, binding: ast.AST, facts: FileFacts) -> bool:
    """Whether a loop that the binding is not part of runs this use again and again."""
    around = set(map(id, facts.ancestors(binding)))
    child: ast.AST = use.node
    for holder in facts.ancestors(use.node):
        if id(holder) in around:
            return False
        inside = isinstance(holder, LOOPS) and child is not getattr(holder, "iter", None) and child in holder.body
        if isinstance(holder, COMPREHENSIONS):
            first = holder.generators[0]
            inside = child is not first or use.node not in ast.walk(first.iter)
        if inside and not leaves(use.node, holder, facts):
            return not any(isinstance(c, (ast.If, ast.IfExp, ast.BoolOp, ast.Match)) for c in conditions(use.node, holder))
        child = holder
    return False


def _both_run(first: _Use, second: _Use, facts: FileFacts) -> bool:
    """Whether one run can take both uses in this order, the first surely where the second is only sometimes."""
    if any(a is facts.parent(first.node) for a in facts.ancestors(second.node)):
        return False
    if parted(first.node, second.node) or not goes_on(first.node, second.node, facts):
        return False
    above = set(map(id, facts.ancestors(second.node)))
    common = next((a for a in facts.ancestors(first.node) if id(a) in above), facts.tree)
    choices = [
        [c for c in conditions(u.node, common) if isinstance(c, (ast.If, ast.IfExp, ast.Match, ast.BoolOp))] for u in (first, second)
    ]
    return not (choices[0] and choices[1])


def _fixable(value: ast.expr, uses: list[_Use], facts: FileFacts) -> bool:
    if any(u.how in {"unknown", "next", "passed"} for u in uses):
        return False
    if isinstance(value, ast.GeneratorExp):
        return True
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in _BUILTINS and is_builtin("list", facts)
