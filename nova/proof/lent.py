"""What is handed to a target's Python to make up inputs: the code for it as one text, and Nova's copy of Hypothesis.

The copy is for a target whose environment has none. It has parts that are compiled for the Python that Nova runs under;
another version cannot load it, and ``nova.proof.child.generating`` then gives edges alone and says why.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from nova.proof.child.made.drawing import LENT


@dataclass(frozen=True, slots=True)
class Lent:
    """``folder`` is what ``generating.lend`` is given; ``readable`` are the only paths in it that it needs."""

    folder: Path
    readable: tuple[Path, ...]


def lent() -> Lent | None:
    """Where the copy is; None where Nova runs without one, or its parts lie in several folders."""
    found: list[Path] = []
    for name in sorted(LENT):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            origin = Path(spec.origin)
            found.append(origin.parent if origin.name == "__init__.py" else origin)
    folders = {path.parent for path in found}
    if len(folders) != 1 or "hypothesis" not in {path.name for path in found}:
        return None
    return Lent(folders.pop(), tuple(found))


def bundled() -> str:
    """``nova.proof.child.generating`` as one text, for those who hand over texts and no folder.

    Executed as a module of any name it holds ``examples``, ``made``, ``hints``, ``Hints``, ``lend`` and ``reaches``.
    """
    parts = {name: (_MADE / f"{name}.py").read_text("utf-8") for name in _PARTS}
    return f"SOURCES = {parts!a}\n{_BUNDLE}"


_MADE = Path(__file__).with_name("child") / "made"
_PARTS = ("annotations", "edges", "outward", "drawing", "shapes", "making")
"""Each before those that import it."""
_BUNDLE = """
import sys, types

_home = types.ModuleType("_nova_made")
_home.__path__ = []
sys.modules["_nova_made"] = _home
for _name, _text in SOURCES.items():
    _module = types.ModuleType("_nova_made." + _name)
    _module.__package__ = "_nova_made"
    sys.modules[_module.__name__] = _module
    exec(compile(_text, "<nova " + _name + ">", "exec"), _module.__dict__)
from _nova_made.drawing import lend
from _nova_made.making import Made, examples, hints, made
from _nova_made.outward import reaches
from _nova_made.shapes import Hints
"""
