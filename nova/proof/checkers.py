"""The type checkers that are known: how each is called so that it runs nothing of the target, and what it prints."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.proof.tools import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Checker:
    """One type checker. ``marks`` tell that a target uses it: files of its own, and tables of a pyproject."""

    name: str
    files: tuple[str, ...]
    table: str
    arguments: tuple[str, ...]
    """``{cache}`` and ``{python}`` stand for a folder to keep things in and the Python whose packages it may see."""
    read: Callable[[str], list[Diagnostic]]


def used(settings: Mapping[str, str], known: Sequence[Checker] = ()) -> list[Checker]:
    """The checkers in the order in which they are to be tried: those that the target's settings name come first."""
    every = list(known or CHECKERS)
    named = [c for c in every if any(file in settings for file in c.files) or _has_table(settings, c)]
    return [*named, *(c for c in every if c not in named)]


def _has_table(settings: Mapping[str, str], checker: Checker) -> bool:
    table = re.compile(rf"^\[+tool\.{checker.table}[\].]", re.MULTILINE)
    section = re.compile(rf"^\[{checker.table}[\]-]", re.MULTILINE)
    return bool(table.search(settings.get("pyproject.toml", "")) or section.search(settings.get("setup.cfg", "")))


def runs_code(settings: Mapping[str, str]) -> bool:
    """Whether the settings of mypy load plugins, which are code: then they are not for a target that is not trusted."""
    return any(re.search(r"^\s*plugins\s*=", text, re.MULTILINE) for text in settings.values())


def _mypy(out: str) -> list[Diagnostic]:
    found = []
    for line in out.splitlines():
        if line.startswith("{"):
            item: dict[str, Any] = json.loads(line)
            if item["severity"] == "error":
                found.append(Diagnostic(item["file"], item["line"], item["code"] or "", item["message"]))
    return found


def _ty(out: str) -> list[Diagnostic]:
    return [
        Diagnostic(item["location"]["path"], item["location"]["positions"]["begin"]["line"], item["check_name"],
                   item["description"])
        for item in json.loads(out or "[]")
    ]  # fmt: skip


def _pyrefly(out: str) -> list[Diagnostic]:
    return [
        Diagnostic(item["path"], item["line"], item["name"], item["description"])
        for item in json.loads(out or "{}").get("errors", ())
        if item.get("severity", "error") == "error"
    ]


CHECKERS = (
    Checker(
        "ty", ("ty.toml",), "ty",
        ("check", "--output-format", "gitlab", "--no-progress", "--exit-zero", "--python", "{python}"), _ty,
    ),
    Checker(
        "mypy", ("mypy.ini", ".mypy.ini"), "mypy",
        ("--output", "json", "--no-error-summary", "--cache-dir", "{cache}", "--python-executable", "{python}"), _mypy,
    ),
    Checker(
        "pyrefly", ("pyrefly.toml",), "pyrefly",
        ("check", "--output-format", "json", "--summary=none", "--python-interpreter-path", "{python}"), _pyrefly,
    ),
)  # fmt: skip


def relative(found: Iterable[Diagnostic], folder: str) -> tuple[Diagnostic, ...]:
    """With paths below the folder that was checked, wherever the checker began to count."""
    return tuple(
        Diagnostic(d.path.removeprefix(folder).lstrip("/"), d.line, d.code, d.message.replace(folder, ""))
        for d in found
    )  # fmt: skip
