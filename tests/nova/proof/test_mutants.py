"""No mutant of real code is taken for the same program, unless another look at its instructions agrees."""

from __future__ import annotations

import ast
import dis
import random
import warnings
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest

from nova.proof.child.normal import difference

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARY = Path(ast.__file__).parent
MODULES = ("shlex", "contextlib", "heapq", "configparser", "tempfile", "functools")
EACH = 40
OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
Change = tuple[ast.AST, dict[str, Any]]


def _changes(tree: ast.Module) -> Iterator[Change]:
    """Nodes, and fields of them that would make another program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.arg):
            yield from ((node, fields) for fields in _of_expression(node))
        else:
            yield from ((node, fields) for fields in _of_statement(node))


def _of_expression(node: ast.AST) -> Iterator[dict[str, Any]]:
    match node:
        case ast.Constant(value=bool(value)):
            yield {"value": int(value)}
        case ast.Constant(value=int(value)):
            yield {"value": float(value)}
            yield {"value": value + 1}
        case ast.Constant(value=str(value)):
            yield {"value": value + "x"}
        case ast.BoolOp(op=op, values=values):
            yield {"op": ast.And() if isinstance(op, ast.Or) else ast.Or()}
            yield {"values": values[::-1]}
        case ast.Compare(ops=[first, *rest]):
            yield {"ops": [OTHER[type(first)](), *rest]}
        case ast.BinOp(left=left, right=right):
            yield {"left": right, "right": left}
        case ast.Call(keywords=[_, _, *_] as keywords):
            yield {"keywords": keywords[::-1]}
        case ast.Name(id=name, ctx=ast.Load()):
            yield {"id": name + "_"}
        case ast.Attribute(attr=name):
            yield {"attr": name + "_"}
        case ast.arg(arg=name):
            yield {"arg": name + "_"}


def _of_statement(node: ast.AST) -> Iterator[dict[str, Any]]:
    match node:
        case ast.Try(handlers=[_, _, *_] as handlers):
            yield {"handlers": handlers[::-1]}
        case ast.If(body=body, orelse=[_, *_] as orelse):
            yield {"body": orelse, "orelse": body}
        case ast.Return():
            yield {"value": None}
        case ast.FunctionDef(body=[_, _, *_] as body):
            yield {"body": body[:-1]}
            yield {"body": body[1:]}
            yield {"decorator_list": []}


def _plain(code: CodeType) -> list[object]:
    """Instructions as ``dis`` writes them out, inner code included."""
    found: list[object] = [
        (i.opname, "" if "code object" in i.argrepr else i.argrepr) for i in dis.get_instructions(code)
    ]
    return [*found, *(_plain(c) for c in code.co_consts if isinstance(c, CodeType)), code.co_varnames, code.co_flags]


@pytest.mark.parametrize("module", MODULES)
def test_no_mutant_of_the_standard_library_is_taken_for_it(module: str) -> None:
    text = (LIBRARY / f"{module}.py").read_text("utf-8")
    tree = ast.parse(text)
    before = compile(tree, "a.py", "exec", dont_inherit=True)
    assert difference(before, compile(text, "a.py", "exec", dont_inherit=True)) is None
    changes = list(_changes(tree))
    random.Random(7).shuffle(changes)
    seen = 0
    for node, fields in changes[:EACH]:
        kept = {name: getattr(node, name) for name in fields}
        for name, value in fields.items():
            setattr(node, name, value)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                after = compile(ast.fix_missing_locations(tree), "a.py", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        finally:
            for name, value in kept.items():
                setattr(node, name, value)
        seen += 1
        if difference(before, after) is None:
            assert _plain(before) == _plain(after), ast.dump(node)[:300]
    assert seen > EACH // 2
