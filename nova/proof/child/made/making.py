"""Inputs made up from what a function's parameters are annotated with: edges first, then what Hypothesis draws.

The same function, number and seed give the same calls in every process: nothing is read from a database, from the
code of the target or from the clock, and nothing is written. So two processes, one with the old code and one with the
new, make the same calls, as long as both sides say the same of the parameters.

Nothing here limits how long a call takes: among the edges are numbers such as ``2**31``.
"""

from __future__ import annotations

import ast
import inspect
import itertools
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .annotations import MISSING, Refused, Wanted, parameters
from .drawing import Undrawn, drawn
from .edges import combined
from .outward import reaches
from .shapes import Hints, Reader, Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from .edges import Make

    Call = tuple[tuple[Any, ...], dict[str, Any]]

_NOTHING = Hints()
EDGES = 0.6
"""So much of what is asked for may be edges where something can be drawn too."""
HINTED = 24
"""So many constants of each kind are taken from the code of both sides."""


class Made(NamedTuple):
    """Calls to make, and why there are none, or why nothing was drawn beside the edges; empty where all is well."""

    calls: list[Call]
    why: str


class _Absent:
    """Stands for a parameter that is left out."""


def examples(function: Callable[..., Any], most: int, seed: int, hints: Hints = _NOTHING) -> list[Call]:
    """At most so many calls of a function, as positional and keyword arguments; see ``made``."""
    return made(function, most, seed, hints).calls


def made(function: Callable[..., Any], most: int, seed: int, hints: Hints = _NOTHING) -> Made:
    """Calls of a function whose every needed parameter is annotated with what a value can safely be made for.

    None of a function that is awaited or looks as if it reached outside. A parameter with a default is left out where
    nothing can be made for it. Values are made anew for every call, also the equal ones within a call; some calls are
    given one and the same list, dictionary or set twice. A value whose class refuses its parts is passed over, so
    where the changed file defines that class the calls of both sides should be compared before their outcomes.
    """
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return Made([], "it must be awaited")
    try:
        wanted = parameters(function)
        reader = Reader(hints)
        names = dict(getattr(inspect.unwrap(function), "__globals__", {}))
        given = [(p, shape) for p in wanted for shape in [_of(p, reader, names)] if shape is not None]
    except Refused as error:
        return Made([], str(error))
    if not given:
        return Made([], "it takes nothing that could be varied")
    outside = reaches(function)
    if outside:
        return Made([], f"it looks as if it reached outside: {outside}")
    return _calls(given, most, seed)


def hints(*texts: str) -> Hints:
    """The constants in the code of some texts, the same for every order of them; none of text that is no code."""
    found: dict[type, dict[str, Any]] = {}
    for text in texts:
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            continue
        documents = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in documents and len(repr(node.value)) < 60:
                found.setdefault(type(node.value), {})[repr(node.value)] = node.value

    def some(*kinds: type) -> tuple[Any, ...]:
        every = {key: value for kind in kinds for key, value in found.get(kind, {}).items()}
        return tuple(every[key] for key in sorted(every, key=lambda k: (len(k), k))[:HINTED])

    return Hints(some(int, float), some(str), some(bytes))


def _of(parameter: Wanted, reader: Reader, names: dict[str, Any]) -> Shape | None:
    """The shape of a parameter; None where it is left out. Raises ``Refused`` for one that is needed."""
    spread = parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    try:
        if parameter.annotation is MISSING:
            raise Refused("it is not annotated")  # noqa: TRY301  every reason goes one way
        shape = reader.shape(parameter.annotation, names)
    except Refused as error:
        if parameter.optional or spread:
            return None
        raise Refused(f"{parameter.name}: {error}") from error
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        return None
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        few = shape.edges[:3]
        rows = [(), few[:1], few, *((edge,) for edge in shape.edges[1:])]
        return Shape(
            tuple(partial(_spread, row) for row in rows),
            lambda st: st.lists(shape.strategy(st), max_size=4).map(tuple),
        )
    if parameter.optional:
        return Shape((_Absent, *shape.edges), lambda st: st.one_of(st.builds(_Absent), shape.strategy(st)))
    return shape


def _calls(given: list[tuple[Wanted, Shape]], most: int, seed: int) -> Made:
    wanted = [p for p, _ in given]
    shapes = [s for _, s in given]
    why = ""
    edges: list[Call] = []
    for row in combined([s.edges for s in shapes], most):
        _add(edges, wanted, partial(_values, row))
    for i, j in itertools.combinations(range(len(given)), 2):
        if repr(wanted[i].annotation) == repr(wanted[j].annotation):
            _add(edges, wanted, partial(_shared, shapes, i, j))
    beside: list[Call] = []
    try:
        room = max(most - len(edges), int(most * (1 - EDGES)))
        for values in drawn([s.strategy for s in shapes], room, seed):
            _add(beside, wanted, partial(list, values))
    except Undrawn as error:
        why = str(error)
    kept = edges[: most - len(beside)] + beside
    return Made(kept[:most], why if kept else why or "none of its values could be made")


def _values(row: tuple[Make, ...]) -> list[Any]:
    return [make() for make in row]


def _spread(row: tuple[Make, ...]) -> tuple[Any, ...]:
    return tuple(make() for make in row)


def _shared(shapes: list[Shape], i: int, j: int) -> list[Any]:
    """Ordinary values, of which two are one and the same container."""
    values = [s.edges[min(2, len(s.edges) - 1)]() for s in shapes]
    if not isinstance(values[i], (list, dict, set, bytearray)):
        raise TypeError("two values that cannot be changed are as good as one")
    values[j] = values[i]
    return values


def _add(calls: list[Call], wanted: list[Wanted], values: Callable[[], list[Any]]) -> None:
    """Add a call, unless its values cannot be made."""
    try:
        made_now = values()
    except Exception:  # noqa: BLE001  a class of the target may refuse its parts with anything
        return
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    gap = False
    for parameter, value in zip(wanted, made_now):
        if isinstance(value, _Absent):
            gap = True
        elif parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            if not gap:
                positional.extend(value)
        elif parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            keywords[parameter.name] = value
        elif not gap:
            positional.append(value)
        elif parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
            keywords[parameter.name] = value
    calls.append((tuple(positional), keywords))
