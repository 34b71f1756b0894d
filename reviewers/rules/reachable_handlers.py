"""``reachable-handlers``: an ``except`` clause stands before those that would take its exceptions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import FileFacts, link
from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid
from reviewers.rules._exceptions import is_foreign, lineage, own_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.finding import Span

_SURELY_EXCEPTIONS = ("Error", "Exception", "DoesNotExist")
"""How classes are called that nobody derives from BaseException alone."""
_VERSIONS = re.compile(r"(?i)\bpy(?:thon)?[ -]?[23]")


class ReachableHandlers(Rule):
    """An ``except`` clause never runs when an earlier one of its ``try`` takes a base class of what it names.

    Told of built-in exceptions, those of the standard library and of requests, and classes of the same file. Clauses
    beside a comment that names a Python version are left alone. The fix moves the narrower clause before the wider one.
    """

    name = "reachable-handlers"
    severity = Severity.MEDIUM
    confidence = 0.95
    worth = 0.7
    equivalents = ("E0701", "bad-except-order")
    fix_title = "put the narrower except first"
    fix_changes = "the narrower handler runs; before, the wider one did"
    precision = Precision(
        right=13,
        read=13,
        repositories=(
            "Zope", "cobbler", "conda", "elastalert", "glances", "impacket", "nodriver", "psychopy", "pyload",
            "spyder", "sqlmap", "trac", "youtube-dl",
        ),
        note="nowhere, in all that some 250 repositories and 75 older states of them had. Clauses beside a comment "
        "that names a Python version were wrong and are left alone since; so are linters' own tests and "
        "Python 2 code here.",
    )  # fmt: skip
    sees = (ast.Try, ast.TryStar)
    examples: ClassVar = (
        Valid("try:\n    run()\nexcept KeyError:\n    pass\nexcept LookupError:\n    pass\n"),
        Valid("from lib import ConnectionError\n\ntry:\n    run()\nexcept OSError:\n    pass\nexcept ConnectionError:\n    pass\n"),
        Valid("class KeyError(Exception): ...\n\ntry:\n    run()\nexcept LookupError:\n    pass\nexcept KeyError:\n    pass\n"),
        Valid("import asyncio\n\ntry:\n    run()\nexcept Exception:\n    pass\nexcept asyncio.CancelledError:\n    pass\n"),
        Valid("import socket\n\ntry:\n    run()\nexcept TimeoutError:\n    pass\nexcept socket.timeout:\n    pass\n"),
        Valid("try:\n    run()\nexcept ValueError:\n    pass\nexcept (UnicodeError, KeyError):\n    pass\n"),
        Valid("def call(error):\n    try:\n        run()\n    except Exception:\n        pass\n    except error:\n        pass\n"),
        Valid("import socket\n\ntry:\n    run()\nexcept OSError:\n    pass\nexcept socket.error:  # Python 2\n    pass\n"),
        Valid("try:\n    run()\nexcept Exception:\n    pass\nexcept KeyboardInterrupt:\n    pass\n"),
        Valid("try:\n    import json\nexcept ImportError:\n    json = None\ntry:\n    run()\nexcept ValueError:\n    pass\nexcept json.JSONDecodeError:\n    pass\n"),
        Invalid(
            "try:\n    run()\nexcept LookupError:  # any\n    pass\n# the key alone\nexcept KeyError as error:\n    tell(error)\n",
            fixed="try:\n    run()\n# the key alone\nexcept KeyError as error:\n    tell(error)\nexcept LookupError:  # any\n    pass\n",
        ),
        Invalid(
            "import json\n\ndef read(text):\n    try:\n        return json.loads(text)\n    except (ValueError, TypeError):\n        return None\n"
            "    except json.JSONDecodeError:\n        raise\n    else:\n        done()\n",
            fixed="import json\n\ndef read(text):\n    try:\n        return json.loads(text)\n    except json.JSONDecodeError:\n        raise\n"
            "    except (ValueError, TypeError):\n        return None\n    else:\n        done()\n",
        ),
        Invalid(
            "try:\n    run()\nexcept* ArithmeticError:\n    pass\nexcept* ZeroDivisionError:\n    pass\n",
            fixed="try:\n    run()\nexcept* ZeroDivisionError:\n    pass\nexcept* ArithmeticError:\n    pass\n",
        ),
        Invalid("import socket\n\ntry:\n    run()\nexcept OSError:\n    pass\nexcept (IOError, socket.error):\n    retry()\n"),
        Invalid(
            "class Wrong(Exception): ...\n\nclass Missing(Wrong): ...\n\ntry:\n    run()\nexcept TypeError:\n    pass\nexcept Wrong:\n    pass\n"
            "except Missing:\n    pass\n",
            fixed="class Wrong(Exception): ...\n\nclass Missing(Wrong): ...\n\ntry:\n    run()\nexcept TypeError:\n    pass\nexcept Missing:\n    pass\n"
            "except Wrong:\n    pass\n",
        ),
        Invalid(
            "from requests.exceptions import ConnectTimeout, RequestException\n\ntry:\n    run()\nexcept RequestException:\n    pass\nexcept ConnectTimeout:\n    pass\n",
            fixed="from requests.exceptions import ConnectTimeout, RequestException\n\ntry:\n    run()\nexcept ConnectTimeout:\n    pass\nexcept RequestException:\n    pass\n",
        ),
        Invalid(
            "from lib import TooLateError\n\ntry:\n    run()\nexcept Exception:\n    pass\nexcept TooLateError:\n    pass\n",
            fixed="from lib import TooLateError\n\ntry:\n    run()\nexcept TooLateError:\n    pass\nexcept Exception:\n    pass\n",
        ),
    )  # fmt: skip

    def check(self, node: ast.Try, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Hold each clause against those before it."""
        if len(node.handlers) < 2:
            return
        for number, handler in enumerate(node.handlers):
            takers = _takers(node, number, facts) if number else ()
            if not takers or _names_versions(node, takers[0], number, facts):
                continue
            lines = [(n.lineno, f"except {_written(n, facts)}") for n in (node.handlers[t] for t in takers)]
            told = " and ".join(f"{header} on line {line}" for line, header in lines)
            yield Hit(
                handler,
                f"this never runs: {told} already {'takes' if len(lines) == 1 else 'take'} {_written(handler, facts)}",
                fixable=_may_move(node, takers[0], number, facts),
                related=tuple(Related(facts.path, line, line, f"{header} comes first") for line, header in lines),
            )

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Move the clause before the first one that takes what it names."""
        import libcst

        from reviewers.mend import locate

        try:
            tree = ast.parse(module.code)
        except (SyntaxError, ValueError, RecursionError):
            return module
        places = _move(FileFacts("", module.code, tree), link(tree), span)
        if places is None:
            return module
        first, number = places
        here = {*locate(module, span, libcst.ExceptHandler), *locate(module, span, libcst.ExceptStarHandler)}
        for node in _tries(module):
            listed = list(node.handlers)
            if number < len(listed) and listed[number] in here:
                listed.insert(first, listed.pop(number))
                return module.deep_replace(node, node.with_changes(handlers=listed))  # type: ignore[arg-type]
        return module


def _tries(module: cst.Module) -> Iterable[cst.Try | cst.TryStar]:
    import libcst

    waiting: list[cst.CSTNode] = [module]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (libcst.Try, libcst.TryStar)):
            yield node
        waiting.extend(node.children)


def _move(facts: FileFacts, nodes: Iterable[ast.AST], span: Span) -> tuple[int, int] | None:
    """From where to where the clause at a place is to go, as positions among its siblings."""
    for node in nodes:
        for number, handler in enumerate(getattr(node, "handlers", ())):
            place = facts.span(handler)
            if (place.line, place.column) == (span.line, span.column) and isinstance(node, (ast.Try, ast.TryStar)):
                takers = _takers(node, number, facts)
                return (takers[0], number) if takers and _may_move(node, takers[0], number, facts) else None
    return None


def _takers(node: ast.Try | ast.TryStar, number: int, facts: FileFacts) -> tuple[int, ...]:
    """The earlier clauses that together leave nothing to a later one; none where it may still run.

    A clause that says the very same as an earlier one is left to other linters.
    """
    takers: set[int] = set()
    for kind in _kinds(node.handlers[number]) or ():
        for earlier in range(number):
            if any(_takes(wide, kind, facts) for wide in _kinds(node.handlers[earlier]) or ()):
                takers.add(earlier)
                break
        else:
            return ()
    text = _text(node.handlers[number])
    return () if any(_text(node.handlers[t]) == text for t in takers) else tuple(sorted(takers))


def _may_move(node: ast.Try | ast.TryStar, first: int, number: int, facts: FileFacts) -> bool:
    """Whether every clause that would be jumped over can still run afterwards."""
    moved = _kinds(node.handlers[number]) or ()
    for handler in node.handlers[first:number]:
        kinds = _kinds(handler)
        if not kinds or all(any(_takes(m, k, facts) for m in moved) for k in kinds):
            return False
    return True


def _names_versions(node: ast.Try | ast.TryStar, first: int, number: int, facts: FileFacts) -> bool:
    """Whether a comment among the clauses says for which Python they are: an older one told their classes apart."""
    start, end = node.handlers[first].lineno - 2, node.handlers[number].end_lineno
    return any(_VERSIONS.search(line.partition("#")[2]) for line in facts.text.splitlines()[max(start, 0) : end])


def _kinds(handler: ast.ExceptHandler) -> tuple[ast.expr, ...] | None:
    """The classes of a clause; None where one of them is not written as a plain name, or all are meant."""
    if handler.type is None:
        return None
    kinds = tuple(handler.type.elts) if isinstance(handler.type, ast.Tuple) else (handler.type,)
    return kinds if all(isinstance(k, (ast.Name, ast.Attribute)) for k in kinds) else None


def _takes(wide: ast.expr, narrow: ast.expr, facts: FileFacts) -> bool:
    taker, known = own_name(facts, wide), lineage(facts, narrow)
    if taker is None or known is None:
        return False
    if taker in known:
        return True
    name = own_name(facts, narrow) or ""
    return is_foreign(name) and taker in {"Exception", "BaseException"} and name.endswith(_SURELY_EXCEPTIONS)


def _written(handler: ast.ExceptHandler, facts: FileFacts) -> str:
    return facts.source(handler.type) if handler.type is not None else "everything"


def _text(handler: ast.ExceptHandler) -> str:
    return ast.dump(handler.type) if handler.type is not None else ""
