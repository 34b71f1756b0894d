"""Hidden markers: what a comment of Nova's is about, in an HTML comment at its end.

A marker counts only where the account that Nova posts as wrote the comment, and only as the very last thing in it: what
stands before it is text, and whatever comes from the code under review is escaped there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.living.values import Remark

Kind = Literal["finding", "summary", "review"]
VERSION = "1"
_MARKER = re.compile(r"^<!-- nova:(finding|summary|review) ((?:[a-z]+=[0-9A-Za-z.,_-]* )*)-->\s*\Z", re.MULTILINE)
_VALUE = re.compile(r"[0-9A-Za-z.,_-]*")
_WIDTH = 6
"""Bytes of a key: among a million findings of one pull request two would still be told apart."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What a marker says."""

    kind: Kind
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """One value; empty where it is not given."""
        return self.fields.get(name, "")

    def listed(self, name: str) -> frozenset[str]:
        """A value that is a list."""
        return frozenset(part for part in self.get(name).split(",") if part)


def written(marker: Marker) -> str:
    """The marker as it stands in a comment. Raises ``ValueError`` for a value that could end or forge one."""
    parts = []
    for name, value in (("v", VERSION), *marker.fields.items()):
        if not _VALUE.fullmatch(value):
            raise ValueError(f"{name} cannot stand in a marker: {value!r}")
        parts.append(f"{name}={value} ")
    return f"<!-- nova:{marker.kind} {''.join(parts)}-->"


def marked(text: str, marker: Marker) -> str:
    """A comment's text with its marker."""
    return f"{text.rstrip()}\n\n{written(marker)}\n"


def read(remark: Remark) -> Marker | None:
    """The marker of a comment; None for one that somebody else wrote, or that has none."""
    return parsed(remark.body) if remark.is_own else None


def parsed(body: str) -> Marker | None:
    """The marker in the text of a comment of which it is known that Nova's account wrote it."""
    found = _MARKER.search(body)
    if found is None:
        return None
    fields = dict(part.split("=", 1) for part in found[2].split())
    if fields.pop("v", "") != VERSION:
        return None
    kind: Kind = found[1]  # type: ignore[assignment]  # the expression knows no other
    return Marker(kind, fields)


def key_of(mark: str, path: str) -> str:
    """What a finding is known by in the summary's marker: its fingerprint and its file."""
    return digest_of(mark, path)


def digest_of(*parts: str) -> str:
    """A short hash of texts, in hexadecimal."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=_WIDTH).hexdigest()
