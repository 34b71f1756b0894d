"""``no-spent-generators``: what gives its elements only once must not be gone through twice."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import type_of_scope, walk
from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid
from reviewers.rules._consumption import Use, use_of, uses_after
from reviewers.rules._flow import (
    BRANCHES,
    COMPREHENSIONS,
    LOOPS,
    conditions,
    goes_on,
    is_builtin,
    leaves,
    names_stored,
    parted,
    times_bound,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from reviewers.facts import FileFacts
    from reviewers.finding import Span

_BUILTINS = frozenset({"map", "filter", "zip", "enumerate", "reversed"})
_READERS = frozenset({"csv.reader", "csv.DictReader"})
_FILES = frozenset({"open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open"})
_ENDLESS = frozenset({"itertools.count", "itertools.cycle", "itertools.repeat", "itertools.tee"})
_ITERATORS = frozenset({"re.finditer", "glob.iglob", "os.walk", "os.scandir"})
_FILE = "an open file"


class NoSpentGenerators(Rule):
    """A generator, ``map``, ``zip`` or open file gives its elements once; whoever comes second gets nothing.

    No error is raised: the second loop simply does not run. Looking at the rest after ``next`` or a ``break`` is
    what iterators are for, and is left alone.
    """

    name = "no-spent-generators"
    severity = Severity.HIGH
    confidence = 0.9
    worth = 0.7
    fix_title = "keep the elements in a list"
    fix_changes = "the second reader sees the elements; before, it saw none"
    precision = Precision(
        right=17,
        read=17,
        repositories=(
            "amazon-dash", "ansible", "conda", "electrum", "evennia", "ipython", "manticore", "networkx", "neutron",
            "openlibrary", "pip", "pyqtgraph", "quodlibet", "zipline",
        ),
        note="nowhere, in all that some 250 repositories and 75 older states of them had, linters' own tests and "
        "Python 2 code aside. A loop that returns in its first turn was wrong and is left alone since.",
    )  # fmt: skip
    sees = (ast.Assign, ast.AnnAssign, ast.withitem)
    examples: ClassVar = (
        Valid("def f(xs):\n    big = [x for x in xs if x > 1]\n    return sum(big) / len(list(big))\n"),
        Valid("def f(xs):\n    it = (x for x in xs)\n    first = next(it)\n    for x in it:\n        first += x\n"),
        Valid("def f(xs):\n    it = iter(xs)\n    return list(zip(it, it))\n"),
        Valid(
            "def f(lines):\n    it = (n.strip() for n in lines)\n    for n in it:\n        if not n:\n            break\n"
            "    for n in it:\n        print(n)\n"
        ),
        Valid(
            "def f(xs, all_of_them):\n    it = (x for x in xs)\n    if not all_of_them:\n        for x in it:\n            return x\n"
            "    return it\n"
        ),
        Valid(
            "def f(xs, whole):\n    it = (x for x in xs)\n    if not whole:\n        for x in it:\n            return x\n"
            "    return it\n"
        ),
        Valid(
            "def f(xs, short):\n    it = map(str, xs)\n    if short:\n        return ' '.join(it)\n    return list(it)\n"
        ),
        Valid("def f(xs):\n    it = map(str, xs)\n    a = list(it)\n    it = map(int, xs)\n    return a, list(it)\n"),
        Valid(
            "def f(path):\n    with open(path) as h:\n        n = len(h.readlines())\n        h.seek(0)\n"
            "        return n, h.read()\n"
        ),
        Valid(
            "def f(xs):\n    it = (x for x in xs)\n    for x in it:\n        for y in it:\n            assert x == y\n"
            "        return x\n"
        ),
        Valid("def f(a, b):\n    for x in a:\n        it = (y for y in b)\n        print(x, list(it))\n"),
        Valid("def f(d):\n    it = (x for x in d)\n    return {k: list(it) for k, it in d.items()}, list(it)\n"),
        Valid("def test_spent():\n    it = map(str, [1])\n    assert list(it) == ['1']\n    assert list(it) == []\n"),
        Valid(
            "def f(xs, down):\n    if down:\n        xs = map(str, xs)\n    else:\n        for _ in range(3):\n"
            "            xs = {x.up for x in xs}\n    return xs\n"
        ),
        Valid(
            "def f(path):\n    with open(path) as h:\n        while True:\n            lines = h.readlines()\n"
            "            for line in lines:\n                print(line)\n            else:\n                break\n"
        ),
        Valid("def f(map, xs):\n    it = map(str, xs)\n    return list(it), list(it)\n"),
        Invalid(
            "def stop(tasks):\n    mine = filter(None, tasks)\n    for t in mine:\n        t.cancel()\n    wait(*mine)\n",
            fixed="def stop(tasks):\n    mine = list(filter(None, tasks))\n    for t in mine:\n        t.cancel()\n"
            "    wait(*mine)\n",
        ),
        Invalid(
            "def f(xs):\n    kept = (  # the good\n        x for x in xs if x\n    )\n    return sum(kept) / len(list(kept))\n",
            fixed="def f(xs):\n    kept = [  # the good\n        x for x in xs if x\n    ]\n"
            "    return sum(kept) / len(list(kept))\n",
        ),
        Invalid(
            "def f(ps, ns):\n    ns = map(str, ns)\n    for p in ps:\n        for n in ns:\n            p.add(n)\n",
            fixed="def f(ps, ns):\n    ns = list(map(str, ns))\n    for p in ps:\n        for n in ns:\n            p.add(n)\n",
        ),
        Invalid(
            "def f(rows, seen):\n    ids = (s.id for s in seen)\n    return [r for r in rows if r.id not in ids]\n",
            fixed="def f(rows, seen):\n    ids = [s.id for s in seen]\n    return [r for r in rows if r.id not in ids]\n",
        ),
        Invalid("def f(path, key):\n    with open(path) as h:\n        assert h.read() == key, h.read()\n"),
        Invalid(
            "import csv\n\ndef f(h):\n    rows = csv.reader(h)\n    n = len(list(rows))\n    for row in rows:\n"
            "        print(n, row)\n"
        ),
        Invalid(
            "def walk():\n    yield 1\n\ndef f():\n    steps = walk()\n    if len(list(steps)) > 1:\n"
            "        return steps\n"
        ),
        Invalid(
            "def clean(rows, log):\n    old = rows.filter(old=True).iterator()\n    log(f'{len(list(old))} to go')\n    for row in old:\n"
            "        row.delete()\n"
        ),
        Valid(
            "CASES = zip(RAW, WANTED)\n\ndef test_each():\n    for raw, wanted in CASES:\n        assert known(raw) == wanted\n",
            path="tests/test_it.py",
        ),
        Invalid("NAMES = (n.lower() for n in RAW)\n\ndef known(n):\n    return n in NAMES\n"),
    )

    def check(self, node: ast.AST, facts: FileFacts) -> Iterable[Hit]:
        """Flag what is bound when it is spent by one use and wanted again by another."""
        name, value = _binding(node)
        what = _one_shot(value, facts) if value is not None else ""
        if name is None or value is None or not what:
            return
        scope = next((a for a in facts.ancestors(node) if isinstance(a, type_of_scope)), facts.tree)
        if isinstance(scope, ast.ClassDef):
            return
        shared = isinstance(scope, ast.Module) and not facts.is_test
        spender = _shared_spender(name, facts) if shared else None
        if spender is not None:
            message = (
                f"{name.id} is {what} that the module shares: the first call to reach line {spender.lineno} spends it"
            )
            yield Hit(value, message, related=(_related(spender, "spends it", facts),))
            return
        uses = uses_after(name, scope, facts)
        spent = _spent(uses, node, facts) if not _may_start_again(what, uses, facts) else None
        if spent is None:
            return
        first, second = spent
        related = [_related(first.name, "spends it", facts)]
        if first is second:
            turn = f"only the first turn of the loop around line {first.name.lineno} gets its elements"
            message = f"{name.id} is {what}: {turn}"
        else:
            lines = f"spent on line {first.name.lineno}: line {second.name.lineno} gets nothing from it"
            message = f"{name.id} is {what}, {lines}"
            related.append(_related(second.name, "finds nothing left", facts))
        yield Hit(value, message, fixable=_is_fixable(value, uses, facts), related=tuple(related))

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Make a list of a generator expression, and put ``list(...)`` around a builtin's iterator."""
        import libcst

        from reviewers.mend import enclosing

        plain, annotated = enclosing(module, span, libcst.Assign), enclosing(module, span, libcst.AnnAssign)
        made = plain[0].value if plain else annotated[0].value if annotated else None
        new: libcst.CSTNode
        if isinstance(made, libcst.GeneratorExp):
            opening, closing = made.lpar[0].whitespace_after, made.rpar[-1].whitespace_before
            brackets = libcst.LeftSquareBracket(opening), libcst.RightSquareBracket(closing)
            new = libcst.ListComp(made.elt, made.for_in, *brackets, made.lpar[1:], made.rpar[:-1])
        elif isinstance(made, libcst.Call):
            new = libcst.Call(libcst.Name("list"), [libcst.Arg(made)])
        else:
            return module
        after = module.deep_replace(made, new)
        return after if isinstance(after, libcst.Module) else module


def _related(name: ast.Name, what: str, facts: FileFacts) -> Related:
    return Related(facts.path, name.lineno, name.end_lineno or name.lineno, what)


def _binding(node: ast.AST) -> tuple[ast.Name | None, ast.expr | None]:
    target: ast.expr | None = None
    value: ast.expr | None = None
    if isinstance(node, ast.Assign):
        target, value = node.targets[0], node.value if len(node.targets) == 1 else None
    elif isinstance(node, ast.AnnAssign):
        target, value = node.target, node.value
    elif isinstance(node, ast.withitem):
        target, value = node.optional_vars, node.context_expr
    return (target, value) if isinstance(target, ast.Name) else (None, None)


def _one_shot(value: ast.expr, facts: FileFacts) -> str:
    """What kind of thing that gives its elements only once a value is; empty for anything else."""
    if isinstance(value, ast.GeneratorExp):
        return "" if any(g.is_async for g in value.generators) else "a generator"
    func = value.func if isinstance(value, ast.Call) else None
    if isinstance(func, ast.Name) and func.id in _BUILTINS:
        return f"an iterator ({func.id})" if is_builtin(func.id, facts) else ""
    if func is None or _is_own_generator(func, facts):
        return "a generator" if func is not None else ""
    if isinstance(func, ast.Attribute) and func.attr == "iterator" and not value.args:  # type: ignore[attr-defined]
        return "an iterator"
    origin = facts.resolve(func) or ""
    if origin in _FILES:
        return _FILE if _reads(value) and (origin != "open" or is_builtin("open", facts)) else ""
    if origin in _READERS:
        return f"a {origin}"
    is_iterator = origin in _ITERATORS or (origin.startswith("itertools.") and origin not in _ENDLESS)
    return f"an iterator ({origin})" if is_iterator else ""


def _reads(call: ast.expr) -> bool:
    """Whether a file is opened only for reading, as far as its mode is written there."""
    if not isinstance(call, ast.Call):
        return False
    mode = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "mode"), None)
    return mode is None or (isinstance(mode, ast.Constant) and not set(str(mode.value)) & set("wax+"))


def _is_own_generator(func: ast.expr, facts: FileFacts) -> bool:
    """Whether what is called is an undecorated generator function of this module, or such a method of ``self``."""
    if isinstance(func, ast.Name):
        symbol = func.id
    elif isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "self":
        owner = facts.class_of(func)
        symbol = f"{owner.name}.{func.attr}" if owner else ""
    else:
        return False
    known: frozenset[str] | None = facts.__dict__.get("_own_generators")
    if known is None:
        known = facts.__dict__["_own_generators"] = frozenset(_own_generators(facts))
    return symbol in known and (not isinstance(func, ast.Name) or times_bound(facts).get(symbol) == 1)


def _own_generators(facts: FileFacts) -> Iterator[str]:
    """The undecorated generators that the module defines at its top, and ``Class.name`` for methods there."""
    for kind in (ast.Yield, ast.YieldFrom):
        for node in facts.kinds.get(kind, ()):
            function = facts.function(node)
            if not isinstance(function, ast.FunctionDef) or function.decorator_list:
                continue
            holder = facts.parent(function)
            if isinstance(holder, ast.Module):
                yield function.name
            elif isinstance(holder, ast.ClassDef) and isinstance(facts.parent(holder), ast.Module):
                yield f"{holder.name}.{function.name}"


def _may_start_again(what: str, uses: list[Use], facts: FileFacts) -> bool:
    """Whether someone may wind the file back: by ``seek``, or where the file is handed to."""
    if what == _FILE:
        return any(u.how in {"unknown", "passed"} for u in uses)
    return what.removeprefix("a ") in _READERS and ".seek(" in facts.text


def _shared_spender(name: ast.Name, facts: FileFacts) -> ast.Name | None:
    """The first place in a function that spends what the module binds, if nothing else binds the name."""
    if times_bound(facts).get(name.id) != 1:
        return None
    for node in walk(facts.tree):
        elsewhere = isinstance(node, ast.Name) and node.id == name.id and facts.function(node) is not None
        if isinstance(node, ast.Name) and elsewhere and use_of(node, facts).how in {"all", "contains"}:
            return node
    return None


def _spent(uses: list[Use], binding: ast.AST, facts: FileFacts) -> tuple[Use, Use] | None:
    """The use that spends the elements and the one that finds none; the same one twice where a loop repeats it."""
    for n, use in enumerate(uses):
        if parted(binding, use.name):
            continue
        if use.how in {"all", "contains"} and _is_repeated(use, binding, facts):
            return use, use
        for later in uses[n + 1 :] if use.how == "all" else ():
            wanting = later.how in {"all", "some", "contains", "passed"} and not _expects_nothing(later, facts)
            if wanting and _both_run(use.name, later.name, facts):
                return use, later
    return None


def _expects_nothing(use: Use, facts: FileFacts) -> bool:
    """Whether the use is compared with something empty: a test that the elements are spent."""
    for holder in facts.ancestors(use.name):
        if isinstance(holder, ast.stmt):
            return False
        beside: list[ast.expr] = []
        if isinstance(holder, (ast.Call, ast.Compare)):
            beside = holder.args if isinstance(holder, ast.Call) else holder.comparators
        for other in beside:
            if isinstance(other, (ast.List, ast.Tuple)) and not other.elts:
                return True
            if isinstance(other, ast.Constant) and not other.value:
                return True
    return False


def _is_repeated(use: Use, binding: ast.AST, facts: FileFacts) -> bool:
    """Whether a loop that the binding is not part of runs this use again and again."""
    around = set(map(id, facts.ancestors(binding)))
    child: ast.AST = use.name
    for holder in facts.ancestors(use.name):
        if id(holder) in around:
            return False
        inside = isinstance(holder, LOOPS) and child in holder.body
        if isinstance(holder, COMPREHENSIONS):
            inside = child is not holder.generators[0] or use.name not in walk(holder.generators[0].iter)
        if inside and (isinstance(holder, COMPREHENSIONS) or not leaves(use.name, holder, facts)):
            if isinstance(holder, LOOPS) and use.name.id in names_stored([holder]):
                return False
            return not any(isinstance(c, BRANCHES) for c in conditions(use.name, holder))
        child = holder
    return False


def _both_run(first: ast.Name, second: ast.Name, facts: FileFacts) -> bool:
    """Whether one run can take both uses in this order, with at most one of them in a branch."""
    loop = facts.parent(first)
    if any(a is loop for a in facts.ancestors(second)) and isinstance(loop, LOOPS):
        return False
    if parted(first, second) or not goes_on(first, second, facts):
        return False
    above = set(map(id, facts.ancestors(second)))
    common = next((a for a in facts.ancestors(first) if id(a) in above), facts.tree)
    branched = [any(isinstance(c, BRANCHES) for c in conditions(use, common)) for use in (first, second)]
    return not all(branched)


def _is_fixable(value: ast.expr, uses: list[Use], facts: FileFacts) -> bool:
    if any(u.how in {"unknown", "next", "passed"} for u in uses):
        return False
    if not isinstance(value, ast.Call):
        return True
    origin = facts.resolve(value.func) or ""
    return (origin in _BUILTINS or origin.startswith("itertools.")) and is_builtin("list", facts)
