"""What opens a resource, and what becomes of it: the groundwork of ``close-resources``."""

from __future__ import annotations

import ast
import enum
from typing import TYPE_CHECKING

from reviewers.facts import walk
from reviewers.rules._names import module_binds, shadowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewers.facts import FileFacts

FILE, RESPONSE, ARCHIVE, SOCKET = "file", "response", "archive", "socket"
TEMPORARY, DATABASE, WORKERS = "temporary file", "database connection", "pool of workers"

OPENERS = {
    **dict.fromkeys(("open", "io.open", "codecs.open", "tokenize.open", "os.fdopen", "wave.open"), FILE),
    **dict.fromkeys(("gzip.open", "gzip.GzipFile", "bz2.open", "bz2.BZ2File", "lzma.open", "lzma.LZMAFile"), FILE),
    "urllib.request.urlopen": RESPONSE,
    **dict.fromkeys(("zipfile.ZipFile", "tarfile.open", "tarfile.TarFile.open"), ARCHIVE),
    **dict.fromkeys(("socket.socket", "socket.create_connection"), SOCKET),
    **dict.fromkeys(("tempfile.NamedTemporaryFile", "tempfile.TemporaryFile"), TEMPORARY),
    "sqlite3.connect": DATABASE,
    "concurrent.futures.ThreadPoolExecutor": WORKERS,
    "concurrent.futures.ProcessPoolExecutor": WORKERS,
    "multiprocessing.Pool": WORKERS,
    "multiprocessing.pool.ThreadPool": WORKERS,
}
"""The dotted name of what opens something, and what it opens."""

_LAST_NAMES = frozenset(name.rpartition(".")[2] for name in OPENERS)

_IN_MEMORY = frozenset({"BytesIO", "StringIO"})

_CLOSES = frozenset(
    {"close", "shutdown", "terminate", "join", "detach", "__exit__", "__enter__", "fileno", "makefile", "stop"}
)
"""Methods that end a resource, or hand its inside to something that may live longer."""

_LOOKED_AT = frozenset(
    {"name", "closed", "mode", "encoding", "headers", "status", "code", "url", "filename", "row_factory"}
)

_INNER = frozenset(
    {"open", "extractfile", "cursor", "execute", "executemany", "imap", "imap_unordered", "accept", "submit"}
)
"""Methods whose result needs the resource to stay open."""

_EAGER = frozenset(
    {
        *(
            f"{module}.{name}"
            for module in ("json", "pickle", "marshal", "plistlib", "toml", "yaml")
            for name in ("load", "dump")
        ),
        *(
            "tomllib.load",
            "tomli.load",
            "tomli_w.dump",
            "yaml.safe_load",
            "yaml.full_load",
            "yaml.safe_dump",
            "simplejson.load",
        ),
        *(
            "list",
            "tuple",
            "set",
            "frozenset",
            "dict",
            "sorted",
            "sum",
            "max",
            "min",
            "any",
            "all",
            "len",
            "next",
            "print",
        ),
        *("ast.parse", "shutil.copyfileobj", "hashlib.file_digest", "email.message_from_file", "collections.Counter"),
        *("xml.etree.ElementTree.parse", "xml.dom.minidom.parse", "email.message_from_binary_file"),
        *(f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output")),
    }
)
"""Calls that have done with an open file by the time they return, and do not close it."""

_LAZY = frozenset(
    {"csv.reader", "csv.DictReader", "csv.writer", "csv.DictWriter", "enumerate", "iter", "map", "filter", "zip"}
)
"""Calls whose result goes on using an open file."""


class Fate(enum.Enum):
    """What becomes of an open resource at one place."""

    USED = enum.auto()
    """It is used; it is still open, and still nobody else's."""
    LENT = enum.auto()
    """Something is made of it that goes on using it."""
    GONE = enum.auto()
    """It is closed, handed on, stored or managed: no longer a matter of this place."""


def opened(call: ast.Call, facts: FileFacts) -> str:
    """What a call opens; empty when it opens nothing that is known."""
    func = call.func
    if isinstance(func, ast.Name):
        dotted = facts.imports.get(func.id, func.id)
        if dotted not in OPENERS or shadowed(facts, call, func.id):
            return ""
        return "" if dotted == func.id and module_binds(facts, func.id) else _of(dotted, call)
    if not isinstance(func, ast.Attribute) or func.attr not in _LAST_NAMES:
        return ""
    if func.attr == "open" and isinstance(func.value, ast.Call) and facts.resolve(func.value.func) == "pathlib.Path":
        return FILE
    root = (facts.dotted(func) or "").partition(".")[0]
    return "" if root not in facts.imports or shadowed(facts, call, root) else _of(facts.resolve(func) or "", call)


def _of(dotted: str, call: ast.Call) -> str:
    """What a call of an opener opens; nothing where it only wraps a number or what is in memory."""
    kind = OPENERS.get(dotted, "")
    if kind in {FILE, ARCHIVE} and any(k.arg in {"closefd", "fileno", "fileobj"} for k in call.keywords):
        return ""
    for given in call.args:
        made = given.func if isinstance(given, ast.Call) else None
        if (
            isinstance(made, (ast.Attribute, ast.Name))
            and (getattr(made, "attr", "") or getattr(made, "id", "")) in _IN_MEMORY
        ):
            return ""
    number = bool(call.args) and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, int)
    return "" if kind == FILE and number else kind


def fate(node: ast.AST, facts: FileFacts, kind: str) -> Fate:
    """What becomes of a resource at a node that stands for it: the opening call, or a mention of its name."""
    holder = facts.parent(node)
    if isinstance(holder, ast.Attribute):
        return _at_attribute(holder, facts)
    if isinstance(holder, ast.keyword):
        holder = facts.parent(holder)
    if isinstance(holder, ast.Call):
        return _at_call(holder, facts)
    if isinstance(holder, (ast.For, ast.comprehension)) and node is holder.iter:
        return Fate.LENT if isinstance(facts.parent(holder), ast.GeneratorExp) else Fate.USED
    if isinstance(holder, (ast.Compare, ast.UnaryOp, ast.Expr)):
        return Fate.USED
    if isinstance(holder, (ast.If, ast.While, ast.IfExp)) and node is holder.test:
        return Fate.USED
    return (
        Fate.USED if isinstance(holder, ast.withitem) and kind == DATABASE and isinstance(node, ast.Name) else Fate.GONE
    )


def _at_attribute(attribute: ast.Attribute, facts: FileFacts) -> Fate:
    holder = facts.parent(attribute)
    if attribute.attr in _CLOSES:
        return Fate.GONE
    if isinstance(holder, ast.Call) and holder.func is attribute:
        return Fate.LENT if attribute.attr in _INNER else Fate.USED
    return Fate.USED if attribute.attr in _LOOKED_AT else Fate.GONE


def _at_call(call: ast.Call, facts: FileFacts) -> Fate:
    dotted = facts.resolve(call.func)
    if dotted in _EAGER:
        return Fate.USED
    if dotted in _LAZY:
        return Fate.LENT
    func = call.func
    if isinstance(func, ast.Attribute) and (
        func.attr in {"read_file", "readfp"} or (func.attr == "join" and isinstance(func.value, ast.Constant))
    ):
        return Fate.USED
    return Fate.GONE


def lent_to(node: ast.AST, facts: FileFacts) -> ast.AST | None:
    """What is made of a resource at a node whose fate is ``LENT``: the lazy call, or the generator expression."""
    for holder in facts.ancestors(node):
        if isinstance(holder, (ast.Call, ast.GeneratorExp)):
            return holder
    return None


def stays_open(node: ast.AST, facts: FileFacts, kind: str, depth: int = 3) -> bool:
    """Whether the resource that a node stands for is neither closed there nor handed to anybody who could."""
    here = fate(node, facts, kind)
    if here is not Fate.LENT:
        return here is Fate.USED
    made = lent_to(node, facts)
    if made is None or depth == 0:
        return False
    holder = facts.parent(made)
    if isinstance(holder, ast.withitem):
        return True
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name):
        found = mentions(holder.targets[0].id, holder, facts)
        return found is not None and all(stays_open(mention, facts, kind, depth - 1) for mention in found)
    return stays_open(made, facts, kind, depth - 1)


def scope_of(node: ast.AST, facts: FileFacts) -> ast.AST:
    """The function, class or module in whose scope a node stands."""
    return next(
        h for h in facts.ancestors(node)
        if isinstance(h, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Module))
    )  # fmt: skip


def mentions(name: str, statement: ast.stmt, facts: FileFacts) -> list[ast.Name] | None:
    """Where else the name that a statement binds is read in its scope; None where that cannot be told.

    It cannot when a nested function, a ``global`` or a ``del`` gets hold of it.
    """
    scope = scope_of(statement, facts)
    if isinstance(scope, ast.ClassDef):
        return None
    found: list[ast.Name] = []
    for node, nested in _walk_marked(scope):
        if isinstance(node, (ast.Global, ast.Nonlocal)) and name in node.names:
            return None
        if not isinstance(node, ast.Name) or node.id != name:
            continue
        if nested or isinstance(node.ctx, ast.Del):
            return None
        if isinstance(node.ctx, ast.Load):
            found.append(node)
    return found


def _walk_marked(scope: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """Every node below a scope, and whether it belongs to a function or class inside it."""
    inner = {
        id(below)
        for node in walk(scope)
        if node is not scope and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef))
        for below in walk(node)
    }
    for node in walk(scope):
        yield node, id(node) in inner
