"""Calls made up from a function's annotations, beside one that was caught: what the code says that it takes."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.proof.child.calls import Call
    from nova.proof.child.freezing import Heap, Writer, clipped, is_iterator
    from nova.proof.child.variation import PREFIX, Variation, is_plain
else:
    from freezing import Heap, Writer, clipped, is_iterator
    from variation import PREFIX, Variation, is_plain

SEED = 6
_SHOWN = 120


def generated(call: Call, settings: dict[str, Any]) -> tuple[list[Variation], str]:
    """Variations that replace all arguments, and why there are none; empty where there are.

    ``settings``: the code that makes them up as one ``text``, ``most`` of them, the ``texts`` of both sides, whose
    constants are hints, and the folder that Hypothesis is ``lent`` from. The key holds the arguments, so a call that
    one side alone makes up has no partner.
    """
    if not stands_free(call):
        return [], "it is no plain function of a module"
    made = types.ModuleType("_nova_generating")
    exec(compile(settings["text"], "<nova generating>", "exec"), made.__dict__)  # noqa: RUF100, S102
    if settings["lent"]:
        made.lend(settings["lent"])
    found = made.made(call.raw, settings["most"], SEED, made.hints(*settings["texts"]))
    can_undo = not any(is_iterator(v) for v in (*call.args, *call.kwargs.values()))
    variations = []
    for number, (args, kwargs) in enumerate(found.calls, 1):
        said = ", ".join([*map(_said, args), *(f"{name}={_said(value)}" for name, value in kwargs.items())])
        key = f"{PREFIX}{number}: {clipped(said, _SHOWN)}".replace(" & ", " + ")
        plain = can_undo and all(map(is_plain, (*args, *kwargs.values())))
        variations.append(Variation(key, True, _given(call, args, kwargs), plain=plain))
    return variations, "" if variations else found.why


def stands_free(call: Call) -> bool:
    """Whether its module, or a class there as a static method, holds the function itself: nothing is wrapped around."""
    within, _, name = call.raw.__qualname__.rpartition(".")
    space = call.raw.__globals__
    if not within:
        return space.get(name) in (call.raw, call.function)
    held = vars(space[within]).get(name) if isinstance(space.get(within), type) else None
    return isinstance(held, staticmethod) and held.__func__ is call.raw


def _said(value: Any) -> str:
    return repr(value) if is_plain(value) else Writer(Heap()).write(value)


def _given(call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Callable[[], Callable[[], None]]:
    def apply() -> Callable[[], None]:
        names = call.names
        known = call.raw.__code__.co_varnames[: call.raw.__code__.co_argcount]
        call.names = [*known[: len(args)], *["*"] * (len(args) - len(known))]
        call.args[:] = args
        call.kwargs.clear()
        call.kwargs.update(kwargs)

        def undo() -> None:
            call.names = names

        return undo

    return apply
