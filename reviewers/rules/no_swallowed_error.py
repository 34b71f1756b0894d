"""``no-swallowed-error``: an action that fails must not fail unseen."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import type_of_function, walk
from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid
from reviewers.rules._harmless import BEST_EFFORT, CLEANUP, CONVERTS, KEEPS, LOADS, MATTERS, MENTIONS, SAYS_WHY, SHOWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewers.facts import FileFacts


class NoSwallowedError(Rule):
    """An ``except Exception`` that does nothing turns a failed action into silence.

    Asked for is only what hides a bug: a write, a message or the like that may fail unseen, and a bare ``except`` or
    ``BaseException`` that swallows interrupts with the rest. Left alone are attempts with a fallback, clean-up,
    optional imports, telemetry, tests, and whatever a comment or a docstring explains. Name the exception that is
    expected, log the rest, or write down why it does not matter.
    """

    name = "no-swallowed-error"
    severity = Severity.MEDIUM
    confidence = 0.54
    worth = 0.15
    on_by_default = False
    equivalents = ("S110", "S112", "BLE001", "E722", "W0702", "W0703", "bare-except", "broad-except")
    sees = (ast.ExceptHandler,)
    precision = Precision(
        right=15,
        read=28,
        repositories=("Empire", "PaddleHub", "SickChill", "crawl4ai", "headphones", "jumpserver", "supervisor"),
        note="the wrong ones: short look-ups with a fallback right below, where nothing is lost",
    )
    examples: ClassVar = (
        Valid("try:\n    issue.save()\nexcept OSError:\n    pass\n"),
        Valid("try:\n    issue.save()\nexcept Exception:\n    pass  # the next run saves it again\n"),
        Valid("try:\n    issue.save()\nexcept Exception:\n    log.exception('not saved')\n"),
        Valid("import os\n\ntry:\n    os.unlink(path)\nexcept Exception:\n    pass\n"),
        Valid("try:\n    import uvloop\n    uvloop.install()\nexcept Exception:\n    pass\n"),
        Valid("def host():\n    name = None\n    try:\n        name = gethostname()\n    except Exception:\n        pass\n    return name\n"),
        Valid("def ready():\n    try:\n        ping()\n        return True\n    except Exception:\n        pass\n    return False\n"),
        Valid("class Pool:\n    def __del__(self):\n        try:\n            self.give_back()\n        except:\n            pass\n"),
        Valid("def end():\n    try:\n        work()\n    finally:\n        try:\n            report()\n        except Exception:\n            pass\n"),
        Valid("try:\n    # a repository that was never pushed may fail here\n    push()\nexcept Exception:\n    pass\n"),
        Valid('def tell():\n    """Tell the server; failures are ignored."""\n    try:\n        post()\n    except Exception:\n        pass\n'),
        Valid("try:\n    print(answer.json()['error'])\nexcept Exception:\n    pass\n"),
        Valid("try:\n    notify()\nexcept Exception:\n    pass\nelse:\n    told = 1\n"),
        Valid("def test_it():\n    try:\n        issue.save()\n    except Exception:\n        pass\n", path="tests/test_it.py"),
        Valid("try:\n    register_display('html', show)\nexcept Exception:\n    pass\n"),
        Valid("rows = {}\nfor name in names:\n    try:\n        rows[name] = load(name)\n    except Exception:\n        continue\n"),
        Valid("try:\n    read()\nexcept KeyboardInterrupt:\n    raise\nexcept:\n    pass\n"),
        Valid("async def end(task):\n    task.cancel()\n    try:\n        await task\n    except BaseException:\n        pass\n"),
        Invalid("def touch(issue):\n    try:\n        issue.touched = now()\n        issue.save()\n    except Exception:\n        pass\n"),
        Invalid("async def ping(socket):\n    while True:\n        try:\n            await socket.send('ping')\n"
                "        except Exception:\n            continue\n"),
        Valid("def keep(path, text):\n    try:\n        with open(path, 'w') as file:\n            file.write(text)\n"
              "    except Exception:\n        pass\n"),
        Invalid("def tell(rows):\n    for row in rows:\n        try:\n            if row.new:\n                cursor.execute(QUERY, row)\n"
                "        except (OSError, Exception):\n            ...\n"),
        Invalid("def sync():\n    try:\n        publish()\n    except Exception:\n        return\n    tell()\n"),
        Invalid("async def read(url):\n    try:\n        notice = await fetch(url)\n    except BaseException:\n        pass\n"),
        Invalid("def same(a, b):\n    try:\n        if simplify(a - b) == 0:\n            return True\n    except:\n        pass\n"
                "    return False\n"),
    )  # fmt: skip

    def check(self, node: ast.ExceptHandler, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag a handler that catches everything and does nothing, where that hides a failure."""
        if not _does_nothing(node.body) or not (breadth := _breadth(node.type)):
            return
        block = facts.parent(node)
        if not isinstance(block, ast.Try) or block.orelse or facts.is_test:
            return
        if _undoes(block, facts) or _has_import(block.body) or _explained(node, block, facts):
            return
        if breadth == _INTERRUPTS and not _caught_before(node, block):
            answers = isinstance(node.body[0], ast.Return)
            if not (answers or _is_expected(block.body) or _only_converts(block.body)):
                more = ", SystemExit and CancelledError" if _awaits(block.body) else " and SystemExit"
                yield Hit(node, f"this swallows KeyboardInterrupt{more} as well: name the error that is expected")
            return
        action = next(_actions(block.body), None) if facts.function(node) is not None else None
        if action is not None and not _tells(block.body) and not BEST_EFFORT.search(_stem(facts.path)):
            called = facts.dotted(action.func) or _name(action)
            seen = Related(facts.path, action.lineno, action.end_lineno or action.lineno, "what may fail")
            message = f"when {called}() fails nobody will know: name the error that is expected, or log it"
            yield Hit(node, message, related=(seen,), syntax=f"except {ast.dump(action.func)}")


_EVERYTHING, _INTERRUPTS = 1, 2
_INTERRUPTIONS = frozenset({"KeyboardInterrupt", "SystemExit", "CancelledError"})


def _breadth(caught: ast.expr | None) -> int:
    """0 for chosen errors; whether every error is caught, or interrupts as well."""
    if caught is None:
        return _INTERRUPTS
    if isinstance(caught, ast.Name):
        return {"Exception": _EVERYTHING, "BaseException": _INTERRUPTS}.get(caught.id, 0)
    if isinstance(caught, ast.Tuple):
        return max((_breadth(each) for each in caught.elts), default=0)
    return 0


def _caught_before(node: ast.ExceptHandler, block: ast.Try) -> bool:
    """Whether an earlier handler of the block already takes care of interrupts."""
    earlier = block.handlers[: block.handlers.index(node)]
    names = {below.id for h in earlier if h.type for below in walk(h.type) if isinstance(below, ast.Name)}
    attributes = {below.attr for h in earlier if h.type for below in walk(h.type) if isinstance(below, ast.Attribute)}
    return not _INTERRUPTIONS.isdisjoint(names | attributes)


def _does_nothing(body: list[ast.stmt]) -> bool:
    if len(body) != 1:
        return False
    only = body[0]
    if isinstance(only, ast.Expr):
        return isinstance(only.value, ast.Constant) and only.value.value is ...
    if isinstance(only, ast.Return):
        return only.value is None or (isinstance(only.value, ast.Constant) and only.value.value is None)
    return isinstance(only, (ast.Pass, ast.Continue))


def _undoes(block: ast.Try, facts: FileFacts) -> bool:
    """Whether the block stands where something is being brought to an end: a handler, a ``finally``, a ``close``."""
    below: ast.AST = block
    for above in facts.ancestors(block):
        if isinstance(above, ast.ExceptHandler):
            return True
        if isinstance(above, ast.Try) and below in above.finalbody:
            return True
        if isinstance(above, type_of_function):
            return bool(BEST_EFFORT.search(above.name.strip("_").lower()))
        below = above
    return False


def _has_import(body: list[ast.stmt]) -> bool:
    """Whether the block loads something that may not be there."""
    for node in (below for statement in body for below in walk(statement)):
        if isinstance(node, (ast.Import, ast.ImportFrom)) or (isinstance(node, ast.Call) and _name(node) in LOADS):
            return True
    return False


def _explained(node: ast.ExceptHandler, block: ast.Try, facts: FileFacts) -> bool:
    """Whether a comment in the handler says anything, or one near the block or the docstring says why."""
    lines = facts.lines
    end = node.end_lineno or node.lineno
    if any("#" in line for line in lines[node.lineno - 1 : end]):
        return True
    after = lines[end] if end < len(lines) else ""
    if after.lstrip().startswith("#") and len(after) - len(after.lstrip()) > node.col_offset:
        return True
    above = list(_above(block, lines))
    if not all(line.isascii() for line in above):
        return True
    near = [lines[block.lineno - 1], lines[block.lineno], lines[node.lineno - 2], *above]
    holder = facts.parent(block)
    if isinstance(holder, (ast.If, ast.With, ast.For)) and holder.body[0] is block:
        near += _above(holder, lines)
    if any("#" in line and MENTIONS.search(line.partition("#")[2]) for line in near):
        return True
    function = facts.function(node)
    words = ast.get_docstring(function, clean=False) if isinstance(function, type_of_function) else None
    return bool(words and SAYS_WHY.search(words))


def _above(statement: ast.stmt, lines: list[str]) -> Iterator[str]:
    """The comment lines right above a statement."""
    number = statement.lineno - 2
    while number >= 0 and lines[number].lstrip().startswith("#"):
        yield lines[number]
        number -= 1


def _actions(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """What the block was written for: the calls it ends with whose result nobody takes."""
    for statement in reversed(body):
        if isinstance(statement, ast.Expr):
            call = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
            if isinstance(call, ast.Call) and _matters(call):
                yield call
                return
        elif isinstance(statement, (ast.If, ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While)):
            yield from _actions(statement.body)
            yield from _actions(getattr(statement, "orelse", []))
            return
        elif isinstance(statement, ast.Try):
            if not any(_breadth(handler.type) for handler in statement.handlers):
                yield from _actions(statement.orelse or statement.body)
            return
        elif not _only_notes(statement):
            return


def _only_notes(statement: ast.stmt) -> bool:
    """Whether a statement after an action leaves the action the point of the block."""
    if isinstance(statement, (ast.Continue, ast.Pass, ast.AugAssign)):
        return True
    return isinstance(statement, ast.Assign) and all(isinstance(t, ast.Attribute) for t in statement.targets)


def _matters(call: ast.Call) -> bool:
    """Whether a call, by its name, leaves something behind, and not just on a terminal or in a log."""
    func = call.func
    owner = func.value if isinstance(func, ast.Attribute) else None
    said = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    name, said = _name(call).lower().strip("_"), said.lower()
    if name == "set":
        return bool(KEEPS.search(said))
    return bool(MATTERS.match(name)) and not SHOWS.search(said)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py").lower()


def _name(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _tells(body: list[ast.stmt]) -> bool:
    """Whether success is told apart: the block returns, leaves a loop or sets a flag."""
    for below in (node for statement in body for node in walk(statement)):
        if isinstance(below, (ast.Return, ast.Break)):
            return True
        if isinstance(below, ast.Assign) and isinstance(below.value, ast.Constant):
            return True
    return False


def _is_expected(body: list[ast.stmt]) -> bool:
    """Whether the block only undoes things, or waits for a task that may have been cancelled."""
    for statement in body:
        value = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(value, ast.Await):
            if not isinstance(value.value, ast.Call):
                continue
            value = value.value
        if not isinstance(value, ast.Call) or not CLEANUP.match(_name(value).lower().strip("_")):
            return False
    return True


def _only_converts(body: list[ast.stmt]) -> bool:
    """Whether the block is over in no time: it makes one value out of another, or looks something up."""
    for node in (below for statement in body for below in walk(statement)):
        if isinstance(node, ast.Call) and _name(node) not in CONVERTS and not _name(node).endswith("loads"):
            return False
        if isinstance(node, (ast.Await, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith)):
            return False
    return True


def _awaits(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Await) for statement in body for node in walk(statement))
