"""Values near a value: the edges at which code that looks the same parts ways."""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import fractions
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.child.near_containers import Hints, Near, copied, dicts, sequences, sets
else:
    from near_containers import Hints, copied, dicts, sequences, sets


_KNOWN = 5
"""So many of the texts that the code names are tried before all that any text is tried with."""


class Sayer:
    """Says which of its ways to become text was taken."""

    def __str__(self) -> str:
        return "by str"

    def __repr__(self) -> str:
        return "by repr"

    def __format__(self, spec: str) -> str:
        return "by format " + spec


def near(value: Any, hints: Hints, depth: int = 0) -> Iterator[Near]:
    """Values near one, the most telling first."""
    kind = type(value)
    if isinstance(value, bool):
        yield "not", not value, True
        yield "as int", int(value), False
        yield "None", None, False
    elif kind is int:
        yield from _ints(value, hints)
    elif kind is float:
        yield from _floats(value, hints)
    elif kind is str:
        yield from _texts(value, hints)
    elif kind in (bytes, bytearray):
        yield from _bytes(value, kind)
    elif value is None:
        others: Any = (0, "", [], "a", 1)
        for other in others:
            yield f"{other!r}", other, False
    elif isinstance(value, (list, tuple, deque)):
        yield from sequences(value, hints, depth, near)
    elif isinstance(value, dict):
        yield from dicts(value, hints, depth, near)
    elif isinstance(value, (set, frozenset)):
        yield from sets(value, kind, hints, near)
    elif isinstance(value, type):
        yield from _types(value)
    elif isinstance(value, BaseException):
        yield "of a subclass", _subclassed_error(value), True
    else:
        yield from _others(value)
    if depth < 2:
        yield "in a tuple", (value,), False
        yield "what tells str from format", Sayer(), False


def _ints(value: int, hints: Hints) -> Iterator[Near]:
    known = hints.of(int)
    tried = [0, 1, -1, value + 1, value - 1, -value, 2, 3]
    for constant in known:
        tried += [constant, constant + 1, constant - 1]
    tried += [value + 300, 10 * value + 7, -7, 1000]
    for number in dict.fromkeys(tried):
        if number != value and abs(number) < 1 << 20:
            yield str(number), number, True
    yield "True", True, False
    yield "False", False, False
    yield "as float", float(value), False
    yield "and a half", value + 0.5, False
    yield "2.5", 2.5, False
    yield "None", None, False
    yield "text", str(value), False
    yield "nan", float("nan"), False


def _floats(value: float, hints: Hints) -> Iterator[Near]:
    tried = [0.0, -0.0, -value, value + 0.5, 0.5, 1.5, 2.5, -0.5, value + 0.1, value / 3, 1e16, 1.0]
    for constant in hints.of(float):
        tried += [constant, constant + 0.5]
    tried += [float(c) for c in hints.of(int)[:4]]
    tried += [float("inf"), float("-inf"), float("nan")]
    seen = {repr(value)}
    for number in tried:
        if repr(number) not in seen:
            seen.add(repr(number))
            yield repr(number), number, True
    yield "whole", int(value) if abs(value) < 1e15 else 0, False
    yield "None", None, False


def _texts(value: str, hints: Hints) -> Iterator[Near]:
    yield "an equal one", "".join(list(value)) if len(value) > 1 else value, True
    tried = ["", " ", "a", value + value, value.swapcase(), value[::-1], " " + value + " ", value + "\n", value[:1],
             value[1:], value[:-1], "\u00e9" + value, value * 300, "0", "-1"]  # fmt: skip
    known = hints.of(str)
    for constant in known[:_KNOWN]:
        tried += ["".join(list(constant)), constant + value, value + constant, value + constant + value]
    tried += _spliced([constant for constant in known if len(constant) > 1][:_KNOWN])
    tried += [value + "\u00df", "\u0130" + value, "\t" + value, "  ".join(value), value.upper(),
              value + "\x1c" + value, "%s" + value, "{}" + value, "\u00b2", "\u0663", "\u00bd", "\0" + value,
              value + "\r\n" + value, value.title(), "A" + value, "_" + value, "00" + value, value + "'", value + '"',
              value + ".", value + "-" + value, value + " " + value, value + "," + value, value + "/" + value,
              value + ":" + value, value + "=" + value, value + "\\"]  # fmt: skip
    for constant in known[_KNOWN:]:
        tried += ["".join(list(constant)), constant + value, value + constant, value + constant + value]
    for text in dict.fromkeys(tried):
        if text != value:
            yield ascii(text) if len(text) < 30 else f"{len(text)} letters", text, True
    yield "None", None, False
    yield "0", 0, False
    yield "bytes", value.encode("utf-8", "replace"), False


def _spliced(known: list[str]) -> list[str]:
    """One text run into another, so that taking the first out leaves the second, and one within another."""
    pairs = [(one, other) for one in known for other in known if one != other]
    return [text for one, other in pairs for text in (one + other[1:], other[:1] + one + other[1:])]


def _bytes(value: Any, kind: type) -> Iterator[Near]:
    for more in (b"", b"a", bytes(value) + b"\xff", b"\xc3\xa9" + bytes(value), bytes(value) * 2, b"\0" + bytes(value),
                 bytes(value)[:1], bytes(value)[1:], bytes(value)[::-1], bytes(value) + b"\r\n" + bytes(value),
                 b" " + bytes(value) + b" ", bytes(value).swapcase()):  # fmt: skip
        if more != value:
            yield ascii(more)[:30], kind(more), True
    yield "None", None, False


def _types(value: type) -> Iterator[Near]:
    base = value.__mro__[1] if len(value.__mro__) > 1 else object
    if base is not object:
        yield "its base", base, True
    with contextlib.suppress(TypeError):
        yield "a subclass", type("Sub" + value.__name__, (value,), {}), True
    if issubclass(value, BaseException):
        yield "Exception", Exception, True
        yield "KeyError", KeyError, True


def _subclassed_error(error: BaseException) -> BaseException:
    kind = type("Sub" + type(error).__name__, (type(error),), {})
    try:
        made: BaseException = kind(*error.args)
    except Exception:  # noqa: BLE001
        return error
    return made


def _others(value: Any) -> Iterator[Near]:
    if isinstance(value, dt.datetime):
        zone = dt.timezone(dt.timedelta(hours=2))
        yield "in another zone", value.replace(tzinfo=zone), True
        yield "without a zone", value.replace(tzinfo=None), True
        yield "in UTC", value.replace(tzinfo=dt.timezone.utc), True  # noqa: UP017
        for days in (1, -1, 40, -400, 2):
            yield f"{days} days on", value + dt.timedelta(days=days), True
        yield "with parts of a second", value.replace(microsecond=250001), True
        yield "a second on", value + dt.timedelta(seconds=1), True
        yield "at midnight", value.replace(hour=0, minute=0, second=0, microsecond=0), True
        yield "folded", value.replace(fold=1), True
    elif isinstance(value, dt.date):
        for days in (1, -1, 31, 366, -400):
            yield f"{days} days on", value + dt.timedelta(days=days), True
    elif isinstance(value, dt.timedelta):
        for other in (dt.timedelta(), -value, value * 100, value / 7, dt.timedelta(days=2, seconds=1),
                      dt.timedelta(days=-1, seconds=-1)):  # fmt: skip
            yield repr(other), other, True
    elif isinstance(value, (decimal.Decimal, fractions.Fraction)):
        kind = type(value)
        for text in ("0", "-1", "0.5", "2.5", "1.005", "100"):
            yield text, kind(text), True
    elif not callable(value) or not hasattr(value, "__name__"):
        equal = copied(value)
        if equal is not value:
            yield "an equal copy", equal, True
        yield "None", None, False


def near_iterator(items: list[Any], hints: Hints) -> Iterator[Near]:
    """Iterators near one that gives these items."""
    yield "gone over already", iter([]), True
    for says, other, kept in sequences(items, hints, 0, near):
        if isinstance(other, (list, tuple)):
            yield says, iter(other), kept
    yield "as a list", items, False
