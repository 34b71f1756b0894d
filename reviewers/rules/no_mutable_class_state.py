"""``no-mutable-class-state``: what an object changes belongs to it, not to its class."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import FileFacts, link, walk
from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from reviewers.facts import Function
    from reviewers.finding import Span

_LITERALS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS = frozenset({
    "list", "dict", "set", "collections.defaultdict", "collections.OrderedDict", "collections.deque", "collections.Counter",
})  # fmt: skip
_MUTATORS = frozenset({
    "append", "extend", "insert", "add", "update", "pop", "popitem", "popleft", "appendleft", "remove",
    "discard", "clear", "sort", "reverse",
})  # fmt: skip
_INTENDED = re.compile(
    r"cache|regist|instance|memo|shared|pool|singleton|global|loaded|lock|saved|stack|^__.*__$", re.IGNORECASE
)
_ASKING = frozenset({"isinstance", "issubclass", "super"})
_CAPITALS = re.compile(r"^_*[A-Z][A-Z0-9_]*$")
_PLAIN_BASES = frozenset({"object", "abc.ABC", "Exception", "threading.Thread", "typing.Generic"})


class NoMutableClassState(Rule):
    """A list or dict in a class body is one for all instances: what one of them adds, all others see.

    Found is what methods change through ``self`` and nobody ever binds on the instance. Left alone are classes with
    foreign bases, decorators or metaclasses, singletons, what is also reached through the class, and what its name
    calls a cache or a registry.
    """

    name = "no-mutable-class-state"
    severity = Severity.MEDIUM
    confidence = 0.5
    worth = 0.2
    on_by_default = False
    precision = Precision(
        right=2,
        read=7,
        repositories=("quodlibet", "jumpserver", "calibre", "Flexget", "MetaGPT", "robotframework", "numpy"),
        note="the wrong ones: tables shared on purpose, a plugin made once, a template filled anew before each use",
    )
    equivalents = ("RUF012",)
    fix_title = "bind a fresh one in __init__"
    fix_changes = "each instance has its own; before, all shared one"
    sees = (ast.ClassDef,)
    examples: ClassVar = (
        Valid("class A:\n    def __init__(self):\n        self.rows = []\n\n    def put(self, r):\n        self.rows.append(r)\n"),
        Valid("class A:\n    rows = []\n\n    def reset(self):\n        self.rows = []\n\n    def put(self, r):\n        self.rows.append(r)\n"),
        Valid("class A:\n    rows = []\n\n    @classmethod\n    def put(cls, r):\n        cls.rows.append(r)\n"),
        Valid("class A:\n    rows = []\n\n    def put(self, r):\n        self.rows.append(r)\n        A.rows.sort()\n"),
        Valid("from typing import ClassVar\n\nclass A:\n    rows: ClassVar[list[int]] = []\n\n    def put(self, r):\n        self.rows.append(r)\n"),
        Valid("class A:\n    _cache = {}\n\n    def put(self, r):\n        self._cache[r] = 1\n"),
        Valid("class A:\n    rows = []\n\n    def put(self, r):\n        self.rows.append(r)\n\na = A()\n"),
        Valid("class A:\n    rows = {}\n\n    def put(self, r):\n        self.rows[r] = 1\n\nplugin.register(A, 'a')\n"),
        Valid("class A:\n    rows = {1: 2}\n\n    def get(self, r):\n        return self.rows.setdefault(r, 1)\n"),
        Valid("class A(Model):\n    rows = []\n\n    def put(self, r):\n        self.rows.append(r)\n"),
        Valid("class A:\n    done = {}\n\n    def get(self, r):\n        if r not in self.done:\n            self.done[r] = r.load()\n        return self.done[r]\n"),
        Invalid(
            'class A:\n    """Rows."""\n\n    # newest last\n    rows = []  # of text\n\n    def __init__(self, n):\n        """Make."""\n'
            "        self.n = n\n\n    def put(self, r):\n        self.rows.append(r)\n",
            fixed='class A:\n    """Rows."""\n\n    def __init__(self, n):\n        """Make."""\n'
            "        # newest last\n        self.rows = []  # of text\n        self.n = n\n\n    def put(self, r):\n        self.rows.append(r)\n",
        ),
        Invalid(
            "class A:\n    rows: dict[str, int] = {}\n\n    def __init__(self):\n        super().__init__()\n\n"
            "    def put(self, r):\n        self.rows[r] = 1\n",
            fixed="class A:\n    rows: dict[str, int]\n\n    def __init__(self):\n        super().__init__()\n        self.rows = {}\n\n"
            "    def put(self, r):\n        self.rows[r] = 1\n",
        ),
        Invalid("class A:\n    rows = set()\n\n    def put(self, r):\n        self.rows |= {r}\n"),
        Invalid("class B:\n    def go(self): ...\n\nclass A(B):\n    rows = []\n\n    def put(self, r):\n        self.rows.append(r)\n"),
    )  # fmt: skip

    def check(self, node: ast.ClassDef, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag each mutable value of a class body that methods change in place and nobody binds anew."""
        made = {name: (line, value) for line, name, value in _made(node, facts)}
        if not made or facts.is_test or not _is_plain(node, facts, 0) or _is_singleton(node, facts):
            return
        file = _file(facts)
        for name, (line, value) in made.items():
            if name in file.bound or name in file.through_class:
                continue
            where = _changed(node, name, value, facts)
            if where is not None:
                row = where.lineno  # type: ignore[attr-defined]
                yield Hit(
                    line,
                    f"all instances of {node.name} share {name}, and line {row} changes it: bind a fresh one in __init__",
                    _home(node, name, line, value) is not None,
                    related=(Related(facts.path, row, row, "changes it for all instances"),),
                )

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Move the value into ``__init__``, its comments with it; an annotation stays."""
        import libcst

        text = module.code
        tree = ast.parse(text)
        link(tree)
        facts = FileFacts("", text, tree, "")
        for node in walk(tree):
            for line, name, value in _made(node, facts) if isinstance(node, ast.ClassDef) else ():
                at = _home(node, name, line, value)  # type: ignore[arg-type]
                if facts.span(line) == span and at is not None:
                    return libcst.parse_module(_moved(text, line, name, value, at, facts))
        return module


def _made(node: ast.ClassDef, facts: FileFacts) -> Iterator[tuple[ast.Assign | ast.AnnAssign, str, ast.expr]]:
    """The mutable values of a class body: their statement, name and value."""
    for line in node.body:
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            target, value = line.targets[0], line.value
        elif (
            isinstance(line, ast.AnnAssign)
            and line.value is not None
            and "ClassVar" not in ast.unparse(line.annotation)
        ):
            target, value = line.target, line.value
        else:
            continue
        mutable = isinstance(value, _LITERALS) or (isinstance(value, ast.Call) and facts.resolve(value.func) in _MAKERS)
        if (
            mutable
            and isinstance(target, ast.Name)
            and not _CAPITALS.match(target.id)
            and not _INTENDED.search(target.id)
        ):
            yield line, target.id, value


def _is_plain(node: ast.ClassDef, facts: FileFacts, depth: int) -> bool:
    """Whether nothing but this file says how instances come about."""
    if node.decorator_list or node.keywords or depth > 5:
        return False
    for base in node.bases:
        origin = facts.resolve(base.value if isinstance(base, ast.Subscript) else base)
        if origin in _PLAIN_BASES:
            continue
        local = next((n for n in facts.tree.body if isinstance(n, ast.ClassDef) and n.name == origin), None)
        if local is None or local is node or not _is_plain(local, facts, depth + 1):
            return False
    return True


def _is_singleton(node: ast.ClassDef, facts: FileFacts) -> bool:
    """Whether there is but one instance: made once at module level, or by a class that hands out the same one."""
    if any(
        isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
        and n.name in {"__new__", "__setattr__", "__getattribute__"}
        for n in node.body
    ):
        return True
    if (
        "__dict__" in facts.text
        or "setattr(" in facts.text
        or re.search(r"singleton|_instance\b", facts.text, re.IGNORECASE)
    ):
        return True
    if node.name in _file(facts).handed:
        return True
    return any(facts.function(call) is None for call in _file(facts).calls.get(node.name, ()))


class _File:
    """What the checks of one file share: which attributes are bound, and what is reached through a class."""

    def __init__(self, facts: FileFacts) -> None:
        self.bound: set[str] = set()
        self.through_class: set[str] = set()
        self.calls: dict[str, list[ast.Call]] = {}
        self.handed: set[str] = set()
        nodes = facts.nodes
        classes = {n.name for n in nodes if isinstance(n, ast.ClassDef)} | {"cls"}
        bodies: set[str] = set()
        for node in nodes:
            if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in _ASKING):
                self.handed.update(a.id for a in node.args if isinstance(a, ast.Name))
            if isinstance(node, ast.Attribute):
                parent = facts.parent(node)
                if not isinstance(node.ctx, ast.Load) and not isinstance(parent, ast.AugAssign):
                    self.bound.add(node.attr)
                head = node.value
                if (
                    (isinstance(head, ast.Name) and (head.id in classes))
                    or (isinstance(head, ast.Attribute) and head.attr == "__class__")
                    or (
                        isinstance(head, ast.Call)
                        and isinstance(head.func, ast.Name)
                        and head.func.id in {"type", "super"}
                    )
                ):
                    self.through_class.add(node.attr)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                self.calls.setdefault(node.func.id, []).append(node)
            elif isinstance(node, ast.ClassDef):
                for line in node.body:
                    targets = (
                        line.targets
                        if isinstance(line, ast.Assign)
                        else [line.target]
                        if isinstance(line, ast.AnnAssign)
                        else []
                    )
                    for name in {t.id for t in targets if isinstance(t, ast.Name)}:
                        if name in bodies and node.bases:
                            self.bound.add(name)
                        bodies.add(name)


def _file(facts: FileFacts) -> _File:
    known: _File | None = facts.__dict__.get("_class_state")
    if known is None:
        known = facts.__dict__["_class_state"] = _File(facts)
    return known


def _changed(node: ast.ClassDef, name: str, value: ast.expr, facts: FileFacts) -> ast.AST | None:
    """The first place where a method changes an attribute in place, unless that is how it remembers results."""
    for method in node.body:
        if not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) or not method.args.args:
            continue
        if any(facts.resolve(d) in {"staticmethod", "classmethod"} for d in method.decorator_list):
            continue
        me, found, asked = method.args.args[0].arg, None, False
        for below in walk(method):
            if (
                isinstance(below, ast.Attribute)
                and below.attr == name
                and isinstance(below.value, ast.Name)
                and below.value.id == me
            ):
                parent = facts.parent(below)
                asked = (
                    asked
                    or isinstance(parent, ast.Compare)
                    or (isinstance(parent, ast.Attribute) and parent.attr == "get")
                )
                if found is None and _changes(below, parent, value, facts):
                    found = below
        if found is not None and not (asked and isinstance(value, (ast.Dict, ast.Call, ast.DictComp))):
            return found
    return None


def _changes(below: ast.Attribute, parent: ast.AST | None, value: ast.expr, facts: FileFacts) -> bool:
    if isinstance(parent, ast.Attribute) and parent.attr in _MUTATORS:
        call = facts.parent(parent)
        return isinstance(call, ast.Call) and call.func is parent
    if isinstance(parent, ast.Subscript) and parent.value is below:
        return not isinstance(parent.ctx, ast.Load)
    return isinstance(parent, ast.AugAssign) and parent.target is below and not isinstance(value, ast.Constant)


def _home(node: ast.ClassDef, name: str, line: ast.stmt, value: ast.expr) -> tuple[int, int, str] | None:
    """Where in ``__init__`` the value is bound: line before which, column, and the object's name."""
    if (
        any(not (isinstance(b, ast.Name) and b.id == "object") for b in node.bases)
        or len(node.body) < 2
        or line.lineno != line.end_lineno
    ):
        return None
    init: Function | None = next(
        (n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None
    )
    if init is None or not init.args.args or init.body[0].lineno == init.lineno:
        return None
    if any(isinstance(n, ast.Name) and n.id not in {"list", "dict", "set"} for n in ast.walk(value)):
        return None
    for statement in node.body:
        own_line = statement is line or (statement.end_lineno != line.lineno and statement.lineno != line.end_lineno)
        if not own_line or (
            not hasattr(statement, "body")
            and any(
                isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load) for n in ast.walk(statement)
            )
        ):
            return None
    at = 0
    first = init.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        at = 1
    following = init.body[at] if at < len(init.body) else None
    if isinstance(following, ast.Expr) and ast.unparse(following).startswith("super()."):
        at += 1
    return ((init.body[at - 1].end_lineno or 0) + 1 if at else first.lineno), first.col_offset, init.args.args[0].arg


def _moved(
    text: str, line: ast.Assign | ast.AnnAssign, name: str, value: ast.expr, at: tuple[int, int, str], facts: FileFacts
) -> str:
    """The text with a value bound in ``__init__`` instead of the class body."""
    row, column, me = at
    end = "\r\n" if "\r\n" in text else "\n"
    rows = text.split("\n")
    start, stop = line.lineno - 1, line.end_lineno or line.lineno
    tail = rows[stop - 1].encode()[line.end_col_offset or 0 :].decode().rstrip("\r")
    fresh = f"{' ' * column}{me}.{name} = {facts.source(value)}"
    if isinstance(line, ast.AnnAssign):
        kept = [
            rows[start][: len(rows[start]) - len(rows[start].lstrip())]
            + f"{name}: {facts.source(line.annotation)}{tail}"
        ]
        above: list[str] = []
    else:
        fresh, kept, above = fresh + tail, [], []
        while start and rows[start - 1].strip().startswith("#"):
            start -= 1
            above.insert(0, " " * column + rows[start].strip())
        following = rows[stop] if stop < len(rows) else ""
        if start and not rows[start - 1].strip() and not following.strip():
            stop += 1
    new = [part + end.rstrip("\n") for part in (*above, fresh)]
    if end == "\r\n":
        kept = [part + "\r" for part in kept]
    before, after = (rows[: row - 1], rows[row - 1 :]) if row - 1 >= stop else (rows, [])
    if not after:
        return "\n".join([*rows[: row - 1], *new, *rows[row - 1 : start], *kept, *rows[stop:]])
    return "\n".join([*before[:start], *kept, *before[stop:], *new, *after])
