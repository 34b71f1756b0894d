"""The values that stand at the edges of the usual types, and how several of them are put together.

Each is a function that makes the value anew: equal values are not the same object, where Python lets them differ.
"""

from __future__ import annotations

import collections
import datetime as dt
import decimal
import fractions
import math
from collections import abc
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[], Any]

LARGEST = 10_000
_ALPHABET = "aAbzZ09 _-.,:;/\\\"'%{}\n\t\r\0éßİſΣ中\u2028\u0301😀"  # noqa: RUF001  letters like others on purpose
"""Among them letters that change their length when their case is changed, line ends of other kinds, and a mark that
joins the letter before."""
_UTC = dt.timezone(dt.timedelta(0))


def combined(columns: list[tuple[Make, ...]], most: int) -> list[tuple[Make, ...]]:
    """Rows of one entry a column: the k-th of each, then every entry beside the ordinary ones of the others."""
    if not columns:
        return [()]
    longest = max(map(len, columns))
    rows = [tuple(c[min(k, len(c) - 1)] for c in columns) for k in range(min(3, longest))]
    usual = tuple(c[min(2, len(c) - 1)] for c in columns)
    for row in slanted([tuple((n, e) for e in c) for n, c in enumerate(columns)]):
        rows += [(*usual[:n], edge, *usual[n + 1 :]) for n, edge in row]
    rows += [tuple(c[(k * (n + 1)) % len(c)] for n, c in enumerate(columns)) for k in range(longest)]
    rows += [tuple(c[k % len(c)] for c in columns) for k in range(3, longest)]
    return list(dict.fromkeys(rows))[:most]


def slanted(columns: list[tuple[Any, ...]]) -> list[list[Any]]:
    """The first entries of all columns, then the second ones, as far as each goes."""
    return [[c[k] for c in columns if k < len(c)] for k in range(max(map(len, columns), default=0))]


def near(number: float) -> list[Any]:
    """The whole numbers at a constant and beside it, or the constant itself where it is none."""
    if not math.isfinite(number) or abs(number) > 2**60:
        return []
    if number != int(number):
        return [number]
    return [int(number), int(number) - 1, int(number) + 1]


def unlike(numbers: list[Any]) -> list[Any]:
    """Each number once; ``0.0`` and ``-0.0`` are two."""
    return list({repr(n): n for n in numbers}.values())


def fresh_int(number: float) -> Make:
    """Makes an integer."""
    return lambda: int(str(int(number)))


def fresh_float(number: float) -> Make:
    """Makes a float."""
    return lambda: float(repr(number))


def fresh_text(text: str) -> Make:
    """Makes a text, which is none of the interned ones."""
    return lambda: "".join(list(text))


def fresh_bytes(kind: Callable[..., Any], data: bytes) -> Make:
    """Makes bytes, or what is made of them."""
    return lambda: kind(bytearray(data))


def _counter_of(pairs: list[tuple[Any, Any]]) -> Any:
    return collections.Counter(dict(pairs))


def _default_of(pairs: list[tuple[Any, Any]]) -> Any:
    return collections.defaultdict(int, pairs)


INTS = (0, 1, 2, -1, 3, 1000, 10, -7, 255, 256, 100, -1000, 2**31, 2**53 + 1)
FLOATS = (
    0.0, 1.0, 0.5, -1.0, 2.5, -0.0, float("nan"), float("inf"), 0.1, 3.0, -2.5, 1e-9, 1e16, -float("inf"), 1000.0
)  # fmt: skip
TEXTS = ("", "a", "ab", " ", "b", "A", "0", "aa", "a b", "a,b", "-1", "a\nb\n", " a ", "é", "x=1", "İß", "%s{}", "\0")
BYTES = (b"", b"a", b"ab", b"\0", b" ", b"aa", b"\xff\xfe", b"a\r\nb")
_DAYS = ((2024, 2, 29), (2023, 12, 31), (1, 1, 1), (1970, 1, 1), (9999, 12, 31))
PLAIN: dict[Any, tuple[tuple[Make, ...], Callable[[Any], Any]]] = {
    bool: ((lambda: False, lambda: True), lambda st: st.booleans()),
    complex: (
        (lambda: 0j, lambda: 1 + 2j, lambda: complex("nan"), lambda: -1j),
        lambda st: st.complex_numbers(max_magnitude=1e6),
    ),
    decimal.Decimal: (
        tuple(partial(decimal.Decimal, t) for t in ("0", "1", "2.50", "-1", "0.1", "1E+3", "-0", "NaN", "Infinity")),
        lambda st: st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000),
    ),
    fractions.Fraction: (
        tuple(partial(fractions.Fraction, *n) for n in ((0, 1), (1, 1), (1, 3), (-1, 2), (1000, 7))),
        lambda st: st.fractions(min_value=-1000, max_value=1000, max_denominator=50),
    ),
    dt.date: (tuple(partial(dt.date, *d) for d in _DAYS), lambda st: st.dates()),
    dt.datetime: (
        (
            *(partial(dt.datetime, *d, 23, 59, 59) for d in _DAYS[:3]),
            lambda: dt.datetime(2024, 2, 29, 12, tzinfo=_UTC),
            lambda: dt.datetime(2024, 2, 29, 12, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        ),
        lambda st: st.datetimes(),
    ),
    dt.time: (
        (lambda: dt.time(0), lambda: dt.time(23, 59, 59, 999999), lambda: dt.time(12, tzinfo=_UTC)),
        lambda st: st.times(),
    ),
    dt.timedelta: (
        tuple(partial(dt.timedelta, *n) for n in ((0, 0), (0, 1), (1, 0), (-1, 3600), (365, 59))),
        lambda st: st.timedeltas(
            min_value=dt.timedelta(days=-1000), max_value=dt.timedelta(days=1000)
        ),
    ),
    range: (
        (lambda: range(0), lambda: range(3), lambda: range(5, 0, -2), lambda: range(-2, 1)),
        lambda st: st.builds(range, st.integers(-5, 5), st.integers(-5, 10), st.sampled_from((1, 2, -1))),
    ),
}  # fmt: skip
CONTAINERS: dict[Any, tuple[Callable[..., Any], ...]] = {
    list: (list,), abc.MutableSequence: (list,), abc.Sequence: (list, tuple), abc.Collection: (list, tuple, set),
    abc.Container: (list, set), abc.Reversible: (list, tuple), abc.Iterable: (list, iter, tuple),
    abc.Iterator: (iter,), set: (set,), frozenset: (frozenset,), abc.Set: (set, frozenset),
    abc.MutableSet: (set,), collections.deque: (collections.deque,),
}  # fmt: skip
MAPPINGS: dict[Any, Callable[..., Any]] = {
    dict: dict, abc.Mapping: dict, abc.MutableMapping: dict, collections.OrderedDict: collections.OrderedDict,
    collections.defaultdict: _default_of, collections.Counter: _counter_of,
}  # fmt: skip


def ints(st: Any) -> Any:
    """Integers that are not too many times for anything."""
    return st.integers(-LARGEST, LARGEST)


def floats(st: Any) -> Any:
    """Floats of all kinds."""
    return st.floats(width=64)


def texts(st: Any) -> Any:
    """Short texts."""
    return st.lists(st.sampled_from(_ALPHABET), max_size=12).map("".join)
