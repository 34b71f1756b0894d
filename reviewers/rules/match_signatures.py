"""``match-signatures``: a call gives what the function it calls can take."""

from __future__ import annotations

import builtins
import collections.abc
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reviewers.finding import Edit
from reviewers.packed import Signature
from reviewers.project import UNKNOWN, Found
from reviewers.rule import Invalid, Precision, ProjectHit, ProjectRule, Related, Severity, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewers.interface import Call, Definition, Interface
    from reviewers.project import Project

_TRANSPARENT = frozenset(
    {
        "abc.abstractmethod",
        "contextlib.asynccontextmanager",
        "contextlib.contextmanager",
        "functools.cache",
        "functools.lru_cache",
        "typing.final",
        "typing.no_type_check",
        "typing.override",
        "typing_extensions.deprecated",
        "typing_extensions.final",
        "typing_extensions.override",
        "warnings.deprecated",
    }
)
"""Decorators that leave the signature as it is."""
_KEEPING_CLASS = frozenset(
    {"functools.total_ordering", "typing.final", "typing.runtime_checkable", "typing_extensions.final"}
)
_KEEPING_METHODS = _KEEPING_CLASS | {"dataclasses.dataclass", "attr.s", "attr.define", "attrs.define"}
_PLAIN_BASES = frozenset({"object", "abc.ABC", "typing.Generic", "typing_extensions.Generic"})
"""Bases that add nothing to how a class is called."""
_EXCEPTIONS = frozenset(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
)
_OPAQUE = frozenset({"ctypes", "enum", "typing", "typing_extensions", "unittest"})
"""Parts of the standard library whose classes are made or called in ways of their own."""
_ON_CLASS = frozenset({"classmethod", "staticmethod"})
_BUILT_ON_CLASS = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})


class _Target(NamedTuple):
    """What a call leads to, and how many leading parameters are filled without being written."""

    found: Found
    signature: Signature
    bound: int


class MatchSignatures(ProjectRule):
    """A call that its function cannot take fails as soon as it runs.

    Only what is certain is told: a function, method or constructor of the project that is defined once, that no
    unknown decorator wraps and that no subclass overrides with one the call would fit.
    """

    name = "match-signatures"
    severity = Severity.HIGH
    confidence = 0.9
    worth = 0.6
    by_file = True
    equivalents = ("E1120", "E1121", "E1123", "E1124", "E1125")
    fix_title = "use the parameter's name"
    fix_changes = "the argument reaches the parameter, where before the call raised TypeError"
    precision = Precision(
        right=131,
        read=135,
        repositories=(
            "AstrBot", "CouchPotatoServer", "FastChat", "GNS3", "MetaGPT", "Mailpile", "OctoBot", "OctoPrint",
            "Open-Assistant", "OpenHands", "PaddleHub", "ParlAI", "PySyft", "Qwen-Agent", "SuperAGI", "WeasyPrint",
            "ansible", "camel", "coala", "crawl4ai", "cuckoo", "django-DefectDojo", "e2b", "evennia", "freqtrade",
            "frigate", "geekcomputers", "gpt-researcher", "gpt4free", "headphones", "hummingbot", "impacket",
            "ipython", "jesse", "jumpserver", "khoj", "lbry-sdk", "lemur", "libcloud", "llama-hub", "mBugId",
            "manim", "manticore", "miasm", "mindsdb", "mininet", "mne-python", "moin", "music-assistant", "mylar",
            "open-interpreter", "panel", "plane", "psychopy", "pupy", "python-for-android", "quivr", "searx",
            "semantic-kernel", "sir-lancebot", "spiderfoot", "spyder", "sqlfluff", "taiga-back", "thonny",
            "twisted", "web2py", "youtube-dl", "yt-dlp", "zipline",
        ),
        note="the documentation of another release, and a call with an ellipsis for its arguments. At most three "
        "hits of a repository were read; what linters keep for their tests is left out.",
    )  # fmt: skip
    examples: ClassVar = (
        Valid("def load(path, *, strict=False): ...\n\nload('a', strict=True)\n"),
        Valid("def load(path): ...\n\nargs = ['a']\nload(*args)\noptions = {}\nload(**options)\n"),
        Valid("from functools import wraps\n\ndef injects(f):\n    return wraps(f)(lambda: f(1))\n\n"
              "@injects\ndef load(path): ...\n\nload()\n"),
        Valid("import pytest\n\ndef load(path): ...\n\ndef test_needs_a_path():\n"
              "    with pytest.raises(TypeError):\n        load()\n"),
        Valid("class Base:\n    def run(self): ...\n\n    def start(self):\n        self.run(1)\n\n"
              "class Child(Base):\n    def run(self, times): ...\n"),
        Valid("from dataclasses import dataclass\n\n@dataclass\nclass Point:\n    x: int\n\nPoint(1)\n"),
        Valid("class Meta(type):\n    def __call__(cls, name): ...\n\nclass Model(metaclass=Meta): ...\n\nModel('a')\n"),
        Valid("class Meta(type):\n    def __new__(cls, name, bases, body):\n        return type(name, (Other,), body)\n\n"
              "class Base:\n    def show(self): ...\n\nclass Model(Base, metaclass=Meta):\n    def run(self):\n        self.show(1)\n"),
        Valid("try:\n    from fast import load\nexcept ImportError:\n    def load(path): ...\n\nload('a', 'b')\n"),
        Valid("from models import Field\n\nField(name='a')\n",
              files=(("models.py", "from other import Base\n\nclass Field(Base):\n    size = 1\n"),)),
        Valid("class Job:\n    def __init__(self, run):\n        self.run = run\n\n    def run(self): ...\n\n"
              "    def start(self):\n        self.run(1)\n"),
        Valid("class Case:\n    def open(self):\n        self.show(self)\n\n    def show(self): ...\n\nCase.open(Case)\n"),
        Valid("class Key:\n    def __new__(cls, name): ...\n\n    @classmethod\n    def of(cls, other):\n"
              "        return cls.text(other)\n\n    def text(self): ...\n\nKey('a')\n"),
        Invalid("def load(path): ...\n\nload()\nload('a', 'b')\n", hits=2),
        Invalid("from store import save\n\nsave('a', ovewrite=True)\n",
                fixed="from store import save\n\nsave('a', overwrite=True)\n",
                files=(("store.py", "def save(path, *, overwrite=False): ...\n"),)),
        Invalid("from pkg import save\n\nsave('a', path='b')\n",
                files=(("pkg/__init__.py", "from pkg.store import save\n"), ("pkg/store.py", "def save(path): ...\n"))),
        Invalid("class Job:\n    def __init__(self, name): ...\n\n    def start(self):\n        self.run(1)\n\n"
                "    def run(self): ...\n\nJob()\n", hits=2),
        Invalid("class Wrong(ValueError):\n    def __init__(self, field, reason):\n        super().__init__(reason)\n\n"
                "raise Wrong('no')\n"),
        Invalid("class Base:\n    @staticmethod\n    def parse(text): ...\n\nclass Child(Base):\n    @classmethod\n"
                "    def read(cls):\n        return cls.parse('a', 'b')\n"),
    )  # fmt: skip

    def check_project(self, project: Project) -> Iterable[ProjectHit]:
        """Hold each call against every definition that it may reach."""
        for interface in project.interfaces:
            for target in interface.targets:
                nearest = tuple(_nearest(project, interface, target))
                if nearest:
                    # Few calls do not fit what lies nearest, and only for those is it worth looking further.
                    for call in interface.calls_to(target):
                        if _faults(project, interface, call, nearest):
                            reached = tuple(_reached(project, interface, target, nearest))
                            yield from self._judge(project, interface, call, reached)

    def _judge(
        self, project: Project, interface: Interface, call: Call, reached: tuple[_Target, ...]
    ) -> Iterator[ProjectHit]:
        faults = _faults(project, interface, call, reached)
        if not faults:
            return
        fault, first = faults[0], reached[0].found
        edits = fault.edits if len(faults) == 1 else ()
        line = first.definition.line
        where = Related(first.interface.path, line, line, f"{_shown(first.definition)} is defined here")
        yield ProjectHit(
            interface.path, call.span, call.symbol, call.syntax, fault.message, fixable=bool(edits), related=(where,),
            edits=edits,
        )  # fmt: skip


class _Fault(NamedTuple):
    message: str
    edits: tuple[Edit, ...] = ()


def _faults(project: Project, interface: Interface, call: Call, reached: tuple[_Target, ...]) -> list[_Fault]:
    """What is wrong with a call, for each definition that it may lead to; nothing where it fits one of them."""
    if call.excused:
        return []
    if call.target.startswith("self:"):
        reached = tuple(_seen_from(project, interface, call, reached))
    found = [fault for t in reached if (fault := _fault(t, call)) is not None]
    return found if len(found) == len(reached) else []


def _nearest(project: Project, interface: Interface, target: str) -> Iterator[_Target]:
    """The definition that calls of a target lead to where no subclass has another; nothing where it is not certain."""
    if target.startswith("self:"):
        here = _own_class(project, interface, target)
        own = _method(project, here, here, target.rpartition(".")[2]) if here is not None else None
        if own is not None:
            yield own
        return
    found = project.find(target, source=interface)
    if found is None or found.definition.conditional or found.definition.overload:
        return
    definition = found.definition
    holder, _, name = definition.symbol.rpartition(".")
    if definition.kind == "class":
        constructor = _constructor(project, found)
        if constructor is not None:
            yield constructor
    elif not holder:
        if _keeps_signature(definition) and definition.signature:
            yield _Target(found, definition.signature, 0)
    elif project.definitions(found.interface)[holder].kind == "class" and name not in project.assigned:
        bound = _binding(definition)
        if bound is not None and definition.signature:
            yield _Target(found, definition.signature, 1 if bound == "classmethod" else 0)


def _reached(project: Project, interface: Interface, target: str, nearest: tuple[_Target, ...]) -> Iterator[_Target]:
    """Every definition that calls of a target may lead to; nothing where one of them is not certain.

    ``self.name`` may be a method of the class where the call stands, and of any subclass.
    """
    here = _own_class(project, interface, target)
    if here is None:
        yield from nearest
        return
    name = target.rpartition(".")[2]
    if "type" in project.lineage(here) or _is_its_own_instance(interface, here.definition.symbol):
        return
    if any(m != "abc.ABCMeta" for m in project.metaclasses(here)):
        return  # it may put other classes into the lineage
    targets = {t.found.key: t for t in nearest}
    for owner in project.subclasses(here):
        found = _method(project, owner, here, name)
        if found is None:
            return
        targets[found.found.key] = found
    for stray in project.strays(name):
        if stray.definition.signature is not None:
            targets[stray.key] = _Target(stray, stray.definition.signature, 0)
    yield from targets.values()


def _own_class(project: Project, interface: Interface, target: str) -> Found | None:
    """The class in which a method is called on ``self``; None for any other call."""
    if not target.startswith("self:"):
        return None
    symbol = target[5:].removeprefix(f"{interface.module}.") if interface.module else target[5:]
    definition = project.definitions(interface).get(symbol.rpartition(".")[0])
    return None if definition is None or definition.conditional else Found(interface, definition)


def _method(project: Project, owner: Found, here: Found, name: str) -> _Target | None:
    """The method that a name is in a class, where that is certain."""
    found = _member(project, owner, name, lenient=owner is not here)
    if found is None or name in owner.interface.assigned or name in found.interface.assigned:
        return None
    signature = found.definition.signature
    return None if signature is None or _binding(found.definition) is None else _Target(found, signature, 0)


def _is_its_own_instance(interface: Interface, symbol: str) -> bool:
    """Whether methods of a class are called on the class itself somewhere in its file, which then stands for self."""
    own = f"{interface.module}.{symbol}." if interface.module else f"{symbol}."
    plain = {d.name for d in interface.definitions if d.symbol == f"{symbol}.{d.name}" and not d.decorators}
    called = {t.removeprefix(own) for t in interface.targets if t.startswith(own)}
    return any(name in plain and not name.startswith("__") for name in called)


def _seen_from(project: Project, interface: Interface, call: Call, targets: tuple[_Target, ...]) -> Iterator[_Target]:
    """The methods as the caller gets them: bound to an instance, or taken from the class."""
    inside = call.symbol or ""
    holder = call.target[5:].removeprefix(f"{interface.module}." if interface.module else "").rpartition(".")[0]
    caller = f"{holder}.{inside.removeprefix(holder + '.').partition('.')[0]}"
    method = project.definitions(interface).get(caller)
    if method is None or any(d not in _TRANSPARENT | _ON_CLASS | {"property"} for d in method.decorators):
        return
    on_class = "classmethod" in method.decorators or method.name in _BUILT_ON_CLASS
    for t in targets:
        binding = _binding(t.found.definition)
        bound = 0 if binding == "staticmethod" or (on_class and binding == "") else 1
        yield t._replace(bound=bound)


def _member(project: Project, owner: Found, name: str, *, lenient: bool) -> Found | None:
    """The function that a name is in a class, along its lineage; None where that is not certain.

    ``lenient`` passes over bases from outside: what a subclass takes from them seldom stands in for a method.
    """
    for item in project.lineage(owner):
        if isinstance(item, str):
            if lenient or item in _PLAIN_BASES:
                continue
            return None
        definition = project.definitions(item.interface).get(f"{item.definition.symbol}.{name}")
        if name in item.definition.names or not _KEEPING_METHODS.issuperset(item.definition.decorators):
            return None
        if definition is not None:
            return None if definition.conditional or definition.kind == "class" else Found(item.interface, definition)
    return None


def _constructor(project: Project, found: Found) -> _Target | None:
    """What calling a class calls, as far as that is certain."""
    lineage = project.lineage(found)
    if UNKNOWN in lineage or any(m != "abc.ABCMeta" for m in project.metaclasses(found)):
        return None
    constructor: Found | None = None
    for item in lineage:
        if isinstance(item, str):
            if item not in _PLAIN_BASES and (constructor is None or not _is_ordinary(item)):
                return None
            continue
        if not _KEEPING_CLASS.issuperset(item.definition.decorators) or "__new__" in project.members(item):
            return None
        if constructor is None and "__init__" in project.members(item):
            definition = project.definitions(item.interface).get(f"{item.definition.symbol}.__init__")
            if definition is None or definition.conditional or "__init__" in item.definition.names:
                return None
            constructor = Found(item.interface, definition)
    if constructor is None:
        return _Target(found, _NOTHING, 0)
    if not _keeps_signature(constructor.definition) or constructor.definition.signature is None:
        return None
    return _Target(constructor, constructor.definition.signature, 1)


def _is_ordinary(base: str) -> bool:
    """Whether a class from outside leaves it to ``__init__`` what a subclass is called with."""
    if base in _EXCEPTIONS:
        return True
    head, dot, name = base.partition(".")
    if head == "typing" and hasattr(collections.abc, name):
        return True
    return bool(dot) and head in sys.stdlib_module_names and head not in _OPAQUE


def _keeps_signature(definition: Definition) -> bool:
    return _TRANSPARENT.issuperset(definition.decorators)


def _binding(definition: Definition) -> str | None:
    """``classmethod``, ``staticmethod``, or empty for a plain method; None where its decorators are not all known."""
    kinds = [d for d in definition.decorators if d in _ON_CLASS]
    others = [d for d in definition.decorators if d not in _ON_CLASS]
    if len(kinds) > 1 or not _TRANSPARENT.issuperset(others) or definition.name in _BUILT_ON_CLASS:
        return None
    return kinds[0] if kinds else ""


def _fault(target: _Target, call: Call) -> _Fault | None:
    """What is wrong with a call of one definition; None where it fits, or where its stars may make it fit."""
    s, name = target.signature, _shown(target.found.definition)
    places = [*s.positional_only, *s.positional]
    if target.bound and not places:
        return None
    places = places[target.bound :]
    by_name = {*s.positional, *s.keyword_only}.difference({*s.positional_only, *s.positional} - {*places})
    if call.positional > len(places) and not s.star:
        return _Fault(f"{name} takes {_count(len(places))} and is given {call.positional}")
    if not s.double_star:
        for number, keyword in enumerate(call.keywords):
            if keyword not in by_name:
                return _unknown(name, keyword, number, sorted(by_name - {*call.keywords}), call)
    filled = places[: call.positional]
    twice = next((k for k in call.keywords if k in filled and k in by_name), None)
    if twice is not None:
        return _Fault(f"{name} is given {twice!r} twice, by its place and by its name")
    if call.star or call.double_star:
        return None
    open_places = {*places[call.positional :], *s.keyword_only} - {*call.keywords}
    missing = [r for r in s.required if r in open_places]
    if missing:
        return _Fault(f"{name} needs {_listed(missing)}, which this call does not give")
    return None


def _unknown(name: str, keyword: str, number: int, known: list[str], call: Call) -> _Fault:
    close = get_close_matches(keyword, known, n=2, cutoff=0.8)
    if len(close) == 1 and number < len(call.keyword_spans):
        edit = Edit(call.keyword_spans[number], close[0])
        return _Fault(f"{name} has no parameter {keyword!r}; {close[0]!r} is close", (edit,))
    return _Fault(f"{name} has no parameter {keyword!r}")


def _shown(definition: Definition) -> str:
    return f"{definition.symbol}()"


def _count(places: int) -> str:
    if not places:
        return "no positional argument"
    return "one positional argument" if places == 1 else f"at most {places} positional arguments"


def _listed(names: list[str]) -> str:
    quoted = [repr(n) for n in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


_NOTHING = Signature((), (), (), (), star=False, double_star=False)
"""What a class without a constructor of its own takes."""
