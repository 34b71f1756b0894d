"""What a change holds, by git's own account: lines that a comment can stand on, and files that are no Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.living.lines import Held, of_diff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.git import Git

_PYTHON = (".py", ".pyw", ".ipynb")
_SUBMODULE = "160000"


@dataclass(frozen=True, slots=True)
class Changed:
    """``paths`` are those of the new side; a submodule is in ``submodules`` alone."""

    held: Mapping[str, tuple[Held, ...]]
    paths: frozenset[str]
    submodules: frozenset[str]
    binary: frozenset[str]

    @property
    def others(self) -> frozenset[str]:
        """The files that are neither Python nor binary nor submodules."""
        return frozenset(p for p in self.paths - self.binary - self.submodules if not p.endswith(_PYTHON))


def changed(git: Git, base: str, head: str) -> Changed:
    """What lies between two commits, as GitHub shows it: renames found, three lines of context."""
    process = git.start(
        [
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "-M",
            "-U3",
            "--ignore-submodules=all",
            base,
            head,
            "--",
        ]
    )
    assert process.stdout is not None
    with process.stdout as lines:
        held = of_diff(lines)
    process.wait()
    paths, submodules = _raw(git, base, head)
    return Changed(held, paths, submodules, _binary(git, base, head))


def _raw(git: Git, base: str, head: str) -> tuple[frozenset[str], frozenset[str]]:
    records = git.text("diff-tree", "-r", "-z", "--raw", "--no-renames", "--ignore-submodules=none", base, head).split(
        "\0"
    )
    paths, submodules = set(), set()
    for meta, path in zip(records[::2], records[1::2], strict=False):
        old, new, *_, state = meta.removeprefix(":").split(" ")
        if state[:1] == "D":
            continue
        paths.add(path)
        if _SUBMODULE in {old, new}:
            submodules.add(path)
    return frozenset(paths), frozenset(submodules)


def _binary(git: Git, base: str, head: str) -> frozenset[str]:
    told = git.text("diff-tree", "-r", "-z", "--numstat", "--no-renames", "--diff-filter=d", base, head)
    rows = (record.split("\t", 2) for record in told.split("\0") if record)
    return frozenset(row[2] for row in rows if len(row) == 3 and row[0] == "-")
