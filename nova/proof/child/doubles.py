"""Callables and objects that stand in for those of a call: they raise, wait, answer otherwise, tell of being asked."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nova.proof.child.freezing import short
    from nova.proof.child.near_containers import Hints
    from nova.proof.child.near_values import near
else:
    from freezing import short
    from near_containers import Hints
    from near_values import near

if TYPE_CHECKING:
    Asked = list[str]
    Wraps = Callable[[Callable[..., Any]], Callable[..., Any]]
KINDS = (ValueError, KeyError, KeyboardInterrupt, StopIteration, OSError, RuntimeError)


class _SubValueError(ValueError):
    """A ValueError of a subclass."""


def callables(value: Callable[..., Any], handled: list[type], asked: Asked) -> Iterator[tuple[str, Any, bool]]:
    """Callables for one, each with what it does in words; what they are asked goes to ``asked``."""
    wraps: Wraps = functools.wraps(value) if hasattr(value, "__name__") else (lambda f: f)
    if inspect.iscoroutinefunction(value):
        yield from _coroutines(value, wraps, asked)
    else:
        for error in dict.fromkeys((*handled, *KINDS, _SubValueError)):
            yield f"that raises {error.__name__}", _raising(error, wraps, asked), True
        answers: Any = (None, 0, "", [], False, True, "a")
        for answer in answers:
            yield f"that gives {answer!r}", _giving(answer, wraps, asked), False
        yield "that gives what is near", _changed(value, wraps), True
        yield "that raises at its second call", _later(value, wraps, asked), True
        yield "without a name", functools.partial(value), True


def _raising(error: type, wraps: Wraps, asked: Asked) -> Any:
    @wraps
    def raising(*args: Any, **kwargs: Any) -> Any:  # noqa: ARG001
        asked.append("raises")
        raise error("of ours")

    return raising


def _giving(answer: Any, wraps: Wraps, asked: Asked) -> Any:
    @wraps
    def giving(*args: Any, **kwargs: Any) -> Any:  # noqa: ARG001
        asked.append(f"gives {len(args)}")
        return answer

    return giving


def _changed(value: Any, wraps: Wraps) -> Any:
    count = [0]

    @wraps
    def changed(*args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        result = value(*args, **kwargs)
        others = [other for _, other, kept in near(result, Hints([]), 1) if kept]
        return others[count[0] % len(others)] if others else result

    return changed


def _later(value: Any, wraps: Wraps, asked: Asked) -> Any:
    count = [0]

    @wraps
    def later(*args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        if count[0] == 2:
            asked.append("raises at the second")
            raise ValueError("of ours")
        return value(*args, **kwargs)

    return later


_waits = [0]


def _coroutines(value: Any, wraps: Wraps, asked: Asked) -> Iterator[tuple[str, Any, bool]]:
    @wraps
    async def slow(*args: Any, **kwargs: Any) -> Any:
        _waits[0] += 1
        await asyncio.sleep(20.0 / _waits[0])
        asked.append("goes on")
        return await value(*args, **kwargs)

    @wraps
    async def slow_after(*args: Any, **kwargs: Any) -> Any:
        _waits[0] += 1
        asked.append("begins")
        result = await value(*args, **kwargs)
        await asyncio.sleep(20.0 / _waits[0])
        asked.append("ends")
        return result

    yield "that waits first", slow, True
    yield "that waits after", slow_after, True
    for error in (ValueError, asyncio.CancelledError, asyncio.TimeoutError, KeyError):

        @wraps
        async def raising(*args: Any, error: Any = error, **kwargs: Any) -> Any:  # noqa: ARG001
            asked.append("raises")
            raise error("of ours")

        yield f"that raises {error.__name__}", raising, True


def telling(*args: Any, **kwargs: Any) -> Any:
    """Takes anything, and gives what it was given in words."""
    named = sorted((k, short(v)) for k, v in kwargs.items())
    return f"given {[short(a) for a in args]} and {named}"


class Rival:
    """A lock before or after whose taking somebody else comes in once."""

    nova_is_opaque = True

    def __init__(self, lock: Any, come: Callable[[], Any], *, before: bool) -> None:
        self._lock = lock
        self._come: Callable[[], Any] | None = come
        self._before = before

    def _comes(self) -> None:
        come, self._come = self._come, None
        if come is not None:
            with contextlib.suppress(Exception):
                come()

    def acquire(self, *args: Any, **kwargs: Any) -> Any:
        """See a lock."""
        if self._before:
            self._comes()
        return self._lock.acquire(*args, **kwargs)

    def release(self) -> None:
        """See a lock."""
        self._lock.release()
        if not self._before:
            self._comes()

    def __enter__(self) -> Any:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lock, name)


def leaving(value: Callable[..., Any], holder: list[Any]) -> Any:
    """A callable that takes itself out of the list that holds it while it is called."""

    def leaves(*args: Any, **kwargs: Any) -> Any:
        if leaves in holder:
            holder.remove(leaves)
        return value(*args, **kwargs)

    return leaves


def of_subclass(value: Any, body: dict[str, Any]) -> Any:
    """The same object, now of a subclass with some things of its own; the object itself where that cannot be."""
    kind = type(value)
    try:
        value.__class__ = type(kind.__name__, (kind,), {"__slots__": (), "__module__": kind.__module__, **body})
    except Exception:  # noqa: BLE001
        return value
    return value


def answering(method: str, how: str, asked: Asked) -> Callable[..., Any]:
    """A method for a subclass: it tells that it was asked, then gives its argument, raises, or gives what is near."""

    def answer(self: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(f"{method} {len(args)}")
        if how == "raises":
            raise LookupError(method)
        if how == "argument" and args:
            return args[0]
        parent = getattr(super(type(self), self), method)
        result = parent(*args, **kwargs)
        if how == "near" and not inspect.isawaitable(result):
            others = [other for _, other, kept in near(result, Hints([]), 1) if kept]
            number = sum(1 for said in asked if said.startswith(method + " "))
            return others[number % len(others)] if others else result
        return result

    answer.__name__ = method
    return answer
