"""By which dotted names the files of a repository import each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUFFIXES = (".py", ".pyw", ".pyi", ".pyx", ".so", ".pyd")
_MARKS = frozenset({"setup.py", "setup.cfg", "pyproject.toml", "manage.py"})
"""Files that stand beside the packages they belong to."""
_SOURCES = frozenset({"src", "lib"})


def module_names(paths: Iterable[str]) -> dict[str, str]:
    """The module of each Python (or compiled) file among all paths of a repository.

    A name begins below the topmost folder of an unbroken chain of ``__init__.py``. Without one, it begins at the
    nearest folder that holds packages, a project file, is called ``src`` or can be no part of a name, else at the
    repository's root: a longer name at worst resolves nothing, while a shorter one could be taken for a package from
    outside.
    """
    layout = _Layout(paths)
    return {path: layout.module(path) for path in layout.files}


def other_names(paths: Iterable[str], read: Iterable[str]) -> frozenset[str]:
    """What else can be imported in a repository: the modules of files that were not read, and plain folders.

    ``paths`` are all files, of any kind; ``read`` those whose interfaces are known.
    """
    listed = list(paths)
    layout = _Layout(listed)
    known = frozenset(read)
    folders = {path.rpartition("/")[0] for path in listed}
    return frozenset(
        {layout.module(p) for p in layout.files if p not in known} | {layout.name(f) for f in folders if f}
    )


class _Layout:
    """The folders of a repository, by what they are to imports."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.files: list[str] = []
        self.packages: set[str] = set()
        self.marked: set[str] = set()
        self.holding: set[str] = set()
        for path in paths:
            folder, _, name = path.rpartition("/")
            if name in _MARKS:
                self.marked.add(folder)
            if name.endswith(_SUFFIXES):
                self.files.append(path)
                self.holding.add(folder)
                if folder and name in {"__init__.py", "__init__.pyi"}:
                    self.packages.add(folder)
        self.parents = {_above(self._top(p)) for p in self.packages}
        self._roots: dict[str, str] = {}

    def module(self, path: str) -> str:
        """The dotted name of one file."""
        folder, _, name = path.rpartition("/")
        stem = name.partition(".")[0]
        return ".".join(part for part in (self.name(folder), stem) if part not in {"", "__init__"})

    def name(self, folder: str) -> str:
        """The dotted name of a folder; empty for one that packages are imported from."""
        return folder[len(self.root(folder)) :].strip("/").replace("/", ".")

    def root(self, folder: str) -> str:
        """The folder from which what lies in ``folder`` is imported."""
        if folder not in self._roots:
            self._roots[folder] = self._root(folder)
        return self._roots[folder]

    def _root(self, folder: str) -> str:
        package = self._nearest(folder, self.packages)
        if package is None:
            named = self._nearest(folder, self.parents | self.marked) or self._source(folder) or ""
            return max(named, self._unnameable(folder), key=len)
        root = _above(self._top(package))
        between = self._nearest(root, self.packages)
        if between is not None and self._is_plain(root, between):
            return self.root(between)  # a folder of a package that lacks its __init__.py
        source = self._source(root)
        if source is not None and self._is_plain(root, source) and not self._holds(root, source):
            return source  # namespace packages, which have none by design
        return root

    def _top(self, package: str) -> str:
        while _above(package) in self.packages:
            package = _above(package)
        return package

    def _nearest(self, folder: str, among: set[str]) -> str | None:
        while folder:
            if folder in among:
                return folder
            folder = _above(folder)
        return None

    def _source(self, folder: str) -> str | None:
        while folder:
            if folder.rpartition("/")[2] in _SOURCES:
                return folder
            folder = _above(folder)
        return None

    def _unnameable(self, folder: str) -> str:
        """The lowest folder, up from this one, that no module name can hold: what lies in it is run from there."""
        while folder and folder.rpartition("/")[2].isidentifier():
            folder = _above(folder)
        return folder

    def _is_plain(self, folder: str, top: str) -> bool:
        """Whether every folder from ``folder`` up to below ``top`` can be part of a module name and begins nothing."""
        while folder != top:
            name = folder.rpartition("/")[2]
            if not name.isidentifier() or folder in self.marked or name in _SOURCES:
                return False
            folder = _above(folder)
        return True

    def _holds(self, folder: str, top: str) -> bool:
        """Whether a folder from ``folder`` up to below ``top`` holds Python files itself."""
        while folder != top:
            if folder in self.holding:
                return True
            folder = _above(folder)
        return False


def _above(folder: str) -> str:
    return folder.rpartition("/")[0]
