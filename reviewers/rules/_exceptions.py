"""Which exceptions are kinds of which: built in, in the standard library, in requests, and in the file itself."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from reviewers.rules._names import shadowed

if TYPE_CHECKING:
    from reviewers.facts import FileFacts

_ALIASES = {
    "EnvironmentError": "OSError",
    "IOError": "OSError",
    "WindowsError": "OSError",
    "os.error": "OSError",
    "select.error": "OSError",
    "socket.error": "OSError",
    "mmap.error": "OSError",
    "json.decoder.JSONDecodeError": "json.JSONDecodeError",
    "ssl.CertificateError": "ssl.SSLCertVerificationError",
    "subprocess.subprocess.TimeoutExpired": "subprocess.TimeoutExpired",
    "multiprocessing.TimeoutError": "multiprocessing.context.TimeoutError",
    "asyncio.exceptions.CancelledError": "asyncio.CancelledError",
    "asyncio.exceptions.TimeoutError": "asyncio.TimeoutError",
    "concurrent.futures._base.TimeoutError": "concurrent.futures.TimeoutError",
}
_BASES = {
    "asyncio.CancelledError": ("BaseException",),
    "asyncio.IncompleteReadError": ("EOFError",),
    "asyncio.InvalidStateError": ("Exception",),
    "asyncio.LimitOverrunError": ("Exception",),
    "asyncio.QueueEmpty": ("Exception",),
    "asyncio.QueueFull": ("Exception",),
    "asyncio.TimeoutError": ("Exception",),
    "binascii.Error": ("ValueError",),
    "concurrent.futures.BrokenExecutor": ("RuntimeError",),
    "concurrent.futures.TimeoutError": ("Exception",),
    "configparser.DuplicateOptionError": ("configparser.Error",),
    "configparser.DuplicateSectionError": ("configparser.Error",),
    "configparser.Error": ("Exception",),
    "configparser.InterpolationError": ("configparser.Error",),
    "configparser.MissingSectionHeaderError": ("configparser.ParsingError",),
    "configparser.NoOptionError": ("configparser.Error",),
    "configparser.NoSectionError": ("configparser.Error",),
    "configparser.ParsingError": ("configparser.Error",),
    "copy.Error": ("Exception",),
    "csv.Error": ("Exception",),
    "dataclasses.FrozenInstanceError": ("AttributeError",),
    "decimal.DecimalException": ("ArithmeticError",),
    "decimal.DivisionByZero": ("decimal.DecimalException", "ZeroDivisionError"),
    "decimal.InvalidOperation": ("decimal.DecimalException",),
    "email.errors.HeaderParseError": ("email.errors.MessageParseError",),
    "email.errors.MessageError": ("Exception",),
    "email.errors.MessageParseError": ("email.errors.MessageError",),
    "getopt.GetoptError": ("Exception",),
    "http.client.BadStatusLine": ("http.client.HTTPException",),
    "http.client.CannotSendRequest": ("http.client.HTTPException",),
    "http.client.HTTPException": ("Exception",),
    "http.client.IncompleteRead": ("http.client.HTTPException",),
    "http.client.InvalidURL": ("http.client.HTTPException",),
    "http.client.RemoteDisconnected": ("ConnectionResetError", "http.client.BadStatusLine"),
    "json.JSONDecodeError": ("ValueError",),
    "multiprocessing.ProcessError": ("Exception",),
    "multiprocessing.context.TimeoutError": ("multiprocessing.ProcessError",),
    "pickle.PickleError": ("Exception",),
    "pickle.PicklingError": ("pickle.PickleError",),
    "pickle.UnpicklingError": ("pickle.PickleError",),
    "queue.Empty": ("Exception",),
    "queue.Full": ("Exception",),
    "re.error": ("Exception",),
    "requests.ConnectTimeout": ("requests.ConnectionError", "requests.Timeout"),
    "requests.ConnectionError": ("requests.RequestException",),
    "requests.HTTPError": ("requests.RequestException",),
    "requests.JSONDecodeError": ("requests.InvalidJSONError", "ValueError"),
    "requests.InvalidJSONError": ("requests.RequestException",),
    "requests.ReadTimeout": ("requests.Timeout",),
    "requests.RequestException": ("OSError",),
    "requests.Timeout": ("requests.RequestException",),
    "requests.TooManyRedirects": ("requests.RequestException",),
    "requests.URLRequired": ("requests.RequestException",),
    "requests.exceptions.ChunkedEncodingError": ("requests.RequestException",),
    "requests.exceptions.ContentDecodingError": ("requests.RequestException",),
    "requests.exceptions.InvalidHeader": ("requests.RequestException", "ValueError"),
    "requests.exceptions.InvalidSchema": ("requests.RequestException", "ValueError"),
    "requests.exceptions.InvalidURL": ("requests.RequestException", "ValueError"),
    "requests.exceptions.MissingSchema": ("requests.RequestException", "ValueError"),
    "requests.exceptions.ProxyError": ("requests.ConnectionError",),
    "requests.exceptions.RetryError": ("requests.RequestException",),
    "requests.exceptions.SSLError": ("requests.ConnectionError",),
    "shutil.Error": ("OSError",),
    "shutil.SameFileError": ("shutil.Error",),
    "smtplib.SMTPAuthenticationError": ("smtplib.SMTPResponseException",),
    "smtplib.SMTPConnectError": ("smtplib.SMTPResponseException",),
    "smtplib.SMTPDataError": ("smtplib.SMTPResponseException",),
    "smtplib.SMTPException": ("OSError",),
    "smtplib.SMTPHeloError": ("smtplib.SMTPResponseException",),
    "smtplib.SMTPRecipientsRefused": ("smtplib.SMTPException",),
    "smtplib.SMTPResponseException": ("smtplib.SMTPException",),
    "smtplib.SMTPSenderRefused": ("smtplib.SMTPResponseException",),
    "smtplib.SMTPServerDisconnected": ("smtplib.SMTPException",),
    "socket.gaierror": ("OSError",),
    "socket.herror": ("OSError",),
    "socket.timeout": ("OSError",),
    "sqlite3.DataError": ("sqlite3.DatabaseError",),
    "sqlite3.DatabaseError": ("sqlite3.Error",),
    "sqlite3.Error": ("Exception",),
    "sqlite3.IntegrityError": ("sqlite3.DatabaseError",),
    "sqlite3.InterfaceError": ("sqlite3.Error",),
    "sqlite3.InternalError": ("sqlite3.DatabaseError",),
    "sqlite3.NotSupportedError": ("sqlite3.DatabaseError",),
    "sqlite3.OperationalError": ("sqlite3.DatabaseError",),
    "sqlite3.ProgrammingError": ("sqlite3.DatabaseError",),
    "ssl.SSLCertVerificationError": ("ssl.SSLError", "ValueError"),
    "ssl.SSLEOFError": ("ssl.SSLError",),
    "ssl.SSLError": ("OSError",),
    "ssl.SSLWantReadError": ("ssl.SSLError",),
    "ssl.SSLWantWriteError": ("ssl.SSLError",),
    "ssl.SSLZeroReturnError": ("ssl.SSLError",),
    "struct.error": ("Exception",),
    "subprocess.CalledProcessError": ("subprocess.SubprocessError",),
    "subprocess.SubprocessError": ("Exception",),
    "subprocess.TimeoutExpired": ("subprocess.SubprocessError",),
    "tarfile.CompressionError": ("tarfile.TarError",),
    "tarfile.ExtractError": ("tarfile.TarError",),
    "tarfile.HeaderError": ("tarfile.TarError",),
    "tarfile.ReadError": ("tarfile.TarError",),
    "tarfile.StreamError": ("tarfile.TarError",),
    "tarfile.TarError": ("Exception",),
    "urllib.error.ContentTooShortError": ("urllib.error.URLError",),
    "urllib.error.HTTPError": ("urllib.error.URLError",),
    "urllib.error.URLError": ("OSError",),
    "xml.etree.ElementTree.ParseError": ("SyntaxError",),
    "zipfile.BadZipFile": ("Exception",),
    "zipfile.LargeZipFile": ("Exception",),
    "zlib.error": ("Exception",),
}
"""Only what holds in every Python from 3.8 on: what became an alias of TimeoutError later is not told of it."""

_OWN = "."
"""What the name of a class of the file itself begins with."""


def lineage(facts: FileFacts, node: ast.expr) -> frozenset[str] | None:
    """All the exceptions that a class named in an ``except`` is, itself first of all; None where it is not known."""
    origin = _origin(facts, node)
    return None if origin is None else _lineage(facts, origin, frozenset())


def own_name(facts: FileFacts, node: ast.expr) -> str | None:
    """The one name by which a class is known, whatever alias is written; None where it is not known."""
    origin = _origin(facts, node)
    return None if origin is None else _plain(origin)


def is_foreign(name: str) -> bool:
    """Whether a name is that of a class from another file, of which nothing else is known."""
    return "." in name and not name.startswith(_OWN) and name not in _BASES


def is_builtin(name: str) -> bool:
    """Whether a name is that of a built-in exception."""
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def _plain(origin: str) -> str:
    if origin.startswith("requests.exceptions."):
        short = f"requests.{origin.rpartition('.')[2]}"
        origin = short if short in _BASES else origin
    return _ALIASES.get(origin, origin)


def _lineage(facts: FileFacts, origin: str, seen: frozenset[str]) -> frozenset[str] | None:
    name = _plain(origin)
    if is_builtin(name):
        return frozenset(k.__name__ for k in getattr(builtins, name).__mro__ if k is not object)
    if name in _BASES:
        bases = [_lineage(facts, base, seen) for base in _BASES[name]]
        return frozenset({name}.union(*(b for b in bases if b is not None)))
    own = _classes(facts).get(name[1:]) if name.startswith(_OWN) else None
    if own is None or name in seen:
        return frozenset({name})
    found = {name}
    for base in own.bases:
        above = _origin(facts, base)
        more = _lineage(facts, above, seen | {name}) if above is not None else None
        found.update(more or ())
    return frozenset(found)


def _origin(facts: FileFacts, node: ast.expr) -> str | None:
    """The dotted origin of a class by name, where nothing else can be meant by it."""
    written = facts.dotted(node)
    if written is None:
        return None
    head, _, rest = written.partition(".")
    origins = _imported(facts).get(head)
    if shadowed(facts, node, head) or head in _rebound(facts):
        return None
    if origins is not None:
        if len(origins) != 1 or head in _classes(facts):
            return None
        return f"{next(iter(origins))}.{rest}" if rest else next(iter(origins))
    if rest:
        return None
    if head in _classes(facts):
        return f"{_OWN}{head}"
    return head if is_builtin(head) or head in _ALIASES else None


def _imported(facts: FileFacts) -> dict[str, set[str]]:
    """Every origin of each name that the file imports anywhere."""
    known: dict[str, set[str]] | None = facts.__dict__.get("_all_imports")
    if known is None:
        known = facts.__dict__["_all_imports"] = {}
        for node in facts.import_nodes:
            base = "" if isinstance(node, ast.Import) else facts.absolute(node)
            for alias in node.names:
                if isinstance(node, ast.ImportFrom):
                    local, origin = alias.asname or alias.name, f"{base}.{alias.name}"
                else:
                    local = alias.asname or alias.name.partition(".")[0]
                    origin = alias.name if alias.asname else local
                known.setdefault(local, set()).add(origin)
    return known


def _classes(facts: FileFacts) -> dict[str, ast.ClassDef]:
    """The classes that stand once and unconditionally at the top of the file."""
    known: dict[str, ast.ClassDef] | None = facts.__dict__.get("_top_classes")
    if known is None:
        top = [n for n in facts.tree.body if isinstance(n, ast.ClassDef)]
        names = [n.name for n in top]
        known = facts.__dict__["_top_classes"] = {n.name: n for n in top if names.count(n.name) == 1}
    return known


def _rebound(facts: FileFacts) -> frozenset[str]:
    """The names that the module binds by assignment, loops and the like, at any depth of its own blocks."""
    known: frozenset[str] | None = facts.__dict__.get("_rebound_names")
    if known is None:
        found: set[str] = set()
        stack: list[ast.AST] = [facts.tree]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found.add(node.name)
            elif isinstance(node, ast.ClassDef) and node not in facts.tree.body:
                found.add(node.name)
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                stack.extend(ast.iter_child_nodes(node))
        known = facts.__dict__["_rebound_names"] = frozenset(found)
    return known
