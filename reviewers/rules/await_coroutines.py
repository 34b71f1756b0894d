"""``await-coroutines``: a coroutine that is made is also awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reviewers.finding import Edit, Span
from reviewers.project import Found
from reviewers.rule import Invalid, Precision, ProjectHit, ProjectRule, Related, Severity, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.interface import Call, Definition, Interface
    from reviewers.project import Project

_KNOWN = frozenset(
    {
        *(f"asyncio.{name}" for name in ("sleep", "wait", "wait_for", "to_thread", "open_connection", "start_server")),
        *(f"asyncio.{name}" for name in ("create_subprocess_exec", "create_subprocess_shell", "open_unix_connection")),
        *(f"trio.{name}" for name in ("sleep", "sleep_until", "run_process", "open_tcp_stream", "to_thread.run_sync")),
        *(f"anyio.{name}" for name in ("sleep", "sleep_until", "run_process", "connect_tcp", "to_thread.run_sync")),
    }
)
"""Coroutine functions of libraries that nearly every asynchronous project uses."""

_KEEP = frozenset(
    {
        "abc.abstractmethod", "classmethod", "staticmethod", "functools.cache", "functools.lru_cache", "typing.final",
        "typing.no_type_check", "typing.override", "typing_extensions.deprecated", "typing_extensions.final",
        "typing_extensions.override", "warnings.deprecated",
    }
)  # fmt: skip
"""Decorators after which a call still makes a coroutine; any other may start it, or wrap it into something else."""

_KEEP_CLASS = frozenset(
    {
        "attr.define", "attr.s", "attrs.define", "dataclasses.dataclass", "functools.total_ordering", "typing.final",
        "typing.runtime_checkable", "typing_extensions.final", "typing_extensions.runtime_checkable",
    }
)  # fmt: skip
_PLAIN_BASES = frozenset(
    {
        "object",
        "abc.ABC",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Generic",
        "typing_extensions.Protocol",
    }
)
_COROUTINE, _GENERATOR = "async function", "async generator"


class AwaitCoroutines(ProjectRule):
    """Calling an ``async def`` function runs nothing of it: a coroutine whose result is dropped is work never done.

    Only what is certain is told: the function is defined once, no unknown decorator may have made something else of
    it, and every subclass that overrides the method keeps it asynchronous.
    """

    name = "await-coroutines"
    severity = Severity.HIGH
    confidence = 0.9
    worth = 0.7
    by_file = True
    equivalents = ("reportUnusedCoroutine", "unused-coroutine")
    fix_title = "await it"
    fix_changes = "the coroutine runs, where before it never did"
    precision = Precision(
        right=18,
        read=19,
        repositories=(
            "MetaGPT", "Modmail", "OpenHands", "frigate", "hummingbot", "jumpserver", "lbry-sdk", "llama-hub",
            "music-assistant", "opsdroid", "pyrogram",
        ),
        note="the wrong one: methods that are replaced by synchronous ones when the package is imported",
    )  # fmt: skip
    examples: ClassVar = (
        Valid("async def load(): ...\n\nasync def main():\n    await load()\n"),
        Valid("import asyncio\n\nasync def load(): ...\n\nasync def main():\n    asyncio.create_task(load())\n"),
        Valid("from jobs import task\n\n@task\nasync def load(): ...\n\ndef main():\n    load()\n",
              files=(("jobs.py", "def task(function): ...\n"),)),
        Valid("import sys\n\nif sys.platform == 'win32':\n    def load(): ...\nelse:\n    async def load(): ...\n\nload()\n"),
        Valid("from run import sync\n\nasync def load(): ...\n\nload = sync(load)\nload()\n"),
        Valid("class Base:\n    async def stop(self): ...\n\n    def end(self):\n        self.stop()\n\n"
              "class Child(Base):\n    def stop(self): ...\n"),
        Valid("from other import Mixin\n\nclass Job(Mixin):\n    def end(self):\n        self.stop()\n"),
        Valid("class Job:\n    def __init__(self, stop):\n        self.stop = stop\n\n    async def stop(self): ...\n\n"
              "    def end(self):\n        self.stop()\n"),
        Valid("import pytest\n\nasync def load(): ...\n\ndef test_warns():\n    with pytest.raises(TypeError):\n        load()\n"),
        Valid("async def load(): ...\n\ndef main(load):\n    load()\n"),
        Invalid("async def load(): ...\n\nasync def main():\n    load()  # first\n",
                fixed="async def load(): ...\n\nasync def main():\n    await load()  # first\n"),
        Invalid("import asyncio\n\nasync def main():\n    asyncio.sleep(1)\n",
                fixed="import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n"),
        Invalid("from store import save\n\nasync def main():\n    save(\n        'a',\n    )\n",
                fixed="from store import save\n\nasync def main():\n    await save(\n        'a',\n    )\n",
                files=(("store.py", "async def save(name): ...\n"),)),
        Invalid("from base import Base\n\nclass Job(Base):\n    async def end(self):\n        self.stop()\n",
                fixed="from base import Base\n\nclass Job(Base):\n    async def end(self):\n        await self.stop()\n",
                files=(("base.py", "class Base:\n    async def stop(self): ...\n"),)),
        Invalid("async def main(): ...\n\nif __name__ == '__main__':\n    main()\n"),
        Invalid("class Job:\n    async def stop(self): ...\n\n    def end(self):\n        self.stop()\n"),
        Invalid("async def rows():\n    yield 1\n\nasync def main():\n    rows()\n"),
    )  # fmt: skip

    def check_project(self, project: Project) -> Iterable[ProjectHit]:
        """Look at every call whose result is dropped and whose target is surely asynchronous."""
        for interface in project.interfaces:
            for target in interface.targets:
                for found in _asynchronous(project, interface, target):
                    calls = [c for c in interface.calls_to(target) if c.use == "discarded" and not c.excused]
                    if calls and _stays_asynchronous(project, interface, target):
                        yield from (_hit(interface, call, found) for call in calls)


def _asynchronous(project: Project, interface: Interface, target: str) -> tuple[Found | None, ...]:
    """What makes a call of the target a coroutine: its definition, None for a library's; empty if nothing surely does."""
    if target.startswith("self:"):
        found = _method(project, interface, target[5:])
        return () if found is None else (found,)
    if target in _KNOWN and project.split(target)[0] is None:
        return (None,)
    found = project.find(target)
    if found is None or not _is_asynchronous(found.definition):
        return ()
    holder, _, name = found.definition.symbol.rpartition(".")
    if not holder:
        return (found,)
    owner = project.definitions(found.interface)[holder]
    on_class = owner.kind == "class" and not owner.conditional and _KEEP_CLASS.issuperset(owner.decorators)
    return (found,) if on_class and name not in project.assigned else ()


def _is_asynchronous(definition: Definition) -> bool:
    if definition.kind not in {_COROUTINE, _GENERATOR} or definition.conditional or definition.overload:
        return False
    return _KEEP.issuperset(definition.decorators)


def _method(project: Project, interface: Interface, dotted: str) -> Found | None:
    """The asynchronous method that ``self.name`` is in the class where it is called."""
    here = _own_class(project, interface, dotted)
    return None if here is None else _member(project, here, dotted.rpartition(".")[2])


def _own_class(project: Project, interface: Interface, dotted: str) -> Found | None:
    symbol = dotted.removeprefix(f"{interface.module}.") if interface.module else dotted
    definition = project.definitions(interface).get(symbol.rpartition(".")[0])
    return None if definition is None or definition.conditional else Found(interface, definition)


def _stays_asynchronous(project: Project, interface: Interface, target: str) -> bool:
    """Whether no subclass makes something else of a method that is called on ``self``."""
    here = _own_class(project, interface, target[5:]) if target.startswith("self:") else None
    children = () if here is None else project.subclasses(here)
    return all(_member(project, child, target.rpartition(".")[2]) for child in children)


def _member(project: Project, owner: Found, name: str) -> Found | None:
    """The asynchronous method that a name is in a class; None where it is something else, or may be."""
    if name in owner.interface.assigned:
        return None
    for item in project.lineage(owner):
        if isinstance(item, str):
            if item in _PLAIN_BASES:
                continue
            return None
        if name in item.definition.names or not _KEEP_CLASS.issuperset(item.definition.decorators):
            return None
        definition = project.definitions(item.interface).get(f"{item.definition.symbol}.{name}")
        if definition is not None:
            surely = _is_asynchronous(definition) and name not in item.interface.assigned
            return Found(item.interface, definition) if surely else None
    return None


def _hit(interface: Interface, call: Call, found: Found | None) -> ProjectHit:
    name = call.target.rpartition(".")[2] if found is not None else call.target
    where: tuple[Related, ...] = ()
    if found is not None:
        line = found.definition.line
        where = (Related(found.interface.path, line, line, f"{name}() is asynchronous"),)
    if found is not None and found.definition.kind == _GENERATOR:
        message = f"{name}() only makes an asynchronous generator: nothing of it runs until it is iterated over"
        return ProjectHit(interface.path, call.span, call.symbol, call.syntax, message, related=where)
    start = Span(call.span.line, call.span.column, call.span.line, call.span.column)
    edits = (Edit(start, "await "),) if call.in_async else ()
    message = f"{name}() only makes a coroutine: it is not awaited, so it never runs"
    return ProjectHit(
        interface.path, call.span, call.symbol, call.syntax, message, fixable=bool(edits), related=where, edits=edits
    )
