"""What the parameters of a function are annotated with. Annotations that are text are read, never evaluated.

Names that are imported for type checkers alone are not there when the program runs. Those of well-known modules are
found all the same; any other refuses the parameter.
"""

from __future__ import annotations

import ast
import builtins
import collections
import collections.abc
import datetime as dt
import decimal
import enum
import fractions
import inspect
import sys
import typing
from typing import Any, NamedTuple

_MODULES = {
    "typing": typing, "t": typing, "collections": collections, "datetime": dt, "decimal": decimal,
    "enum": enum, "fractions": fractions, "abc": collections.abc,
}  # fmt: skip
_CLASSES = {
    **{name: getattr(typing, name) for name in typing.__all__},
    **{name: getattr(collections.abc, name) for name in collections.abc.__all__},
    "date": dt.date, "time": dt.time, "timedelta": dt.timedelta, "Decimal": decimal.Decimal,
    "Fraction": fractions.Fraction, "OrderedDict": collections.OrderedDict, "deque": collections.deque,
    "defaultdict": collections.defaultdict,
}  # fmt: skip
"""What a name stands for that the module itself does not hold; ``datetime`` is there a class, for so it is imported."""
MISSING = inspect.Parameter.empty


class Refused(Exception):
    """Why no value can be made for an annotation."""


class Wanted(NamedTuple):
    """A parameter: its name, its kind as ``inspect`` has it, what it is annotated with, whether it may be left out."""

    name: str
    kind: Any
    annotation: Any
    optional: bool


def parameters(function: Any) -> tuple[Wanted, ...]:
    """The parameters of a function in their order. Raises ``Refused`` where it has no signature."""
    plain = inspect.unwrap(function)
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError) as error:
        raise Refused("it has no signature") from error
    noted = raw(plain)
    return tuple(
        Wanted(p.name, p.kind, noted.get(p.name, MISSING), p.default is not MISSING)
        for p in signature.parameters.values()
    )


def raw(what: Any) -> dict[str, Any]:
    """The annotations of a function or class as they stand, text or not. Since 3.14 they are asked for as text."""
    if sys.version_info >= (3, 14):
        import annotationlib

        return dict(annotationlib.get_annotations(what, format=annotationlib.Format.STRING))
    # A class of 3.9 answers with the annotations of its base where it has none itself.
    held = vars(what) if isinstance(what, type) else {"__annotations__": what.__annotations__}
    return dict(held.get("__annotations__", {}))


def resolved(annotation: Any, namespace: dict[str, Any]) -> Any:
    """What an annotation stands for, with the names of a module. Raises ``Refused``."""
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    try:
        tree = ast.parse(annotation.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Refused(f"the annotation {annotation!r} cannot be read") from error
    return _read(tree.body, namespace)


def _read(node: ast.expr, namespace: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return _named(node.id, namespace)
    if isinstance(node, ast.Attribute):
        return _attribute(node, namespace)
    if isinstance(node, ast.Constant):
        return resolved(node.value, namespace)
    if isinstance(node, ast.Tuple):
        return tuple(_read(item, namespace) for item in node.elts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return typing.Union[_read(node.left, namespace), _read(node.right, namespace)]  # noqa: UP007  3.9 has no other
    if isinstance(node, ast.Subscript):
        return _subscript(node, namespace)
    raise Refused(f"an annotation holds a {type(node).__name__}")


def _named(name: str, namespace: dict[str, Any]) -> Any:
    for place in (namespace, vars(builtins)):
        if name in place:
            return place[name]
    if name == "datetime":
        return dt.datetime
    if name in _CLASSES:
        return _CLASSES[name]
    raise Refused(f"{name} is not there when the program runs")


def _attribute(node: ast.Attribute, namespace: dict[str, Any]) -> Any:
    base = node.value
    if isinstance(base, ast.Name) and base.id not in namespace and base.id in _MODULES:
        owner: Any = _MODULES[base.id]
    else:
        owner = _read(base, namespace)
    found = inspect.getattr_static(owner, node.attr, MISSING) if isinstance(owner, type) else None
    if found is None or found is MISSING or hasattr(found, "__get__"):
        found = getattr(owner, node.attr, MISSING)
    if found is MISSING:
        raise Refused(f"{node.attr} is not there when the program runs")
    return found


def _subscript(node: ast.Subscript, namespace: dict[str, Any]) -> Any:
    base = _read(node.value, namespace)
    inside: Any = node.slice
    if type(inside).__name__ == "Index":  # what 3.8 has around it
        inside = inside.value
    parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    if base is typing.Literal:
        values = [p.value if isinstance(p, ast.Constant) else _literal(p, namespace) for p in parts]
        return typing.Literal[tuple(values)]
    if base is getattr(typing, "Annotated", None):
        return _read(parts[0], namespace)
    arguments = tuple(_read(part, namespace) for part in parts)
    try:
        return base[arguments if len(arguments) != 1 or isinstance(inside, ast.Tuple) else arguments[0]]
    except TypeError as error:
        raise Refused(f"{getattr(base, '__name__', base)} takes no such arguments") from error


def _literal(node: ast.expr, namespace: dict[str, Any]) -> Any:
    """A literal that is no constant: a negative number, or the member of an enum."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return _read(node, namespace)
