"""What keeps a sentence from taking another one's place although it has another value of the same sort. Pure."""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"\b(pr|mr|pull request|merge request|issue|ticket|bug|error|exception|invoice|week|chapter|number|no\.?|nr\.?|"
    r"entry|task|case|step|phase|question|part|lot|batch|episode|lesson|exercise|figure|section|paragraph|article)"
    r"[ #:-]{1,2}#?(\d[\w.-]*)",
    re.IGNORECASE,
)
"""A number that names something rather than measures it."""
_PLACE = re.compile(r"\b(?:in|for|at|within) (?:the )?([A-Z][a-z]+)\b")
_TIMES = frozenset(
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)  # fmt: skip
_VALUE = re.compile(r"(?<![\w.-])\d[\d.,:]*")


def other_things(new: str, old: str) -> str:
    """The kind of thing of which two sentences name different ones by number (*PR 311*, *PR 312*); empty for none."""
    ours, theirs = _numbered(new), _numbered(old)
    return next((noun for noun, names in ours.items() if noun in theirs and names.isdisjoint(theirs[noun])), "")


def narrower(new: str, old: str) -> str:
    """The place that only the new sentence names, so that it may speak of an exception; empty for none."""
    known = old.casefold()
    return next((p for p in _PLACE.findall(new) if p not in _TIMES and p.casefold() not in known), "")


def has_several_values(old: str) -> bool:
    """Whether a sentence gives several numbers: a new one for one of them leaves the others as they are."""
    return len(set(_VALUE.findall(_NUMBERED.sub(" ", old)))) > 1 and bool(re.search(r"\b(?:and|but|while)\b|[;/]", old))


def _numbered(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for noun, number in _NUMBERED.findall(text):
        found.setdefault(noun.casefold().rstrip("."), set()).add(number.rstrip(".-").casefold())
    return found
