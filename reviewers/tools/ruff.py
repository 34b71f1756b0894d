"""ruff as a child process: a chosen set of its rules, under the target's own configuration."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewers.finding import Edit, Severity, Span
from reviewers.tools.ruff_rules import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Sequence

SYNTAX = "invalid-syntax"
NEWEST = "py315"
_ADDED_IN = re.compile(r"added in Python (3\.\d+)")
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What ruff says of one place."""

    code: str
    message: str
    span: Span
    severity: Severity
    confidence: float = 0.8
    fix_title: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruffed:
    """ruff's answer for some files: diagnostics by path, failures by path, and sentences about the run."""

    diagnostics: dict[str, list[Diagnostic]]
    failed: dict[str, str]
    notices: tuple[str, ...] = ()


class RuffMissing(Exception):
    """There is no ruff to run."""


def find() -> str:
    """Where ruff is: beside the running Python, else on the PATH.

    Raises ``RuffMissing``.
    """
    name = "ruff.exe" if os.name == "nt" else "ruff"
    beside = Path(sys.executable).parent / name
    if beside.is_file():
        return str(beside)
    found = shutil.which("ruff")
    if found is None:
        raise RuffMissing("ruff is not installed beside this Python, nor on the PATH")
    return found


def check(
    ruff: str, folder: str, paths: Sequence[str], codes: Sequence[str], *, isolated: bool = False, target: str = ""
) -> Ruffed:
    """Run ruff over files of a folder, by the target's own configuration and ``noqa`` comments.

    Where ruff cannot use that configuration it runs on its defaults, and a notice says so. Where it dies, the
    files are halved until the one that kills it stands alone: only that one is lost.
    """
    if not paths or not codes:
        return Ruffed({}, {})
    command = [
        ruff, "check", "--no-cache", "--no-fix", "--quiet", "--exit-zero", "--force-exclude", "--output-format", "json",
        "--select", ",".join(codes),
    ]  # fmt: skip
    if isolated:
        command.append("--isolated")
    if target:
        command += ["--target-version", target]
    try:
        run = subprocess.run(
            [*command, "--", *(os.path.join(folder, p) for p in paths)],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        said = run.stderr.decode("utf-8", "replace").strip()
        if run.returncode == 0:
            return _answer(folder, run.stdout)
        if run.returncode == 2 and not isolated and _mentions_settings(said):
            again = check(ruff, folder, paths, codes, isolated=True, target=target)
            notice = f"ruff could not use the target's configuration and ran on its defaults: {_sentence(said)}"
            return Ruffed(again.diagnostics, again.failed, (notice, *again.notices))
        reason = f"ruff failed: {_sentence(said)}" if run.returncode >= 0 else f"ruff was killed by signal {-run.returncode}"
    except subprocess.TimeoutExpired:
        reason = f"ruff took longer than {SECONDS} seconds"
    if len(paths) == 1:
        return Ruffed({}, {paths[0]: reason})
    half = len(paths) // 2
    one = check(ruff, folder, paths[:half], codes, isolated=isolated, target=target)
    two = check(ruff, folder, paths[half:], codes, isolated=isolated, target=target)
    return Ruffed(one.diagnostics | two.diagnostics, one.failed | two.failed, tuple({*one.notices, *two.notices}))


def needed_versions(ruff: str, folder: str, paths: Sequence[str]) -> dict[str, str]:
    """The Python that each file's syntax needs (``3.14``) by ruff's judgement; a file that no Python takes is left out."""
    codes = ["F821"]
    newest = check(ruff, folder, paths, codes, isolated=True, target=NEWEST)
    sound = [
        p for p in paths
        if p not in newest.failed and all(d.code != SYNTAX for d in newest.diagnostics.get(p, ()))
    ]  # fmt: skip
    major, minor = sys.version_info[:2]
    old = check(ruff, folder, sound, codes, isolated=True, target=f"py{major}{minor}")
    needed = {}
    for path in sound:
        messages = [_ADDED_IN.search(d.message) for d in old.diagnostics.get(path, ()) if d.code == SYNTAX]
        minors = [int(m[1].partition(".")[2]) for m in messages if m]
        needed[path] = f"{major}.{max(minors, default=minor + 1)}"
    return needed


def _mentions_settings(said: str) -> bool:
    return any(word in said for word in ("onfiguration", "pyproject.toml", "ruff.toml", "required-version", "Failed to parse"))


def _sentence(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return " ".join(lines[:3]).removeprefix("ruff failed").strip()[:300] or "it gave no reason"


def _answer(folder: str, out: bytes) -> Ruffed:
    found: dict[str, list[Diagnostic]] = {}
    failed: dict[str, str] = {}
    prefix = os.path.join(os.path.realpath(folder), "")
    given = os.path.join(folder, "")
    for item in json.loads(out or b"[]"):
        name: str = item["filename"]
        path = name.removeprefix(given) if name.startswith(given) else name.removeprefix(prefix)
        if item["code"] in {"E902", "io-error"}:
            failed[path] = f"ruff could not read it: {item['message']}"
            continue
        if item["code"] == "F401" and path.endswith("__init__.py"):
            continue  # a package's face imports names for others to take
        found.setdefault(path, []).append(_diagnostic(item))
    return Ruffed(found, failed)


def _diagnostic(item: dict[str, Any]) -> Diagnostic:
    code: str = item["code"] or SYNTAX
    fix = item.get("fix")
    edits = tuple(Edit(_span(e), e["content"]) for e in fix["edits"]) if fix else ()
    known = CHOSEN.get(code)
    severity = known.severity if known else Severity.HIGH if code == SYNTAX else Severity.LOW
    title = (fix.get("message") or "").rstrip(".") if fix else ""
    return Diagnostic(code, item["message"], _span(item), severity, fix_title=title, edits=edits)


def _span(item: dict[str, Any]) -> Span:
    start, end = item["location"], item["end_location"]
    return Span(start["row"], start["column"], end["row"], end["column"])
