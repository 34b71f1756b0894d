"""Objects written out as text, so that two processes can compare what they hold.

Mutable objects that are known from before a call are named by the path under which they were found; others are written
with what is in them. So it shows whether a result is the very list that was given, or a copy of it.
"""

from __future__ import annotations

import collections
import enum
import functools
import hashlib
import io
import logging
import re
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
_PLAIN = (int, float, complex, str, bytes, bool, type(None), type(Ellipsis), type(NotImplemented))
_BY_NAME = (types.ModuleType, type, types.BuiltinFunctionType)
_VALUES = (types.FunctionType, types.MethodType, tuple, frozenset, range, slice, re.Pattern, property, staticmethod,
           classmethod, types.CodeType, types.GetSetDescriptorType, types.MemberDescriptorType)  # fmt: skip
_OF_VALUES = frozenset({"datetime", "decimal", "fractions", "pathlib", "pathlib._local", "zoneinfo", "uuid", "re"})
_OF_RECORDS = ("name", "levelno", "msg", "args", "exc_info")
"""What a log record says; the others tell when, and from which line."""
_OF_TESTS = frozenset({"_pytest", "pytest", "pluggy"})
"""What runs the tests has a state of its own, such as the lines from which was logged."""
TEXT = 2000
WIDTH = 120
DEPTH = 7


def name_of(kind: type) -> str:
    """The qualified name of a type; built-in ones without their module."""
    module = getattr(kind, "__module__", "")
    name = str(getattr(kind, "__qualname__", kind))
    return name if module == "builtins" else f"{module}.{name}"


def is_iterator(value: Any) -> bool:
    """Whether it can be gone over once only: what it gives is told by going over it, its type is not."""
    kind = type(value)
    return hasattr(kind, "__next__") and hasattr(kind, "__iter__") and not isinstance(value, io.IOBase)


def is_value(value: Any) -> bool:
    """Whether nobody can tell two equal ones apart but by ``is``: its identity does not count."""
    kind = type(value)
    if isinstance(value, _PLAIN):
        return not getattr(value, "__dict__", None)
    if isinstance(value, (*_VALUES, *_BY_NAME, enum.Enum, BaseException)):
        return True
    return bool(getattr(getattr(kind, "__dataclass_params__", None), "frozen", False)) or kind.__module__ in _OF_VALUES


def attributes(value: Any) -> dict[str, Any]:
    """What an instance holds, by name: its dictionary and its slots, asked past its own hooks."""
    found: dict[str, Any] = {}
    if "nova_is_opaque" in vars(type(value)) or type(value).__module__.partition(".")[0] in _OF_TESTS:
        return found
    if isinstance(value, logging.LogRecord):
        return {name: vars(value).get(name) for name in _OF_RECORDS}
    try:
        inner = object.__getattribute__(value, "__dict__")
        if isinstance(inner, dict):
            found.update((k, v) for k, v in list(inner.items()) if isinstance(k, str))
    except Exception:  # noqa: BLE001, S110
        pass
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else tuple(slots):
            if slot in {"__dict__", "__weakref__"} or not isinstance(slot, str):
                continue
            name = "_{}{}".format(kind.__name__.lstrip("_"), slot) if slot[:2] == "__" != slot[-2:] else slot
            try:
                found[name] = object.__getattribute__(value, name)
            except Exception:  # noqa: BLE001, S112
                continue
    return found


def parts(value: Any) -> Iterator[tuple[str, Any]]:
    """What an object holds, each with how it is reached."""
    if isinstance(value, (list, tuple, collections.deque)):
        for index, item in enumerate(list(value)[:WIDTH]):
            yield f"[{index}]", item
    elif isinstance(value, dict):
        for key, item in list(value.items())[:WIDTH]:
            yield f"[{short(key)}]", item
    elif isinstance(value, types.MethodType):
        yield ".__self__", value.__self__
    elif isinstance(value, functools.partial):
        yield ".args", value.args
        yield ".keywords", value.keywords
    elif isinstance(value, types.FunctionType):
        for name, cell in zip(value.__code__.co_freevars, value.__closure__ or ()):
            try:
                yield f".<{name}>", cell.cell_contents
            except ValueError:
                continue
        for index, default in enumerate(value.__defaults__ or ()):
            yield f".<default {index}>", default
        for name, default in (value.__kwdefaults__ or {}).items():
            yield f".<default {name}>", default
    if not isinstance(value, (type, types.ModuleType)):
        for name, item in attributes(value).items():
            yield f".{name}", item


def short(value: Any) -> str:
    """A plain value in few letters; of any other its type alone."""
    if isinstance(value, _PLAIN):
        return clipped(exact(value), 60)
    if type(value) is tuple:
        return "({})".format(", ".join(short(v) for v in value[:6]))
    return name_of(type(value))


def clipped(text: str, most: int = TEXT) -> str:
    """A text within a bound; what is longer ends in its length and a digest of all of it."""
    text = _ADDRESS.sub("0x", text)
    if len(text) <= most:
        return text
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{text[:most]}...({len(text)} letters, {digest})"


def exact(value: Any) -> str:
    """A plain value with its type: a subclass is told from its base."""
    kind = type(value)
    bases: Any = (bool, int, float, complex, str, bytes)
    for base in bases:
        if isinstance(value, base):
            large = base is int and not -(1 << 256) < value < 1 << 256
            text = hex(value) if large else base.__repr__(value)
            return text if kind is base else f"{name_of(kind)}({text})"
    return repr(value)


class Heap:
    """The mutable objects that were there before a call, with the path under which each was found first."""

    def __init__(self, most: int = 500) -> None:
        self.most = most
        self.paths: dict[int, str] = {}
        self.objects: list[tuple[str, Any]] = []
        self.values: list[Any] = []

    def add(self, path: str, root: Any) -> None:
        """Take in all that a root reaches."""
        waiting = collections.deque([(path, root, 0)])
        seen = set()
        while waiting and len(self.objects) < self.most:
            at, value, depth = waiting.popleft()
            if isinstance(value, _PLAIN) or id(value) in seen or id(value) in self.paths:
                continue
            seen.add(id(value))
            self.values.append(value)
            if not is_value(value) and not is_iterator(value):
                self.paths[id(value)] = at
                self.objects.append((at, value))
            if depth < DEPTH:
                waiting.extend((at + edge, part, depth + 1) for edge, part in parts(value))

    def state(self) -> dict[str, str]:
        """What each of them holds now; objects among that are named, not written out again."""
        return {path: clipped(Writer(self).open(value)) for path, value in self.objects}


class Writer:
    """Writes objects out. What it meets twice it names by where it was first."""

    def __init__(self, heap: Heap) -> None:
        self.heap = heap
        self.first: dict[int, int] = {}
        self.kept: list[Any] = []

    def write(self, value: Any, depth: int = 0) -> str:
        """Any object as text."""
        try:
            return self._write(value, depth)
        except RecursionError:
            return "<deep>"
        except Exception as error:  # noqa: BLE001
            return f"<{name_of(type(value))} that cannot be shown: {type(error).__name__}>"

    def _write(self, value: Any, depth: int) -> str:
        kind = type(value)
        if isinstance(value, enum.Enum):
            return f"{name_of(kind)}.{value.name}"
        if isinstance(value, _PLAIN) and not getattr(value, "__dict__", None):
            return clipped(exact(value))
        if id(value) in self.heap.paths:
            return f"<{self.heap.paths[id(value)]}>"
        if depth > DEPTH:
            return f"<{name_of(kind)} deep inside>"
        if not is_value(value):
            if id(value) in self.first:
                return f"<the {name_of(kind)} above, number {self.first[id(value)]}>"
            self.first[id(value)] = len(self.first)
            self.kept.append(value)
        return self.open(value, depth)

    def open(self, value: Any, depth: int = 0) -> str:
        """An object with what is in it, even if it has a name."""
        kind = type(value)
        inner = depth + 1
        if is_iterator(value):
            return "<iterator>"
        if isinstance(value, BaseException):
            return self.error(value, inner)
        if isinstance(value, _BY_NAME):
            return "<{} {}.{}>".format(name_of(type(value)), getattr(value, "__module__", ""),
                                       getattr(value, "__qualname__", value.__name__))  # fmt: skip
        if "nova_is_opaque" in vars(kind):
            return f"<{kind.__name__} {vars(value).get('said', '')}>"
        if isinstance(value, types.FunctionType) and "<locals>" in value.__qualname__:
            return "<function>"  # its name, and the names of what it keeps, are nobody's business
        if isinstance(value, types.FunctionType):
            cells = ", ".join(f"{e}={self.write(p, inner)}" for e, p in parts(value) if "default" not in e)
            return f"<function {value.__module__}.{value.__qualname__} {cells}>"
        if isinstance(value, types.MethodType):
            return f"<method {value.__func__.__qualname__} of {self.write(value.__self__, inner)}>"
        text = name_of(kind) + self._contents(value, inner)
        held = attributes(value)
        if held:
            text += "({})".format(", ".join(f"{k}={self.write(held[k], inner)}" for k in sorted(held)[:WIDTH]))
        return text

    def _contents(self, value: Any, depth: int) -> str:
        if isinstance(value, _PLAIN):
            return exact(value)
        if isinstance(value, (list, tuple, collections.deque)):
            items = [self.write(v, depth) for v in list(value)[:WIDTH]]
            return "[{}]{}".format(", ".join(items), "" if len(value) <= WIDTH else f"+{len(value) - WIDTH}")
        if isinstance(value, dict):
            pairs = list(dict.items(value))[:WIDTH]
            items = [f"{self.write(k, depth)}: {self.write(v, depth)}" for k, v in pairs]
            return "{{{}}}".format(", ".join(items)) + f"+{len(value)}"
        if isinstance(value, (set, frozenset)):
            return "{{{}}}".format(", ".join(sorted(self.write(v, depth) for v in list(value)[:400])))
        if isinstance(value, (io.StringIO, io.BytesIO)):
            return "closed" if value.closed else f"({value.getvalue()!r} at {value.tell()})"
        if isinstance(value, io.IOBase):
            return " {!r} {}".format(getattr(value, "name", ""), "closed" if value.closed else "open")
        if isinstance(value, (bytearray, memoryview)):
            return repr(bytes(value))
        if attributes(value) and type(value).__flags__ & (1 << 9):
            return ""
        return self._reduced(value, depth)

    def _reduced(self, value: Any, depth: int) -> str:
        """What pickling would keep of an object that was written in C, or how it shows itself."""
        if type(value).__module__ in _OF_VALUES:
            return " " + repr(value)
        if isinstance(value, property):
            return " of {}".format(", ".join(self.write(f, depth) for f in (value.fget, value.fset, value.fdel)))
        if isinstance(value, (staticmethod, classmethod)):
            return f" of {self.write(value.__func__, depth)}"
        if isinstance(value, (range, slice, types.CodeType, re.Pattern)):
            return " " + repr(value)
        kind: Any = type(value)
        if kind.__reduce_ex__ is object.__reduce_ex__ and kind.__reduce__ is object.__reduce__:
            return ""
        try:
            made = value.__reduce_ex__(4)
        except Exception:  # noqa: BLE001
            return ""
        if isinstance(made, str):
            return " " + made
        return " " + ", ".join(self.write(p, depth) for p in made[1:3] if not isinstance(p, dict) or p)

    def error(self, error: BaseException, depth: int = 0) -> str:
        """An exception: its type, arguments, attributes, notes and what it came from; not its traceback."""
        said = ", ".join(self.write(a, depth) for a in error.args)
        held = {k: v for k, v in attributes(error).items() if k != "__notes__"}
        text = f"{name_of(type(error))}({said})"
        for key in sorted(held):
            text += f" {key}={self.write(held[key], depth)}"
        notes = getattr(error, "__notes__", None)
        if notes:
            text += f" notes {notes!r}"
        inner = getattr(error, "exceptions", None)
        if isinstance(inner, tuple):
            text += " of ({})".format(", ".join(self.error(e, depth + 1) for e in inner[:9]))
        if depth > DEPTH:
            return text
        if error.__cause__ is not None:
            text += " from " + self.error(error.__cause__, depth + 1)
        elif error.__context__ is not None and not error.__suppress_context__:
            text += " while " + self.error(error.__context__, depth + 1)
        return text
