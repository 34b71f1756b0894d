"""``close-resources``: what is opened is closed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import FileFacts, link
from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._resources import (
    ARCHIVE,
    DATABASE,
    FILE,
    RESPONSE,
    TEMPORARY,
    WORKERS,
    mentions,
    opened,
    scope_of,
    stays_open,
)  # fmt: skip
from reviewers.rules._with_plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.finding import Span

_SHORT_LIVED = frozenset({"setup.py", "conf.py"})
"""Files that run once, for a moment."""
_ARTICLES = {ARCHIVE: "an"}


class CloseResources(Rule):
    """A file, socket or connection that nobody closes stays open until the garbage collector gets to it.

    Flagged is what a function opens and then neither closes, returns, stores, passes on nor manages with ``with``.
    Data may still sit in its buffer, Windows will not delete it, and a long-running process runs out of
    descriptors. ``with sqlite3.connect(...)`` ends the transaction, not the connection.
    """

    name = "close-resources"
    severity = Severity.LOW
    confidence = 0.94
    worth = 0.3
    equivalents = ("SIM115", "R1732", "consider-using-with")
    fix_title = "open it in a with statement"
    fix_changes = "it is closed at the end of the block, where before it was closed when it was forgotten"
    sees = (ast.Call,)
    precision = Precision(
        right=34,
        read=36,
        repositories=(
            "ArchiveBox", "CouchPotatoServer", "CrackMapExec", "Kometa", "Qwen-Agent", "Umi-OCR", "calibre", "cuckoo",
            "paasta", "pupy", "raspiblitz", "spiderfoot",
        ),
        note="the wrong ones: an archive in memory, and a temporary file made for its name alone",
    )  # fmt: skip
    examples: ClassVar = (
        Valid("with open('a') as file:\n    text = file.read()\n"),
        Valid("def load():\n    file = open('a')\n    try:\n        return file.read()\n    finally:\n        file.close()\n"),
        Valid("def start(self):\n    self.log = open('a', 'w')\n"),
        Valid("def start():\n    log = open('a', 'w')\n    return log\n"),
        Valid("def start():\n    log = open('a', 'w')\n    watch(log)\n"),
        Valid("def start(stack):\n    return stack.enter_context(open('a'))\n"),
        Valid("def rows(path):\n    file = open(path)\n    return (line.strip() for line in file)\n"),
        Valid("def peer(s):\n    a = socket.socket()\n    def end():\n        a.close()\n    a.connect(s)\n    return end\n"),
        Valid("open('a', 'w').close()\n"),
        Valid("def read(open):\n    return open('a').read()\n"),
        Valid("def read():\n    return open(0).read()\n"),
        Valid("import sqlite3\n\nconnection = sqlite3.connect('a.db')\nconnection.execute('pragma x')\n"),
        Valid("text = open('README').read()\n", path="setup.py"),
        Valid("import io, zipfile\n\ndef names(data):\n    return zipfile.ZipFile(io.BytesIO(data)).namelist()\n"),
        Valid("from PIL import Image\n\ndef size(p):\n    return Image.open(p).size\n"),
        Valid("import csv\n\ndef rows(path):\n    return csv.reader(open(path))\n"),
        Invalid(
            "def load(path):\n    text = open(path).read()  # all of it\n    return text\n",
            fixed="def load(path):\n    with open(path) as file:\n        text = file.read()  # all of it\n    return text\n",
        ),
        Invalid(
            "import json\n\ndef load(path):\n    # read\n    return json.load(open(path))\n",
            fixed="import json\n\ndef load(path):\n    # read\n    with open(path) as file:\n        return json.load(file)\n",
        ),
        Invalid(
            "def load(path):\n    f = open(path)  # text\n\n    # the number\n    n = int(f.read())\n    if n:\n        f.seek(0)\n    return n\n",
            fixed="def load(path):\n    with open(path) as f:  # text\n        # the number\n        n = int(f.read())\n"
            "        if n:\n            f.seek(0)\n    return n\n",
        ),
        Invalid(
            "import csv\n\ndef total(path):\n    n = 0\n    f = open(path)\n    rows = csv.reader(f)\n    for row in rows:\n        n += 1\n    return n\n",
            fixed="import csv\n\ndef total(path):\n    n = 0\n    with open(path) as f:\n        rows = csv.reader(f)\n"
            "        for row in rows:\n            n += 1\n    return n\n",
        ),
        Invalid(
            "def copy(file, a):\n    for line in open(a):\n        file.write(line)\n",
            fixed="def copy(file, a):\n    with open(a) as handle:\n        for line in handle:\n            file.write(line)\n",
        ),
        Invalid(
            "a = open('a').read()\nb = open('b').read()\n",
            fixed="with open('a') as file:\n    a = file.read()\nwith open('b') as file:\n    b = file.read()\n",
            hits=2,
        ),
        Invalid("def each(path):\n    for line in open(path):\n        yield line\n"),
        Invalid("def has(path):\n    return exists(path) and 'x' in open(path).read()\n"),
        Invalid("from urllib.request import urlopen\n\ndef ping(url):\n    urlopen(url)\n"),
        Invalid("import sqlite3\n\ndef count(path):\n    with sqlite3.connect(path) as c:\n        return c.execute('q').fetchone()\n"),
        Invalid("from concurrent.futures import ThreadPoolExecutor\n\ndef go(jobs):\n    pool = ThreadPoolExecutor()\n"
                "    for job in jobs:\n        pool.submit(job)\n"),
    )  # fmt: skip

    def check(self, node: ast.Call, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag a call that opens something which stays open at every place that gets hold of it."""
        kind = opened(node, facts)
        if not kind or facts.path.rpartition("/")[2] in _SHORT_LIVED:
            return
        holder = facts.parent(node)
        if isinstance(holder, ast.Assign):
            target = holder.targets[0]
            if len(holder.targets) == 1 and isinstance(target, ast.Name) and _left_open(target.id, holder, kind, facts):
                yield Hit(
                    node,
                    _message(f"{target.id}, {_ARTICLES.get(kind, 'a')} {kind},", kind),
                    plan(node, kind, facts) is not None,
                )
        elif isinstance(holder, ast.withitem):
            if kind == DATABASE and _only_commits(holder, facts):
                yield Hit(
                    node, "with ends the transaction of a sqlite3 connection, not the connection: close it as well"
                )
        elif stays_open(node, facts, kind):
            yield Hit(node, _message(f"this {kind}", kind), plan(node, kind, facts) is not None)

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Put a ``with`` around the uses, or lift the opening call out of its statement into one."""
        from reviewers.rules._with_statement import put_with

        text = module.code
        tree = ast.parse(text)
        link(tree)
        facts = FileFacts("", text, tree, "")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and facts.span(node) == span:
                made = plan(node, opened(node, facts), facts)
                return module if made is None else put_with(module, made, facts)
        return module


def _message(what: str, kind: str) -> str:
    if kind == WORKERS:
        return f"{what} is never shut down: use it in a with statement"
    return f"{what} is never closed: open it in a with statement"


def _left_open(name: str, assign: ast.Assign, kind: str, facts: FileFacts) -> bool:
    at_module_level = isinstance(scope_of(assign, facts), ast.Module)
    if at_module_level and kind not in {FILE, RESPONSE, ARCHIVE}:
        return False
    found = mentions(name, assign, facts)
    if not found or not all(stays_open(mention, facts, kind) for mention in found):
        return False
    attributes = {getattr(facts.parent(mention), "attr", "") for mention in found}
    return kind != TEMPORARY or attributes != {"name"} or _is_kept(assign.value)


def _is_kept(call: ast.expr) -> bool:
    """Whether a temporary file is to outlive its handle, so that the handle has no work left to do."""
    keywords = call.keywords if isinstance(call, ast.Call) else []
    return any(k.arg == "delete" and isinstance(k.value, ast.Constant) and not k.value.value for k in keywords)


def _only_commits(item: ast.withitem, facts: FileFacts) -> bool:
    statement = facts.statement(item)
    if not isinstance(item.optional_vars, ast.Name) or statement is None:
        return False
    found = mentions(item.optional_vars.id, statement, facts)
    return bool(found) and all(stays_open(mention, facts, DATABASE) for mention in found or ())
