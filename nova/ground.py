"""Where the bytes of a tree lie: in the work tree, or written out for as long as they are read."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nova.snapshots import write_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nova.snapshots import Tree
    from nova.subject import Subject


@contextmanager
def laid_out(subject: Subject, tree: Tree, paths: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """A folder that holds ``paths`` of a tree and the settings files that count; and what could not be had, and why.

    For a change the settings are the base's, so its files are read beside those.
    """
    base = subject.base if subject.request_is_change else None
    in_place = tree is subject.tree and subject.on_disk and (base is None or base.configs == tree.configs)
    if in_place or not paths:
        yield subject.root, {}
        return
    assert subject.git is not None
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        folder = Path(name).resolve()
        if tree is subject.tree and subject.on_disk:
            write_out(subject.git, tree, folder, (), base)
            yield str(folder), _copied(Path(subject.root), folder, paths)
        else:
            yield str(folder), write_out(subject.git, tree, folder, paths, base)


def _copied(root: Path, folder: Path, paths: Sequence[str]) -> dict[str, str]:
    lost: dict[str, str] = {}
    for path in paths:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(root / path, place, follow_symlinks=False)
        except OSError as error:
            lost[path] = (error.strerror or str(error)).lower()
    return lost


def reader_of(subject: Subject) -> Callable[[str], bytes | None]:
    """A function from a path of the subject's tree to its bytes; None for what cannot be had."""

    def read(path: str) -> bytes | None:
        if subject.on_disk:
            try:
                return Path(subject.root, path).read_bytes()
            except OSError:
                return None
        name = subject.tree.contents.get(path)
        if name is None or subject.git is None:
            return None
        return next(subject.git.blobs([name]))[1]

    return read
