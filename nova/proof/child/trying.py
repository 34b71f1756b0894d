"""One call, made and written out: what it gave or raised, what it changed, what it said and whom it called."""

from __future__ import annotations

import dis
import io
import logging
import os
import sys
import threading
import time
import types
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.proof.child.calls import Call
    from nova.proof.child.driving import awaited, settled
    from nova.proof.child.freezing import Heap, Writer, clipped, is_iterator, short
    from nova.proof.child.spaces import class_data
else:
    from driving import awaited, settled
    from freezing import Heap, Writer, clipped, is_iterator, short
    from spaces import class_data

if TYPE_CHECKING:
    Outcome = dict[str, Any]
_WRONG_TYPE = (TypeError, AttributeError)
_UNSAID = (TypeError, AttributeError, NameError, IndexError, RecursionError, ZeroDivisionError)
"""Exceptions whose text is the interpreter's own business, where nobody raised them with ``raise``."""
STEPS = 20000


LOCKS = (type(threading.Lock()), type(threading.RLock()))


def is_held(lock: Any) -> bool:
    """Whether anybody holds a lock."""
    if hasattr(lock, "locked"):
        return bool(lock.locked())
    return bool(lock._is_owned())  # an RLock tells no more before 3.14


class Injected(Exception):
    """Raised in place of a call."""


class Watch:
    """Follows a call: which lines of the changed files run, and which functions those call."""

    def __init__(self, files: set[str], changed: set[tuple[str, str]], root: str) -> None:
        self.files = files
        self.changed = changed
        self.root = root
        self.lines: set[tuple[str, int]] = set()
        self.callees: list[str] = []
        self.asked: list[str] = []
        self.reached = False
        self.fired = False
        self.inject: tuple[str, int, Callable[[], BaseException]] | None = None
        self.writer: Writer | None = None
        self.quiet = False
        self.locks: list[Any] = []

    def anew(self) -> Watch:
        """The same, with nothing seen yet."""
        self.lines, self.callees, self.writer = set(), [], None
        self.asked.clear()
        self.reached = self.fired = self.quiet = False
        return self

    def trace(self, frame: types.FrameType, event: str, argument: Any) -> Any:
        """A trace function: calls, and lines in the changed files."""
        code = frame.f_code
        inside = code.co_filename in self.files
        if event == "call":
            caller = frame.f_back
            if not self.quiet and caller is not None and caller.f_code.co_filename in self.files:
                self._called(frame, code, inside)
            if inside:
                if (code.co_filename, code.co_name) in self.changed:
                    self.reached = True
                return self.trace
            return None
        if event == "line" and inside:
            self.lines.add((code.co_filename, frame.f_lineno))
        return self.trace

    def _called(self, frame: types.FrameType, code: types.CodeType, inside: bool) -> None:
        name = code.co_name
        if (name.startswith("<") and name != "<lambda>") or len(self.callees) > 500:
            return
        self.callees.append(name)
        outside = not inside and code.co_filename.startswith(self.root) and "site-packages" not in code.co_filename
        if (outside or code.co_filename == "<nova doubles>") and self.writer is not None and len(self.asked) < 200:
            self.quiet = True
            given = [self.writer.write(frame.f_locals.get(n)) for n in code.co_varnames[: code.co_argcount]]
            self.quiet = False
            held = "".join(" with a lock held" for lock in self.locks if is_held(lock))
            self.asked.append(clipped("{}({}){}".format(name, ", ".join(given), held), 400))
        if self.inject is not None:
            which, occurrence, make = self.inject
            if which in {"*", name} and (which == "*" or self.callees.count(name) == occurrence):
                self.fired = True
                error = make()
                if which == "*":
                    error.args = (name,)
                raise error


class World:
    """What a call could change outside of its arguments: streams, log, warnings, sleeping."""

    def __init__(self) -> None:
        self.out, self.err = io.StringIO(), io.StringIO()
        self.logged: list[str] = []
        self.warned: list[str] = []
        self.slept: list[str] = []

    def __enter__(self) -> World:  # noqa: PYI034
        self.streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.out, self.err
        if "random" in sys.modules:
            # Two runs that draw alike by chance would make a third look like a difference.
            sys.modules["random"].seed(0)
        factory = self.factory = logging.getLogRecordFactory()

        def record(*args: Any, **kwargs: Any) -> logging.LogRecord:
            made = factory(*args, **kwargs)
            try:
                said = made.getMessage()
            except Exception as error:  # noqa: BLE001
                said = f"cannot be formatted: {type(error).__name__}"
            kind = made.exc_info[0].__name__ if made.exc_info and made.exc_info[0] else ""
            given = made.args if isinstance(made.args, tuple) else (made.args,)
            parts = (made.name, made.levelname, made.msg, ", ".join(short(a) for a in given or ()), said, kind)
            self.logged.append(clipped(" | ".join(str(p) for p in parts), 500))
            return made

        logging.setLogRecordFactory(record)
        warnings.resetwarnings()
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, category, *_: self.warned.append(f"{category.__name__}: {message}")
        time.sleep = lambda seconds: self.slept.append(short(seconds))
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self.streams
        logging.setLogRecordFactory(self.factory)

    def told(self) -> Outcome:
        """All of it as text."""
        return {
            "stdout": clipped(self.out.getvalue()) if not self.out.closed else "closed",
            "stderr": clipped(self.err.getvalue()) if not self.err.closed else "closed",
            "log": self.logged[:50], "warnings": self.warned[:20], "slept": self.slept[:20],
        }  # fmt: skip


def names(spaces: list[dict[str, Any]]) -> dict[str, Any]:
    """The data of modules and of their classes, by name."""
    found: dict[str, Any] = {}
    for space in spaces:
        own = space.get("__name__")
        for name, value in list(space.items()):
            if isinstance(value, type) and value.__module__ == own:
                for key, held in class_data(value).items():
                    found[f"{name}.{key}"] = held
            elif not (name.startswith("__") or isinstance(value, (type, types.ModuleType, types.FunctionType))):
                found[name] = value
    return found


def implicit(error: BaseException) -> bool:
    """Whether the interpreter raised it by itself: the last instruction was no ``raise``."""
    trace = error.__traceback__
    if trace is None:
        return False
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code.co_code
    at = trace.tb_lasti
    return not (0 <= at < len(code) and dis.opname[code[at]] == "RAISE_VARARGS")


_EXITS = frozenset({"__exit__", "__aexit__"})


def raised(error: BaseException, writer: Writer) -> str:
    """An exception as text; the words of the interpreter are left out."""
    if isinstance(error, _UNSAID) and implicit(error):
        return f"raises {type(error).__name__}"
    return "raises " + writer.error(error)


def attempt(call: Call, watch: Watch, spaces: list[dict[str, Any]], mode: str, then: Call | None) -> Outcome:
    """Make a call and write all of it out. It may change everything: the process must end after it."""
    heap = Heap()
    for index, value in enumerate(call.args):
        heap.add("{} {}".format(call.names[index] if index < len(call.names) else "*", index), value)
    for name, value in call.kwargs.items():
        heap.add(name, value)
    heap.add("function", call.raw)
    before_names = names(spaces)
    for name, value in before_names.items():
        heap.add("global " + name, value)
    before = heap.state()
    written = {name: Writer(heap).write(value) for name, value in before_names.items()}
    watch.writer = Writer(heap)
    watch.locks = [value for value in heap.values if isinstance(value, LOCKS)]
    outcome: Outcome = {}
    with World() as world:
        sys.setprofile(None)
        threading.setprofile(None)
        result, error = _made(call, watch, mode)
        at_return = _changes(before, heap)
        writer = Writer(heap)
        outcome["wrong type"] = isinstance(error, _WRONG_TYPE) and implicit(error)
        outcome["raised"] = "" if error is None else type(error).__name__
        sys.settrace(watch.trace)
        try:
            outcome["gave"] = raised(error, writer) if error is not None else settled(result, writer, mode)
        finally:
            sys.settrace(None)
        outcome["changed"] = _changes(before, heap)
        outcome["changed at return"] = at_return if at_return != outcome["changed"] else {}
        after = names(spaces)
        outcome["names"] = {
            name: text
            for name, text in ((n, Writer(heap).write(v)) for n, v in after.items())
            if written.get(name) != text
        }
        outcome["left"] = [_rest(v, heap) for v in call.args if is_iterator(v)]
        outcome.update(world.told())
        asked = list(watch.asked)
        if then is not None:
            watch.inject = None
            result, error = _made(then, watch, mode)
            sys.settrace(watch.trace)
            outcome["then"] = raised(error, writer) if error is not None else settled(result, writer, mode)
            sys.settrace(None)
    outcome["asked"] = asked
    outcome["fired"] = watch.fired or call.kind == "generator"
    outcome["reached"] = watch.reached
    outcome["callees"] = list(dict.fromkeys(watch.callees))[:20]
    outcome["lines"] = sorted({f"{os.path.relpath(f, watch.root)}:{n}" for f, n in watch.lines})
    return outcome


def _made(call: Call, watch: Watch, mode: str) -> tuple[Any, BaseException | None]:
    sys.settrace(watch.trace)
    try:
        if call.kind == "coroutine" and mode == "twice":
            import asyncio

            async def both() -> Any:
                pair = (call.function(*call.args, **call.kwargs) for _ in range(2))
                return await asyncio.gather(*pair, return_exceptions=True)

            return awaited(both()), None
        result = call.function(*call.args, **call.kwargs)
        if call.kind == "coroutine":
            result = awaited(result)
        # `with` asks an exit for its truth alone.
        return bool(result) if call.raw.__name__ in _EXITS else result, None
    except BaseException as error:  # noqa: BLE001
        return None, error
    finally:
        sys.settrace(None)


def _changes(before: dict[str, str], heap: Heap) -> dict[str, str]:
    return {path: text for path, text in heap.state().items() if before[path] != text}


def _rest(iterator: Any, heap: Heap) -> str:
    try:
        return settled(iterator, Writer(heap))
    except BaseException as error:  # noqa: BLE001
        return "raises " + type(error).__name__
