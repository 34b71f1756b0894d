"""What a module holds after its import, and what its classes can do, as text: for changes outside of functions."""

from __future__ import annotations

import functools
import inspect
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nova.proof.child.freezing import Heap, Writer, name_of
else:
    from freezing import Heap, Writer, name_of

_ABILITIES = ("__eq__", "__hash__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__", "__len__", "__iter__",
              "__contains__", "__getitem__", "__setitem__", "__call__", "__getattr__", "__getattribute__",
              "__setattr__", "__delattr__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__add__", "__radd__",
              "__iadd__", "__get__", "__set__", "__set_name__", "__next__", "__str__", "__repr__", "__format__",
              "__init_subclass__", "__class_getitem__", "__missing__", "__del__", "__copy__", "__reduce__")  # fmt: skip

_SKIPPED = frozenset({"__dict__", "__weakref__", "__module__", "__doc__", "__annotations__", "__annotate__",
                      "__annotate_func__", "__annotations_cache__", "__static_attributes__", "__firstlineno__",
                      "__orig_bases__", "__parameters__", "__qualname__", "__slotnames__", "__dataclass_params__",
                      "__dataclass_fields__", "__match_args__", "__abstractmethods__", "_abc_impl"})  # fmt: skip


def space_of(module: types.ModuleType) -> dict[str, str]:
    """Its public and private names with what they hold; of functions the signature, of classes what they can do."""
    own = {k: v for k, v in vars(module).items() if not k.startswith("__")}
    heap = Heap(0)
    writer = Writer(heap)
    found: dict[str, str] = {}
    for name in sorted(own):
        value = own[name]
        if isinstance(value, types.ModuleType):
            continue
        if isinstance(value, type):
            if value.__module__ == module.__name__:
                found.update(_class(name, value, writer))
        elif callable(value) and hasattr(value, "__name__"):
            if getattr(value, "__module__", "") == module.__name__:
                found["signature of " + name] = signature(value)
        else:
            found[name] = writer.write(value)
    return found


def _class(name: str, kind: type, writer: Writer) -> dict[str, str]:
    found = {"bases of " + name: ", ".join(name_of(b) for b in kind.__mro__)}
    found["type of " + name] = name_of(type(kind))
    abilities = []
    for ability in _ABILITIES:
        held = getattr(kind, ability, None)
        if held is not getattr(object, ability, None) and ability != "__init_subclass__":
            abilities.append(ability if held is not None else "not " + ability)
    found["abilities of " + name] = ", ".join(abilities)
    found["room of " + name] = "a dictionary" if kind.__dictoffset__ else "slots"
    for key in sorted(set(dir(kind)) - set(dir(object))):
        if key.startswith("__"):
            continue
        held = inspect.getattr_static(kind, key)
        if isinstance(held, (types.FunctionType, staticmethod, classmethod)):
            raw = getattr(held, "__func__", held)
            found[f"signature of {name}.{key}"] = f"{type(held).__name__} {signature(raw)}"
        elif any(key in class_data(base) for base in kind.__mro__[:-1]):
            found[f"{name}.{key}"] = writer.write(held)
        else:
            found[f"kind of {name}.{key}"] = type(held).__name__
    found[f"signature of {name}()"] = signature(kind)
    return found


def signature(value: Any) -> str:
    """Parameters by kind and name, and which of them have a default; annotations do not count."""
    try:
        parameters = inspect.signature(value).parameters.values()
    except Exception:  # noqa: BLE001
        return "unknown"
    return ", ".join(
        "{} {}{}".format(p.kind.name.lower(), p.name, "" if p.default is p.empty else " with a default")
        for p in parameters
    )


def class_data(kind: type) -> dict[str, Any]:
    """The attributes of a class that are neither functions nor made by Python."""
    code = (types.FunctionType, staticmethod, classmethod, property, types.GetSetDescriptorType,
            types.MemberDescriptorType, type, functools.cached_property)  # fmt: skip
    return {k: v for k, v in list(vars(kind).items()) if k not in _SKIPPED and not isinstance(v, code)}
