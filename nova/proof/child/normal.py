"""Whether two code objects do the same, and if not, where they first differ.

Compared are instructions with what their arguments stand for, jumps by the index of the instruction that they lead to,
constants with type and sign, exception handlers by instruction, and of each code object its names, flags, parameters,
locals, cells and docstring. Left out are line tables and the line that a class begins at, ``NOP``, ``RESUME``, caches,
the size of the stack and constants that no instruction loads.
"""

from __future__ import annotations

import dis
import struct
import sys
from types import CodeType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Key = tuple[Any, ...]

_DROPPED = frozenset({"NOP", "RESUME", "CACHE", "EXTENDED_ARG", "NOT_TAKEN"})
_JUMPS = frozenset(dis.hasjrel) | frozenset(dis.hasjabs)
_CONSTANTS, _NAMES = frozenset(dis.hasconst), frozenset(dis.hasname)
_VARIABLES = frozenset(dis.haslocal) | frozenset(dis.hasfree)
_FUNCTION = 0x3
"""CO_OPTIMIZED and CO_NEWLOCALS: the code of a function, whose first constant may be its docstring."""
_FIELDS = (
    ("co_name", "its name"),
    ("co_qualname", "its qualified name"),
    ("co_flags", "its flags"),
    ("co_argcount", "its parameters"),
    ("co_posonlyargcount", "its positional parameters"),
    ("co_kwonlyargcount", "its keyword parameters"),
    ("co_varnames", "its parameters and local names"),
    ("co_cellvars", "the names that inner functions use"),
    ("co_freevars", "the names of outer functions"),
)
_LOW_BITS = {
    name: bits
    for name, bits, since in (("LOAD_GLOBAL", 1, 11), ("LOAD_ATTR", 1, 12), ("LOAD_SUPER_ATTR", 3, 12))
    if sys.version_info[1] >= since
}
"""Bits of an argument that say more than a name, by instruction: whether a method is called, and how."""


def difference(before: CodeType, after: CodeType, *, sets_as_before: bool = False) -> tuple[str, str] | None:
    """Where two code objects first differ, and how; None where they are the same.

    ``sets_as_before``: every set display stands in the source as it did, so that another order of a constant set is the
    compiler's doing: it gives even one text now this order, now that.
    """
    waiting = [(before, after)]
    while waiting:
        one, other = waiting.pop()
        told = _fields(one, other)
        if told is None:
            told = _bodies(one, other, waiting, sets_as_before)
        if told is not None:
            return str(getattr(one, "co_qualname", one.co_name)), told
    return None


def _fields(one: CodeType, other: CodeType) -> str | None:
    for name, words in _FIELDS:
        a, b = getattr(one, name, None), getattr(other, name, None)
        if a != b:
            return f"{words}: {a!r}, now {b!r}"
    if _docstring(one) != _docstring(other):
        return "its docstring"
    return None


def _docstring(code: CodeType) -> str | None:
    first = code.co_consts[0] if code.co_consts else None
    return first if isinstance(first, str) and code.co_flags & _FUNCTION == _FUNCTION else None


def _bodies(
    one: CodeType, other: CodeType, waiting: list[tuple[CodeType, CodeType]], sets_as_before: bool
) -> str | None:
    """How the instructions differ; pairs of inner code objects are added to those that wait."""
    if _equal_as_stored(one, other):
        waiting.extend((a, b) for a, b in zip(one.co_consts, other.co_consts) if isinstance(a, CodeType))
        return None
    mine, theirs = list(_instructions(one, sets_as_before)), list(_instructions(other, sets_as_before))
    for number, (a, b) in enumerate(zip(mine, theirs)):
        if a[:2] != b[:2]:
            return f"instruction {number} was {_told(a)}, now {_told(b)}"
        if isinstance(a[2], CodeType) and isinstance(b[2], CodeType):
            waiting.append((a[2], b[2]))
        elif a[2] is not b[2]:
            return f"instruction {number} loads a function on one side alone"
    if len(mine) != len(theirs):
        return f"it has {len(mine)} instructions, now {len(theirs)}"
    return None


def _equal_as_stored(one: CodeType, other: CodeType) -> bool:
    """Whether the very bytes and tables are equal, inner code aside: true of most, and quick to tell."""
    return (
        one.co_code == other.co_code
        and one.co_names == other.co_names
        and getattr(one, "co_exceptiontable", b"") == getattr(other, "co_exceptiontable", b"")
        and len(one.co_consts) == len(other.co_consts)
        and all(constant(a) == constant(b) for a, b in zip(one.co_consts, other.co_consts))
    )


def _instructions(code: CodeType, sets_as_before: bool) -> Iterator[tuple[Key, Key, CodeType | None]]:
    """Each instruction as name and argument, its handler, and the inner code that it loads."""
    kept = [i for i in dis.get_instructions(code) if i.opname not in _DROPPED]
    at = _indices(code, [i.offset for i in kept])
    handlers = _handlers(code, at)
    for number, i in enumerate(kept):
        inner = None
        argument: Any = i.arg
        if i.opcode in _JUMPS:
            argument = ("to", at[i.argval])
        elif _is_line(kept, number):
            argument = "line"
        elif i.opcode in _CONSTANTS:
            inner = i.argval if isinstance(i.argval, CodeType) else None
            argument = _members(i.argval) if sets_as_before or _is_asked(kept, number) else constant(i.argval)
        elif i.opcode in _NAMES:
            argument = (i.argval, (i.arg or 0) & _LOW_BITS.get(i.opname, 0))
        elif i.opcode in _VARIABLES:
            argument = i.argval
        elif i.arg is not None and not isinstance(i.argval, (int, str, type(None))):
            argument = (i.arg, str(i.argval))
        yield (i.opname, argument), handlers.get(number, ()), inner


def _is_line(kept: list[Any], number: int) -> bool:
    """Whether an instruction loads the number of a class's first line, which Python stores in it since 3.13."""
    following = kept[number + 1] if number + 1 < len(kept) else None
    return following is not None and following.opname == "STORE_NAME" and following.argval == "__firstlineno__"


def _is_asked(kept: list[Any], number: int) -> bool:
    """Whether a constant is only asked for what is in it."""
    following = kept[number + 1] if number + 1 < len(kept) else None
    return following is not None and (
        following.opname == "CONTAINS_OP" or (following.opname == "COMPARE_OP" and "in" in str(following.argval))
    )


def _members(value: object) -> Key:
    """A constant that is asked for what is in it: a set has no order there, and the compiler gives it none."""
    if isinstance(value, frozenset):
        return "frozenset", frozenset(constant(item) for item in value)
    return constant(value)


def _indices(code: CodeType, offsets: list[int]) -> dict[int, int]:
    """For every offset the index of the first instruction that is kept at it or behind it."""
    found: dict[int, int] = {}
    index = len(offsets)
    for offset in range(len(code.co_code), -1, -1):
        if index and offsets[index - 1] == offset:
            index -= 1
        found[offset] = index
    return found


def _handlers(code: CodeType, at: dict[int, int]) -> dict[int, Key]:
    """The handler that holds for each instruction, by index: where it leads, how deep, with or without the place."""
    found: dict[int, Key] = {}
    for start, end, target, depth, place in _exceptions(getattr(code, "co_exceptiontable", b"")):
        for index in range(at[start], at[end]):
            found[index] = (at[target], depth, place)
    return found


def _exceptions(table: bytes) -> Iterator[tuple[int, int, int, int, bool]]:
    """The entries of an exception table, in bytes of code (CPython's InternalDocs, ``exception_handling.md``)."""
    numbers: list[int] = []
    value, going = 0, False
    for byte in table:
        value = (value << 6 | byte & 63) if going else byte & 63
        going = bool(byte & 64)
        if not going:
            numbers.append(value)
    for n in range(0, len(numbers) - 3, 4):
        start, length, target, rest = numbers[n : n + 4]
        yield start * 2, (start + length) * 2, target * 2, rest >> 1, bool(rest & 1)


def constant(value: object) -> Key:
    """A constant with its type, in a form in which only what is the same is equal: not 1 and True, not 0.0 and -0.0.

    A set keeps the order in which it is run through, for a loop over it shows that order. Inner code is compared apart.
    """
    kind = type(value).__name__
    if isinstance(value, CodeType):
        return ("code",)
    if isinstance(value, float):
        return kind, struct.pack("<d", value)
    if isinstance(value, complex):
        return kind, struct.pack("<dd", value.real, value.imag)
    if isinstance(value, (tuple, frozenset)):
        return (kind, *[constant(item) for item in value])
    if isinstance(value, slice):
        return kind, constant(value.start), constant(value.stop), constant(value.step)
    return kind, value


def _told(instruction: tuple[Key, Key, CodeType | None]) -> str:
    (name, argument), handler, inner = instruction
    if inner is not None:
        return f"{name} {inner.co_name}"
    if argument is None:
        shown = ""
    elif (
        isinstance(argument, tuple)
        and argument
        and argument[0] in ("float", "complex")
        and isinstance(argument[1], bytes)
    ):
        shown = f" {argument[0]} {struct.unpack('<' + 'd' * (len(argument[1]) // 8), argument[1])}"
    else:
        shown = " " + " ".join(map(repr, argument) if isinstance(argument, tuple) else [repr(argument)])
    if len(shown) > 80:
        shown = shown[:77] + "..."
    return str(name) + shown + (" under another handler" if handler else "")
