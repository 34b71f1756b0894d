"""Tells of the Python that runs it, as JSON on its standard output: version, tool versions, what is installed."""

from __future__ import annotations

import importlib.util
import json
import sys


def main() -> int:
    """One object."""
    try:
        from importlib.metadata import distributions
    except ImportError:  # not before 3.8
        return 1
    installed: dict[str, str] = {}
    for one in distributions():
        name = one.metadata["Name"]
        if name:
            installed.setdefault(name.lower().replace("_", "-"), one.version or "")
    told = {
        "python": sys.version.split()[0],
        "implementation": sys.implementation.name,
        "installed": installed,
        "pytest": importlib.util.find_spec("pytest") is not None,
        "coverage": importlib.util.find_spec("coverage") is not None,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    # The folder of this script holds modules that are none of the target's.
    del sys.path[0]
    sys.exit(main())
