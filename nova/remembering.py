"""What a person tells memory, in a sentence or in a line of many, read into what is to be kept. Pure.

The words stay as they were said, but for a label such as ``Decision:`` and a reason behind *because*, which is kept
apart. The kind, a day in front and an end (*until May 3*) are read only where they are plain.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from memory import Draft, Item, Kind, days
from memory.item import KEPT
from nova import moments
from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

LONGEST = 1_000_000
"""Characters of one text, from which on it is a file and no note."""
BY_HAND = tuple(kind.value for kind in KEPT if kind is not Kind.PROJECT)
"""The kinds that a person may name; projects have a command of their own."""
_LABEL = re.compile(
    r"(?:(?:new|the|our|my)\s+)?(decision|decided|goal|value|fact|note|rule|instruction|skill)\s*:\s+(?=\S)",
    re.IGNORECASE,
)
_KINDS = {"decided": Kind.DECISION, "rule": Kind.INSTRUCTION}
_DECISION = re.compile(
    r"^(?:(?:\w+,?\s+){0,3})(?:we|i|they|the (?:\w+ )?team|we've|i've|[A-Z]\w+ and (?:i|[A-Z]\w+))"
    r"(?: have| had| finally| just| all| both| now| therefore| also){0,2}"
    r" (?:decided|agreed|settled|chose|picked|opted|resolved|reverted|went with|(?:are )?going with)\b(?! not sure)"
    r"|^(?:we (?:switched|moved|dropped|no longer use)|going with)\b(?=.*\b(?:because|since|so that)\b)"
    r"|^decided (?:to|that|on|against)\b"
    r"|\b(?:has|have|was|were|is|are) (?:now |finally )?(?:decided|agreed)(?: on| upon)?\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"^(?:please\s+)?(?:always|never|don'?t|do not|avoid|prefer|make sure|be sure|from now on)\b"
    r"|\bfrom now on\b"
    r"|^(?:you|we|i|agents?|nova|everybody|everyone|nobody) (?:must|should|shall|may)(?: \w+)? (?:always|never)\b"
    r"|^(?:you|agents?|nova|everybody|everyone) (?:must|should|shall)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^(?:the|our|my) (?:next |main |first )?goal (?:is|for)\b", re.IGNORECASE)
_BECAUSE = re.compile(
    r"\s*[,;:(]?\s+(?:because(?: of)?|due to|the reason is(?: that)?|reason:)\s+(?=\S)", re.IGNORECASE
)
_NEXT_SENTENCE = re.compile(r"[.!?]\s+\S")
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_KEYS = {
    "text": "text", "value": "text", "kind": "kind", "project": "project", "since": "since", "when": "since",
    "date": "since", "until": "until", "about": "about", "because": "because", "who": "who", "file": "source",
    "source": "source", "subject": "subject", "session": "session", "position": "position",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A memory as a person told it. What is empty was not said."""

    text: str
    kind: str = ""
    because: str = ""
    project: str = ""
    since: str = ""
    """The moment, ISO 8601 in UTC."""
    until: str = ""
    about: tuple[str, ...] = ()
    who: str = ""
    source: str = ""
    subject: str = ""
    session: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when a person tells something, and who they are."""

    key: str
    """The target's name in memory; empty outside of a repository."""
    who: str
    present: str
    today: date
    project: str = ""
    """The project that what is told here belongs to."""
    source: str = "nova remember"
    as_is: bool = False
    """Whether nothing is read from the words."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds nothing that could be kept."""

    number: int
    why: str


def read(text: str, here: Here, said: Told) -> Told:
    """What a text tells; what was ``said`` beside it goes before what is read from it.

    Raises ``UsageError`` where there is nothing to keep, or its end lies before its beginning.
    """
    text = text.strip() if not here.as_is else text
    if not text.strip():
        raise UsageError("there is nothing to remember: the text is empty", next_step='nova remember "..."')
    if len(text) > LONGEST:
        raise UsageError(
            f"the text has {len(text):,} characters, and one note at most {LONGEST:,}",
            next_step="take a file in with  nova memory import FILE",
        )
    told = replace(said, text=text)
    if not here.as_is:
        told = _from_words(told, here)
    told = replace(told, kind=told.kind or Kind.NOTE.value)
    if moments.ends_before(told.until, told.since or here.present) and told.since:
        raise UsageError(
            f"it would end ({told.until[:10]}) before it begins ({told.since[:10]})",
            next_step="give --until a day that is not before --since",
        )
    return told


def lines(rows: Iterable[str], here: Here, said: Told) -> tuple[list[tuple[int, Told]], list[BadLine]]:
    """What the lines of a text tell, each with its number, and the lines that tell nothing that can be kept."""
    found: list[tuple[int, Told]] = []
    bad: list[BadLine] = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        try:
            found.append((number, _of_line(row.rstrip("\r\n"), here, said)))
        except UsageError as error:
            bad.append(BadLine(number, error.what))
    return found, bad


def draft(told: Told, here: Here, key: str, old: tuple[str, Item] | None = None) -> Draft:
    """The draft of what was told. ``old`` is the memory whose place it takes, with its target.

    A goal or a value of a project is that project's own. What belongs to a project that is not this target's holds
    for all work: one may stand anywhere while telling it.
    """
    project = told.project or (old[1].project if old else here.project)
    subject, target = told.subject or (old[1].subject if old else ""), here.key
    if told.kind in {Kind.GOAL, Kind.VALUE} and project:
        subject, target = project, ""
    elif project and project != here.project:
        target = ""
    item = Item(
        "", told.kind, subject, "", told.text, told.because, told.who or here.who, told.source or here.source,
        told.since or here.present, here.present, project=project, until=told.until, about=told.about,
        session=told.session, position=told.position,
    )  # fmt: skip
    return Draft(item, old[0] if old else target, key, replaces=old[1].id if old else None)


def _of_line(row: str, here: Here, said: Told) -> Told:
    """What one line tells: a JSON object, or words with a bullet and a day in front of them, or without."""
    if row.lstrip().startswith("{"):
        return _of_json(row, here, said)
    text = _BULLET.sub("", row, count=1) if _BULLET.match(row) else row
    day, rest = days.leading(text)
    if day is not None and not here.as_is:
        since = said.since or moments.beginning(day.isoformat(), here.today, here.present)
        text, said = rest, replace(said, since=since)
    return read(text, here, said)


def _of_json(row: str, here: Here, said: Told) -> Told:
    try:
        data = json.loads(row)
    except (ValueError, RecursionError):
        if row.rstrip().endswith("}") and '"' in row:
            raise UsageError("it begins as a JSON object and is none") from None
        return read(row, here, said)
    unknown = [name for name in data if name not in _KEYS]
    if unknown:
        raise UsageError(f"it has the key {unknown[0][:40]!r}; known are {', '.join(_KEYS)}")
    given = {_KEYS[name]: value for name, value in data.items() if value not in (None, "", [])}
    about = given.pop("about", said.about)
    position = given.pop("position", 0)
    names = (about,) if isinstance(about, str) else tuple(about) if isinstance(about, (list, tuple)) else (0,)
    if not all(isinstance(name, str) for name in names):
        raise UsageError("about is no text and no list of texts")
    if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position < 2**31:
        raise UsageError("position is no whole number")
    wrong = [name for name, value in given.items() if not isinstance(value, str)]
    if wrong:
        raise UsageError(f"{wrong[0]} is no text")
    told = replace(said, **_timed(given, here), about=names, position=position)
    kind_of(told.kind)
    return read(told.text, here, told)


def _timed(given: dict[str, Any], here: Here) -> dict[str, Any]:
    if "since" in given:
        given["since"] = moments.beginning(given["since"], here.today, here.present, "since")
    if "until" in given:
        given["until"] = moments.ending(given["until"], here.today, "until")
    return given


def kind_of(name: str) -> str:
    """The name of a kind, empty for none. Raises ``UsageError`` for what is no kind that can be told."""
    if name and name not in BY_HAND:
        own = "  (a project is begun by  nova project add NAME)" if name == Kind.PROJECT else ""
        raise UsageError(f"{name[:40]} is no kind of memory", next_step=f"one of: {', '.join(BY_HAND)}{own}")
    return name


def _from_words(told: Told, here: Here) -> Told:
    text, kind = told.text, told.kind
    label = _LABEL.match(text)
    if label is not None and not kind:
        name = label[1].casefold()
        kind, text = _KINDS.get(name, name), text[label.end() :]
    kind = kind or kind_by_words(text)
    because = told.because
    if not because:
        text, because = reason(text, kind)
    until = told.until or _until(text, told.since or here.present)
    since = told.since
    if not since and (day := days.after(text, "since", here.today, ahead=False)) and day <= here.today:
        since = moments.beginning(day.isoformat(), here.today, here.present)
    return replace(told, text=text, kind=str(kind), because=because, until=until, since=since)


def kind_by_words(text: str) -> Kind:
    """The kind that a sentence is of by its words; a note where they do not plainly say."""
    if _DECISION.search(text):
        return Kind.DECISION
    if _GOAL.search(text):
        return Kind.GOAL
    return Kind.INSTRUCTION if _INSTRUCTION.search(text) else Kind.NOTE


def reason(text: str, kind: str) -> tuple[str, str]:
    """A decision or an instruction, and its reason; a text with another sentence behind the reason stays whole."""
    if kind not in {Kind.DECISION, Kind.INSTRUCTION}:
        return text, ""
    said, *rest = _BECAUSE.split(text, maxsplit=1)
    if not rest or not said.strip() or _NEXT_SENTENCE.search(rest[0]):
        return text, ""
    return said.rstrip(" ,;:("), rest[0].rstrip(" .)" if said.count("(") > said.count(")") else " .")


def _until(text: str, since: str) -> str:
    """The end that a sentence names with *until* and a day; what lies before its beginning is told of the past."""
    from datetime import date

    begins = date.fromisoformat(since[:10])
    day = days.after(text, r"(?:until|till|up to and including)", begins, ahead=True)
    return day.isoformat() if day is not None and day >= begins else ""


def project_of_target(known: Sequence[Any], name: str) -> str:
    """The project that a target's memories belong to: the only open one that has the target; else none."""
    fits = [project.name for project in known if not project.archived and name and name in project.targets]
    return fits[0] if len(fits) == 1 else ""
