"""Where a text that is to be forgotten stands still outside of memory: in the records of turns. It is erased there too.

A record is a file of JSON Lines without sums, so a text in it can give way to another word and the rest holds. A very
short text would be found inside other words: the records that may quote one are named, and left to the person.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from memory.aside import put_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SHORTEST = 12
"""Characters from which on a text is no part of another by chance."""
INSTEAD = "[forgotten]"


@dataclass(frozen=True, slots=True)
class Quoted:
    """What was found of some texts in a folder of records."""

    erased: tuple[str, ...]
    """The records that were written anew without them."""
    left: tuple[str, ...]
    """Sentences on those that may hold one still."""


def erase(folder: Path, texts: Iterable[str]) -> Quoted:
    """Take texts out of every record of a folder, each record whole or not at all."""
    wanted = sorted({text for text in texts if text.strip()}, key=len, reverse=True)
    erased: list[str] = []
    left: list[str] = []
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".jsonl"))
    except OSError:
        return Quoted((), ())
    for path in (folder / name for name in names):
        try:
            done, why = _erased(path, wanted)
        except OSError as error:
            done, why = False, f"could not be rewritten ({error.strerror or error}) and may hold it still"
        erased += [path.stem] * done
        left += [f"{path} {why}"] * bool(why)
    return Quoted(tuple(erased), tuple(left))


def without(line: bytes, texts: Sequence[str]) -> bytes:
    """A line of a record without some texts; a line that is no JSON gives way to nothing where it holds one."""
    if not any(form in line for text in texts for form in _forms(text)):
        return line
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return b""
    fresh = _changed(data, texts)
    return line if fresh == data else json.dumps(fresh, separators=(",", ":"), sort_keys=True).encode()


def _erased(path: Path, texts: Sequence[str]) -> tuple[bool, str]:
    """Erase from one record: whether it was written anew, and a sentence where it may hold something still."""
    content = path.read_bytes()
    long = [text for text in texts if len(text) >= SHORTEST]
    short = [text for text in texts if len(text) < SHORTEST]
    may = any(b'"' + form + b'"' in content for text in short for form in _forms(text))
    why = f"may quote it; look with  nova trace {path.stem}  and delete it" if may else ""
    fresh = b"\n".join(without(line, long) for line in content.split(b"\n"))
    if fresh == content:
        return False, why
    with path.open("rb") as held:
        if not _hold(held.fileno()):
            return False, "is being written by another process and holds it still; forget it again later"
        if path.read_bytes() != content:
            return False, "was being written and may hold it still; forget it again"
        put_whole(path, fresh)
    return True, why


def _changed(value: Any, texts: Sequence[str]) -> Any:
    """A value with every text in it replaced, in texts of JSON that a text holds too."""
    if isinstance(value, str):
        for text in texts:
            for form in dict.fromkeys((text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])):
                value = value.replace(form, INSTEAD)
        return value
    if isinstance(value, dict):
        return {_changed(key, texts): _changed(one, texts) for key, one in value.items()}
    return [_changed(one, texts) for one in value] if isinstance(value, list) else value


def _forms(text: str) -> list[bytes]:
    """A text as it stands in JSON, and as it stands in a text of JSON in JSON."""
    once = json.dumps(text)[1:-1]
    raw = json.dumps(json.dumps(text, ensure_ascii=False)[1:-1])[1:-1]
    return [form.encode() for form in dict.fromkeys((once, json.dumps(once)[1:-1], raw))]


def _hold(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
