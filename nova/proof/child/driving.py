"""What a result still has to give: iterators are gone over, coroutines awaited, functions called, within bounds."""

from __future__ import annotations

import asyncio
import inspect
import types
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from nova.proof.child.freezing import Writer, is_iterator, short
else:
    from freezing import Writer, is_iterator, short

ITEMS = 60


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next thing that is due, so that no sleep takes time."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0
        selector = self._selector  # type: ignore[attr-defined]
        select = selector.select

        def at_once(timeout: float | None = None) -> Any:
            if timeout:
                self._ahead += timeout
            return select(0)

        selector.select = at_once

    def time(self) -> float:
        """Seconds, those that were jumped over included."""
        return super().time() + self._ahead


def awaited(work: Awaitable[Any]) -> Any:
    """What an awaitable gives, on a loop of its own, even inside of a running one."""
    asyncio.events._set_running_loop(None)
    loop = VirtualLoop()

    async def whole() -> Any:
        return await work

    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(asyncio.wait_for(whole(), 1000))
    finally:
        pending = [t for t in asyncio.all_tasks(loop) if not t.done()]
        for task in pending:
            task.cancel()
        if pending:
            loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        loop.close()


class Echo:
    """Gives back what is asked of it, in words."""

    nova_is_opaque = True
    __iter__ = None

    def __init__(self, said: str) -> None:
        self.said = said

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Echo(f"{self.said}.{name}")

    def __getitem__(self, key: Any) -> Any:
        return Echo(f"{self.said}[{short(key)}]")

    def __call__(self, *args: Any) -> Any:
        """What was called with what, in words."""
        return Echo(f"{self.said}({', '.join(short(a) for a in args)})")


def settled(value: Any, writer: Writer, mode: str = "", depth: int = 0) -> str:
    """What is written of a value and of all that can be had from it; it is used up by that."""
    if depth > 3:
        return writer.write(value)
    if inspect.isasyncgen(value):
        return f"async {awaited(_drain_async(value, writer))}"
    if inspect.isawaitable(value) and not isinstance(value, type):
        return "awaitable giving " + _tried(lambda: awaited(value), writer, depth)
    if is_iterator(value):
        return _drained(value, writer, mode, depth)
    if isinstance(value, types.FunctionType) and id(value) not in writer.heap.paths:
        return writer.write(value) + _called(value, writer, depth)
    if isinstance(value, property) and isinstance(value.fget, types.FunctionType):
        return writer.write(value) + _called(value.fget, writer, depth)
    if isinstance(value, (list, tuple, dict)) and len(value) <= 20:
        inside = list(value.values()) if isinstance(value, dict) else list(value)
        if any(is_iterator(v) or inspect.isawaitable(v) or isinstance(v, types.FunctionType) for v in inside):
            return "{}: {}".format(writer.write(value), [settled(v, writer, "", depth + 1) for v in inside])
    return writer.write(value)


def _tried(work: Callable[[], Any], writer: Writer, depth: int) -> str:
    try:
        value = work()
    except BaseException as error:  # noqa: BLE001
        return "raises " + writer.error(error)
    return settled(value, writer, "", depth + 1)


def _drained(value: Any, writer: Writer, mode: str, depth: int) -> str:
    """The items of an iterator, and how it ended. ``close`` and ``throw`` end a generator after its first item."""
    items: list[str] = []
    end = "more"
    try:
        while len(items) < ITEMS:
            items.append(settled(next(value), writer, "", depth + 1))
            if mode == "close" and hasattr(value, "close"):
                value.close()
                end = "closed"
                break
            if mode == "throw" and hasattr(value, "throw"):
                items.append("then " + settled(value.throw(ValueError("thrown in")), writer, "", depth + 1))
                mode = ""
            if mode == "send" and hasattr(value, "send"):
                items.append("then " + settled(value.send(1), writer, "", depth + 1))
    except StopIteration as stop:
        end = "end" if stop.value is None else "end with " + writer.write(stop.value)
    except BaseException as error:  # noqa: BLE001
        end = "raises " + writer.error(error)
    return "<iterator of [{}] {}>".format(", ".join(items), end)


async def _drain_async(value: Any, writer: Writer) -> str:
    items: list[str] = []
    end = "more"
    try:
        while len(items) < ITEMS:
            items.append(writer.write(await value.__anext__()))
    except StopAsyncIteration:
        end = "end"
    except BaseException as error:  # noqa: BLE001
        end = "raises " + writer.error(error)
    return "<iterator of [{}] {}>".format(", ".join(items), end)


def _called(function: types.FunctionType, writer: Writer, depth: int) -> str:
    """What a function that was given back gives for a few plain arguments."""
    if depth > 1:
        return ""
    code = function.__code__
    needed = code.co_argcount - len(function.__defaults__ or ())
    tried: Any = (Echo("given"), 1, "a", 0, [2, 1])[
        : 5 if code.co_argcount or code.co_flags & inspect.CO_VARARGS else 2
    ]
    said = [_tried(partial(function, *([plain] * max(needed, 0))), writer, depth + 1) for plain in tried]
    return " which gives [{}]".format("; ".join(said))
