"""What a person said of a finding: which answer stands, which present finding it belongs to, and its line in a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Key = tuple[str, str]
    """The fingerprint of a finding and the path of its file."""


class Answer(StrEnum):
    """What a person may say of a finding."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    LATER = "later"
    UNDO = "undo"
    WAKE = "wake"
    """Said of a rule, not of a finding: at and below the path it speaks again. The empty path is all there is."""


class Because(StrEnum):
    """The known reasons for a dismissal; any other text is one too."""

    WRONG = "wrong"
    NOT_WORTH_IT = "not worth it"
    BY_DESIGN = "by design"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer to one finding. ``id`` is the finding's, ``at`` is ISO 8601 in UTC."""

    id: str
    fingerprint: str
    path: str
    rule: str
    symbol: str | None
    answer: Answer
    because: str
    who: str
    at: str


TEXTS = tuple(field.name for field in fields(Verdict) if field.name != "symbol")


def moment(at: str) -> datetime:
    """The point in time that a text names; one without a zone is taken as UTC."""
    when = datetime.fromisoformat(at)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


class BrokenLine(ValueError):
    """A line that holds no verdict; the text says why."""


def standing(verdicts: Iterable[Verdict]) -> dict[Key, Verdict]:
    """The answer that counts for each fingerprint and path: the latest, until an undo takes it away.

    An undo also takes away what was said of the same finding (its id) under an earlier path. What was said of a rule
    is no answer to a finding.
    """
    latest: dict[Key, Verdict] = {}
    for verdict in sorted(verdicts, key=lambda v: moment(v.at)):
        if verdict.answer is Answer.WAKE:
            continue
        key = verdict.fingerprint, verdict.path
        latest.pop(key, None)
        if verdict.answer is not Answer.UNDO:
            latest[key] = verdict
        else:
            for other in [k for k, v in latest.items() if (v.fingerprint, v.id) == (verdict.fingerprint, verdict.id)]:
                del latest[other]
    return latest


def waking(rule: str, path: str, who: str, at: str) -> Verdict:
    """What is recorded when a person wakes a rule at and below a path."""
    return Verdict("", "", path, rule, None, Answer.WAKE, "", who, at)


def match(
    standing: Mapping[Key, Verdict],
    present: Collection[Key],
    renames: Mapping[str, str],
    paths: Collection[str] | None = None,
) -> dict[Key, Verdict]:
    """The verdict that belongs to each present finding, where there is one.

    The exact pair comes first, then the pair under the path's old name (``renames``, new path to old). A verdict
    whose own path is gone from the repository (``paths`` holds every file there is; without it nobody can tell)
    goes to the one finding with its fingerprint in a file which has no verdict of its own, where there is exactly one.
    """
    found: dict[Key, Verdict] = {}
    for mark, path in present:
        verdict = standing.get((mark, path)) or standing.get((mark, renames.get(path, path)))
        if verdict is not None:
            found[mark, path] = verdict
    if paths is None:
        return found
    there = paths if isinstance(paths, (set, frozenset)) else set(paths)
    used = {(verdict.fingerprint, verdict.path) for verdict in found.values()}
    gone = [v for key, v in standing.items() if v.path not in there and key not in used]
    lost = {v.fingerprint: v for v in sorted(gone, key=lambda v: moment(v.at))}
    heirs: dict[str, list[Key]] = {mark: [] for mark in lost}
    for mark, path in dict.fromkeys(present):
        if mark in heirs and (mark, path) not in found:
            heirs[mark].append((mark, path))
    return found | {keys[0]: lost[mark] for mark, keys in heirs.items() if len(keys) == 1}


def to_line(verdict: Verdict) -> str:
    """The verdict as one line of JSON, without the line's end; the same verdict is always the same line."""
    line = json.dumps(asdict(verdict), ensure_ascii=False, sort_keys=True)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(asdict(verdict), sort_keys=True)
    return line


def from_line(line: str) -> Verdict:
    """The verdict that a line holds; ``BrokenLine`` says what is wrong with it. Unknown keys are left alone."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise BrokenLine(f"not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(data, dict):
        raise BrokenLine("not a JSON object")
    for name in TEXTS:
        if not isinstance(data.get(name), str):
            raise BrokenLine(f"{name!r} is not text" if name in data else f"{name!r} is missing")
    symbol = data.get("symbol")
    if not (symbol is None or isinstance(symbol, str)):
        raise BrokenLine("'symbol' is neither text nor null")
    if data["answer"] not in tuple(Answer):
        raise BrokenLine(f"{data['answer']!r} is not an answer; the answers are {', '.join(Answer)}")
    try:
        moment(data["at"])
    except ValueError:
        raise BrokenLine(f"{data['at']!r} is not a time in ISO 8601") from None
    known = {name: data[name] for name in TEXTS}
    return Verdict(**{**known, "symbol": symbol, "answer": Answer(data["answer"])})


def read_lines(text: str) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """The verdicts of a file, each once, and a complaint for every line that holds none."""
    verdicts: dict[Verdict, None] = {}
    complaints: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                verdicts[from_line(line)] = None
            except BrokenLine as error:
                complaints.append(f"line {number}: {error}")
    return tuple(verdicts), tuple(complaints)


def verdict_of(row: Sequence[Any]) -> Verdict:
    """The verdict that a row of its table holds."""
    return replace(Verdict(*row[:-1]), answer=Answer(row[5]))
