"""``bind-loop-variables``: a closure that outlives its iteration must hold the value, not the variable."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import FileFacts, children, link, walk, walk_scope
from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._flow import LOOPS, leaves
from reviewers.rules._names import bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from reviewers.facts import Function
    from reviewers.finding import Span

    Closure = Function | ast.Lambda
    Loop = ast.For | ast.AsyncFor | ast.While

_KEEPS = frozenset(
    [
        "append",
        "appendleft",
        "add",
        "setattr",
        "insert",
        "extend",
        "setdefault",
        "put",
        "put_nowait",
        "push",
        "register",
        "subscribe",
        "connect",
        "bind",
        "on",
        "once",
        "listen",
        "add_listener",
        "add_callback",
        "add_done_callback",
        "add_handler",
        "add_command",
        "add_url_rule",
        "add_route",
        "addCallback",
        "addCallbacks",
        "addErrback",
        "addBoth",
        "addCleanup",
        "add_signal_handler",
        "call_later",
        "call_soon",
        "call_at",
        "callLater",
        "after",
        "after_idle",
        "schedule",
        "defer",
        "trace",
        "trace_add",
        "add_task",
        "submit",
        "create_task",
        "ensure_future",
        "callback",
    ]
)
"""Last names of calls that keep what they are given beyond the call."""
_KEEPING = re.compile(
    r"register_\w+$|(?:add|set|install)_\w*(?:action|callback|factory|handler|hook|listener|observer)$"
)
_LATER = frozenset(
    {"Thread", "Timer", "Process", "partial", "partialmethod", "property", "classmethod", "staticmethod"}
)
_HOLDERS = (ast.Tuple, ast.List, ast.Dict, ast.Set, ast.Starred, ast.IfExp, ast.keyword)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


class BindLoopVariables(Rule):
    """A lambda or function made in a loop sees the loop's variable as it is when the closure is called, not as it was.

    When the closure is kept beyond its iteration, every one of them sees the last value. In a ``while`` the names
    that its body binds count. A closure that is used up at once, such as a sort key, is left alone.
    """

    name = "bind-loop-variables"
    severity = Severity.HIGH
    confidence = 0.85
    worth = 0.45
    equivalents = ("B023", "W0640", "cell-var-from-loop")
    fix_title = "bind the loop's variable by a default value"
    fix_changes = "each function keeps the value of its own turn; before, all had the last"
    precision = Precision(
        right=12,
        read=12,
        repositories=(
            "CouchPotatoServer", "OctoPrint", "crawl4ai", "evennia", "manticore", "nltk", "spyder", "sshuttle",
            "twisted", "xonsh",
        ),
        note="nowhere, in all that some 250 repositories and 75 older states of them had outside of tests.",
    )  # fmt: skip
    sees = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)
    examples: ClassVar = (
        Valid("def keys(rows, names):\n    for name in names:\n        rows.sort(key=lambda row: row[name])\n"),
        Valid("def make(names):\n    made = []\n    for name in names:\n        made.append(lambda name=name: name)\n    return made\n"),
        Valid("def first(names):\n    for name in names:\n        if name:\n            return lambda: name\n"),
        Valid("def run(names, call):\n    for name in names:\n        def work():\n            return name\n        call(work)\n        work()\n"),
        Valid("def run(names):\n    for name in names:\n        steps = []\n        steps.append(lambda: name)\n        for step in steps:\n            step()\n"),
        Valid("def run(names, hooks):\n    for name in names:\n        hooks[name] = lambda other: other\n"),
        Valid("def run(rows, names):\n    for name in names:\n        yield list(filter(lambda row: row == name, rows))\n"),
        Valid("def run(names, found):\n    for name in names:\n        if name:\n            found.append(lambda: name)\n            break\n"),
        Valid("import threading\n\ndef each(jobs, do):\n    for job in jobs:\n        thread = threading.Thread(target=lambda: do(job))\n        thread.start()\n        thread.join()\n"),
        Valid("def wire(button, show):\n    for number in (1,):\n        button.connect(lambda: show(number))\n"),
        Invalid(
            "def make(names):\n    made = []\n    for name in names:\n        made.append(lambda: print(name))  # later\n    return made\n",
            fixed="def make(names):\n    made = []\n    for name in names:\n        made.append(lambda *, name=name: print(name))  # later\n    return made\n",
        ),
        Invalid(
            "def wire(buttons, show):\n    for number, button in enumerate(buttons):\n        button.connect(lambda event: show(event, number))\n",
            fixed="def wire(buttons, show):\n    for number, button in enumerate(buttons):\n        button.connect(lambda event, *, number=number: show(event, number))\n",
        ),
        Invalid(
            "def table(names):\n    handlers = {}\n    for name in names:\n        def handle(*rest, **more):\n            return name, rest, more\n        handlers[name] = handle\n    return handlers\n",
            fixed="def table(names):\n    handlers = {}\n    for name in names:\n        def handle(*rest, name=name, **more):\n            return name, rest, more\n        handlers[name] = handle\n    return handlers\n",
        ),
        Invalid(
            "powers = [lambda x: x**n for n in range(4)]\n",
            fixed="powers = [lambda x, *, n=n: x**n for n in range(4)]\n",
        ),
        Invalid(
            "def load(commands, loader):\n    for command in commands:\n        loader.register_factory(command.name, lambda: command())\n",
            fixed="def load(commands, loader):\n    for command in commands:\n        loader.register_factory(command.name, lambda *, command=command: command())\n",
        ),
        Invalid(
            "def add(cls, names):\n    for name in names:\n        setattr(cls, name, lambda self: name)\n",
            fixed="def add(cls, names):\n    for name in names:\n        setattr(cls, name, lambda self, *, name=name: name)\n",
        ),
        Invalid(
            "def drain(queue, pool, work):\n    while queue:\n        job = queue.pop()\n        pool.submit(lambda: work(job))\n",
            fixed="def drain(queue, pool, work):\n    while queue:\n        job = queue.pop()\n        pool.submit(lambda *, job=job: work(job))\n",
        ),
        Invalid(
            "import threading\n\ndef spread(jobs, done):\n    for job in jobs:\n        label = job.label\n        threading.Thread(target=lambda: done(label)).start()\n",
            fixed="import threading\n\ndef spread(jobs, done):\n    for job in jobs:\n        label = job.label\n        threading.Thread(target=lambda *, label=label: done(label)).start()\n",
        ),
    )  # fmt: skip

    def check(self, node: Closure, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag a closure that reads what its loop binds anew, and is kept. Tests are left alone: they use it at once."""
        loop = _loop(node, facts)
        if loop is None or facts.is_test or _turns_once(loop):
            return
        names = _late(node, loop)
        if not names or not _outlives(node, loop, facts):
            return
        told = " and ".join(names)
        what = "this lambda" if isinstance(node, ast.Lambda) else f"{node.name}()"
        yield Hit(
            node,
            f"{what} is kept beyond its iteration and will see the last value of {told}",
            fixable=_fixable(node, loop, names),
            syntax=f"closure {getattr(node, 'name', 'lambda')} {told}",
        )

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Give the closure a keyword-only parameter for each name, bound by its default."""
        import libcst

        from reviewers.mend import locate

        tree = ast.parse(module.code)
        nodes = link(tree)
        facts = FileFacts("", module.code, tree, "", nodes)
        found = next((n for n in nodes if isinstance(n, self.sees) and facts.span(n) == span), None)
        if not isinstance(found, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)):
            return module
        loop = _loop(found, facts)
        names = _late(found, loop) if loop is not None else ()
        closures: list[libcst.Lambda | libcst.FunctionDef] = (
            [*locate(module, span, libcst.Lambda)]
            if isinstance(found, ast.Lambda)
            else [*locate(module, span, libcst.FunctionDef)]
        )
        for closure in closures:
            bound_by = [
                libcst.Param(
                    libcst.Name(name),
                    default=libcst.Name(name),
                    equal=libcst.AssignEqual(libcst.SimpleWhitespace(""), libcst.SimpleWhitespace("")),
                )
                for name in names
            ]
            params = closure.params
            star = params.star_arg
            new = params.with_changes(
                kwonly_params=[*params.kwonly_params, *bound_by],
                star_arg=libcst.ParamStar() if isinstance(star, libcst.MaybeSentinel) else star,
            )
            changed = closure.with_changes(params=new)
            if isinstance(changed, libcst.Lambda):
                changed = changed.with_changes(whitespace_after_lambda=libcst.SimpleWhitespace(" "))
            after = module.deep_replace(closure, changed)
            return after if isinstance(after, libcst.Module) else module
        return module


def _loop(node: Closure, facts: FileFacts) -> Loop | ast.ListComp | ast.SetComp | ast.DictComp | None:
    """The nearest loop or comprehension that makes the closure anew each time, in the same function."""
    below: ast.AST = node
    for holder in facts.ancestors(node):
        if isinstance(holder, LOOPS):
            if below in holder.body:
                return None if isinstance(_scope(holder, facts), ast.ClassDef) else holder
        elif isinstance(holder, _COMPREHENSIONS):
            if not isinstance(below, ast.comprehension):
                return holder
        elif isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.GeneratorExp)):
            return None
        below = holder
    return None


def _scope(node: ast.AST, facts: FileFacts) -> ast.AST:
    return next(
        (
            n
            for n in facts.ancestors(node)
            if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda))
        ),
        facts.tree,
    )


def _late(node: Closure, loop: ast.AST) -> tuple[str, ...]:
    """The names that the loop binds anew each time and the closure reads when it is called, in order."""
    bound_here = set(_targets(loop))
    own = bound(node)
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    read: dict[str, None] = {}
    stack = body[::-1]
    while stack:
        current = stack.pop()
        if isinstance(current, ast.Name) and isinstance(current.ctx, ast.Load):
            if current.id in bound_here and current.id not in own:
                read[current.id] = None
        elif isinstance(current, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = {n.id for n in walk(current) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)} - bound(
                current
            )
            read.update((name, None) for name in sorted(inner) if name in bound_here and name not in own)
            continue
        elif isinstance(current, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            inside = {n.id for g in current.generators for n in walk(g.target) if isinstance(n, ast.Name)}
            names = {n.id for n in walk(current) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)} - inside
            read.update((name, None) for name in sorted(names) if name in bound_here and name not in own)
            continue
        stack.extend(reversed(children(current)))
    return tuple(read)


def _targets(loop: ast.AST) -> Iterator[str]:
    if isinstance(loop, LOOPS):
        if not isinstance(loop, ast.While):
            yield from (n.id for n in walk(loop.target) if isinstance(n, ast.Name))
        for statement in loop.body:
            for node in (statement, *walk_scope(statement)):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id
    elif isinstance(loop, _COMPREHENSIONS):
        yield from (n.id for g in loop.generators for n in walk(g.target) if isinstance(n, ast.Name))


def _outlives(node: Closure, loop: ast.AST, facts: FileFacts) -> bool:
    """Whether the closure is certainly kept for after its iteration."""
    if isinstance(loop, _COMPREHENSIONS):
        return isinstance(node, ast.Lambda) and _is_element(node, loop, facts)
    if isinstance(node, ast.Lambda):
        return _kept(node, loop, facts)
    return any(
        _kept(use, loop, facts)
        for statement in getattr(loop, "body", ())
        for use in walk(statement)
        if isinstance(use, ast.Name) and use.id == node.name and isinstance(use.ctx, ast.Load)
    )


def _is_element(node: ast.AST, loop: ast.AST, facts: FileFacts) -> bool:
    for holder in facts.ancestors(node):
        if holder is loop:
            return True
        if not isinstance(holder, _HOLDERS):
            return False
    return False


def _kept(value: ast.AST, loop: ast.AST, facts: FileFacts) -> bool:
    """Whether the place where the closure's value stands keeps it, and the loop goes on after it."""
    below = value
    holder = facts.parent(value)
    while isinstance(holder, _HOLDERS):
        below, holder = holder, facts.parent(holder)
    if isinstance(holder, ast.Call) and below is not holder.func:
        keeper = holder.func
        last = keeper.attr if isinstance(keeper, ast.Attribute) else keeper.id if isinstance(keeper, ast.Name) else ""
        if last in _LATER:
            starts = last in {"Thread", "Timer", "Process"} and not _joins(loop)
            return (starts or _kept(holder, loop, facts)) and not leaves(value, loop, facts)
        home = keeper.value if isinstance(keeper, ast.Attribute) else None
        return (
            (last in _KEEPS or _KEEPING.match(last) is not None)
            and not _is_new(home, loop)
            and not leaves(value, loop, facts)
        )
    if isinstance(holder, ast.Assign) and below is holder.value:
        targets = [t for t in holder.targets if isinstance(t, (ast.Subscript, ast.Attribute))]
        return any(not _is_new(t.value, loop) for t in targets) and not leaves(value, loop, facts)
    return False


def _turns_once(loop: ast.AST) -> bool:
    """Whether a loop goes over a literal of one element."""
    over = loop.iter if isinstance(loop, (ast.For, ast.AsyncFor)) else None
    return isinstance(over, (ast.Tuple, ast.List, ast.Set)) and len(over.elts) == 1


def _joins(loop: ast.AST) -> bool:
    """Whether the loop waits for what it started."""
    return any(
        isinstance(n, ast.Attribute) and n.attr in {"join", "is_alive"}
        for statement in getattr(loop, "body", ())
        for n in walk(statement)
    )


def _is_new(container: ast.AST | None, loop: ast.AST) -> bool:
    """Whether the container is itself made anew in each iteration, so that it may not outlive it either."""
    while isinstance(container, (ast.Attribute, ast.Subscript, ast.Call)):
        container = container.func if isinstance(container, ast.Call) else container.value
    if not isinstance(container, ast.Name):
        return False
    made = {
        target.id
        for statement in getattr(loop, "body", ())
        for node in (statement, *walk_scope(statement))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return container.id in made


def _fixable(node: Closure, loop: ast.AST, names: tuple[str, ...]) -> bool:
    """Not where a name is bound again after the closure was made, nor where a decorator may look at the parameters."""
    if not isinstance(node, ast.Lambda) and node.decorator_list:
        return False
    return not any(
        isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store) and n.id in names and n.lineno > node.lineno
        for statement in getattr(loop, "body", ())
        for n in walk_scope(statement)
    )
