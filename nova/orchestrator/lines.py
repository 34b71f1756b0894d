"""Plain data as lines of JSON. It loads nothing of the swarm: a command that only leaves a record needs no more."""

from __future__ import annotations

import json
from typing import Any

MOST_CHARACTERS = 8_000_000
"""The most that one value may take in a record."""

Plain = dict[str, Any]


def dump(value: Any) -> str:
    """Plain data as one line of JSON, however long."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"), sort_keys=True)


def copied(value: Any) -> Any:
    """Plain data that was recorded before, as a copy of its own."""
    return json.loads(dump(value))
