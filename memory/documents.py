"""A Markdown document as a plain list of blocks: its front matter, and headings, paragraphs, items and the rest. Pure.

The reading itself is markdown-it-py's, by the CommonMark specification with tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.tree import SyntaxTreeNode

FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
MOST_FRONT = 20_000
"""Characters of front matter that are read."""
DEEPEST = 100
"""How deep lists and quotations may lie in each other, twice for a list: markdown-it leaves out what lies deeper."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TASK = re.compile(r"\[([ xX])\]\s+")
HEADING, PARAGRAPH, ITEM, CODE, TABLE, QUOTE, HTML = "heading", "paragraph", "item", "code", "table", "quote", "html"
_KINDS = {
    "heading": HEADING, "paragraph": PARAGRAPH, "fence": CODE, "code_block": CODE, "table": TABLE, "blockquote": QUOTE,
    "html_block": HTML,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document as it was written, on the lines from ``line`` to ``end``, both counted from 1."""

    kind: str
    text: str
    line: int
    end: int
    level: int = 0
    """Of a heading."""
    below: tuple[Block, ...] = ()
    """Of a list's item: what stands under its own words."""
    done: bool | None = None
    """Of a task: whether it is ticked off."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds."""

    blocks: tuple[Block, ...]
    front: Mapping[str, Any] = field(default_factory=dict)
    """The keys of its front matter, lower case."""


def read(text: str) -> Document:
    """The document that a text is. Whatever the text, this gives one: Markdown knows no errors."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, body, skipped = _front(text)
    lines = body.split("\n")
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    try:
        tokens = parser.parse(body)
        is_deep = max((token.level for token in tokens), default=0) >= DEEPEST - 1
        nodes = () if is_deep else SyntaxTreeNode(tokens).children
        blocks = [block for node in nodes for block in _blocks(node, lines, skipped)]
    except RecursionError:
        blocks, is_deep = [], True
    if is_deep:
        blocks = _plain(lines, skipped)
    return Document(tuple(blocks), front)


def _plain(lines: Sequence[str], skipped: int) -> list[Block]:
    """The lines of a text that is nested deeper than can be read, each as a paragraph."""
    told = ((number, line.strip(" \t>-*+")) for number, line in enumerate(lines, 1 + skipped))
    return [Block(PARAGRAPH, text, number, number) for number, text in told if text]


def _front(text: str) -> tuple[dict[str, Any], str, int]:
    """The front matter, the text behind it, and how many lines it takes; what is no front matter is left in place."""
    found = FRONT.match(text)
    if found is None or len(found[0]) > MOST_FRONT:
        return {}, text, 0
    import yaml

    try:
        told = yaml.safe_load(found[1] or "")
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text, 0
    if told is not None and not isinstance(told, dict):
        return {}, text, 0
    front = {str(key).casefold(): value for key, value in (told or {}).items()}
    return front, text[found.end() :], found[0].count("\n")


def _blocks(node: SyntaxTreeNode, lines: Sequence[str], skipped: int) -> list[Block]:
    """The blocks of a node: a list gives one for each of its items, a rule and a comment none."""
    if node.type in {"bullet_list", "ordered_list"}:
        return [_item(item, lines, skipped) for item in node.children]
    kind = _KINDS.get(node.type)
    if kind is None or node.map is None:
        return []
    first, last = node.map
    text = _text(node, lines)
    if not text.strip():
        return []
    level = int(node.tag[1:]) if kind == HEADING else 0
    return [Block(kind, text, first + 1 + skipped, max(last, first + 1) + skipped, level)]


def _text(node: SyntaxTreeNode, lines: Sequence[str]) -> str:
    """The words of a node: of prose on one line, of all else as they stand."""
    if node.type in {"heading", "paragraph"}:
        content = node.children[0].content if node.children else ""
        return " ".join(_COMMENT.sub("", content).split())
    if node.type == "blockquote":
        parts = (_text(child, lines) for child in node.children)
        return "\n".join(part for part in parts if part)
    first, last = node.map or (0, 0)
    raw = "\n".join(lines[first:last]).rstrip()
    if node.type == "html_block":
        return _COMMENT.sub("", raw).strip()
    return _level(raw)


def _level(raw: str) -> str:
    """Lines without the indentation that they share with the first: where they stand in a list is no part of them."""
    rows = raw.split("\n")
    margin = len(rows[0]) - len(rows[0].lstrip())
    return "\n".join(row[min(margin, len(row) - len(row.lstrip())) :] for row in rows)


def _item(node: SyntaxTreeNode, lines: Sequence[str], skipped: int) -> Block:
    first, last = node.map or (0, 0)
    own, below = "", []
    for at, child in enumerate(node.children):
        if at == 0 and child.type in {"paragraph", "heading"}:
            own = _text(child, lines)
        else:
            below += _blocks(child, lines, skipped)
    done, task = None, _TASK.match(own)
    if task is not None:
        done, own = task[1] != " ", own[task.end() :]
    return Block(ITEM, own, first + 1 + skipped, last + skipped, below=tuple(below), done=done)
