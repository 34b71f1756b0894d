"""``import-defined-names``: a name that is imported from a module is there."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar

from reviewers.paths import is_test_path
from reviewers.rule import Invalid, Precision, ProjectHit, ProjectRule, Related, Severity, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.interface import Import, Interface
    from reviewers.project import Project

_GENERATED = ("_pb2", "_pb2_grpc", "version", "_ui", "_rc")
"""How the names of modules end that are often made by a build and so not among the files."""
_BAD = re.compile(r"broken|invalid|bad|error|fail|missing|wrong")
_MOST_FILES = 8
_TYPING_ONLY = 0.6


class ImportDefinedNames(ProjectRule):
    """``from module import name`` fails as it runs when the module neither binds the name nor has it as a submodule.

    Imports that are allowed to fail, modules that make up names as they run and stubs are left alone.
    """

    name = "import-defined-names"
    severity = Severity.HIGH
    confidence = 0.9
    worth = 0.6
    by_file = True
    equivalents = ("E0611", "no-name-in-module")
    precision = Precision(
        right=55,
        read=63,
        repositories=(
            "FastChat", "Mailpile", "MetaGPT", "OctoBot", "Open-Assistant", "OpenHands", "PySyft", "angr", "conda",
            "crawl4ai", "deluge", "django-DefectDojo", "flask", "frigate", "geekcomputers", "gpt-researcher",
            "gpt4free", "hummingbot", "llama-hub", "manim", "manticore", "miasm", "mindsdb", "mitmproxy", "panel",
            "psychopy", "quay", "scikit-image", "semantic-kernel", "transitions", "web2py", "zigpy", "zipline",
        ),
        note="names that stand in a stub beside the module, or that a C extension brings. At most three hits of a "
        "repository were read.",
    )  # fmt: skip
    examples: ClassVar = (
        Valid("from tools import hammer\n", files=(("tools.py", "def hammer(): ...\n"),)),
        Valid("from pkg import part\n", files=(("pkg/__init__.py", ""), ("pkg/part.py", "x = 1\n"))),
        Valid("from pkg import hammer\n",
              files=(("pkg/__init__.py", "from .tools import *\n"), ("pkg/tools.py", "def hammer(): ...\n"))),
        Valid("try:\n    from tools import saw\nexcept ImportError:\n    saw = None\n", files=(("tools.py", ""),)),
        Valid("from tools import saw\n", files=(("tools.py", "def __getattr__(name): ...\n"),)),
        Valid("from tools import saw\n", files=(("tools.py", "from outside import *\n"),)),
        Valid("from tools import saw\n", files=(("tools.py", "def load():\n    global saw\n    saw = 1\n"),)),
        Valid("from tools import saw\n", files=(("tools.py", "for saw in ():\n    pass\n"),)),
        Valid("from pkg import version\n", files=(("pkg/__init__.py", ""),)),
        Valid("import pytest\n\nwith pytest.raises(ImportError):\n    from tools import saw\n",
              files=(("tools.py", ""),)),
        Valid("import sys\n\nif sys.platform == 'win32':\n    from tools import saw\n", files=(("tools.py", ""),)),
        Valid("from pydantic import BaseModel\n", files=(("examples/pydantic/__init__.py", ""),)),
        Valid("from tools import saw\n", path="tests/broken_app/models.py", files=(("tools.py", ""),)),
        Valid("from pkg import part\n", path="tests/test_part.py", files=(("pkg/__init__.py", ""), ("plugins/pkg/part.py", ""))),
        Valid("from tools import saw\n", path="Example 1/main.py", files=(("tools.py", ""), ("Example 1/tools.py", "saw = 1\n"))),
        Valid("from tools import saw\n", files=(("tools.py", "import sys\nimport other\n\nsys.modules['tools'] = other\n"),)),
        Invalid("from tools import hamer\n", files=(("tools.py", "def hammer(): ...\n"),)),
        Invalid("def work():\n    from pkg import gone\n\n    gone()\n",
                files=(("pkg/__init__.py", "from .tools import hammer\n"), ("pkg/tools.py", "def hammer(): ...\n"))),
        Invalid("from .tools import hammer, saw\n", path="pkg/example.py",
                files=(("pkg/__init__.py", ""), ("pkg/tools.py", "class hammer: ...\n"))),
        Invalid("from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from tools import Saw\n",
                files=(("tools.py", "class Hammer: ...\n"),)),
        Invalid("from . import gone\n", path="pkg/__init__.py", files=(("pkg/part.py", ""),)),
    )  # fmt: skip

    def check_project(self, project: Project) -> Iterable[ProjectHit]:
        """Hold each imported name against the module that it is taken from.

        A module in which very many files miss something gets it in a way that cannot be read: nothing is said of it.
        """
        missing: dict[str, list[tuple[Interface, Import]]] = {}
        for interface in project.interfaces:
            for taken in interface.imports:
                module = project.modules.get(taken.module)
                if module is None or not _is_missing(project, interface, module, taken):
                    continue
                if project.means(interface, taken, module) and not _is_bad_on_purpose(interface.path):
                    missing.setdefault(taken.module, []).append((interface, taken))
        for name, imports in missing.items():
            quiet = len({interface.path for interface, _ in imports}) > _MOST_FILES
            for interface, taken in imports:
                if quiet:
                    yield ProjectHit(interface.path, taken.span, taken.symbol, "", "", quiet=True)
                else:
                    yield self._hit(project, interface, project.modules[name], taken)

    def _hit(self, project: Project, interface: Interface, module: Interface, taken: Import) -> ProjectHit:
        known = sorted(project.exported(module) - {taken.name})
        close = get_close_matches(taken.name, known, n=1, cutoff=0.8)
        hint = f"; {close[0]!r} is close" if close else ""
        place = Related(module.path, 1, 1, f"{taken.module} is this file")
        return ProjectHit(
            interface.path,
            taken.span,
            taken.symbol,
            f"from {taken.module} import {taken.name}",
            f"{taken.module} has no {taken.name!r}{hint}",
            confidence=_TYPING_ONLY if taken.guard == "type checking" else None,
            related=(place,),
        )


def _is_missing(project: Project, interface: Interface, module: Interface, taken: Import) -> bool:
    name = taken.name
    if name in {"", "*"} or taken.guard in {"try", "if"} or interface.path.endswith(".pyi"):
        return False
    if f"{taken.module}.{name}" in project.packages:
        return False
    if module.path == interface.path:
        if not module.is_package or not _binds_itself_alone(interface, taken):
            return False
    elif name in project.exported(module) or (not module.is_package and taken.module in (project.others or ())):
        return False  # a stub or compiled module of that name may say more than the file
    if module.is_package and name.islower() and (project.others is None or not project.complete):
        return False  # it may be a compiled submodule
    if module.is_package and (name.endswith(_GENERATED) or (taken.module.rpartition(".")[2], name) in project.overlays):
        return False  # it is made by a build, or laid over the package from another folder of its name
    private = project.definitions(module).get(f"_{name}")
    made = private is not None and private.decorators
    return not made and name not in project.assigned and not project.open_ended(module)


def _is_bad_on_purpose(path: str) -> bool:
    """Whether a path says that the code is there to fail, or to be read by a linter."""
    *folders, name = path.split("/")
    if any(f.startswith(".") for f in folders):
        return True
    return is_test_path(path) and any(_BAD.search(part) for part in (*folders, name))


def _binds_itself_alone(package: Interface, taken: Import) -> bool:
    """Whether the only thing in a package that binds a name is its own import of it from itself."""
    if taken.name in package.rebound or any(d.symbol == taken.name for d in package.definitions):
        return False
    return all(i.module == taken.module and i.name == taken.name for i in package.imports if i.local == taken.name)
