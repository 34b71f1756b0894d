"""``no-mutation-while-iterating``: a loop must not change the size of what it goes through."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar

from reviewers.rule import Hit, Invalid, Precision, Related, Rule, Severity, Valid
from reviewers.rules._flow import awaits_error, is_builtin, leaves
from reviewers.rules._iterated import Loop, bears, body_of, called, loop_of, rebinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.facts import FileFacts
    from reviewers.finding import Span

_GROWS_AT_END = frozenset({"append", "extend"})
_CALL = re.compile(r"\.\s*(?:remove|discard|pop|popitem|clear|insert|add)\s*\(")
_DELETION = re.compile(r"del\s[^\n]*")
_WORD_BEFORE = re.compile(r"(\w+)\s*\Z")


class NoMutationWhileIterating(Rule):
    """A dict or set that changes size under its own loop raises RuntimeError; a list silently skips elements.

    The same goes for a loop that counts up to the length of a list and takes elements out on the way. Appending to
    the list one goes through is a work list and is left alone, and so are a change after which the loop is left at
    once, one that looks for a certain ``id``, and objects of classes that may iterate in a way of their own.
    """

    name = "no-mutation-while-iterating"
    severity = Severity.HIGH
    confidence = 0.8
    worth = 0.6
    equivalents = ("B909", "E4702", "E4703", "W4701", "modified-iterating-dict", "modified-iterating-list")
    fix_title = "iterate over a copy"
    fix_changes = "every element is seen; before, some were skipped, or the loop raised"
    precision = Precision(
        right=84,
        read=103,
        repositories=(
            "CloudBot", "CouchPotatoServer", "CrackMapExec", "Kometa", "MetaGPT", "Modmail", "OctoBot", "OpenHands",
            "PaddleHub", "PySyft", "Red-DiscordBot", "TagStudio", "TheAlgorithms", "Ultroid", "ZeroNet", "awx",
            "biopython", "bokeh", "buildbot", "certbot", "ckan", "cloud-init", "coala", "cobbler",
            "crazyflie-clients", "deluge", "django-DefectDojo", "evennia", "exaile", "frigate", "freqtrade",
            "gajim", "geekcomputers", "glances", "headphones", "impacket", "ipython", "khoj", "kivy", "lemur",
            "libcloud", "marvin", "miasm", "moin", "mylar", "neutron", "opcua-asyncio", "openlibrary",
            "openshot-qt", "paasta", "psychopy", "pupy", "pyload", "pyqtgraph", "pyspider", "quivr", "quodlibet",
            "spyder", "st2", "thonny", "twisted", "web2py", "xonsh", "yt-dlp",
        ),
        note="loops that look for the one element that matches and lack a break, or that run again later. At most "
        "three hits of a repository were read; Python 2 code, where items() is a copy, is left out.",
    )  # fmt: skip
    sees = (ast.For,)
    examples: ClassVar = (
        Valid("for x in list(xs):\n    xs.remove(x)\n"),
        Valid("for x in xs:\n    if x.old:\n        xs.remove(x)\n        break\n"),
        Valid("for n, x in enumerate(xs):\n    if x['id'] == wanted:\n        xs.pop(n)\n"),
        Valid("def clean(name):\n    rows = RowSet(name)\n    for row in rows:\n        rows.discard(row)\n"),
        Valid("for n in range(len(xs)):\n    xs.pop(0)\n"),
        Valid("while todo:\n    for job in todo:\n        if job.ready:\n            todo.remove(job)\n"),
        Valid("for (lang, name), n in seen.items():\n    seen[lang, name] = n + 1\n"),
        Valid("for x in known.values():\n    known[x.name] = x.copy()\n"),
        Valid(
            "for x in xs:\n    for y in x.needs:\n        if not y.done:\n            break\n    else:\n        xs.remove(x)\n        break\n"
        ),
        Valid("for n in range(len(xs)):\n    if xs[n].old:\n        del xs[n]\n        break\n"),
        Valid("def drop(xs, name):\n    for x in xs:\n        if x == name:\n            return xs.pop(x)\n"),
        Valid("for task in queue:\n    queue.extend(task.children)\n"),
        Valid("for k, v in d.items():\n    d[k] = v.strip()\n"),
        Valid("for k, v in d.items():\n    d['total'] += v\n"),
        Valid("for k in d.keys():\n    if k.lower() in d:\n        d[k.lower()] = d[k]\n"),
        Valid("for k in d:\n    d[k] = parse(d.pop(k))\n"),
        Valid("for i, line in enumerate(lines):\n    if line.endswith('+'):\n        del lines[i + 1]\n"),
        Valid("import os\nfor k in os.environ:\n    del os.environ[k]\n"),
        Valid("for node in nodes:\n    nodes = node.children\n    nodes.remove(node)\n"),
        Valid("for a, b in pairs:\n    pairs.remove((b, a))\n"),
        Valid("for i, x in enumerate(xs):\n    if x.first:\n        xs.insert(0, xs.pop(i))\n"),
        Valid(
            "for x in xs:\n    for y in x.next:\n        xs.add(y)\n        grown = True\n        break\n"
            "    if grown:\n        break\n"
        ),
        Valid("from lxml import etree\nfor child in node:\n    node.remove(child)\n"),
        Valid("for line in bar:\n    bar.update(1)\n"),
        Valid("with pytest.raises(RuntimeError):\n    for k in d:\n        del d[k]\n"),
        Invalid(
            "for x in xs:  # all of them\n    if x.old:\n        xs.remove(x)\n",
            fixed="for x in list(xs):  # all of them\n    if x.old:\n        xs.remove(x)\n",
        ),
        Invalid(
            "for k, v in self.seen.items():\n    if v.done:\n        del self.seen[k]\n",
            fixed="for k, v in list(self.seen.items()):\n    if v.done:\n        del self.seen[k]\n",
        ),
        Invalid(
            "for k in d:\n    if k == 1:\n        d.pop(k)\n        continue\n    work(k)\n",
            fixed="for k in list(d):\n    if k == 1:\n        d.pop(k)\n        continue\n    work(k)\n",
        ),
        Invalid(
            "for n, x in enumerate(xs):\n    print(n)\n    xs.remove(x)\n",
            fixed="for n, x in enumerate(list(xs)):\n    print(n)\n    xs.remove(x)\n",
        ),
        Invalid(
            "for k, v in d.items():\n    d[k + 's'] = v\n",
            fixed="for k, v in list(d.items()):\n    d[k + 's'] = v\n",
        ),
        Invalid("for i, x in enumerate(xs):\n    if x is None:\n        xs.pop(i)\n"),
        Invalid("for i in range(len(xs)):\n    if xs[i] is None:\n        del xs[i]\n"),
        Invalid(
            "def clean(rows):\n    for row in rows:\n        if row.kind == 'old':\n            rows.remove(row)\n",
            fixed="def clean(rows):\n    for row in list(rows):\n        if row.kind == 'old':\n            rows.remove(row)\n",
        ),
        Invalid(
            "for x in xs:\n    for y in x:\n        xs.remove(x)\n        break\n",
            fixed="for x in list(xs):\n    for y in x:\n        xs.remove(x)\n        break\n",
        ),
    )

    def check(self, node: ast.For, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag the loop when its body changes what it goes through, and the loop then goes on."""
        loop = loop_of(node, facts)
        if loop is None or not (loop.is_dict or loop.over.rpartition(".")[2] in _changed_somewhere(facts)):
            return
        changes = [c for c in _changes(loop, facts) if not leaves(c, node, facts)]
        if not changes or rebinds(loop, facts) or bears(loop, changes, facts) or awaits_error(node, facts):
            return
        line = changes[0].lineno
        related = (Related(facts.path, line, changes[0].end_lineno or line, "the change"),)
        effect = "so elements are skipped or it raises RuntimeError"
        if loop.is_dict or loop.view == "range":
            effect = "which raises RuntimeError" if loop.is_dict else "so elements are skipped and it raises IndexError"
        what = f"{loop.over} changes size on line {line} while this loop goes through it, {effect}"
        yield Hit(node.iter, what, fixable=_copy_helps(loop, facts), related=related)

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Put ``list(...)`` around what is iterated over, inside ``enumerate`` where there is one."""
        import libcst

        from reviewers.mend import locate

        for kind in (libcst.Call, libcst.Attribute, libcst.Name):
            for node in locate(module, span, kind):
                inside = isinstance(node, libcst.Call) and isinstance(node.func, libcst.Name) and node.args
                target = inside[0].value if inside else node
                after = module.deep_replace(target, libcst.Call(libcst.Name("list"), [libcst.Arg(target)]))
                return after if isinstance(after, libcst.Module) else module
        return module


def _changed_somewhere(facts: FileFacts) -> frozenset[str]:
    """The last parts of what this file's text changes the size of by a call or ``del``: a cheap first test."""
    known: frozenset[str] | None = facts.__dict__.get("_changed_somewhere")
    if known is None:
        text = facts.text
        before = (_WORD_BEFORE.search(text, max(0, m.start() - 80), m.start()) for m in _CALL.finditer(text))
        found = {word[1] for word in before if word}
        found.update(word for m in _DELETION.finditer(text) for word in re.findall(r"\w+", m[0]))
        known = facts.__dict__["_changed_somewhere"] = frozenset(found)
    return known


def _changes(loop: Loop, facts: FileFacts) -> list[ast.expr | ast.stmt]:
    """What in the body changes the container's size, in source order; none where it puts back what it takes."""
    found: list[ast.expr | ast.stmt] = []
    for node in body_of(loop):
        if isinstance(node, ast.Call):
            if called(node, loop, facts) and _is_change(node, loop, facts):
                found.append(node)
        elif isinstance(node, (ast.Delete, ast.Assign)):
            for target in node.targets:
                if not isinstance(target, ast.Subscript) or facts.dotted(target.value) != loop.over:
                    continue
                if isinstance(node, ast.Assign):
                    if _is_key(target.slice, loop) and loop.view != "range":
                        return []
                    if _is_new_key(target.slice, node, loop, facts):
                        found.append(node)
                elif loop.is_dict or _is_key(target.slice, loop):
                    found.append(node)
    return [c for c in found if _is_conditional(c, loop, facts)] if loop.view == "range" else found


def _is_change(call: ast.Call, loop: Loop, facts: FileFacts) -> bool:
    method, args = called(call, loop, facts), call.args
    if loop.view == "range":
        return method == "pop" and bool(args) and _is_key(args[0], loop)
    if method == "pop":
        at_start = bool(args) and isinstance(args[0], ast.Constant) and args[0].value == 0
        return not _is_put_first(call, loop, facts) and (
            loop.is_dict or at_start or (bool(args) and _is_key(args[0], loop))
        )
    if method in {"popitem", "clear"}:
        return True
    if method in {"remove", "discard"}:
        return not loop.is_dict and len(args) == 1 and _is_current(args[0], loop)
    if method == "add":
        return not loop.is_dict
    if method == "insert":
        moved = any(isinstance(a, ast.Call) and called(a, loop, facts) == "pop" for a in args)
        return not moved and bool(args) and isinstance(args[0], ast.Constant) and args[0].value == 0
    if method == "setdefault":
        return bool(args) and _is_new_key(args[0], call, loop, facts)
    return False


def _is_conditional(change: ast.AST, loop: Loop, facts: FileFacts) -> bool:
    """Whether a test in the loop chooses what to take out, so that this is a list and not numbered keys."""
    for holder in facts.ancestors(change):
        if holder is loop.node:
            return False
        if isinstance(holder, ast.If):
            return True
    return False


def _is_put_first(call: ast.Call, loop: Loop, facts: FileFacts) -> bool:
    """Whether what is taken goes to the front of the same list at once, so that nothing is skipped."""
    holder = facts.parent(call)
    return isinstance(holder, ast.Call) and called(holder, loop, facts) == "insert"


def _is_current(element: ast.expr, loop: Loop) -> bool:
    if isinstance(element, ast.Name):
        return element.id in loop.own
    names = [n.id if isinstance(n, ast.Name) else "" for n in getattr(element, "elts", [""])]
    return names == [n.id for n in getattr(loop.node.target, "elts", []) if isinstance(n, ast.Name)]


def _is_key(key: ast.expr, loop: Loop) -> bool:
    return isinstance(key, (ast.Name, ast.Tuple)) and ast.unparse(key) == loop.key


def _is_new_key(key: ast.expr, change: ast.AST, loop: Loop, facts: FileFacts) -> bool:
    """Whether a key of a dict is made from this turn's names, so that it is most likely not there yet."""
    if not loop.is_dict or loop.view == "values" or _is_key(key, loop):
        return False
    if not any(isinstance(n, ast.Name) and n.id in loop.own for n in ast.walk(key)):
        return False
    return not any(_says_present(a, key, loop, facts) for a in facts.ancestors(change))


def _says_present(holder: ast.AST, key: ast.expr, loop: Loop, facts: FileFacts) -> bool:
    tests = ast.walk(holder.test) if isinstance(holder, ast.If) else ()
    return any(
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.In)
        and facts.dotted(test.comparators[0]) == loop.over
        and ast.dump(test.left) == ast.dump(key)
        for test in tests
    )


def _copy_helps(loop: Loop, facts: FileFacts) -> bool:
    """Whether going through a copy does what was meant: nothing counts on positions or on what is added."""
    if not is_builtin("list", facts) or loop.view == "range":
        return False
    for node in body_of(loop):
        if isinstance(node, ast.Call):
            method = called(node, loop, facts)
            if method in _GROWS_AT_END or method in {"insert", "popitem", "clear"}:
                return False
            if method == "pop" and not loop.is_dict and not (node.args and _is_key(node.args[0], loop)):
                return False
            if method == "pop" and loop.view == "enumerate":
                return False
        elif isinstance(node, ast.Subscript) and loop.view == "enumerate" and facts.dotted(node.value) == loop.over:
            return False
    return True
