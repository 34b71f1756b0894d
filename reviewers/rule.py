"""What a rule is: one file, one thing it asks for, with the examples that are its tests and its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reviewers.finding import Related, Severity

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping

    import libcst as cst

    from reviewers.facts import FileFacts
    from reviewers.finding import Edit, Span
    from reviewers.project import Project

__all__ = ["Hit", "Invalid", "Precision", "ProjectHit", "ProjectRule", "Related", "Rule", "Severity", "Valid"]


@dataclass(frozen=True, slots=True)
class Valid:
    """Code that the rule leaves alone. ``files`` are other modules of the same project (path to text)."""

    code: str
    path: str = "example.py"
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invalid:
    """Code that the rule finds fault with, ``hits`` times; ``fixed`` is the text after every fix is made."""

    code: str
    fixed: str | None = None
    hits: int = 1
    path: str = "example.py"
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the rule's real hits, read by hand in foreign repositories, were right."""

    right: int
    read: int
    repositories: tuple[str, ...]
    note: str = ""

    @property
    def share(self) -> float:
        """Right over read; 0 when none was read."""
        return self.right / self.read if self.read else 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule found something in a file. The engine adds path, symbol and identity.

    ``node`` is what is flagged: its place is shown and its syntax makes the identity (for a compound statement
    only the header counts). ``syntax`` overrides that where the node says too much or too little.
    """

    node: ast.AST
    message: str
    fixable: bool = False
    confidence: float | None = None
    related: tuple[Related, ...] = ()
    syntax: str | None = None


class _Described:
    """What every rule declares about itself, by class attributes."""

    name: ClassVar[str]
    """Kebab case, and an order to the reader: ``close-resources``."""
    severity: ClassVar[Severity]
    confidence: ClassVar[float] = 0.8
    """How sure the rule is of a hit, 0 to 1; the measured precision where there is one."""
    worth: ClassVar[float] = 0.3
    """The expected share of its hits that people act on; assumed until verdicts and outcomes say better."""
    on_by_default: ClassVar[bool] = True
    equivalents: ClassVar[tuple[str, ...]] = ()
    """Codes of other linters that ask for the same; a ``noqa`` for one of them silences this rule."""
    examples: ClassVar[tuple[Valid | Invalid, ...]]
    precision: ClassVar[Precision]
    fix_title: ClassVar[str] = ""
    """What the fix does, in a few words; empty where the rule has none."""
    fix_changes: ClassVar[str] = ""
    """What the fix changes on purpose, as ``nova.proof.conditions`` wants it told: such a fix keeps no program as it
    was, so no condition that could be checked in its place makes it ``tested`` without being tried on inputs."""

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """The module with the one hit at ``span`` mended; the same module where it cannot be.

        Raises nothing for code it does not understand: it returns the module unchanged.
        """
        return module


class Rule(_Described):
    """A rule that reads one file at a time, in the one pass that all rules share."""

    sees: ClassVar[tuple[type[ast.AST], ...]]
    """The node types that ``check`` is called with. The docstring of the class is the page's text."""

    def check(self, node: ast.AST, facts: FileFacts) -> Iterable[Hit]:
        """Look at one node. Called in source order for each type, when the whole tree has its ``parent`` links."""
        raise TypeError(f"{type(self).__name__} does not say what it checks")


@dataclass(frozen=True, slots=True)
class ProjectHit:
    """Where a project rule found something: everything as plain data, for no tree is at hand."""

    path: str
    span: Span
    symbol: str | None
    syntax: str
    message: str
    fixable: bool = False
    confidence: float | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    """The fix as replacements of text, where that is simpler than a ``fix`` by libcst."""
    quiet: bool = False
    """Whether nothing is said of it, only that its file must be looked at again whenever anything has changed."""


class ProjectRule(_Described):
    """A rule that needs to know several files: it reads their interfaces, never their trees."""

    by_file: ClassVar[bool] = False
    """Whether it looks at one of ``project.interfaces`` after the other, and what it says of each stands in that file
    and follows from names that stand there. Then only the files are looked at anew in which a change can be felt."""

    def check_project(self, project: Project) -> Iterable[ProjectHit]:
        """Look at all the interfaces of a project."""
        raise TypeError(f"{type(self).__name__} does not say what it checks")


def described(rules: Iterable[Rule | ProjectRule]) -> Mapping[str, Rule | ProjectRule]:
    """Rules by name.

    Raises ``ValueError`` when two have the same name.
    """
    by_name: dict[str, Rule | ProjectRule] = {}
    for rule in rules:
        if rule.name in by_name:
            raise ValueError(f"two rules are called {rule.name}")
        by_name[rule.name] = rule
    return by_name
