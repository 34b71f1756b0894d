"""``no-blocking-in-async``: a coroutine must not stop the event loop."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reviewers.facts import FileFacts, walk_scope
from reviewers.rule import Hit, Invalid, Related, Rule, Severity, Valid
from reviewers.rules._names import module_binds, shadowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.finding import Span

_SLEEP = "time.sleep"
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
_HTTP = "use an asynchronous client, or hand it to a thread"
_PROCESS = "use an asynchronous subprocess, or hand it to a thread"
_THREAD = "hand it to a thread"
_LOOKUP = "use the event loop's getaddrinfo, or hand it to a thread"
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex", "socket.gethostbyaddr")
_FLAGS = 5
"""How many arguments of ``getaddrinfo`` come before its flags."""
_BLOCKING = {
    _SLEEP: "await the event loop's own sleep",
    **{f"{module}.{verb}": _HTTP for module in ("requests", "requests.api", "httpx") for verb in _VERBS},
    "urllib.request.urlopen": _HTTP,
    "urllib.request.urlretrieve": _HTTP,
    **{f"subprocess.{name}": _PROCESS for name in ("run", "call", "check_call", "check_output")},
    **{f"subprocess.{name}": _PROCESS for name in ("getoutput", "getstatusoutput")},
    "os.system": _PROCESS,
    "os.popen": _PROCESS,
    "socket.create_connection": "open the connection through the event loop, or hand it to a thread",
    **dict.fromkeys(_LOOKUPS, _LOOKUP),
    "input": _THREAD,
}
"""The dotted name of a call that blocks, and what a coroutine does instead."""

_OBJECTS = {
    "requests.Session": (_VERBS, _HTTP),
    "requests.session": (_VERBS, _HTTP),
    "httpx.Client": (_VERBS, _HTTP),
    "subprocess.Popen": (frozenset({"wait", "communicate"}), _PROCESS),
}
"""Classes with methods that block."""

_METHODS = frozenset(name for methods, _ in _OBJECTS.values() for name in methods)
_LAST_NAMES = _METHODS.union(name.rpartition(".")[2] for name in _BLOCKING)
_TEXTS = {
    "time": "sleep",
    "os": "os.",
    "socket": "socket",
    "urllib": "url",
    "subprocess": "",
    "requests": "",
    "httpx": "",
}
"""Modules that block, and what their importers must say to be of interest."""
_LIBRARIES = ("asyncio", "trio", "anyio")
_OTHER_LOOPS = frozenset({"twisted", "gevent", "eventlet", "curio"})
_RUNS_ITSELF = re.compile(r"__main__|asyncio\.run\(|run_until_complete\(|anyio\.run\(|trio\.run\(")
"""What a script says: its coroutines have the event loop to themselves, mostly."""
_REPLACES = frozenset({"os.execl", "os.execv", "os.execve", "os.execvp", "os._exit", "sys.exit"})
_MAINS = frozenset({"main", "_main", "amain", "async_main", "main_async"})
_STARTS_TASKS = frozenset({"create_task", "ensure_future", "start_soon", "gather", "run_in_executor"})
_LOCKS = re.compile(r"lock|mutex|sema|cond", re.IGNORECASE)


class NoBlockingInAsync(Rule):
    """A blocking call in a coroutine holds up every other task of its event loop.

    Found are sleeping, HTTP requests, child processes, name look-ups and connections, in the coroutine itself or in
    a plain function of the same file that it calls. ``input()`` counts only where the coroutine has started other
    tasks. Left alone are tests, fixtures, and what a thread or an executor is handed.
    """

    name = "no-blocking-in-async"
    severity = Severity.MEDIUM
    equivalents = ("ASYNC210", "ASYNC212", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC250", "ASYNC251")
    fix_title = "await the event loop's own sleep"
    sees = (ast.Call,)
    examples: ClassVar = (
        Valid("import time\n\ndef wait():\n    time.sleep(1)\n"),
        Valid("import time\n\nasync def give_way():\n    time.sleep(0)\n"),
        Valid("import asyncio\nimport time\n\nasync def wait():\n    await asyncio.to_thread(time.sleep, 1)\n"),
        Valid("import time\n\nasync def wait(run):\n    await run(lambda: time.sleep(1))\n"),
        Valid("import time\n\nasync def wait(run):\n    def nap():\n        time.sleep(1)\n    await run(nap)\n"),
        Valid("import requests\n\nasync def load(requests):\n    return await requests.get('/')\n"),
        Valid("import subprocess\n\nasync def main():\n    subprocess.run(['make'])\n"),
        Valid("async def ask():\n    return input('name? ')\n"),
        Valid("import time\n\n@hooked(after=time.sleep(1))\nasync def wait(): ...\n"),
        Valid("import time\n\n@in_thread\ndef nap():\n    time.sleep(1)\n\nasync def wait():\n    await nap()\n"),
        Valid("import time\n\ndef nap():\n    time.sleep(1)\n\nasync def wait(nap):\n    nap()\n"),
        Valid("import time\n\nasync def test_it():\n    time.sleep(1)\n", path="tests/test_it.py"),
        Invalid(
            "import asyncio\nimport time\n\nasync def wait():\n    time.sleep(1)  # seconds\n",
            fixed="import asyncio\n\nasync def wait():\n    await asyncio.sleep(1)  # seconds\n",
        ),
        Invalid(
            '"""Waits."""\n\nfrom __future__ import annotations\n\n# standard\nimport os\nimport time\n\nimport numpy\n\n'
            "async def wait():\n    start = time.time()\n    time.sleep(1)\n",
            fixed='"""Waits."""\n\nfrom __future__ import annotations\n\n# standard\nimport asyncio\nimport os\nimport time\n\n'
            "import numpy\n\nasync def wait():\n    start = time.time()\n    await asyncio.sleep(1)\n",
        ),
        Invalid(
            "from time import monotonic, sleep\n\nimport trio\n\nasync def wait():\n    monotonic()\n    sleep(1)\n",
            fixed="from time import monotonic\n\nimport trio\n\nasync def wait():\n    monotonic()\n    await trio.sleep(1)\n",
        ),
        Invalid("import requests\n\nasync def load(url):\n    return requests.get(url, timeout=3).json()\n"),
        Invalid("import requests\n\nasync def load(url):\n    with requests.Session() as s:\n        return s.get(url)\n"),
        Invalid("import subprocess as sp\n\nasync def build():\n    p = sp.Popen(['make'])\n    p.wait()\n"),
        Invalid("import time\nfrom twisted.internet import defer\n\nasync def wait():\n    time.sleep(1)\n"),
        Invalid("import time\n\nasync def wait(lock):\n    with lock:\n        time.sleep(1)\n"),
        Invalid("import socket\n\nclass Peer:\n    def look(self):\n        return socket.gethostbyname(self.host)\n\n"
                "    async def connect(self):\n        return self.look()\n"),
        Invalid("import asyncio\n\nasync def chat():\n    asyncio.create_task(listen())\n    while True:\n        say(input())\n"),
    )  # fmt: skip

    def check(self, node: ast.Call, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag a call that blocks, or that calls what blocks, when the nearest function is asynchronous."""
        file = _file(facts)
        if not file.may_block or not file.names_it(node.func):
            return
        function = facts.function(node)
        if not isinstance(function, ast.AsyncFunctionDef) or not _in_body(node, function, facts):
            return
        if _is_meant(node, function, facts) or (function.name in _MAINS and not _has_started_tasks(node, function)):
            return
        blocking = file.blocking(node, function)
        if blocking is not None:
            if blocking.name == _SLEEP:
                message = f"time.sleep stops every task of this event loop: {blocking.instead}"
                yield Hit(node, message, _fixable(node, facts), 0.9)
            else:
                yield Hit(
                    node, f"{blocking.name} stops every task of this event loop while it runs: {blocking.instead}"
                )
            return
        below = file.inside(node, function)
        if below is None:
            return
        end = below.node.end_lineno or below.node.lineno
        called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
        yield Hit(
            node,
            f"{called}() calls {below.name} (line {below.node.lineno}), which stops every task of this event loop: {_THREAD}",
            related=(Related(facts.path, below.node.lineno, end, f"{below.name} blocks"),),
        )

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Await the event loop's own sleep, import what that needs and drop what nobody needs any more."""
        import libcst

        from reviewers.mend import locate
        from reviewers.rules._imports import add_import, drop_import

        text = module.code
        library = _library(FileFacts("", text, ast.parse(text), ""))
        calls = locate(module, span, libcst.Call)
        if library is None or not calls:
            return module
        name, missing = library
        call = calls[0]
        root = call.func
        while isinstance(root, libcst.Attribute):
            root = root.value
        awaited = libcst.Await(call.with_changes(func=libcst.parse_expression(f"{name}.sleep")))
        changed = module.deep_replace(call, awaited)
        assert isinstance(changed, libcst.Module)
        if missing:
            changed = add_import(changed, name)
        return drop_import(changed, root.value) if isinstance(root, libcst.Name) else changed


class _Blocking(NamedTuple):
    node: ast.Call
    name: str
    instead: str


class _File:
    """What the checks of one file share."""

    def __init__(self, facts: FileFacts) -> None:
        self.facts = facts
        self.may_block = not facts.is_test and "async def" in facts.text and _mentions_blocking(facts)
        self.functions: dict[str, ast.FunctionDef | None] = {}
        self._inside: dict[str, _Blocking] = {}
        self._makers: dict[ast.AST, dict[str, str]] = {}
        self.interesting = _LAST_NAMES
        if self.may_block:
            self._collect(facts.tree.body, "")
            plain = {name: node for name, node in self.functions.items() if node is not None}
            if not _RUNS_ITSELF.search(facts.text):
                self._inside = {name: found for name, node in plain.items() if (found := self._find(node)) is not None}
            self.interesting |= {name.rpartition(".")[2] for name in self._inside}

    def _collect(self, body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                name = f"{prefix}{node.name}"
                twice = name in self.functions or isinstance(node, ast.AsyncFunctionDef)
                self.functions[name] = None if twice else node  # type: ignore[assignment]
            elif isinstance(node, ast.ClassDef) and not prefix:
                self._collect(node.body, f"{node.name}.")

    def names_it(self, func: ast.expr) -> bool:
        """Whether a callee could be of interest at all, by its last name."""
        if isinstance(func, ast.Attribute):
            return func.attr in self.interesting
        return isinstance(func, ast.Name) and (
            func.id in self.interesting or self.facts.imports.get(func.id) in _BLOCKING
        )

    def blocking(self, call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef) -> _Blocking | None:
        """The blocking call that a call is, if it is one."""
        func = call.func
        dotted = self.facts.resolve(func)
        if dotted in _BLOCKING:
            head = (self.facts.dotted(func) or "").partition(".")[0]
            known = head in self.facts.imports or (dotted == head and not module_binds(self.facts, head))
            if not known or shadowed(self.facts, call, head) or _is_quick(dotted, call, self.facts):
                return None
            if dotted == "input" and not _has_started_tasks(call, function):
                return None
            return _Blocking(call, dotted, _BLOCKING[dotted])
        if not isinstance(func, ast.Attribute) or func.attr not in _METHODS:
            return None
        made = self._made(func.value, function)
        if made in _OBJECTS and func.attr in _OBJECTS[made][0] and not _has_ended(call, self.facts):
            return _Blocking(call, f"{made.rpartition('.')[2]}.{func.attr}", _OBJECTS[made][1])
        return None

    def _made(self, value: ast.expr, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        """The dotted name of the class that an object is made from, in this function; empty if not known."""
        if isinstance(value, ast.Call):
            return self.facts.resolve(value.func) or ""
        if not isinstance(value, ast.Name):
            return ""
        if function not in self._makers:
            self._makers[function] = _makers(function, self.facts)
        return self._makers[function].get(value.id, "")

    def inside(self, call: ast.Call, function: ast.AsyncFunctionDef) -> _Blocking | None:
        """What blocks in the plain function of this file that a coroutine calls."""
        func = call.func
        if isinstance(func, ast.Name):
            return None if shadowed(self.facts, call, func.id) else self._inside.get(func.id)
        if (
            not isinstance(func, ast.Attribute)
            or not isinstance(func.value, ast.Name)
            or func.value.id not in {"self", "cls"}
        ):
            return None
        owner = self.facts.parent(function)
        return self._inside.get(f"{owner.name}.{func.attr}") if isinstance(owner, ast.ClassDef) else None

    def _find(self, function: ast.FunctionDef) -> _Blocking | None:
        if any(self.facts.resolve(d) not in {"staticmethod", "classmethod"} for d in function.decorator_list):
            return None
        found: _Blocking | None = None
        for node in walk_scope(function):
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                return None
            if isinstance(node, ast.Call):
                if self.facts.dotted(node.func) in _REPLACES:
                    return None
                if found is None and _in_body(node, function, self.facts) and not _in_handler(node, self.facts):
                    found = self.blocking(node, function)
        return found if found is None or found.name != "input" else None


def _mentions_blocking(facts: FileFacts) -> bool:
    text = facts.text
    roots = {origin.partition(".")[0] for origin in facts.imports.values()}
    if "os" in roots and "os.system(" not in text and "os.popen(" not in text:
        roots.discard("os")
    return "input(" in text or any(root in _TEXTS and _TEXTS[root] in text for root in roots)


def _file(facts: FileFacts) -> _File:
    known: _File | None = facts.__dict__.get("_blocking")
    if known is None:
        known = facts.__dict__["_blocking"] = _File(facts)
    return known


def _makers(function: ast.AST, facts: FileFacts) -> dict[str, str]:
    """The names that a function gives objects which can block, and what makes them; each name bound once only."""
    found: dict[str, str] = {}
    for node in walk_scope(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            target, value = node.optional_vars, node.context_expr
        else:
            continue
        if isinstance(target, ast.Name):
            made = facts.resolve(value.func) if isinstance(value, ast.Call) else None
            found[target.id] = made or "" if target.id not in found else ""
    return found


def _in_body(node: ast.AST, function: ast.FunctionDef | ast.AsyncFunctionDef, facts: FileFacts) -> bool:
    """Whether a node belongs to what a function runs, not to its decorators, defaults or annotations."""
    below = node
    for above in facts.ancestors(node):
        if above is function:
            return below in function.body
        below = above
    return False


def _is_meant(node: ast.Call, function: ast.AsyncFunctionDef, facts: FileFacts) -> bool:
    """Whether a function serves tests, wherever its file lies, or blocks on purpose and says so."""
    names = (facts.dotted(d.func if isinstance(d, ast.Call) else d) or "" for d in function.decorator_list)
    if function.name.startswith("test_") or any(name.rpartition(".")[2] == "fixture" for name in names):
        return True
    comment = facts.lines[node.lineno - 1].partition("#")[2]
    return "ASYNC" in comment or "block" in (ast.get_docstring(function, clean=False) or "").lower()


def _has_ended(call: ast.Call, facts: FileFacts) -> bool:
    """Whether a condition around a call has asked whether the process is over."""
    return any(
        isinstance(below, ast.Attribute) and below.attr in {"poll", "returncode"}
        for holder in facts.ancestors(call)
        if isinstance(holder, ast.If)
        for below in ast.walk(holder.test)
    )


def _has_started_tasks(call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether tasks that the function started before are there to be held up."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _STARTS_TASKS
        and node.lineno < call.lineno
        for node in walk_scope(function)
    )


def _in_handler(node: ast.AST, facts: FileFacts) -> bool:
    for holder in facts.ancestors(node):
        if isinstance(holder, ast.ExceptHandler):
            return True
        if isinstance(holder, ast.FunctionDef):
            break
    return False


def _is_quick(dotted: str, call: ast.Call, facts: FileFacts) -> bool:
    """Whether the arguments say that there is nothing to wait for: no time, or an address that needs no look-up."""
    first = call.args[0] if call.args else None
    if dotted == _SLEEP:
        return len(call.args) != 1 or (isinstance(first, ast.Constant) and not first.value)
    if dotted in _LOOKUPS:
        local = isinstance(first, ast.Constant) or (
            isinstance(first, ast.Call) and facts.resolve(first.func) == "socket.gethostname"
        )
        return local or len(call.args) > _FLAGS or any(k.arg == "flags" for k in call.keywords)
    return False


def _fixable(call: ast.Call, facts: FileFacts) -> bool:
    """Whether a sleep stands by itself, holds no thread's lock, and the event loop is one that is known."""
    if not isinstance(facts.parent(call), ast.Expr) or call.keywords or isinstance(call.args[0], ast.Starred):
        return False
    for above in facts.ancestors(call):
        if isinstance(above, ast.With) and any(_LOCKS.search(facts.source(i.context_expr)) for i in above.items):
            return False
        if isinstance(above, ast.AsyncFunctionDef):
            break
    return _library(facts) is not None


def _library(facts: FileFacts) -> tuple[str, bool] | None:
    """The name of the asynchronous library at module level, and whether its import is still to be added."""
    roots = {origin.partition(".")[0] for origin in facts.imports.values()}
    if roots & _OTHER_LOOPS:
        return None
    wanted = next((name for name in _LIBRARIES if name in roots), "asyncio")
    for node in facts.tree.body:
        for alias in node.names if isinstance(node, ast.Import) else ():
            if alias.name == wanted:
                return (alias.asname or alias.name), False
    if wanted in facts.imports and facts.imports[wanted] != wanted:
        return None
    taken = any(
        isinstance(n, ast.Name) and n.id == wanted and not isinstance(n.ctx, ast.Load) for n in ast.walk(facts.tree)
    )
    return (
        None
        if taken or any(isinstance(n, ast.arg) and n.arg == wanted for n in ast.walk(facts.tree))
        else (wanted, True)
    )
