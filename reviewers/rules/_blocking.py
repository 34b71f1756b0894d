"""Which calls block: the groundwork of ``no-blocking-in-async``."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from reviewers.facts import walk_scope
from reviewers.rules._names import module_binds, shadowed

if TYPE_CHECKING:
    from reviewers.facts import FileFacts

SLEEP = "time.sleep"
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
_HTTP = "use an asynchronous client, or hand it to a thread"
_PROCESS = "use an asynchronous subprocess, or hand it to a thread"
THREAD = "hand it to a thread"
_LOOKUP = "use the event loop's getaddrinfo, or hand it to a thread"
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex", "socket.gethostbyaddr")
_FLAGS = 5
"""How many arguments of ``getaddrinfo`` come before its flags."""
_BLOCKING = {
    SLEEP: "await the event loop's own sleep",
    **{f"{module}.{verb}": _HTTP for module in ("requests", "requests.api", "httpx") for verb in _VERBS},
    "urllib.request.urlopen": _HTTP,
    "urllib.request.urlretrieve": _HTTP,
    **{f"subprocess.{name}": _PROCESS for name in ("run", "call", "check_call", "check_output")},
    **{f"subprocess.{name}": _PROCESS for name in ("getoutput", "getstatusoutput")},
    "os.system": _PROCESS,
    "os.popen": _PROCESS,
    "socket.create_connection": "open the connection through the event loop, or hand it to a thread",
    **dict.fromkeys(_LOOKUPS, _LOOKUP),
    "input": THREAD,
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
_RUNS_ITSELF = re.compile(r"__main__|asyncio\.run\(|run_until_complete\(|anyio\.run\(|trio\.run\(")
"""What a script says: its coroutines have the event loop to themselves, mostly."""
_REPLACES = frozenset({"os.execl", "os.execv", "os.execve", "os.execvp", "os._exit", "sys.exit"})
_STARTS_TASKS = frozenset({"create_task", "ensure_future", "start_soon", "gather", "run_in_executor"})


class Blocking(NamedTuple):
    node: ast.Call
    name: str
    instead: str


class BlockingCalls:
    """What the checks of one file share."""

    def __init__(self, facts: FileFacts) -> None:
        self.facts = facts
        self.may_block = not facts.is_test and "async def" in facts.text and _mentions_blocking(facts)
        self.functions: dict[str, ast.FunctionDef | None] = {}
        self._inside: dict[str, Blocking] = {}
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

    def blocking(self, call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Blocking | None:
        """The blocking call that a call is, if it is one."""
        func = call.func
        dotted = self.facts.resolve(func)
        if dotted in _BLOCKING:
            head = (self.facts.dotted(func) or "").partition(".")[0]
            known = head in self.facts.imports or (dotted == head and not module_binds(self.facts, head))
            if not known or shadowed(self.facts, call, head) or _is_quick(dotted, call, self.facts):
                return None
            if dotted == "input" and not has_started_tasks(call, function):
                return None
            return Blocking(call, dotted, _BLOCKING[dotted])
        if not isinstance(func, ast.Attribute) or func.attr not in _METHODS:
            return None
        made = self._made(func.value, function)
        if made in _OBJECTS and func.attr in _OBJECTS[made][0] and not _has_ended(call, self.facts):
            return Blocking(call, f"{made.rpartition('.')[2]}.{func.attr}", _OBJECTS[made][1])
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

    def inside(self, call: ast.Call, function: ast.AsyncFunctionDef) -> Blocking | None:
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

    def _find(self, function: ast.FunctionDef) -> Blocking | None:
        if any(self.facts.resolve(d) not in {"staticmethod", "classmethod"} for d in function.decorator_list):
            return None
        found: Blocking | None = None
        for node in walk_scope(function):
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                return None
            if isinstance(node, ast.Call):
                if self.facts.dotted(node.func) in _REPLACES:
                    return None
                if found is None and in_body(node, function, self.facts) and not _in_handler(node, self.facts):
                    found = self.blocking(node, function)
        return found if found is None or found.name != "input" else None


def _mentions_blocking(facts: FileFacts) -> bool:
    text = facts.text
    roots = {origin.partition(".")[0] for origin in facts.imports.values()}
    if "os" in roots and "os.system(" not in text and "os.popen(" not in text:
        roots.discard("os")
    return "input(" in text or any(root in _TEXTS and _TEXTS[root] in text for root in roots)


def blocking_calls(facts: FileFacts) -> BlockingCalls:
    known: BlockingCalls | None = facts.__dict__.get("_blocking")
    if known is None:
        known = facts.__dict__["_blocking"] = BlockingCalls(facts)
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


def in_body(node: ast.AST, function: ast.FunctionDef | ast.AsyncFunctionDef, facts: FileFacts) -> bool:
    """Whether a node belongs to what a function runs, not to its decorators, defaults or annotations."""
    below = node
    for above in facts.ancestors(node):
        if above is function:
            return below in function.body
        below = above
    return False


def _has_ended(call: ast.Call, facts: FileFacts) -> bool:
    """Whether a condition around a call has asked whether the process is over."""
    return any(
        isinstance(below, ast.Attribute) and below.attr in {"poll", "returncode"}
        for holder in facts.ancestors(call)
        if isinstance(holder, ast.If)
        for below in ast.walk(holder.test)
    )


def has_started_tasks(call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
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
    if dotted == SLEEP:
        return len(call.args) != 1 or (isinstance(first, ast.Constant) and not first.value)
    if dotted in _LOOKUPS:
        local = isinstance(first, ast.Constant) or (
            isinstance(first, ast.Call) and facts.resolve(first.func) == "socket.gethostname"
        )
        return local or len(call.args) > _FLAGS or any(k.arg == "flags" for k in call.keywords)
    return False
