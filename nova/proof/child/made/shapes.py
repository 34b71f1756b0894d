"""What values an annotation admits: its edges, made by hand, and a Hypothesis strategy for what lies between them.

Every value is made anew each time it is asked for: equal values are not the same object, where Python lets them differ.
Numbers stay small but for a few edges, since a number may be how often something is done. ``Any``, ``object``,
callables, paths, files, patterns and plain classes are refused: nothing tells what the function would do with them.
"""

from __future__ import annotations

import dataclasses
import enum
import sys
import typing
from collections import abc
from typing import TYPE_CHECKING, Any, NamedTuple

from .annotations import Refused, raw, resolved
from .edges import (
    BYTES,
    CONTAINERS,
    FLOATS,
    INTS,
    MAPPINGS,
    PLAIN,
    TEXTS,
    combined,
    floats,
    fresh_bytes,
    fresh_float,
    fresh_int,
    fresh_text,
    ints,
    near,
    slanted,
    texts,
    unlike,
)  # fmt: skip

if typing.TYPE_CHECKING:
    from collections.abc import Callable

if TYPE_CHECKING:
    from .edges import Make

DEEPEST = 4
"""How far annotations may lie in one another; a class that holds itself ends there."""
WIDEST = 6
MEMBERS = 20
_FILES = ("Path", "PathLike", "PurePath", "IO", "TextIO", "BinaryIO", "socket", "Popen")


class Shape(NamedTuple):
    """``edges``: each makes one value. ``strategy``: from ``hypothesis.strategies`` to a strategy."""

    edges: tuple[Make, ...]
    strategy: Callable[[Any], Any]


class Hints(NamedTuple):
    """Constants that stand in the code of either side: inputs near them are worth more than any."""

    numbers: tuple[float, ...] = ()
    texts: tuple[str, ...] = ()
    data: tuple[bytes, ...] = ()


class Reader:
    """Reads annotations of one module's names into shapes. ``shape`` raises ``Refused``."""

    def __init__(self, hints: Hints) -> None:
        self._hints = hints

    def shape(self, annotation: Any, namespace: dict[str, Any], depth: int = 0) -> Shape:
        """The shape of what an annotation admits."""
        if depth > DEEPEST:
            raise Refused("the annotation lies too deep in itself")
        wanted = resolved(annotation, namespace)
        for _ in range(DEEPEST):
            inner = _stripped(wanted)
            if inner is wanted:
                break
            wanted = resolved(inner, namespace)
        origin = typing.get_origin(wanted) or wanted
        arguments = typing.get_args(wanted)
        if origin is typing.Literal:
            return _constants(arguments)
        if origin is typing.Union or type(wanted).__name__ == "UnionType":
            return self._union(arguments, namespace, depth)
        if wanted is None or wanted is type(None):
            return _constants((None,))
        simple = self._simple(wanted)
        if simple is not None:
            return simple
        container = CONTAINERS.get(origin)
        if container is not None:
            return self._container(container, arguments, namespace, depth)
        if origin is tuple:
            return self._tuple(arguments, namespace, depth)
        if origin in MAPPINGS:
            return self._mapping(MAPPINGS[origin], arguments, namespace, depth)
        if isinstance(wanted, type):
            return self._class(wanted, depth)
        raise Refused(f"nothing tells how to make a value for {_told(wanted)}")

    def _simple(self, wanted: Any) -> Shape | None:
        if wanted is int:
            close = [n for number in self._hints.numbers for n in near(number)]
            return _shape([fresh_int(n) for n in unlike([*INTS[:6], *close, *INTS[6:]])], ints)
        if wanted is float:
            close = [float(n) for number in self._hints.numbers for n in near(number)]
            return _shape([fresh_float(n) for n in unlike([*FLOATS[:8], *close, *FLOATS[8:]])], floats)
        if wanted is str:
            return _shape([fresh_text(t) for t in dict.fromkeys([*TEXTS[:4], *self._hints.texts, *TEXTS[4:]])], texts)
        if wanted in (bytes, bytearray):
            kinds = [fresh_bytes(wanted, b) for b in dict.fromkeys([*BYTES, *self._hints.data])]
            return _shape(kinds, lambda st: st.binary(max_size=12).map(wanted))
        found = PLAIN.get(wanted) if isinstance(wanted, abc.Hashable) else None
        return None if found is None else _shape(list(found[0]), found[1])

    def _union(self, arguments: tuple[Any, ...], namespace: dict[str, Any], depth: int) -> Shape:
        shapes, refused = [], []
        for argument in arguments:
            if any(name in _told(argument) for name in _FILES):
                raise Refused(f"it takes files ({_told(argument)})")
            try:
                shapes.append(self.shape(argument, namespace, depth + 1))
            except Refused as error:
                refused.append(error)
        if not shapes:
            raise refused[0]
        edges = [make for row in slanted([s.edges for s in shapes]) for make in row]
        return Shape(tuple(edges), lambda st: st.one_of(*(s.strategy(st) for s in shapes)))

    def _container(
        self, kinds: tuple[Callable[..., Any], ...], arguments: tuple[Any, ...], namespace: dict[str, Any], depth: int
    ) -> Shape:
        item = self.shape(arguments[0] if arguments else int, namespace, depth + 1)
        first = kinds[0]
        if first in (set, frozenset):
            item = _hashable(item)
        rows = _rows(item.edges)
        edges = [_holding(first, row) for row in rows]
        edges += [_holding(kind, row) for kind in kinds[1:] for row in rows[:4]]
        return Shape(tuple(edges), lambda st: st.lists(item.strategy(st), max_size=WIDEST).map(first))

    def _tuple(self, arguments: tuple[Any, ...], namespace: dict[str, Any], depth: int) -> Shape:
        if not arguments or (len(arguments) == 2 and arguments[1] is Ellipsis):
            return self._container((tuple,), arguments[:1], namespace, depth)
        if arguments == ((),):
            return _constants(((),))
        items = [self.shape(a, namespace, depth + 1) for a in arguments]
        return _product(items, lambda *values: tuple(values))

    def _mapping(
        self, kind: Callable[..., Any], arguments: tuple[Any, ...], namespace: dict[str, Any], depth: int
    ) -> Shape:
        keys = _hashable(self.shape(arguments[0] if arguments else str, namespace, depth + 1))
        values = self.shape(arguments[1] if len(arguments) > 1 else int, namespace, depth + 1)

        def zipped(ks: tuple[Make, ...], vs: tuple[Make, ...]) -> Make:
            return lambda: kind([(k(), v()) for k, v in zip(ks, vs)])

        ks, vs = keys.edges[:WIDEST], values.edges[:WIDEST]
        wide = vs * (len(ks) // len(vs) + 1)
        edges = [
            lambda: kind([]), zipped(ks[:1], vs[:1]), zipped(ks, wide), zipped(ks[::-1], wide),
            zipped(ks, vs[:1] * len(ks)), *(zipped(ks[-1:], (v,)) for v in vs[1:]),
        ]  # fmt: skip
        return Shape(
            tuple(edges),
            lambda st: st.dictionaries(keys.strategy(st), values.strategy(st), max_size=WIDEST).map(
                lambda made: kind(list(made.items()))
            ),
        )

    def _class(self, wanted: type[Any], depth: int) -> Shape:
        if issubclass(wanted, enum.Enum):
            return _constants(tuple(wanted)[:MEMBERS])
        if hasattr(wanted, "__required_keys__") and issubclass(wanted, dict):
            return self._typed_dict(wanted, depth)
        if issubclass(wanted, tuple) and hasattr(wanted, "_fields"):
            return self._named(
                wanted, [(name, name in getattr(wanted, "_field_defaults", ())) for name in wanted._fields], depth
            )
        if dataclasses.is_dataclass(wanted) and vars(wanted)["__dataclass_params__"].init:
            return self._named(wanted, [(f.name, _has_default(f)) for f in dataclasses.fields(wanted) if f.init], depth)
        raise Refused(f"nothing tells how to make a {wanted.__name__}")

    def _named(self, wanted: type[Any], fields: list[tuple[str, bool]], depth: int) -> Shape:
        """A class that is called with its fields by name; one that has a default and cannot be made is left out."""
        names, shapes = [], []
        for name, optional in fields:
            owner = next((c for c in wanted.__mro__ if name in raw(c)), wanted)
            try:
                shapes.append(self.shape(raw(owner).get(name, Any), _names_of(owner), depth + 1))
                names.append(name)
            except Refused:
                if not optional:
                    raise
        return _product(shapes, lambda *values: wanted(**dict(zip(names, values))))

    def _typed_dict(self, wanted: Any, depth: int) -> Shape:
        noted: dict[str, Any] = {}
        for owner in reversed([wanted, *getattr(wanted, "__orig_bases__", ())]):
            if isinstance(owner, type):
                noted.update(raw(owner))
        shapes = {n: self.shape(a, _names_of(wanted), depth + 1) for n, a in noted.items()}
        needed = [n for n in shapes if n in wanted.__required_keys__]
        every = _product(list(shapes.values()), lambda *values: dict(zip(shapes, values)))
        if len(needed) == len(shapes):
            return every
        least = _product([shapes[n] for n in needed], lambda *values: dict(zip(needed, values)))
        return Shape(least.edges[:3] + every.edges, lambda st: st.one_of(least.strategy(st), every.strategy(st)))


def _stripped(wanted: Any) -> Any:
    """What stands behind names and marks that change no value."""
    origin = typing.get_origin(wanted)
    if hasattr(wanted, "__metadata__"):
        return wanted.__origin__
    if type(origin or wanted).__name__ == "TypeAliasType":
        return (origin or wanted).__value__
    if hasattr(wanted, "__supertype__"):
        return wanted.__supertype__
    if isinstance(wanted, typing.TypeVar):
        inner = wanted.__constraints__[0] if wanted.__constraints__ else wanted.__bound__
        if inner is None:
            raise Refused(f"{wanted.__name__} may be anything")
        return inner
    if getattr(origin, "_name", None) in {"Required", "NotRequired", "ReadOnly", "Final"}:
        return typing.get_args(wanted)[0]
    return wanted


def _names_of(owner: Any) -> dict[str, Any]:
    return dict(vars(sys.modules.get(owner.__module__, typing)))


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _told(wanted: Any) -> str:
    return str(getattr(wanted, "__name__", wanted))


def _shape(edges: list[Make], strategy: Callable[[Any], Any]) -> Shape:
    return Shape(tuple(edges), strategy)


def _constants(values: tuple[Any, ...]) -> Shape:
    if not values:
        raise Refused("it admits no value")

    def same(value: Any) -> Make:
        if isinstance(value, str) and not isinstance(value, enum.Enum):
            return fresh_text(value)
        return lambda: value

    return Shape(tuple(map(same, values)), lambda st: st.sampled_from(values))


def _hashable(item: Shape) -> Shape:
    def fits(make: Make) -> bool:
        try:
            hash(make())
        except TypeError:
            return False
        return True

    edges = tuple(make for make in item.edges if fits(make))
    if not edges:
        raise Refused("what it holds has no hash")
    return Shape(edges, item.strategy)


def _rows(edges: tuple[Make, ...]) -> list[tuple[Make, ...]]:
    """What a container may hold: nothing, one, several, the same twice, the same in another order."""
    some = edges[:WIDEST]
    rows: list[tuple[Make, ...]] = [(), some[:1], some[:3], some[:1] * 2, some[2::-1], (*some, *some[:2]), edges[-3:]]
    rows += [(edge,) for edge in edges[1:WIDEST]]
    return list(dict.fromkeys(rows))


def _holding(kind: Callable[..., Any], row: tuple[Make, ...]) -> Make:
    return lambda: kind([make() for make in row])


def _product(items: list[Shape], build: Callable[..., Any]) -> Shape:
    """Things made of parts: first all parts at their first edges, their second and so on, then one part at a time."""

    def of(makes: tuple[Make, ...]) -> Make:
        return lambda: build(*(make() for make in makes))

    rows = combined([item.edges for item in items], WIDEST * 4)
    return Shape(
        tuple(of(row) for row in rows),
        lambda st: st.tuples(*(item.strategy(st) for item in items)).map(lambda values: build(*values)),
    )
