"""Containers near a container: fewer, more, equal and turned round elements, and elements near its own."""

from __future__ import annotations

import collections
import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Near = tuple[str, Any, bool]
    """What it is in words, the value, and whether it is of a kind that the call itself had."""
    Nearby = Callable[..., Iterator[Near]]


class Hints:
    """Plain values that the code itself names, and those that other calls gave: by type."""

    def __init__(self, plain: list[Any]) -> None:
        self.by_type: dict[type, list[Any]] = {}
        for value in plain:
            same = self.by_type.setdefault(type(value), [])
            if len(same) < 12 and not any(v == value for v in same):
                same.append(value)

    def of(self, kind: type) -> list[Any]:
        """Those of a type."""
        return self.by_type.get(kind, [])


def sequences(value: Any, hints: Hints, depth: int, near: Nearby) -> Iterator[Near]:  # noqa: C901
    """Lists, tuples and deques near one."""
    kind = type(value)
    items = list(value)

    def make(new: list[Any]) -> Any:
        if kind is list or kind is tuple:
            return kind(new)
        made = copy.copy(value)
        if isinstance(made, tuple):
            return type(made)(*new) if hasattr(made, "_fields") and len(new) == len(items) else tuple(new)
        made.clear()
        made.extend(new)
        return made

    yield "empty", make([]), True
    if items:
        yield "the first alone", make(items[:1]), True
        yield "the first twice", make([items[0], *items]), True
        yield "turned round", make(items[::-1]), True
        yield "twice", make(items + items), True
        yield "without the first", make(items[1:]), True
        yield "without the last", make(items[:-1]), True
        equal = copied(items[0])
        if equal is not items[0]:
            yield "with an equal one before the first", make([equal, *items]), True
            yield "with an equal one for the first", make([equal, *items[1:]]), True
        yield "with the first at the end", make([*items, items[0]]), True
        for index in dict.fromkeys([0, len(items) - 1]):
            if depth < 2:
                for count, (says, other, kept) in enumerate(near(items[index], hints, depth + 1)):
                    if count > (9 if depth == 0 else 4) and kept:
                        continue
                    new = [*items[:index], other, *items[index + 1 :]]
                    yield f"item {index} {says}", make(new), kept
        if depth == 0:
            for count, (says, other, kept) in enumerate(near(items[-1], hints, depth + 1)):
                if kept and count < 12:
                    yield f"with {says} at the end", make([*items, other]), kept
        for known in hints.of(type(items[0]))[:4]:
            yield f"{known!r} alone"[:80], make([known]), True
            yield f"with {known!r}"[:80], make([*items, known]), True
        yield "with None inside", make([items[0], None, *items[1:]]), False
    else:
        for other in (0, 1, "a", None, ""):
            yield f"of {other!r}", make([other]), False
        for other in (*hints.of(int)[:2], *hints.of(str)[:2]):
            yield f"of {other!r}", make([other]), False
        yield "of two", make([1, 2]), False
    yield "with True, 1 and 1.0", make([*items, True, 1, 1.0]), False
    yield "an iterator", iter(items), False
    yield "a generator", (i for i in items), False
    yield "the other sequence", tuple(items) if kind is list else list(items), False
    yield "a subclass", _Subclass.of(items, kind), False
    if depth == 0:
        yield "many", make((items or [0]) * 40), True
    yield "None", None, False


class _Subclass:
    class List(list):  # type: ignore[type-arg]
        """A list of a subclass."""

    class Tuple(tuple):  # type: ignore[type-arg]
        """A tuple of a subclass."""

        __slots__ = ()

    @staticmethod
    def of(items: list[Any], kind: type) -> Any:
        return _Subclass.Tuple(items) if kind is tuple else _Subclass.List(items)


def copied(value: Any) -> Any:
    """An equal object that is not the same one; the object itself where none can be had."""
    if isinstance(value, str) and len(value) > 1:
        return "".join(list(value))
    try:
        return copy.copy(value)
    except Exception:  # noqa: BLE001
        return value


def dicts(value: Any, hints: Hints, depth: int, near: Nearby) -> Iterator[Near]:
    """Dictionaries near one."""
    pairs = list(dict.items(value))

    def make(new: list[tuple[Any, Any]]) -> Any:
        if type(value) is dict:
            return dict(new)
        made = copy.copy(value)
        made.clear()
        made.update(new)
        return made

    yield "empty", make([]), True
    if pairs:
        yield "turned round", make(pairs[::-1]), True
        key, held = pairs[0]
        for says, other, kept in near(key, hints, 2):
            if kept and other not in value:
                yield f"with key {says}", make([*pairs, (other, held)]), True
                yield f"with key {says} first", make([(other, held), *pairs]), True
                break
    for key, held in pairs[:4]:
        yield f"without {key!r}"[:60], make([p for p in pairs if p[0] is not key]), True
        if depth < 2:
            for count, (says, other, kept) in enumerate(near(held, hints, depth + 1)):
                if count > 5 and kept:
                    continue
                yield f"{key!r} {says}"[:80], make([(k, other if k is key else v) for k, v in pairs]), kept
        yield f"{key!r} None"[:60], make([(k, None if k is key else v) for k, v in pairs]), False
    known = [*hints.of(str)[:6]]
    for key in known:
        if key not in value:
            for other in [held for _, held in pairs[:1]] + [None, 0, 1, ""]:
                yield "with {!r}: {!r}"[:60].format(key, other)[:80], make([*pairs, (key, other)]), bool(pairs)
    yield "a subclass", collections.OrderedDict(pairs), False
    yield "None", None, False


def sets(value: Any, kind: type, hints: Hints, near: Nearby) -> Iterator[Near]:
    """Sets near one."""
    items = sorted(value, key=repr)
    yield "empty", kind(), True
    if items:
        yield "one", kind(items[:1]), True
        yield "without one", kind(items[1:]), True
        for count, (says, other, kept) in enumerate(near(items[0], hints, 2)):
            if kept and count < 4:
                yield f"with {says}", kind([*items, other]), True
    yield "a list", items, False
    yield "None", None, False
