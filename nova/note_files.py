"""Files and folders that a person wants in memory: which there are, their texts, and what they look like."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from memory import decision_records, markdown
from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDINGS = frozenset({".md", ".markdown", ".mdown", ".mkd"})
MOST_BYTES = 5_000_000
"""A longer file is no note."""
SKIPPED = frozenset({"node_modules", "site-packages", "__pycache__"})
UNREAD = frozenset({"index", "readme", "template", "adr-template", "0000-template", "adr000-template"})
"""Files in a folder of decision records that are none."""


class Form(StrEnum):
    """What a file or a folder is."""

    JSONL = "jsonl"
    EXPORT = "export"
    MARKDOWN = "markdown"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class File:
    """A file and its text."""

    path: Path
    text: str

    @property
    def session(self) -> str:
        """What names the file as a conversation or a document; the path may hold what is no UTF-8."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not read, and why."""

    path: Path
    why: str


def paths(place: Path) -> list[Path]:
    """The file, or the notes in a folder and below it, hidden ones left out. Raises ``UsageError`` for neither."""
    if not place.exists():
        raise UsageError(f"there is no file or folder {place}", next_step="check the path")
    if not place.is_dir():
        if not place.is_file():
            raise UsageError(f"{place} is neither a file nor a folder")
        return [place.resolve()]
    found = []
    for folder, below, names in os.walk(place.resolve()):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in SKIPPED)
        found += [
            Path(folder, name) for name in sorted(names)
            if not name.startswith(".") and Path(name).suffix.casefold() in ENDINGS
        ]  # fmt: skip
    if not found:
        raise UsageError(
            f"{place} holds no notes", why=f"looked for {', '.join(sorted(ENDINGS))}, hidden folders left out",
            next_step="name another folder, or a file",
        )  # fmt: skip
    return found


def read(path: Path) -> File | Left:
    """A file's text, or why it cannot be had."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return Left(path, f"it has {size:,} bytes, and a note at most {MOST_BYTES:,}")
        data = path.read_bytes()
    except OSError as error:
        return Left(path, error.strerror or str(error))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Left(path, f"it is no text in UTF-8: byte {error.start} does not fit")
    return Left(path, "it is no text: it holds NUL characters") if "\0" in text else File(path, text)


def form_of(files: Sequence[File], *, folder: bool) -> Form:
    """What files are: an export, decision records (most of those that could be), or notes."""
    if not folder and files:
        if files[0].path.suffix.casefold() in {".jsonl", ".ndjson"} or files[0].text.lstrip()[:1] == "{":
            return Form.JSONL
        if markdown.IS_EXPORT.search(files[0].text[:4000]):
            return Form.EXPORT
    own = [file for file in files if file.path.stem.casefold() not in UNREAD]
    records = sum(decision_records.is_record(file.path.stem, file.text) for file in own)
    return Form.RECORDS if own and records * 2 > len(own) else Form.MARKDOWN
