"""Inputs made up from annotations, inside the target's Python: ``examples(function, most, seed)``.

This file may be loaded by any name, from a folder that holds ``made`` beside it; what it does stands there.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from nova.proof.child.made.drawing import lend
    from nova.proof.child.made.making import Made, examples, hints, made
    from nova.proof.child.made.outward import reaches
    from nova.proof.child.made.shapes import Hints
else:

    def _load(name: str) -> ModuleType:
        """A module of ``made``, by a name of ours: no module of the target can have it."""
        home = "_nova_made"
        folder = str(Path(__file__).resolve().with_name("made"))
        for full, path in ((home, "__init__.py"), (f"{home}.{name}", f"{name}.py")):
            if full in sys.modules:
                continue
            inside = [folder] if full == home else None
            place = str(Path(folder, path))
            spec = importlib.util.spec_from_file_location(full, place, submodule_search_locations=inside)
            module = importlib.util.module_from_spec(spec)
            sys.modules[full] = module
            spec.loader.exec_module(module)
        return sys.modules[f"{home}.{name}"]

    _making = _load("making")
    Made, examples, hints, made = _making.Made, _making.examples, _making.hints, _making.made
    Hints, lend, reaches = _load("shapes").Hints, _load("drawing").lend, _load("outward").reaches

__all__ = ["Hints", "Made", "examples", "hints", "lend", "made", "reaches"]
