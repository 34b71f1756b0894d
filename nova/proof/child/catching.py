"""A plugin of the test runner: catches calls of the changed functions, and tries each of them in a forked process.

The tests themselves go on as if nothing had been. What is caught is chosen on the side of the old files; the new side
is given the list. One line of JSON for each call is left in the folder that ``NOVA_OUT`` names.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

ORDER = (
    "sources", "forking", "freezing", "calls", "driving", "near_containers", "near_values", "doubles", "spaces",
    "trying", "variation", "holding", "varying", "annotated", "exploring",
)  # fmt: skip
"""The files that stand beside this one, each before those that import it."""


def load(sources: dict[str, str]) -> None:
    """Make modules of the files beside this one, whose text comes with the settings, and forget their names again.

    The target may have modules of these names.
    """
    before = {name: sys.modules.get(name) for name in ORDER}
    for name in ORDER:
        module = types.ModuleType(name)
        sys.modules[name] = module
        exec(compile(sources[name], f"<nova {name}>", "exec"), module.__dict__)  # noqa: RUF100, S102
    for name, module_before in before.items():
        ours[name] = sys.modules.pop(name)
        if module_before is not None:
            sys.modules[name] = module_before


ours: dict[str, types.ModuleType] = {}
with open(os.environ["NOVA_SETTINGS"], encoding="utf-8") as _file:
    SETTINGS: dict[str, Any] = json.load(_file)
load(SETTINGS.pop("sources"))

if TYPE_CHECKING:
    from nova.proof.child.calls import Call, begins, call_of
    from nova.proof.child.exploring import Explorer
    from nova.proof.child.forking import forked
    from nova.proof.child.freezing import attributes, short
    from nova.proof.child.spaces import space_of
    from nova.proof.child.trying import Watch
    from nova.proof.child.varying import Varying
else:
    Call, begins, call_of = ours["calls"].Call, ours["calls"].begins, ours["calls"].call_of
    forked, space_of = ours["forking"].forked, ours["spaces"].space_of
    attributes, short = ours["freezing"].attributes, ours["freezing"].short
    Watch, Varying, Explorer = ours["trying"].Watch, ours["varying"].Varying, ours["exploring"].Explorer

ONE = 3.0
"""Seconds for what a module holds."""
GRACE = 15.0
"""Seconds that a call may take to come to its end when the time for all of them is over."""


class Catcher:
    """Catches calls and tries them."""

    def __init__(self, settings: dict[str, Any], out: str) -> None:
        self.settings = settings
        self.root = root_of(list(settings["files"]))
        self.began = False
        self.out = out
        self.test = ""
        self.counts: dict[tuple[str, str], int] = {}
        self.taken: dict[str, int] = {}
        self.seen: dict[str, set[str]] = {}
        self.missed: dict[str, int] = {}
        self.pool: dict[str, dict[str, list[Any]]] = {}
        self.end = time.monotonic() + float(settings["seconds"]) * (1 if settings.get("plan") is None else 2)
        self.files: dict[str, dict[str, Any]] = {}
        self.names: dict[types.CodeType, str] = {}
        self.changed: set[tuple[str, str]] = set()
        self.busy = False
        self.plan: dict[str, Any] | None = settings.get("plan")
        for path, what in settings["files"].items():
            full = os.path.join(self.root, path)
            self.files[full] = what
            for function in what["functions"]:
                self.changed.add((full, function.rpartition(".")[2]))

    def start(self) -> None:
        """Begin to listen, in this thread and in those to come."""
        threading.setprofile(self.hook)
        sys.setprofile(self.hook)

    def hook(self, frame: types.FrameType, event: str, argument: Any) -> None:
        """A profile function: the start of a call of a function in a changed file."""
        if event != "call" or self.busy:
            return
        what = self.files.get(frame.f_code.co_filename)
        if what is None:
            if frame.f_code.co_filename != "<string>" or "__name__" not in frame.f_globals:
                return
            what = self.files.get(str(frame.f_globals.get("__file__", "")))
            if what is None or not what["module"]:
                return
        name = frame.f_code.co_name
        if not self.test or name.startswith("<") or not begins(frame):
            return
        self.busy = True
        try:
            self.caught(frame, what)
        except Exception as error:  # noqa: BLE001
            self.write({"broke": f"{type(error).__name__}: {error}"})
        finally:
            self.busy = False

    def caught(self, frame: types.FrameType, what: dict[str, Any]) -> None:
        """Count a call, and try it if it is one of those that are wanted."""
        outer = frame.f_back
        while outer is not None:
            if outer.f_code is frame.f_code:
                return  # within itself a function is called in an order that is its own business
            outer = outer.f_back
        name = self.name(frame)
        count = self.counts[self.test, name] = self.counts.get((self.test, name), 0) + 1
        record = f"{self.test}|{name}|{count}"
        code = frame.f_code
        local = frame.f_locals
        pool = self.pool.setdefault(name, {})
        shape = []
        for parameter in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
            value = local.get(parameter)
            shape.append(_shape(value))
            if isinstance(value, (int, float, str, bytes, type(None))):
                known = pool.setdefault(parameter, [])
                if len(known) < 6 and not any(type(k) is type(value) and k == value for k in known):
                    known.append(value)
        if self.plan is not None:
            wanted = self.plan.get(record)
            if wanted is not None:
                self.tried(frame, record, name, what, wanted)
            return
        if self.missed.get(name, 0) >= 3 or time.monotonic() > self.end:
            return
        first = what["module"] or name in what["functions"]
        most = self.settings["calls"] if first else self.settings["calls"] // 2
        key = " ".join(shape)
        seen = self.seen.setdefault(name, set())
        if key in seen or self.taken.get(name, 0) >= most:
            return
        seen.add(key)
        self.taken[name] = self.taken.get(name, 0) + 1
        if not self.tried(frame, record, name, what, None):
            self.missed[name] = self.missed.get(name, 0) + 1
            self.taken[name] -= 1

    def name(self, frame: types.FrameType) -> str:
        """The qualified name of the function that a frame runs."""
        code = frame.f_code
        if code not in self.names:
            qualified = getattr(code, "co_qualname", None)
            if qualified is None or code.co_filename == "<string>":
                call = call_of(frame)
                qualified = call.raw.__qualname__ if call is not None else code.co_name
            self.names[code] = qualified
        return self.names[code]

    def tried(
        self, frame: types.FrameType, record: str, name: str, what: dict[str, Any], wanted: dict[str, Any] | None
    ) -> bool:
        """Try one call in a forked process; whether it came to the changed code."""
        seconds = max(self.end - time.monotonic(), 0.0) + GRACE
        text = forked(lambda: sys.call_tracing(self.record, (frame, record, name, what, wanted)), seconds, 1 << 24)
        if text is None:
            self.write({"record": record, "function": name, "broke": "it did not come to its end"})
            return True
        if text == "":
            return False
        self.append(text)
        return True

    def record(
        self, frame: types.FrameType, record: str, name: str, what: dict[str, Any], wanted: dict[str, Any] | None
    ) -> str:
        """In the forked process: all that one call and its variations give."""
        quiet()
        call = call_of(frame)
        if call is None:
            broke = {"nonce": self.settings["nonce"], "function": name, "broke": "its function cannot be found"}
            return json.dumps(broke)
        gc.freeze()
        watch = Watch(set(self.files), self.changed, self.root)
        explorer = Explorer(call, watch, self.end, told_as_text=bool(self.settings.get("again")))
        base = explorer.base()
        first = what["module"] or name in what["functions"]
        if wanted is None and not first and base is not None and not base["reached"]:
            return ""
        given = shown(call)
        callees = wanted["callees"] if wanted is not None else (base or {}).get("callees", [])
        varying = Varying(call, watch, self.settings["plain"], self.settings["names"], self.pool.get(name, {}))
        if wanted is not None:
            explorer.planned(varying, callees, wanted["batches"])
        else:
            explorer.all(varying, callees, self.settings["inputs"] if first else self.settings["inputs"] // 2)
        made_up = name in what["functions"] and self.taken.get(name, 0) < 2
        why = explorer.generated(self.settings["generating"], wanted) if made_up else ""
        return json.dumps({
            "nonce": self.settings["nonce"], "record": record, "function": name,
            "module": str(call.raw.__module__), "given": given, "callees": callees,
            "runs": explorer.runs, "batches": explorer.batches, "cut": explorer.cut, "not generated": why,
        })  # fmt: skip

    def modules(self) -> None:
        """What the changed modules hold after their import."""
        for module in list(sys.modules.values()):
            path = getattr(module, "__file__", None)
            if path in self.files:
                text = forked(lambda module=module: json.dumps(space_of(module)), ONE)  # type: ignore[misc]
                where = os.path.relpath(str(path), self.root)
                self.write({"path": where, "space": json.loads(text) if text else None})

    def write(self, data: dict[str, Any]) -> None:
        """Leave one line."""
        self.append(json.dumps({"nonce": self.settings["nonce"], **data}))

    def append(self, text: str) -> None:
        """Leave one line that is JSON already."""
        with open(os.path.join(self.out, "inputs.jsonl"), "a", encoding="utf-8") as file:
            file.write(text + "\n")


def shown(call: Call) -> list[str]:
    """The arguments of a call in words."""
    given = [short(v) for v in call.args]
    return given + [f"{k}={short(v)}" for k, v in call.kwargs.items()]


_DEEP = 3
"""So far into what a value holds first its shape is looked at."""


def _shape(value: Any, depth: int = 0) -> str:
    kind = type(value)
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return f"{kind.__name__} {(value > 0) - (value < 0)}"
    if isinstance(value, (str, bytes, list, tuple, dict, set, frozenset)):
        held: Any = value if kind in (list, tuple) else value.values() if isinstance(value, dict) else ()
        inside = _shape(next(iter(held), ""), depth + 1) if depth < _DEEP else ""
        return f"{kind.__name__} {min(len(value), 3)} {inside}"
    own = attributes(value) if depth == 0 else {}
    return " ".join([kind.__name__, *(_shape(own[name], 1) for name in list(own)[:8])])


def quiet() -> None:
    """Nothing that is printed from here on reaches what the tests print."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    sys.setprofile(None)
    gc.disable()


def root_of(paths: list[str]) -> str:
    """The folder that the paths of the changed files are relative to: this one, or one above it."""
    here = Path.cwd().resolve()
    return str(next((p for p in (here, *here.parents) if all((p / path).exists() for path in paths)), here))


_catcher = Catcher(SETTINGS, os.environ["NOVA_OUT"])


def test_starts(test: str) -> None:
    """A test begins, with its fixtures."""
    if not _catcher.began:
        _catcher.began = True
        _catcher.modules()
        _catcher.start()
    _catcher.test = test


def test_ends(test: str) -> None:  # noqa: ARG001  the runner calls it with the test
    """It is over."""
    _catcher.test = ""


def finished() -> None:
    """All tests have ended."""
    sys.setprofile(None)
    _catcher.write({"end": True})
