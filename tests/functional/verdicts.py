"""Findings to answer, and the answers of a person who has had enough of some."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.functional.repositories import Answer

if TYPE_CHECKING:
    from tests.functional.repositories import Repository

Nova = Callable[..., Answer]

JSON = ("review", "--format", "json")
ALL = (*JSON, "--all")
SHARED = "[tool.nova.verdicts]\nin_repository = true\n"
"""Settings under which answers are kept in the repository, for teammates."""
PAIRS = "def pairs(a, b):\n    return list(zip(a, b))\n"
"""One B905 in a function."""


def caught(name: str) -> str:
    """A function with one B904 in it."""
    body = "    try:\n        return int(text)\n    except ValueError:\n        raise KeyError(text)\n\n\n"
    return f"def {name}(text):\n{body}"


def shop_of(repository: Repository, files: int, functions: int, folder: str = "shop") -> None:
    """Write so many files ``f0.py``, ``f1.py`` ..., with a B904 in each of their functions."""
    for number in range(files):
        repository.write(f"{folder}/f{number}.py", "".join(caught(f"load{n}") for n in range(functions)))


def dismiss(nova: Nova, name: str, because: str) -> Answer:
    """Dismiss one finding by its id or rank."""
    answer = nova("verdict", name, "dismiss", "--because", because)
    assert answer.code == 0, answer.err
    return answer


def dismiss_some(nova: Nova, wanted: dict[str, int], because: str = "not worth it", rule: str = "B904") -> Answer:
    """Dismiss so many findings in each file."""
    found = [f for f in nova(*ALL).data["findings"] if f["rule"] == rule and f["state"] != "dismissed"]
    ids: list[str] = []
    for path, number in wanted.items():
        ids += [f["id"] for f in found if f["path"] == path][:number]
    return nova("verdict", *ids, "dismiss", "--because", because)


def why(nova: Nova, rule: str, *flags: str) -> list[str]:
    """The reasons that the first finding of a rule gives for its place."""
    return next(f["reasons"] for f in nova(*ALL, *flags).data["findings"] if f["rule"] == rule)


def id_of(nova: Nova, rule: str, *flags: str) -> str:
    """The id of a rule's one finding."""
    found: str = nova(*ALL, *flags).ids()[rule]
    return found


def shown(nova: Nova, *flags: str) -> list[str]:
    """The rules of what counts, shown unasked or not."""
    return [f["rule"] for f in nova(*ALL, *flags).data["findings"] if f["state"] != "dismissed"]
