"""Variations of a call: one thing changed at a time, at the edges of what the call had."""

from __future__ import annotations

import builtins
import inspect
import os
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nova.proof.child.calls import Call
    from nova.proof.child.doubles import callables, telling
    from nova.proof.child.freezing import is_iterator, short
    from nova.proof.child.holding import PLAIN, Holding
    from nova.proof.child.near_containers import Hints
    from nova.proof.child.near_values import near, near_iterator
    from nova.proof.child.trying import Injected, Watch
    from nova.proof.child.variation import Variation, is_plain
else:
    from doubles import callables, telling
    from freezing import is_iterator, short
    from holding import PLAIN, Holding
    from near_containers import Hints
    from near_values import near, near_iterator
    from trying import Injected
    from variation import Variation, is_plain


class Varying:
    """The variations of one call. Values are made at once; what is changed is changed when one of them is applied."""

    def __init__(
        self, call: Call, watch: Watch, plain: list[Any], names: list[str], pool: dict[str, list[Any]]
    ) -> None:
        self.call = call
        self.watch = watch
        self.hints = Hints(plain)
        self.pool = pool
        self.names = names
        self.handled = _handled(call.raw, names)
        self.items: dict[int, list[Any]] = {}
        self.can_undo = not any(is_iterator(v) for v in (*call.args, *call.kwargs.values()))
        self.holding = Holding(self.hints, names, self.handled, watch.asked, self._rival, can_undo=self.can_undo)
        for index, value in enumerate(call.args):
            if is_iterator(value):
                items = []
                for item in value:
                    items.append(item)
                    if len(items) >= 50:
                        break
                self.items[index] = items
                call.args[index] = iter(items)

    def all(self, callees: list[str]) -> Iterator[Variation]:
        """All of them; those of one argument take turns with those of the others."""
        sources = [self._left_out(), self._modes(), self._pooled(), self._alike(), self._passed_on()]
        sources += [self._argument(index) for index in range(len(self.call.args))]
        sources += [self._keyword(name) for name in self.call.kwargs]
        sources += [self.holding.of(value, self._called(i)) for i, value in enumerate(self.call.args)]
        sources += [self._globals(), self._injected(callees), self._environment()]
        seen: set[str] = set()
        while sources:
            for source in list(sources):
                variation = next(source, None)
                if variation is None:
                    sources.remove(source)
                elif variation.key not in seen:
                    seen.add(variation.key)
                    yield variation

    def _called(self, index: int) -> str:
        name = self.call.names[index] if index < len(self.call.names) else "*"
        return name if name != "*" else f"argument {index}"

    def _left_out(self) -> Iterator[Variation]:
        code = self.call.raw.__code__
        defaults = len(self.call.raw.__defaults__ or ())
        named = len([n for n in self.call.names if n != "*"])
        required = code.co_argcount - defaults
        if named == len(self.call.args):
            for count in range(named - 1, required - 1, -1):

                def cut(count: int = count) -> None:
                    del self.call.args[count:]

                yield Variation(f"{code.co_varnames[count]} left to its default", True, cut, plain=True)
        for name in list(self.call.kwargs):
            if name in (self.call.raw.__kwdefaults__ or {}) or code.co_flags & inspect.CO_VARKEYWORDS:

                def drop(name: str = name) -> None:
                    self.call.kwargs.pop(name, None)

                yield Variation(f"{name} left out", name in (self.call.raw.__kwdefaults__ or {}), drop)
        for index in range(len(self.call.args), code.co_argcount):
            name = code.co_varnames[index]
            default = (self.call.raw.__defaults__ or ())[index - required]
            values = [(f"known {short(v)}", v, True) for v in self.pool.get(name, [])]
            for says, value, kept in [*values, *near(default, self.hints)]:

                def give(name: str = name, value: Any = value) -> None:
                    self.call.kwargs[name] = value

                yield Variation(f"{name}: {says}", kept, give)
        for name, default in (self.call.raw.__kwdefaults__ or {}).items():
            if name not in self.call.kwargs:
                for says, value, kept in near(default, self.hints):

                    def give_named(name: str = name, value: Any = value) -> None:
                        self.call.kwargs[name] = value

                    yield Variation(f"{name}: {says}", kept, give_named, plain=is_plain(value))

    def _modes(self) -> Iterator[Variation]:
        if self.call.kind == "generator":
            for mode in ("close", "throw"):
                yield Variation(f"the generator is asked to {mode}", True, None, mode)
        if self.call.kind == "coroutine":
            yield Variation("two at the same time", True, None, "twice")

    def _pooled(self) -> Iterator[Variation]:
        for index, name in enumerate(self.call.names):
            for value in self.pool.get(name, []):
                yield self._replaced(index, f"as in another call {short(value)}", value, True)

    def _rival(self) -> Any:
        """The same call once more."""
        return self.call.function(*self.call.args, **self.call.kwargs) if self.call.kind == "plain" else None

    def _passed_on(self) -> Iterator[Variation]:
        """More arguments than there were, where any are taken, with callables that tell what they are given."""
        flags = self.call.raw.__code__.co_flags

        def more(by_name: bool) -> None:
            for index, value in enumerate(self.call.args):
                if callable(value) and not (index == 0 and self.call.owner is not None):
                    self.call.args[index] = telling
            if by_name:
                self.call.kwargs["of_ours"] = 1
            else:
                self.call.args.append(2)

        if flags & inspect.CO_VARKEYWORDS:
            yield Variation("one more argument by name", True, lambda: more(True))
        if flags & inspect.CO_VARARGS and len(self.call.args) >= self.call.raw.__code__.co_argcount:
            yield Variation("one more argument", True, lambda: more(False))

    def _alike(self) -> Iterator[Variation]:
        """All arguments of one type made equal, large, and not the same object."""
        for kind, large in ((str, 300), (int, 1000), (float, 1e17), (bytes, 300), (list, 300), (tuple, 300)):
            places = [i for i, value in enumerate(self.call.args) if type(value) is kind]
            if len(places) > 1:
                for size in (large, 2):

                    def apply(places: list[int] = places, kind: Any = kind, size: Any = size) -> None:
                        for index in places:
                            first = self.call.args[places[0]]
                            self.call.args[index] = _anew(kind, size, first)

                    yield Variation(f"all of type {kind.__name__}: equal, {size}", True, apply)

    def _argument(self, index: int) -> Iterator[Variation]:
        value = self.call.args[index]
        if index in self.items:
            for says, other, kept in near_iterator(self.items[index], self.hints):
                yield self._replaced(index, says, other, kept)
            return
        if callable(value) and not isinstance(value, type):
            for says, double, kept in callables(value, self.handled, self.watch.asked):
                yield self._replaced(index, says, double, kept)
        if index == 0 and self.call.owner is not None and isinstance(value, (type, self.call.owner)):
            return
        for says, other, kept in near(value, self.hints):
            yield self._replaced(index, says, other, kept)
        for other_index, other_value in enumerate(self.call.args):
            if other_index != index and type(other_value) is type(value):
                says = f"the same as {self._called(other_index)}"
                yield self._replaced(index, says, other_value, True)

    def _keyword(self, name: str) -> Iterator[Variation]:
        value = self.call.kwargs[name]

        def replaced(says: str, other: Any, kept: bool) -> Variation:
            def apply() -> None:
                self.call.kwargs[name] = other

            return Variation(f"{name}: {says}", kept, apply, plain=is_plain(other) and self.can_undo)

        if callable(value) and not isinstance(value, type):
            for says, double, kept in callables(value, self.handled, self.watch.asked):
                yield replaced(says, double, kept)
        for says, other, kept in near(value, self.hints):
            yield replaced(says, other, kept)

    def _replaced(self, index: int, says: str, other: Any, kept: bool) -> Variation:
        def apply() -> Callable[[], None] | None:
            value = self.call.args[index]
            if type(value) is list and type(other) is list and value is not other:
                items = list(value)
                value[:] = other
                return lambda: value.__setitem__(slice(None), items)
            if type(value) is dict and type(other) is dict and value is not other:
                pairs = list(value.items())
                new = list(other.items())
                value.clear()
                value.update(new)
                return lambda: _refilled(value, pairs)
            self.call.args[index] = other
            return None

        plain = is_plain(other) and self.can_undo
        return Variation(f"{self._called(index)}: {says}", kept, apply, plain=plain)

    def _globals(self) -> Iterator[Variation]:
        space = self.call.raw.__globals__
        for name in self.names:
            if name not in space or name.startswith("__"):
                continue
            held = space[name]
            if isinstance(held, PLAIN):
                for count, (says, other, kept) in enumerate(near(held, self.hints, 1)):
                    if kept and count < 4:

                        def put(name: str = name, other: Any = other) -> None:
                            space[name] = other

                        yield Variation(f"global {name}: {says}", not name.isupper(), put)
            elif not isinstance(held, (type, types.ModuleType)) and not callable(held):
                yield from self.holding.of(held, f"global {name}", 1)

    def _injected(self, callees: list[str]) -> Iterator[Variation]:
        kinds: list[Any] = [Injected, *self.handled[:2], KeyboardInterrupt]
        for name in dict.fromkeys(callees):
            for kind in kinds:
                for occurrence in (1, 2):

                    def inject(name: str = name, kind: Any = kind, occurrence: int = occurrence) -> None:
                        self.watch.inject = (name, occurrence, lambda: kind("of ours"))

                    key = f"call {occurrence} of {name} raises {kind.__name__}"
                    yield Variation(key, True, inject)
        if len(callees) > 1:

            def every() -> None:
                self.watch.inject = ("*", 0, Injected)

            yield Variation("every call raises", False, every)

    def _environment(self) -> Iterator[Variation]:
        for name in self.hints.of(str):
            if name.isupper() and len(name) > 2:

                def put(name: str = name) -> None:
                    os.environ[name] = "of ours"

                def drop(name: str = name) -> None:
                    os.environ.pop(name, None)

                yield Variation(f"environment {name} set", True, put)
                yield Variation(f"environment {name} not set", True, drop)
        if "logging" in sys.modules:
            import logging

            for level in (logging.DEBUG, logging.CRITICAL):

                def at(level: int = level) -> None:
                    logging.getLogger().setLevel(level)

                yield Variation(f"log level {level}", True, at)


def _anew(kind: Any, size: Any, like: Any) -> Any:
    """A value that is made at this moment, of the same elements as another one of its type."""
    if kind in (int, float):
        return kind(str(kind(size)))
    if kind in (str, bytes):
        part = like[:1] or kind(b"a" if kind is bytes else "a")
        return part[:0].join([part] * size)
    return kind(list(like[:1] or [0]) * size)


def _refilled(value: dict[Any, Any], pairs: list[Any]) -> None:
    value.clear()
    value.update(pairs)


def _handled(function: types.FunctionType, names: list[str]) -> list[type]:
    """Exception classes that the code names."""
    found = []
    for name in names:
        held = function.__globals__.get(name, getattr(builtins, name, None))
        if isinstance(held, type) and issubclass(held, BaseException) and held not in found:
            found.append(held)
    return found[:4]
