"""Runs a target's tests in the target's own Python and tells what became of each: ``run_tests.py SETTINGS``.

``SETTINGS`` is a JSON file, which is read and removed before any code of the target runs: it holds the key that the
report is signed with. Everything here imports the standard library alone, under Python 3.8 and later, and is loaded
under names of its own, so that no module of the target is shadowed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def load(name: str, path: str) -> Any:
    """Import a file of ours under a name that no target uses."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def ours(name: str) -> Any:
    """A module that lies beside this one."""
    return load("_nova_" + name, str(HERE / (name + ".py")))


def main(path: str) -> int:
    """Run the tests; 0 where the run came to its end, whatever the tests did."""
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    Path(path).unlink()
    settings["root"] = str(Path.cwd().resolve())
    os.chdir(settings["folder"] or ".")
    # As `python -m pytest` has it: the folder of the tests instead of that of this script.
    sys.path[0] = str(Path.cwd())
    sys.path.extend(settings["paths"])
    sys.argv = ["pytest"] if settings["runner"] == "pytest" else ["python -m unittest"]
    out = os.environ["NOVA_OUT"]
    report = ours("telling").Telling(os.path.join(out, settings["report"]), bytes.fromhex(settings.pop("key")))
    lines = ours("lines").started(settings, report, out)
    plugin = load("_nova_plugin", settings["plugin"]) if settings["plugin"] else None
    around = Around(lines, plugin)
    status = ours(settings["runner"] + "_side").run(settings, report, around, plugin)
    report.end(status, around.finished())
    return 0


class Around:
    """What is done before and after each test, by whatever runs them."""

    def __init__(self, lines: Any, plugin: Any) -> None:
        self._lines = lines
        names = ("test_starts", "test_ends", "finished")
        self._starts, self._ends, self._finished = (getattr(plugin, name, None) for name in names)

    def starts(self, test: str) -> None:
        """From now on it is this test that runs, its fixtures too."""
        if self._lines is not None:
            self._lines.switch(test)
        if self._starts is not None:
            self._starts(test)

    def ends(self, test: str) -> None:
        """It is over."""
        if self._ends is not None:
            self._ends(test)
        if self._lines is not None:
            self._lines.switch("")

    def finished(self) -> dict[str, str]:
        """All are over; what was written beside the report, as names with digests."""
        if self._finished is not None:
            self._finished()
        return self._lines.stop() if self._lines is not None else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
