"""What a person's message names: places in files, findings, rules, changes, stretches of time. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "top": 1, "last": 1, "one": 1, "two": 2,
            "three": 3, "four": 4, "five": 5}  # fmt: skip
_PATH = re.compile(
    r"(?<![\w/.:])((?:~?/|\.{1,2}/)?(?:[\w.@+-]+/)*[\w.@+-]+\.[A-Za-z]\w{0,7}(?:\.\d{1,2})?(?:\.gz)?)(?::(\d+)(?:-(\d+)|:\d+)?)?(?![\w/])"
)
_FOLDER = re.compile(r"(?<![\w/.:])((?:~?/|\.{1,2}/)?(?:[\w.@+-]+/)+[\w.@+-]*)(?![\w:])")
_LINES = re.compile(r"\b(?:lines?|ll?\.) *(\d+)(?: *(?:-|to|until|through|and|,) *(\d+))?\b", re.IGNORECASE)
_FINDING = re.compile(
    r"\bfindings? *(?:number|no\.?|nr\.?|#)? *([0-9a-f]{1,16})\b|(?<!\w)#(\d{1,3})\b|\brank *(\d{1,3})\b", re.IGNORECASE
)
_NTH_FINDING = re.compile(r"\b(first|second|third|fourth|fifth|top) (?:\w+ )?finding\b", re.IGNORECASE)
_ID = re.compile(r"(?<![\w/.-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,16}(?![\w/-])")
_CODE = re.compile(r"\b([A-Z]{1,5}\d{2,4})\b")
_KEBAB = re.compile(r"(?<![\w/.@-])([a-z]+(?:-[a-z]+)+)(?![\w/.-])")
_BACKTICKED = re.compile(r"`([^`\s]+)`")
_SYMBOL = re.compile(
    r"(?<![\w./-])("
    r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?=\(\))"  # called: save()
    r"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+"  # dotted: Cart.total
    r"|_?[a-z][a-z0-9]*(?:_[a-z0-9]+)+|_[a-z]\w+"  # with underscores
    r"|[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+"  # camel case
    r")(?![\w/-])"
)
_AFTER_KIND = re.compile(r"\b(?:function|method|class|module|def) +`?([A-Za-z_][\w.]*)")
_RANGE = re.compile(r"(?<![\w/.-])([\w][\w./~^@{}-]*?)?(\.\.\.?)([\w][\w./~^@{}-]*)?(?![\w/.])")
_BASE = re.compile(
    r"\b(?:against|compared? (?:with|to)|relative to|diff(?:erence)? (?:with|to|from|against)|"
    r"since (?:branch|tag|commit)|on top of|versus|vs\.?) +"
    r"(?:the +)?(?:branch +|tag +|commit +)?([\w][\w./~^-]*[\w~^]|\w)",
    re.IGNORECASE,
)
_LAST_COMMITS = re.compile(
    r"\b(?:last|latest|newest|previous|most recent|my last) +(?:(\d+|two|three|four|five) +)?commits?\b", re.IGNORECASE
)
_STAGED = re.compile(r"\bstaged?\b|\bin the index\b|\babout to commit\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:my|the|these|this|uncommitted|local|unstaged|pending|current|working) +(?:\w+ +)?"
    r"(?:changes?|diff|patch|edits?)\b"
    r"|\bbefore (?:i|committing|pushing|a commit)\b|\bwhat i(?:'ve| have)? (?:just )?(?:wrote|written|changed|did)\b"
    r"|\bdid i (?:introduce|break)\b|\buncommitted\b|\bmy work(?:ing tree)?\b",
    re.IGNORECASE,
)
_BRANCH = re.compile(
    r"\b(?:this|my|the|current|feature) +(?:\w+ +)?branch\b|\bready to merge\b|\bbefore (?:i )?(?:merg\w+|open\w*)\b"
    r"|\bpull request\b|\bPR\b",
    re.IGNORECASE,
)
_NO_BASE = frozenset({"it", "that", "this", "them", "each", "our", "my", "your", "all", "what"})
_HOSTS = re.compile(r"^(?:e\.g|i\.e|etc|vs|www\.\S+|\d+(?:\.\d+)+)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A path as it was written, and the lines; 0 where none were named."""

    path: str
    line: int = 0
    end_line: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is meant: what is staged, or a base to compare with (``branch``: whichever the branch left)."""

    staged: bool = False
    diff: str = ""
    branch: bool = False


def places(text: str) -> tuple[Place, ...]:
    """The files and folders that a message names, in order, with their lines: ``a.py:4``, ``line 4 of a.py``."""
    found: dict[str, Place] = {}
    for match in _PATH.finditer(text):
        path = match[1]
        if _HOSTS.match(path) or text[match.end() : match.end() + 2] == "()" or not _looks_like_file(path):
            continue
        found.setdefault(path, Place(path, int(match[2] or 0), int(match[3] or match[2] or 0)))
    spoken = _LINES.search(text)
    if spoken and found:
        first = next(iter(found.values()))
        if not first.line:
            found[first.path] = Place(first.path, int(spoken[1]), int(spoken[2] or spoken[1]))
    for match in _FOLDER.finditer(text):
        path = match[1]
        if not any(path in known or known.startswith(path) for known in found) and not path.startswith("//"):
            known = path.rstrip("/")
            if known not in {"", "and", "."} and (path.endswith("/") or "/" in known):
                found.setdefault(known, Place(known))
    return tuple(found.values())


_ENDINGS = frozenset(
    {"py", "pyi", "pyw", "pyx", "toml", "cfg", "ini", "txt", "md", "rst", "log", "json", "jsonl", "yml", "yaml", "html",
     "js", "ts", "css", "sql", "sh", "gz", "out", "err", "csv", "xml", "lock", "po", "in", "ipynb", "1"}
)  # fmt: skip


def _looks_like_file(path: str) -> bool:
    return path.rpartition(".")[2].lower() in _ENDINGS


def finding(text: str) -> str:
    """The finding that a message names, as an id or a rank; empty where it names none."""
    match = _FINDING.search(text)
    if match:
        return next(part for part in match.groups() if part).lower()
    nth = _NTH_FINDING.search(text)
    if nth:
        return str(_NUMBERS[nth[1].lower()])
    by_id = _ID.search(text)
    return by_id[0] if by_id else ""


def rules(text: str) -> tuple[str, ...]:
    """What may be the name of a rule: ``B006``, ``close-resources``."""
    return tuple(dict.fromkeys([*_CODE.findall(text), *_KEBAB.findall(text)]))


def symbols(text: str) -> tuple[str, ...]:
    """What may be the name of a function or class, what is surest first; files are left out."""
    known = {place.path for place in places(text)}
    found = [*_BACKTICKED.findall(text), *_AFTER_KIND.findall(text), *(m[1] for m in _SYMBOL.finditer(text))]
    named = [name.removesuffix("()").strip(".,:;?!") for name in found]
    return tuple(dict.fromkeys(n for n in named if n and n not in known and not _HOSTS.match(n) and _is_name(n)))


_NO_NAMES = frozenset(
    {"this", "that", "which", "it", "in", "for", "do", "does", "to", "with", "and", "or", "is", "are", "was", "of",
     "on", "called", "at", "by", "from", "as", "so", "here", "there", "named"}
)  # fmt: skip


_ASKING = frozenset(
    {"what", "whats", "why", "how", "when", "who", "where", "explain", "describe", "tell", "show", "give", "walk",
     "take", "through", "function", "functions", "method", "class", "module", "file", "line", "lines", "code", "thing",
     "things", "finding", "rule", "mean", "means", "work", "works", "used", "use", "uses", "call", "calls", "happens",
     "happen", "please", "the", "can", "could", "you", "about", "its", "get", "gets", "overview", "outline", "step",
     "purpose", "exactly", "again", "not", "their", "they", "them", "has", "have", "own", "all", "any", "some", "out",
     "into", "filled", "made", "two", "talk", "each", "other", "nova", "really", "just", "understand"}
)  # fmt: skip


def _is_name(text: str) -> bool:
    return all(part.isidentifier() for part in text.split(".")) and text.lower() not in _NO_NAMES


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a message that may be names though nothing shows it: neither filling words nor what asks."""
    found = re.findall(r"(?<![\w./-])[A-Za-z_]\w{2,}(?![\w/-])", text)
    return tuple(dict.fromkeys(w for w in found if w.lower() not in _NO_NAMES | _ASKING))


def change(text: str) -> Change:
    """The change that a message means: staged, against a base, the last commits, the branch, or what is uncommitted."""
    spans = _RANGE.search(_without(text, places(text)))
    if spans and spans[1] and (spans[2] == "..." or spans[3]):
        return Change(diff=f"{spans[1]}{spans[2]}{spans[3] or ''}")
    if _STAGED.search(text):
        return Change(staged=True)
    base = _BASE.search(text)
    if base and base[1].lower() not in _NO_BASE:
        return Change(diff=base[1])
    last = _LAST_COMMITS.search(text)
    if last:
        many = last[1] or "1"
        number = int(many) if many.isdigit() else _NUMBERS[many.lower()]
        return Change(diff=f"HEAD~{number}...HEAD")
    if _BRANCH.search(text):
        return Change(branch=True)
    return Change(diff="HEAD") if _CHANGES.search(text) else Change()


def _without(text: str, named: Iterable[Place]) -> str:
    for place in named:
        text = text.replace(place.path, " ")
    return text


def any_of(text: str, *stems: str) -> bool:
    """Whether one of the words, or of the beginnings of words (``clon*``), stands in a message."""
    parts = [re.escape(s[:-1]) if s.endswith("*") else rf"{re.escape(s)}\b" for s in stems]
    return re.search(rf"\b(?:{'|'.join(parts)})", text, re.IGNORECASE) is not None


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 file``, ``3 files``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}".replace(",", " ")


def listed(items: Iterable[str], most: int = 5) -> str:
    """Some items in a sentence: ``a, b and 3 more``."""
    every = list(items)
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def chosen(answer: str, options: Iterable[str]) -> str:
    """The option that an answer means: its number, its text, or words that only it begins with; empty for none."""
    every = list(options)
    word = answer.strip().rstrip(".!").removeprefix("the ")
    number = re.fullmatch(r"#?(\d{1,2})\.?\)?", word)
    if number and 0 < int(number[1]) <= len(every):
        return every[int(number[1]) - 1]
    if word.lower() in _NUMBERS and 0 < _NUMBERS[word.lower()] <= len(every):
        return every[_NUMBERS[word.lower()] - 1]
    low = word.lower().removeprefix("@")
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [o for o in every if low and low not in _ASKING | _NO_NAMES and fits(o.lower(), low)]
        if len(found) == 1:
            return found[0]
    return ""
