"""What people said of the router's choices: a request and its right agent, one JSON line each, only added to."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LONGEST = 10_000
"""Characters of a request that are kept."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A request whose agent a person has named."""

    request: str
    agent: str
    """The one that is right."""
    at: str = ""
    instead: str = ""
    """The one that the router had chosen; empty where it asked."""


def file_of(data: Path) -> Path:
    """Where they lie in Nova's data folder."""
    return data / "router" / "corrections.jsonl"


def load(data: Path) -> list[Correction]:
    """All of them, the first first; a line that cannot be read is passed over."""
    try:
        lines = file_of(data).read_bytes().split(b"\n")
    except OSError:
        return []
    return [found for line in lines if (found := _read(line)) is not None]


def add(data: Path, correction: Correction) -> Path:
    """Keep one for good. Raises ``UsageError`` where it cannot be written."""
    path = file_of(data)
    text = asdict(correction) | {"request": correction.request[:LONGEST]}
    line = json.dumps(text, separators=(",", ":")).encode("ascii") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            if file.tell() and _torn(path):
                line = b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UsageError("the correction could not be kept", why=f"{path}: {error.strerror or error}") from error
    return path


def settled(corrections: Iterable[Correction]) -> dict[str, str]:
    """Whose each request is; the last word on a request counts."""
    found: dict[str, str] = {}
    for one in corrections:
        found.pop(one.request, None)
        found[one.request] = one.agent
    return found


def _torn(path: Path) -> bool:
    """Whether the last line has no end: what wrote it was killed."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _read(line: bytes) -> Correction | None:
    try:
        told: Any = json.loads(line)
        found = Correction(**{name: told.get(name, "") for name in Correction.__slots__})
    except (ValueError, AttributeError, RecursionError):
        return None
    whole = all(isinstance(getattr(found, name), str) for name in Correction.__slots__)
    return found if whole and found.request and found.agent else None
