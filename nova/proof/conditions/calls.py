"""Conditions of edits of calls of builtins, and of what is asked of dictionaries."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from nova.proof.conditions.declaring import Declared, called, is_still, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.conditions.declaring import Made, Place

MOST = 15
"""A display of more entries is filled before the last of them is evaluated."""
_TYPES = frozenset(
    "bool bytearray bytes complex dict float frozenset int list object range set slice str tuple type".split()  # noqa: SIM905
)


def _only(node: ast.AST, place: Place, *names: str) -> ast.expr | None:
    """The one argument of a call of a builtin."""
    call = called(node, *names)
    if call is None or call.keywords or len(call.args) != 1 or isinstance(call.args[0], ast.Starred):
        return None
    return call.args[0] if place.is_builtin(*(n for n in names if n == getattr(call.func, "id", ""))) else None


def _items(node: ast.expr | None) -> list[ast.expr] | None:
    if isinstance(node, ast.List | ast.Tuple) and not any(isinstance(e, ast.Starred) for e in node.elts):
        return node.elts
    return None


def comprehension(node: ast.AST, place: Place) -> Iterator[Made]:
    """C400 and C401."""
    generator = _only(node, place, "list", "set")
    if not isinstance(generator, ast.GeneratorExp):
        return
    one = generator.generators[0]
    plain = len(generator.generators) == 1 and isinstance(one.target, ast.Name) and not one.is_async
    # What is asked whether it is true runs its __bool__; what is compared with ``is`` does not.
    tests = all(isinstance(test, ast.Compare) and is_still(test) for test in one.ifs)
    if plain and tests and is_still(generator.elt) and not isinstance(generator.elt, ast.Lambda):
        kind = ast.ListComp if called(node, "list") else ast.SetComp
        yield kind(generator.elt, generator.generators)


def set_display(node: ast.AST, place: Place) -> Iterator[Made]:
    """C405."""
    items = _items(_only(node, place, "set"))
    if items == []:
        yield ast.Call(ast.Name("set", ast.Load()), [], [])
    elif items and len(items) <= MOST and (len(items) == 1 or not all(isinstance(i, ast.Constant) for i in items)):
        yield ast.Set(items)


def dict_display(node: ast.AST, place: Place) -> Iterator[Made]:
    """C406."""
    pairs = _items(_only(node, place, "dict"))
    if pairs is None or len(pairs) > MOST:
        return
    entries = [_items(pair) for pair in pairs]
    if all(entry is not None and len(entry) == 2 for entry in entries):
        yield ast.Dict([e[0] for e in entries if e], [e[1] for e in entries if e])


def empty_display(node: ast.AST, place: Place) -> Iterator[Made]:
    """C408."""
    call = called(node, "dict", "list", "tuple")
    if call is None or call.args or not isinstance(call.func, ast.Name) or not place.is_builtin(call.func.id):
        return
    name, words = call.func.id, [k.arg for k in call.keywords]
    if name == "dict" and len(words) <= MOST and all(w and not w.startswith("__") for w in words):
        yield ast.Dict([ast.Constant(w) for w in words], [k.value for k in call.keywords])
    elif not words and name != "dict":
        yield ast.List([], ast.Load()) if name == "list" else ast.Tuple([], ast.Load())


def list_of_list(node: ast.AST, place: Place) -> Iterator[Made]:
    """C410 and C411."""
    inner = _only(node, place, "list")
    if isinstance(inner, ast.List | ast.ListComp):
        yield inner
    elif isinstance(inner, ast.Tuple):
        yield ast.List(inner.elts, ast.Load())


def list_of_sorted(node: ast.AST, place: Place) -> Iterator[Made]:
    """C413."""
    inner = _only(node, place, "list")
    if inner is not None and called(inner, "sorted") and place.is_builtin("sorted"):
        yield inner


def copied_twice(node: ast.AST, place: Place) -> Iterator[Made]:
    """C414."""
    call = called(node, "sorted", "list")
    if call is None or len(call.args) != 1 or not place.is_builtin("sorted", "list", "tuple"):
        return
    inner = _only(call.args[0], place, "list", "tuple")
    if inner is not None and all(k.arg and is_still(k.value) for k in call.keywords):
        yield ast.Call(call.func, [inner], call.keywords)


def conversion(node: ast.AST, place: Place) -> Iterator[Made]:
    """RUF010."""
    assert isinstance(node, ast.FormattedValue)
    for name in ("str", "repr", "ascii"):
        inner = _only(node.value, place, name)
        if inner is not None and node.conversion == -1:
            yield ast.FormattedValue(inner, ord(name[0]), node.format_spec)


def instance_of_several(node: ast.AST, place: Place) -> Iterator[Made]:
    """SIM101, where all of the ``or`` is about one name."""
    assert isinstance(node, ast.BoolOp)
    calls = [called(value, "isinstance") for value in node.values]
    if not isinstance(node.op, ast.Or) or not place.is_builtin("isinstance"):
        return
    kinds: list[ast.expr] = []
    subject: ast.expr | None = None
    for call in calls:
        if call is None or len(call.args) != 2 or call.keywords or not isinstance(call.args[0], ast.Name):
            return
        if subject is not None and not same(subject, call.args[0]):
            return
        subject = call.args[0]
        kinds += call.args[1].elts if isinstance(call.args[1], ast.Tuple) else [call.args[1]]
    if subject is not None and all(
        isinstance(k, ast.Name) and k.id in _TYPES and place.is_builtin(k.id) for k in kinds
    ):
        yield ast.Call(ast.Name("isinstance", ast.Load()), [subject, ast.Tuple(list(kinds), ast.Load())], [])


def keys_of_dict(node: ast.AST, place: Place) -> Iterator[Made]:
    """SIM118."""
    assert isinstance(node, ast.Call)
    asked = isinstance(node.func, ast.Attribute) and node.func.attr == "keys" and not node.args and not node.keywords
    parent = place.parents.get(node)
    member = isinstance(parent, ast.Compare) and all(isinstance(op, ast.In | ast.NotIn) for op in parent.ops)
    walked = isinstance(parent, ast.For | ast.comprehension) and parent.iter is node
    if asked and (member or walked) and isinstance(node.func, ast.Attribute) and place.is_dict(node.func.value):
        yield node.func.value


def get_none(node: ast.AST, place: Place) -> Iterator[Made]:
    """SIM910."""
    assert isinstance(node, ast.Call)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "get" and len(node.args) == 2 and not node.keywords:
        last = node.args[1]
        if isinstance(last, ast.Constant) and last.value is None and place.is_dict(node.func.value):
            yield ast.Call(node.func, node.args[:1], [])


_OWN = "the name of the builtin that is called means Python's own in this file"
_DICT = "what is asked is a dictionary and no subclass: **options, or a variable that is bound to displays alone"
_STILL = "evaluating an element or a test runs no code of any object, so nothing can raise StopIteration"
_FEW = f"its elements stand there one by one, {MOST} at most"
_ORDER = "there is one, or not all of them are constants: a set of constants may have another order"
_PAIRS = f"its entries stand there as pairs, {MOST} at most"
_WORDS = f"it takes nothing but {MOST} keywords at most, none of which a class could rename"
_NEW = "what is copied is a new list that nothing else holds"
_OUTER = "the outer call makes a new list of what it is given, and its other arguments run no code"
_TUPLE = (
    "one name of the function is asked about, and the types are Python's own, so that naming them early is the same"
)
CALLS = (
    *(Declared(code, (_OWN, _STILL), (ast.Call,), comprehension) for code in ("C400", "C401")),
    Declared("C405", (_OWN, _FEW, _ORDER), (ast.Call,), set_display),
    Declared("C406", (_OWN, _PAIRS), (ast.Call,), dict_display),
    Declared("C408", (_OWN, _WORDS), (ast.Call,), empty_display),
    *(Declared(code, (_OWN, _NEW), (ast.Call,), list_of_list) for code in ("C410", "C411")),
    Declared("C413", (_OWN, _NEW), (ast.Call,), list_of_sorted),
    Declared("C414", (_OWN, _OUTER), (ast.Call,), copied_twice),
    Declared("RUF010", (_OWN, "the field of the f-string has no conversion yet"), (ast.FormattedValue,), conversion),
    Declared("SIM101", (_OWN, _TUPLE), (ast.BoolOp,), instance_of_several),
    Declared("SIM118", (_DICT,), (ast.Call,), keys_of_dict),
    Declared("SIM910", (_DICT,), (ast.Call,), get_none),
)
