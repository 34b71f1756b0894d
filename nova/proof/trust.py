"""Whether a target's code may be run, and what a person writes where so that it may."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nova import targets
from nova.errors import TargetError
from nova.proof.testing import Untestable

if TYPE_CHECKING:
    from nova.subject import Subject
    from nova.targets import Target

_IN_REPOSITORY = "pyproject.toml"


def is_trusted(subject: Subject) -> bool:
    """Whether the target's code may be run: the person's own settings say so, never the repository itself."""
    return trusts(subject.target)


def trusts(target: Target) -> bool:
    """The same of the settings alone."""
    return target.trusted and target.source != _IN_REPOSITORY


def own_target(root: str, own: Path) -> tuple[Path, Target] | None:
    """The person's own target of a repository, with its file, among those in the folder ``own``."""
    for path, known in targets.every(own):
        if isinstance(known, TargetError) or known.path is None or not path.is_relative_to(own):
            continue
        if targets.folder_of(known).resolve() == Path(root).resolve():
            return path, known
    return None


def untrusted(root: str, target: Target, own: Path) -> Untestable:
    """Why its tests are not run, and the file and the line that change that; ``own`` is the folder of own targets."""
    why = "the target is not trusted to be run"
    if target.source not in {"", _IN_REPOSITORY} and Path(target.source).is_relative_to(own):
        return Untestable(why, f"write  run = true  below [trust] in {target.source}")
    found = own_target(root, own)
    if found is not None:
        path, known = found
        if known.trusted:
            return Untestable(why, f"your target {known.name} trusts it: add  --target {known.name}")
        return Untestable(why, f"write  run = true  below [trust] in {path}, then add  --target {known.name}")
    name = re.sub(r"[^\w.-]+", "-", target.name).strip(".-") or "target"
    return Untestable(
        why,
        f'in {own / name}.toml write  path = "{root}"  below [target] and  run = true  below [trust], '
        f"then add  --target {name}",
    )
