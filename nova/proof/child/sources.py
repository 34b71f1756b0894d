"""Values as source text that makes them again: checked by evaluating it, or there is none.

Loaded by any name, under any Python from 3.8 on; it imports the standard library alone.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import importlib
import math
import re
import sys
from typing import Any, NamedTuple

LONGEST = 2_000
"""Longer text is no small example."""
DEEPEST = 12
_REPEATED = (
    decimal.Decimal, fractions.Fraction, dt.date, dt.datetime, dt.time, dt.timedelta,
    dt.timezone,
)  # fmt: skip
"""Types whose ``repr`` makes them again; but for those of ``datetime`` the module's name must stand before it."""
_SHARED = (list, dict, set, bytearray, collections.deque)
_ITERATORS: tuple[type, ...] = (type(iter([])), type(iter(())))


class Unwritten(Exception):
    """Why a value cannot be written as source text."""


class Written(NamedTuple):
    """The arguments of a call, and the modules to be imported for them."""

    args: tuple[str, ...]
    kwargs: tuple[tuple[str, str], ...]
    imports: tuple[str, ...]

    @property
    def text(self) -> str:
        """What stands between the brackets of the call."""
        return ", ".join((*self.args, *(f"{name}={value}" for name, value in self.kwargs)))


def written(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Written | None:
    """A call's arguments as text; None where one of them cannot be written.

    What is one and the same object in two places is made once. Nothing is consumed: an iterator over a list or tuple is
    written with what is left in it.
    """
    writer = _Writer()
    try:
        made = tuple(writer.write(value) for value in args)
        named = tuple((name, writer.write(value)) for name, value in kwargs.items())
        found = Written(made, named, tuple(sorted(writer.imports)))
        return found if len(found.text) <= LONGEST and _is_same(found, args, kwargs) else None
    except Exception:  # noqa: BLE001  a value of the target's may do anything when it is looked at
        return None


class _Writer:
    def __init__(self) -> None:
        self.imports: set[str] = set()
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []

    def write(self, value: Any, depth: int = 0) -> str:
        """Its text. Raises ``Unwritten``."""
        if depth > DEEPEST:
            raise Unwritten("it lies too deep")
        if type(value) in _SHARED:
            if id(value) in self._names:
                return self._names[id(value)]
            text = self._plain(value, depth)
            if depth == 0:
                name = f"same{len(self._names) + 1}"
                self._names[id(value)] = name
                self._kept.append(value)
                return f"({name} := {text})"
            return text
        return self._plain(value, depth)

    def _plain(self, value: Any, depth: int) -> str:
        kind = type(value)
        if value is None or value is Ellipsis or kind in (bool, int, str, bytes):
            return repr(value)
        if kind is float:
            return repr(value) if math.isfinite(value) else f"float({str(value)!r})"
        if kind is complex:
            return f"complex({self.write(value.real)}, {self.write(value.imag)})"
        if isinstance(value, enum.Enum):
            return f"{self._class(kind)}[{value.name!r}]"
        if kind in _REPEATED:
            self.imports.add(kind.__module__)
            text = repr(value)
            return text if text.startswith("datetime.") else f"{kind.__module__}.{text}"
        if isinstance(value, type):
            return self._class(value)
        if kind in _ITERATORS:
            held = value.__reduce__()
            left = list(held[1][0])[held[2] if len(held) > 2 else 0 :]
            return f"iter({self._many(left, depth, '[{}]')})"
        return self._container(value, kind, depth)

    def _container(self, value: Any, kind: Any, depth: int) -> str:
        if kind is list:
            return self._many(value, depth, "[{}]")
        if kind is tuple:
            return self._many(value, depth, "({},)") if value else "()"
        if kind in (set, frozenset):
            inner = self._many(sorted(value, key=repr), depth, "{{{}}}") if value else ""
            return inner if kind is set and value else f"{kind.__name__}({inner})"
        if kind is bytearray:
            return f"bytearray({bytes(value)!r})"
        if kind is range:
            return repr(value)
        if kind is dict:
            return "{" + self._pairs(value, depth) + "}"
        if kind in (collections.OrderedDict, collections.Counter):
            return f"{self._class(kind)}({{{self._pairs(value, depth)}}})"
        if kind is collections.defaultdict and (
            value.default_factory is None or isinstance(value.default_factory, type)
        ):
            return f"{self._class(kind)}({self.write(value.default_factory)}, {{{self._pairs(value, depth)}}})"
        if kind is collections.deque and value.maxlen is None:
            return f"{self._class(kind)}({self._many(value, depth, '[{}]')})"
        if dataclasses.is_dataclass(kind):
            fields = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if f.init]
            return f"{self._class(kind)}({self._named(fields, depth)})"
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return f"{self._class(kind)}({self._named(zip(kind._fields, value), depth)})"
        raise Unwritten(f"nothing tells how to write a {kind.__name__}")

    def _many(self, values: Any, depth: int, around: str) -> str:
        inside = ", ".join(self.write(value, depth + 1) for value in values)
        return around.format(inside).replace("(,)", "()")

    def _pairs(self, value: Any, depth: int) -> str:
        return ", ".join(f"{self.write(k, depth + 1)}: {self.write(v, depth + 1)}" for k, v in value.items())

    def _named(self, fields: Any, depth: int) -> str:
        return ", ".join(f"{name}={self.write(value, depth + 1)}" for name, value in fields)

    def _class(self, kind: Any) -> str:
        """A class by its full name, where that leads to it."""
        module, name = kind.__module__, kind.__qualname__
        if module == "builtins":
            return str(name)
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is not kind or module == "__main__":
            raise Unwritten(f"{name} cannot be imported")
        self.imports.add(module)
        return f"{module}.{name}"


def _is_same(text: Written, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether evaluating the text makes equal values of the same types."""
    names: dict[str, Any] = {}
    for module in text.imports:
        importlib.import_module(module)
        top = module.partition(".")[0]
        names[top] = sys.modules[top]
    made: Any = eval(f"(lambda *a, **k: (a, k))({text.text})", names)  # noqa: S307  text that was made here
    return _alike(made, (args, kwargs))


def _alike(one: Any, other: Any, depth: int = 0) -> bool:
    if type(one) is not type(other) or depth > DEEPEST + 4:
        return False
    if isinstance(one, (list, tuple, collections.deque)):
        return len(one) == len(other) and all(_alike(a, b, depth + 1) for a, b in zip(one, other))
    if isinstance(one, dict):
        return len(one) == len(other) and all(
            _alike(a, b, depth + 1) for pair in zip(one.items(), other.items()) for a, b in zip(*pair)
        )
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        return _alike(list(vars_of(one)), list(vars_of(other)), depth + 1)
    if type(one) in _ITERATORS:
        return _alike(_Writer().write(one), _Writer().write(other))
    if isinstance(one, (float, complex, decimal.Decimal)):
        return repr(one) == repr(other)
    return bool(one == other)


def vars_of(value: Any) -> Any:
    """The fields of a dataclass instance in their order."""
    return [getattr(value, field.name, None) for field in dataclasses.fields(value)]


def told(value: Any) -> str:
    """A value for a person: its ``repr`` without the places of objects, cut to one line that can be read."""
    try:
        text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
    except Exception as error:  # noqa: BLE001  a value of the target's may raise anything
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:197] + "..."
