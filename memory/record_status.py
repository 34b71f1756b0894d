"""What the status of a decision record says. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

REPLACED = r"(?:super[sc]eded|replaced|overruled|obsoleted)\s+(?:by|with)"
"""What a record says by which others its place was taken."""
REPLACES = r"(?:super[sc]edes|replaces|overrules|obsoletes)"
"""What it says whose place it takes."""


class Status(StrEnum):
    """How a record stands."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


_SAYS = (
    (Status.SUPERSEDED, ("supersed", "supercede", "replaced", "obsolete", "overruled")),
    (Status.REJECTED, ("reject", "declined", "withdrawn", "abandoned", "cancel")),
    (Status.DEPRECATED, ("deprecat", "retired", "no longer")),
    (Status.PROPOSED, ("propos", "draft", "pending", "in review", "under discussion", "open", "rfc", "wip", "defer")),
    (Status.ACCEPTED, ("accept", "approved", "adopted", "decided", "implemented", "active", "final", "done")),
)


def status_of(text: str) -> Status:
    """What a status says; where it says nothing known the record is taken to be accepted."""
    first, *more = [line.strip().casefold() for line in text.split("\n") if line.strip()] or [""]
    for line in (first, *more):
        for status, signs in _SAYS:
            if status is Status.SUPERSEDED and re.search(REPLACES, line):
                continue
            if line.startswith(("part", "amended")):
                continue
            if any(sign in line for sign in signs) and (line == first or status is Status.SUPERSEDED):
                later = any(re.search(REPLACED, other) for other in more)
                return Status.SUPERSEDED if later else status
    return Status.ACCEPTED
