"""``no-blocking-in-async``: a coroutine must not stop the event loop."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import FileFacts
from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid
from reviewers.rules._blocking import SLEEP, THREAD, blocking_calls, has_started_tasks, in_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.finding import Span

_LIBRARIES = ("asyncio", "trio", "anyio")
_OTHER_LOOPS = frozenset({"twisted", "gevent", "eventlet", "curio"})
_MAINS = frozenset({"main", "_main", "amain", "async_main", "main_async"})
_LOCKS = re.compile(r"lock|mutex|sema|cond", re.IGNORECASE)


class NoBlockingInAsync(Rule):
    """A blocking call in a coroutine holds up every other task of its event loop.

    Found are sleeping, HTTP requests, child processes, name look-ups and connections, in the coroutine itself or in
    a plain function of the same file that it calls. ``input()`` counts only where the coroutine has started other
    tasks. Left alone are tests, fixtures, and what a thread or an executor is handed.
    """

    name = "no-blocking-in-async"
    severity = Severity.MEDIUM
    confidence = 0.8
    worth = 0.4
    equivalents = ("ASYNC210", "ASYNC212", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC250", "ASYNC251")
    fix_title = "await the event loop's own sleep"
    fix_changes = "other tasks run while it sleeps; before, none did"
    sees = (ast.Call,)
    precision = Precision(
        right=24,
        read=30,
        repositories=("SuperAGI", "camel", "crawl4ai", "gpt4free", "jesse", "marvin", "private-gpt", "textual"),
        note="the wrong ones: scripts and demonstrations with nothing else to do, and children that end at once",
    )
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
        file = blocking_calls(facts)
        if not file.may_block or not file.names_it(node.func):
            return
        function = facts.function(node)
        if not isinstance(function, ast.AsyncFunctionDef) or not in_body(node, function, facts):
            return
        if _is_meant(node, function, facts) or (function.name in _MAINS and not has_started_tasks(node, function)):
            return
        blocking = file.blocking(node, function)
        if blocking is not None:
            if blocking.name == SLEEP:
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
            f"{called}() calls {below.name} (line {below.node.lineno}), which stops every task of this event loop: {THREAD}",
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


def _is_meant(node: ast.Call, function: ast.AsyncFunctionDef, facts: FileFacts) -> bool:
    """Whether a function serves tests, wherever its file lies, or blocks on purpose and says so."""
    names = (facts.dotted(d.func if isinstance(d, ast.Call) else d) or "" for d in function.decorator_list)
    if function.name.startswith("test_") or any(name.rpartition(".")[2] == "fixture" for name in names):
        return True
    comment = facts.lines[node.lineno - 1].partition("#")[2]
    return "ASYNC" in comment or "block" in (ast.get_docstring(function, clean=False) or "").lower()


def _fixable(call: ast.Call, facts: FileFacts) -> bool:
    """Whether a sleep stands by itself, holds no thread's lock, and the event loop is one that is known."""
    if not isinstance(facts.parent(call), ast.Expr) or call.keywords or isinstance(call.args[0], ast.Starred):
        return False
    for above in facts.ancestors(call):
        if isinstance(above, ast.With) and any(_LOCKS.search(facts.source(i.context_expr)) for i in above.items):
            return False
        if isinstance(above, ast.AsyncFunctionDef):
            break
    root = (facts.dotted(call.func) or "").partition(".")[0]
    aliases = (a for n in facts.tree.body if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names)
    return any((a.asname or a.name) == root for a in aliases) and _library(facts) is not None


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
