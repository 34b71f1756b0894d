"""Variations of what an instance holds, inherits and can be asked."""

from __future__ import annotations

import contextlib
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nova.proof.child.doubles import Rival, answering, callables, leaving, of_subclass
    from nova.proof.child.freezing import attributes
    from nova.proof.child.near_containers import Hints
    from nova.proof.child.near_values import near
    from nova.proof.child.spaces import class_data
    from nova.proof.child.trying import LOCKS
    from nova.proof.child.variation import Variation, is_plain
else:
    from doubles import Rival, answering, callables, leaving, of_subclass
    from freezing import attributes
    from near_values import near
    from spaces import class_data
    from trying import LOCKS
    from variation import Variation, is_plain

PLAIN = (int, float, str, bytes, bool, type(None), tuple, list, dict, set, frozenset)
_FOREIGN = frozenset({"builtins", "io", "datetime", "re", "threading", "_thread"})


class Holding:
    """Makes them.

    ``names`` are those that the code says; ``asked`` takes what doubles are asked; ``rival`` makes the call once more.
    Without ``can_undo`` none of them can be taken back.
    """

    def __init__(
        self,
        hints: Hints,
        names: list[str],
        handled: list[type],
        asked: list[str],
        rival: Callable[[], Any],
        *,
        can_undo: bool,
    ) -> None:
        self.hints = hints
        self.names = frozenset(names)
        self.handled = handled
        self.asked = asked
        self.can_undo = can_undo
        self.rival = rival

    def of(self, value: Any, path: str, depth: int = 0) -> Iterator[Variation]:
        """What an instance of a class written in Python holds, inherits and can be asked."""
        kind = type(value)
        if isinstance(value, (*PLAIN, type, types.ModuleType)) or (
            callable(value) and isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType))
        ):
            if isinstance(value, (list, tuple)) and depth < 2:
                for index, item in enumerate(list(value)[:3]):
                    yield from self.of(item, f"{path}[{index}]", depth + 1)
            return
        sources = [self._attribute(value, path, n, v) for n, v in list(attributes(value).items())[:12]]
        sources.append(self._inherited(value, kind, path))
        if depth < 2:
            for name, held in list(attributes(value).items())[:12]:
                sources.append(self.of(held, f"{path}.{name}", depth + 1))
        while sources:
            for source in list(sources):
                variation = next(source, None)
                if variation is None:
                    sources.remove(source)
                else:
                    yield variation

    def _attribute(self, value: Any, path: str, name: str, held: Any) -> Iterator[Variation]:
        def put(says: str, other: Any, kept: bool) -> Variation:
            def apply() -> Callable[[], None]:
                object.__setattr__(value, name, other)
                return lambda: object.__setattr__(value, name, held)

            return Variation(f"{path}.{name}: {says}", kept, apply, plain=is_plain(other) and self.can_undo)

        if isinstance(held, (types.FunctionType, types.MethodType)):
            for says, double, kept in callables(held, self.handled, self.asked):
                yield put(says, double, kept)
            return
        if isinstance(held, LOCKS):
            for before in (True, False):

                def come(before: bool = before) -> None:
                    object.__setattr__(value, name, Rival(held, self.rival, before=before))

                when = "before it is taken" if before else "after it is released"
                yield Variation(f"{path}.{name}: the same call comes in {when}", True, come)
            return
        if isinstance(held, list) and held and callable(held[0]):

            def leave() -> None:
                held[0] = leaving(held[0], held)
                if len(held) == 1:
                    held.append(leaving(held[0], held))

            yield Variation(f"{path}.{name}: the first leaves while it is called", True, leave)
        for says, other, kept in near(held, self.hints):
            if kept or other is None:  # nobody from outside puts another kind of value there
                yield put(says, other, kept)

    def _inherited(self, value: Any, kind: type, path: str) -> Iterator[Variation]:
        """The same object, of a subclass that says other things than its class."""
        if kind.__module__ in _FOREIGN:
            return

        def subclass(says: str, body: dict[str, Any], kept: bool) -> Variation:
            def apply() -> None:
                of_subclass(value, body)

            return Variation(f"{path}: {says}", kept, apply)

        yield subclass("of a subclass", {}, True)
        for base in kind.__mro__[1:-1]:
            for name, held in list(vars(base).items()):
                if name in self.names and isinstance(held, types.FunctionType):
                    yield self._sibling(value, kind, base, name, path)
        yield from self._hidden(value, kind, path)
        for base in kind.__mro__[:-1]:
            for name, held in class_data(base).items():
                if name.startswith("__"):
                    continue
                for count, (says, other, kept) in enumerate(near(held, self.hints, 1)):
                    if kept and count < 3:
                        yield subclass(f"a subclass whose {name} is {says}", {name: other}, True)
            for name, held in list(vars(base).items()):
                if isinstance(held, types.FunctionType) and not name.startswith("__"):
                    public = not name.startswith("_")
                    for how in ("argument", "near", "raises"):
                        body = {name: answering(name, how, self.asked)}
                        yield subclass(f"a subclass whose {name} is another ({how})", body, public)

    def _hidden(self, value: Any, kind: type, path: str) -> Iterator[Variation]:
        """The same object, of a subclass that has what the code asks for, and cannot give it."""
        held_here = [
            *attributes(value),
            *(n for base in kind.__mro__[:-1] for n, v in vars(base).items() if _is_data(v)),
        ]
        for name in dict.fromkeys(held_here):
            if name in self.names and not name.startswith("__"):
                hidden: dict[str, Any] = {name: property(_no_attribute(name))}

                def apply(hidden: dict[str, Any] = hidden) -> None:
                    of_subclass(value, hidden)

                yield Variation(f"{path}: a subclass whose {name} raises AttributeError", False, apply)

    def _sibling(self, value: Any, kind: type, base: type, name: str, path: str) -> Variation:
        """The same object, of a class that has another one between it and its base."""

        def apply() -> None:
            method = vars(base)[name]

            def overriding(*args: Any, **kwargs: Any) -> Any:
                self.asked.append(f"sibling {name}")
                return method(*args, **kwargs)

            between = type("Sibling", (base,), {name: overriding})
            with contextlib.suppress(Exception):
                value.__class__ = type(kind.__name__, (kind, between), {"__module__": kind.__module__})

        return Variation(f"{path}: with a sibling that overrides {name} of {base.__name__}", False, apply)


def _is_data(value: Any) -> bool:
    return not isinstance(value, (types.FunctionType, staticmethod, classmethod))


def _no_attribute(name: str) -> Callable[[Any], Any]:
    def broken(_: Any) -> Any:
        raise AttributeError(name)

    return broken
