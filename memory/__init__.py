"""What happened, and what people decided. Knows no reviewer; the only home of DuckDB."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memory.errors import Conflict, Held, MemoryUnavailable, NewerMemory, NotAMemory, Unwritable
    from memory.item import Item, Kind, item_id, same_words
    from memory.life import Changes, Life, Run, Sighting, Step, advance
    from memory.query import Query, Recalled
    from memory.search import bm25, share, words
    from memory.store import Memory
    from memory.taking import Draft, Taken
    from memory.verdict import (
        Answer,
        Because,
        BrokenLine,
        Verdict,
        from_line,
        match,
        read_lines,
        standing,
        to_line,
    )

__all__ = [
    "Answer",
    "Because",
    "BrokenLine",
    "Changes",
    "Conflict",
    "Draft",
    "Held",
    "Item",
    "Kind",
    "Life",
    "Memory",
    "MemoryUnavailable",
    "NewerMemory",
    "NotAMemory",
    "Query",
    "Recalled",
    "Run",
    "Sighting",
    "Step",
    "Taken",
    "Unwritable",
    "Verdict",
    "advance",
    "bm25",
    "from_line",
    "item_id",
    "match",
    "read_lines",
    "same_words",
    "share",
    "standing",
    "to_line",
    "words",
]

HOMES = {
    "memory.errors": "Conflict Held MemoryUnavailable NewerMemory NotAMemory Unwritable",
    "memory.item": "Item Kind item_id same_words",
    "memory.query": "Query Recalled",
    "memory.taking": "Draft Taken",
    "memory.life": "Changes Life Run Sighting Step advance",
    "memory.search": "bm25 share words",
    "memory.store": "Memory",
    "memory.verdict": "Answer Because BrokenLine Verdict from_line match read_lines standing to_line",
}


def __getattr__(name: str) -> object:
    """Load a name's module when the name is first asked for: a read of one page needs only the store."""
    for home, names in HOMES.items():
        if name in names.split():
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
