"""What a frame that has just begun is a call of: the function object, and the arguments that it was given."""

from __future__ import annotations

import dis
import functools
import gc
import inspect
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_GENERATES = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_begins: dict[types.CodeType, int] = {}


def begins(frame: types.FrameType) -> bool:
    """Whether a frame is at its start: a generator is entered again at each of its items."""
    code = frame.f_code
    if not code.co_flags & _GENERATES:
        return True
    if code not in _begins:
        first = [i.offset for i in dis.get_instructions(code) if i.opname == "RESUME"]
        _begins[code] = first[0] if first else -1
    return frame.f_lasti <= _begins[code]


class Call:
    """A call that can be made again: a callable, its arguments by position and by name.

    ``names`` are those of the arguments by position, where they have one; ``self`` is the first of them for a method.
    """

    def __init__(self, function: types.FunctionType, args: list[Any], kwargs: dict[str, Any], names: list[str]) -> None:
        self.function: Callable[..., Any] = function
        self.raw = function
        self.args = args
        self.kwargs = kwargs
        self.names = names
        self.kind = kind_of(function.__code__)
        self.owner: type | None = None
        self.left_out = 0
        """How many of the arguments by position were left to their defaults, as far as can be told."""

    def again(self) -> Call:
        """The same call with the same objects."""
        other = Call(self.raw, list(self.args), dict(self.kwargs), self.names)
        other.function, other.owner = self.function, self.owner
        return other


def kind_of(code: types.CodeType) -> str:
    """What calling it gives: ``plain``, ``generator``, ``coroutine`` or ``async generator``."""
    if code.co_flags & inspect.CO_ASYNC_GENERATOR:
        return "async generator"
    if code.co_flags & inspect.CO_COROUTINE:
        return "coroutine"
    return "generator" if code.co_flags & inspect.CO_GENERATOR else "plain"


def call_of(frame: types.FrameType) -> Call | None:
    """The call that a frame is the start of; None where its function cannot be found."""
    code = frame.f_code
    local = frame.f_locals
    function = _function(code, local)
    if function is None:
        return None
    count = code.co_argcount
    names = list(code.co_varnames[:count])
    by_name = list(code.co_varnames[count : count + code.co_kwonlyargcount])
    if any(name not in local for name in names + by_name):
        return None
    args = [local[name] for name in names]
    kwargs = {name: local[name] for name in by_name}
    after = count + code.co_kwonlyargcount
    more: tuple[Any, ...] = ()
    if code.co_flags & inspect.CO_VARARGS:
        more = local.get(code.co_varnames[after], ())
        after += 1
    if code.co_flags & inspect.CO_VARKEYWORDS:
        kwargs.update(local.get(code.co_varnames[after], {}))
    left_out = 0
    defaults = function.__defaults__ or ()
    if not more:
        while left_out < len(defaults) and args and args[-1] is defaults[-1 - left_out]:
            args.pop()
            left_out += 1
    for name, default in (function.__kwdefaults__ or {}).items():
        if kwargs.get(name) is default:
            del kwargs[name]
    call = Call(function, [*args, *more], kwargs, names[: len(args)] + ["*"] * len(more))
    call.left_out = left_out
    _find_owner(call)
    return call


def _function(code: types.CodeType, local: dict[str, Any]) -> types.FunctionType | None:
    """The function object whose code this is: of several closures that which sees the same objects."""
    found = [f for f in gc.get_referrers(code) if isinstance(f, types.FunctionType) and f.__code__ is code]
    if len(found) < 2 or not code.co_freevars:
        return found[0] if found else None
    for function in found:
        cells = function.__closure__ or ()
        for name, cell in zip(code.co_freevars, cells):
            try:
                if name in local and cell.cell_contents is not local[name]:
                    break
            except ValueError:
                break
        else:
            return function
    return None


def _find_owner(call: Call) -> None:
    """The class whose method it is, and what the class holds in its place where that wraps the function."""
    raw = call.raw
    within, _, name = raw.__qualname__.rpartition(".")
    holder: Any = raw.__globals__
    if within:
        if within.endswith("<locals>"):
            return
        for kind in type(call.args[0]).__mro__ + (getattr(call.args[0], "__mro__", ()) or ()) if call.args else ():
            if kind.__qualname__ == within:
                call.owner = kind
                holder = vars(kind)
                break
        else:
            return
    held = holder.get(name)
    if isinstance(held, functools._lru_cache_wrapper) and inspect.unwrap(held) is raw:
        call.function = held
