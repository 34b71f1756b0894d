"""What reviews found and what people said of it, where it is about a file, a rule or a symbol that is named. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.item import Item, Kind
from memory.verdict import Answer, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.anchors import Anchor
    from memory.life import Life
    from memory.verdict import Verdict

MOST = 3
"""Things of each kind that are told, the newest."""
SAID = {Answer.ACCEPT: "accepted", Answer.DISMISS: "dismissed", Answer.LATER: "put off"}


def verdicts_on(names: Iterable[Anchor], verdicts: Sequence[Verdict]) -> list[tuple[Item, str]]:
    """The answers that stand and are about what is named, the newest first, each with why it is here."""
    every = list(names)
    told = []
    for verdict in sorted(standing(verdicts).values(), key=lambda v: v.at, reverse=True):
        why = _named(every, verdict.path, verdict.rule, verdict.symbol)
        if why and verdict.answer in SAID:
            place = f"{verdict.path}, {verdict.symbol}" if verdict.symbol else verdict.path
            text = f"{verdict.rule} in {place} was {SAID[verdict.answer]}"
            told.append((_item(Kind.VERDICT, verdict.id, text, verdict.because, verdict.who, verdict.at), why))
    return told[:MOST]


def lives_on(names: Iterable[Anchor], lives: Sequence[Life]) -> list[tuple[Item, str]]:
    """Findings that are open in a file that is named, and those that were fixed there: the last seen first."""
    files = [name for name in names if name.kind == "file"]
    here = [(life, why) for life in lives if (why := _named(files, life.path, "", None))]
    here.sort(key=lambda pair: (pair[0].last_at, pair[0].id), reverse=True)
    opened = [
        (_item(Kind.FINDING, life.id, f"{life.path}:{life.line} {life.message}", "", life.rule, life.first_at), why)
        for life, why in here
        if life.state == "open"
    ]
    fixed = [
        (_item(Kind.OUTCOME, life.id, f"fixed in {life.path}: {life.message}", "", life.rule, life.last_at), why)
        for life, why in here
        if life.state == "fixed"
    ]
    return opened[:MOST] + fixed[:MOST]


def _named(names: Iterable[Anchor], path: str, rule: str, symbol: str | None) -> str:
    for name in names:
        if name.kind == "file" and (path == name.text or path.endswith(f"/{name.text}")):
            return f"it is about {path}"
        if name.kind == "rule" and rule == name.text:
            return f"it is about the rule {rule}"
        if name.kind == "symbol" and symbol and name.text in {symbol, symbol.rpartition(".")[2]}:
            return f"it is about {symbol}"
    return ""


def _item(kind: Kind, name: str, text: str, because: str, source: str, at: str) -> Item:
    return Item(name, kind, "", "", text, because, source, "nova review", at, at)
