"""Whether a function looks as if it reaches outside: files, sockets, commands, the terminal, other processes, waiting.

It looks at the names in its code and in the code of the functions that it may call, the standard library aside. That
is no proof: what runs it runs it in the sandbox. It keeps inputs that were made up from doing something silly there.
"""

from __future__ import annotations

import inspect
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 300
"""So many functions are looked at; what has more behind it is taken for one that reaches outside."""
_MODULES = frozenset(
    """
    _thread aiohttp anyio asyncio atexit boto3 bz2 cffi code concurrent ctypes curses dbm faulthandler fcntl
    fileinput ftplib gc getpass glob gzip http httpx imaplib importlib lzma mmap msvcrt multiprocessing paramiko
    pathlib pdb poplib psycopg psycopg2 pty pymongo pymysql readline redis requests runpy sched select selectors
    shelve shutil signal smtplib socket socketserver sqlalchemy sqlite3 ssl subprocess tarfile telnetlib
    tempfile termios threading tkinter trio tty turtle urllib urllib3 webbrowser winreg xmlrpc zipfile
    """.split()  # noqa: SIM905  a list of words
)
_BUILTINS = frozenset({"open", "input", "exec", "eval", "breakpoint", "__import__", "exit", "quit"})
_OF_MODULES = {
    "os": frozenset(
        """
        _exit abort access chdir chmod chown close dup dup2 environ environb execl execlp execv execve execvp
        fdopen fork forkpty getenv kill killpg link listdir lstat makedirs mkdir open pipe popen putenv read
        remove removedirs rename renames replace rmdir scandir spawnl spawnv startfile stat symlink system
        truncate unlink unsetenv urandom utime walk write
        """.split()  # noqa: SIM905  a list of words
    ),
    "sys": frozenset({"exit", "stdin", "setrecursionlimit", "settrace", "setprofile"}),
    "io": frozenset({"open", "FileIO", "open_code"}),
    "time": frozenset({"sleep"}),
    "random": frozenset({"seed", "setstate"}),
    "locale": frozenset({"setlocale"}),
}
_ANY_OWNER = frozenset(
    """
    commit connect execute executemany exists is_dir is_file iterdir mkdir read_bytes read_csv read_text recv
    recvfrom rglob rmdir rmtree savefig sendall symlink_to to_csv touch unlink urlopen write_bytes write_text
    """.split()  # noqa: SIM905  a list of words
)
"""Attributes that mean the outside whatever they are asked of."""


def reaches(function: Any) -> str:
    """By what a function looks as if it reached outside, in words; empty where it does not."""
    plain = inspect.unwrap(function)
    waiting: list[Any] = [plain]
    seen: dict[int, Any] = {id(plain): plain}
    while waiting:
        one = waiting.pop(0)
        for code in _codes(one.__code__):
            names = (*code.co_names, *code.co_freevars)
            for name, found in _meant(names, one):
                told = _outside(name, found)
                if told:
                    return told if one is plain else f"{told}, by way of {one.__qualname__}"
                for more in _functions(found):
                    if id(more) not in seen:
                        seen[id(more)] = more
                        waiting.append(more)
        if len(seen) > MOST:
            return f"more than {MOST} functions are behind it"
    return ""


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _meant(names: tuple[str, ...], function: Any) -> Iterator[tuple[str, Any]]:
    """Each name, with what it stands for among the globals, or as an attribute of a module or class that is named too.

    A name with nothing behind it is given with None.
    """
    known = function.__globals__
    owners = [known[n] for n in names if isinstance(known.get(n), (types.ModuleType, type))]
    for name in names:
        if name in known:
            yield name, known[name]
            continue
        held = [(owner, vars(owner)[name]) for owner in owners if name in vars(owner)]
        for owner, found in held:
            if isinstance(owner, types.ModuleType):
                yield f"{owner.__name__}.{name}", found
            else:
                yield name, found
        if not held:
            yield name, None


def _outside(name: str, found: Any) -> str:
    owner, _, last = name.rpartition(".")
    if isinstance(found, types.ModuleType):
        top = found.__name__.partition(".")[0]
        return f"it uses {found.__name__}" if top in _MODULES and found.__name__ != "urllib.parse" else ""
    if last in _OF_MODULES.get(owner, ()):
        return f"it uses {name}"
    if not owner and last in _ANY_OWNER:
        return f"it uses .{last}"
    if found is None:
        return f"it calls {name}" if name in _BUILTINS else f"it imports {name}" if name in _MODULES else ""
    home = str(getattr(found, "__module__", None) or "")
    real = str(getattr(found, "__name__", last))
    if isinstance(found, (type, types.FunctionType, types.BuiltinFunctionType)):
        if home.partition(".")[0] in _MODULES and home != "urllib.parse":
            return f"it uses {home}.{real}"
        if real in _OF_MODULES.get({"posix": "os", "nt": "os"}.get(home, home), ()):
            return f"it uses {home}.{real}"
        if home in {"builtins", "io", "_io"} and real in _BUILTINS:
            return f"it calls {real}"
    return ""


def _functions(found: Any) -> Iterator[Any]:
    """The functions to look at next behind a name: of a class all its methods."""
    for held in vars(found).values() if isinstance(found, type) else (found,):
        one = held.fget if isinstance(held, property) else held
        inner: Any = getattr(one, "__func__", one)
        plain = inspect.unwrap(inner) if callable(inner) else None
        if isinstance(plain, types.FunctionType) and not _is_standard(plain.__module__ or ""):
            yield plain


def _is_standard(module: str) -> bool:
    names = getattr(sys, "stdlib_module_names", None)
    if names is not None:
        return module.partition(".")[0] in names
    held = getattr(sys.modules.get(module), "__file__", None) or ""
    return "site-packages" not in held and held.startswith(sys.base_prefix) and bool(held)
