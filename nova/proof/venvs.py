"""Virtual environments of a target: where one may lie, whether it is whole, what is installed. Files are read only."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = (".venv", "venv", "env", ".env")


@dataclass(frozen=True, slots=True)
class Venv:
    """An environment: its folder, its interpreter as it is linked there, and how it was found, in words."""

    folder: Path
    python: Path
    found: str

    def has(self, package: str) -> bool:
        """Whether a package can be imported in it, as far as its folders tell."""
        return any(
            (place / package / "__init__.py").is_file() or (place / f"{package}.py").is_file()
            for place in _packages(self.folder)
        )


@dataclass(frozen=True, slots=True)
class Broken:
    """An environment that cannot be used, and why."""

    folder: Path
    why: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Places outside of a target: the active environment, Nova's own, the user's folders for caches and data."""

    active: str = ""
    own: Path | None = None
    cache: Path | None = None
    data: Path | None = None


def opened(folder: Path, found: str) -> Venv | Broken | None:
    """The environment in a folder; None where the folder is none."""
    try:
        if not folder.is_dir():
            return None
        python = folder / "bin" / "python"
        if not os.path.lexists(python):
            python = next(
                (p for p in sorted(folder.glob("bin/python3*")) if p.name[7:].strip("0123456789.") == ""), python
            )
        if not os.path.lexists(python):
            is_one = (folder / "pyvenv.cfg").is_file()
            return Broken(folder, "it holds no bin/python") if is_one else None
        if not python.exists():
            return Broken(folder, f"its bin/{python.name} leads to {_end(python)}, which is not there")
        if not os.access(python, os.X_OK):
            return Broken(folder, f"its bin/{python.name} may not be run")
    except OSError as error:
        return Broken(folder, (error.strerror or str(error)).lower())
    return Venv(folder, python, found)


def _end(link: Path) -> Path:
    for _ in range(20):
        if not link.is_symlink():
            break
        link = Path(os.path.normpath(link.parent / link.readlink()))
    return link


def candidates(root: Path, elsewhere: Elsewhere) -> Iterator[Venv | Broken]:
    """Every environment that is certain to be the target's, the likeliest first."""
    places: list[tuple[Path, str]] = [(root / name, f"{name} of the target") for name in _NAMES]
    for tool in (".tox", ".nox"):
        here = root / tool
        inside = [path for path in here.glob("*") if (path / "pyvenv.cfg").is_file()] if here.is_dir() else []
        places += [(path, f"{tool}/{path.name} of the target") for path in sorted(inside, key=_testing)]
    if elsewhere.active and _belongs(Path(elsewhere.active), root):
        places.append((Path(elsewhere.active), "the active environment (VIRTUAL_ENV)"))
    places += _managed(root, elsewhere)
    if elsewhere.own is not None and installs(elsewhere.own, root):
        places.append((elsewhere.own, "the environment that Nova runs in, where the target is installed"))
    for folder, found in places:
        one = opened(folder, found)
        if one is not None:
            yield one


def _testing(folder: Path) -> tuple[bool, str]:
    """Environments named for tests or for a Python come before those for documents and linters."""
    return re.match(r"py|test", folder.name) is None, folder.name


def _belongs(folder: Path, root: Path) -> bool:
    """Whether an environment lies in the target or is named for it, as ``~/.virtualenvs/shop`` is for ``shop``."""
    return folder.is_absolute() and (folder.is_relative_to(root) or _name(folder) == _name(root))


def _name(folder: Path) -> str:
    return re.sub(r"[-_.]+", "-", folder.name).lower()


def _managed(root: Path, elsewhere: Elsewhere) -> Iterator[tuple[Path, str]]:
    """Where pdm, poetry and hatch keep a target's environment: the last two name it by a digest of its path."""
    try:
        named = Path((root / ".pdm-python").read_text("utf-8").strip())
        if named.is_absolute() and (named.parent.parent / "pyvenv.cfg").is_file():
            yield named.parent.parent, "the environment that pdm made"
    except (OSError, UnicodeDecodeError):
        pass
    mark = base64.urlsafe_b64encode(hashlib.sha256(os.fsencode(root)).digest()).decode()[:8]
    if elsewhere.cache is not None:
        for path in sorted((elsewhere.cache / "pypoetry" / "virtualenvs").glob(f"*-{mark}-py*"), reverse=True):
            yield path, "the environment that poetry made"
    if elsewhere.data is not None:
        inside = (elsewhere.data / "hatch" / "env" / "virtual").glob(f"*/{mark}/*")
        for path in sorted(inside, key=lambda p: ("test" not in p.name, p.name)):
            yield path, "the environment that hatch made"


def installs(environment: Path, root: Path) -> bool:
    """Whether a target is installed in an environment from its own folder."""
    import json

    for place in _packages(environment):
        for origin in place.glob("*.dist-info/direct_url.json"):
            try:
                url = json.loads(origin.read_text("utf-8")).get("url", "")
            except (OSError, ValueError, AttributeError):
                continue
            if url.rstrip("/") == root.as_uri():
                return True
    return False


def _packages(environment: Path) -> Iterator[Path]:
    """The folders from which an environment imports; those of its base too, where it sees them."""
    yield from environment.glob("lib*/python3*/site-packages")
    settings = _settings(environment)
    if settings.get("include-system-site-packages", "").lower() == "true" and settings.get("home"):
        base = Path(settings["home"]).parent
        for pattern in ("lib/python3*/site-packages", "lib/python3*/dist-packages", "local/lib/python3*/dist-packages"):
            yield from base.glob(pattern)


def version(environment: Path) -> str:
    """The version of an environment's Python, as ``3.11``; empty where its settings do not tell."""
    settings = _settings(environment)
    number = settings.get("version") or settings.get("version_info") or ""
    return ".".join(number.split(".")[:2])


def _settings(environment: Path) -> dict[str, str]:
    try:
        lines = (environment / "pyvenv.cfg").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {key.strip().lower(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
