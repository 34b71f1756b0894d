"""What a message names that a memory may name too: files, symbols, rules, projects, people, dates. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.search import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from memory.item import Item

_ENDINGS = "py|pyi|toml|cfg|ini|txt|md|rst|log|jsonl?|ya?ml|html|css|jsx?|tsx?|sql|sh|csv|xml|lock|po|ipynb"
_FILE = re.compile(
    rf"(?<![\w/.-])(?:[\w.@+-]+/)+(?:[\w@+-][\w.@+-]*\.[A-Za-z]\w{{0,7}}(?![\w/]))?"
    rf"|(?<![\w/.-])[\w@+-][\w.@+-]*\.(?:{_ENDINGS})(?![\w/])"
)
_RULE = re.compile(r"(?<![\w/.-])(?:[A-Z]{1,5}\d{2,4}|[a-z]+(?:-[a-z]+)+)(?![\w/-])")
_SYMBOL = re.compile(
    r"`([^`\s]+)`|(?<![\w./-])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?=\(\))|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+(?:\.\w+)*"
    r"|_?[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Z]\w*(?:\.[A-Za-z_]\w*)+)(?![\w/-])"
)
_PERSON = re.compile(r"(?<![\w.@/])@([A-Za-z][\w-]*)")
_DATE = re.compile(r"(?<![\w-])(\d{4}-\d{2}(?:-\d{2})?)(?![\w-])")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name, and what it names: ``file``, ``symbol``, ``rule``, ``project``, ``person`` or ``date``."""

    kind: str
    text: str


def anchors_in(message: str) -> tuple[Anchor, ...]:
    """The names that stand in a message by their looks; a date is one in ISO 8601, or the month of one."""
    found = [Anchor("file", text.rstrip("/").removeprefix("./")) for text in _FILE.findall(message)]
    found += [Anchor("symbol", called or named) for called, named in _SYMBOL.findall(message)]
    found += [Anchor("rule", text) for text in _RULE.findall(message)]
    found += [Anchor("person", text) for text in _PERSON.findall(message)]
    found += [Anchor("date", text) for text in _DATE.findall(message)]
    return tuple(dict.fromkeys(found))


def anchored(item: Item, anchors: Iterable[Anchor], message: str) -> str:
    """Why an item belongs to what is named, in words; empty where it does not."""
    for anchor in anchors:
        if anchor.kind == "date":
            if item.valid_from.startswith(anchor.text):
                return f"it is of {anchor.text}"
        elif anchor.kind == "project":
            if item.subject.casefold() == anchor.text.casefold():
                return f"it belongs to the project {anchor.text}"
        elif anchor.kind == "file" and any(_lies_in(anchor.text, place) for place in item.about):
            return f"it is about {anchor.text}"
        elif any(
            _holds(text, name)
            for name in _names(anchor)
            for text in (item.subject, item.value, item.because, *item.about)
        ):
            return f"it names the {anchor.kind} {anchor.text}"
    if item.subject and _speaks_of(message, item.subject):
        return f"it is about {item.subject}, which the message names"
    return ""


def _lies_in(path: str, place: str) -> bool:
    """Whether a path is a place, lies in it, or holds it."""
    one, other = path.strip("/"), place.strip("/")
    return bool(one and other) and (f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/"))


def _names(anchor: Anchor) -> list[str]:
    """What an anchor may be called: a file also by its last part."""
    last = anchor.text.rpartition("/")[2]
    return [anchor.text, last] if anchor.kind == "file" and "." in last and last != anchor.text else [anchor.text]


def _holds(text: str, name: str) -> bool:
    return bool(text) and re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE) is not None


def _speaks_of(message: str, subject: str) -> bool:
    """Whether the words of a subject stand in a message, next to each other."""
    name, said = words(subject), words(message)
    return bool(name) and any(said[at : at + len(name)] == name for at in range(len(said) - len(name) + 1))
