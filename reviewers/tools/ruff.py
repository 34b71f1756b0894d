"""ruff as a child process: a chosen set of its rules, under the target's own configuration."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewers.finding import Edit, Severity, Span
from reviewers.text import Undecodable, decoded
from reviewers.tools.ruff_rules import CHOSEN
from reviewers.tools.ruff_settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SYNTAX = "invalid-syntax"
NEWEST = "py315"
_ADDED_IN = re.compile(r"added in Python (3\.\d+)")
_UNREADABLE = "E902"
"""Only when it is asked for does ruff tell that it could not read a file."""
_NO_UTF8 = "did not contain valid UTF-8"
SECONDS = 100
"""How long ``check`` takes at most, whatever the files do to ruff."""
SECONDS_AT_ONCE = 20
SECONDS_ALONE = 5


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
    files are halved until the one that kills it stands alone; where it hangs, it is asked about each on its own.
    """
    if not paths or not codes:
        return Ruffed({}, {})
    settings = Settings(folder)
    blocked = settings.unreadable(paths)
    notices = (f"ruff ran on its defaults: {blocked} is not a regular file",) if blocked else ()
    call = _Call(ruff, folder, tuple(codes), target, time.monotonic() + SECONDS)
    governing = None if isolated or blocked else settings
    answer = call.ask(paths, governing, SECONDS_AT_ONCE)
    foreign = {path: text for path, why in answer.failed.items() if _NO_UTF8 in why and (text := _text(folder, path))}
    if foreign:
        failed = {path: why for path, why in answer.failed.items() if path not in foreign}
        told = (call.ask([path], governing, SECONDS_ALONE, text) for path, text in foreign.items())
        answer = _joined([replace(answer, failed=failed), *told])
    return replace(answer, notices=(*notices, *answer.notices))


def _text(folder: str, path: str) -> str:
    """The text of a file in an encoding of its own: ruff itself reads UTF-8 alone. Empty where it cannot be had."""
    try:
        return decoded(Path(folder, path).read_bytes())
    except (OSError, Undecodable):
        return ""


@dataclass(frozen=True, slots=True)
class _Call:
    """What all the child processes of one ``check`` share."""

    ruff: str
    folder: str
    codes: tuple[str, ...]
    target: str
    deadline: float

    def ask(self, paths: Sequence[str], settings: Settings | None, seconds: float, text: str | None = None) -> Ruffed:
        """The answer for some files; without ``settings`` ruff runs on its defaults. ``text`` is the one file's own."""
        seconds = min(seconds, self.deadline - time.monotonic())
        if seconds <= 0:
            return Ruffed({}, dict.fromkeys(paths, "there was no time left for ruff: it was busy with other files"))
        try:
            run = subprocess.run(
                [*self._command(settings), *self._files(paths, text)],
                cwd=self.folder, env={k: v for k, v in os.environ.items() if not k.startswith("RUFF_")},
                stdin=subprocess.DEVNULL if text is None else None, input=text and text.encode(),
                capture_output=True, timeout=seconds, check=False,
            )  # fmt: skip
        except OSError as error:
            return Ruffed({}, dict.fromkeys(paths, f"ruff could not be started: {error.strerror or error}"))
        except subprocess.TimeoutExpired:
            if len(paths) == 1:
                return Ruffed({}, {paths[0]: f"ruff took longer than {seconds:.0f} seconds"})
            return _joined(self.ask([path], settings, SECONDS_ALONE) for path in paths)
        said = run.stderr.decode("utf-8", "replace").strip()
        if run.returncode == 0:
            return _answer(self.folder, run.stdout, paths, settings)
        if run.returncode == 2 and settings is not None and _mentions_settings(said):
            again = self.ask(paths, None, seconds)
            notice = f"ruff could not use the target's configuration and ran on its defaults: {_sentence(said)}"
            return replace(again, notices=(notice, *again.notices))
        if len(paths) == 1:
            why = f"killed by signal {-run.returncode}" if run.returncode < 0 else ""
            return Ruffed({}, {paths[0]: f"ruff was {why}" if why else f"ruff failed: {_sentence(said)}"})
        half = len(paths) // 2
        return _joined(self.ask(part, settings, seconds) for part in (paths[:half], paths[half:]))

    def _files(self, paths: Sequence[str], text: str | None) -> list[str]:
        files = [os.path.join(self.folder, path) for path in paths]
        return ["--", *files] if text is None else ["--stdin-filename", *files, "-"]

    def _command(self, settings: Settings | None) -> list[str]:
        command = [
            self.ruff, "check", "--no-cache", "--no-fix", "--quiet", "--exit-zero", "--force-exclude",
            "--output-format", "json", "--select", ",".join((*self.codes, _UNREADABLE)),
        ]  # fmt: skip
        if settings is None:
            command.append("--isolated")
        if self.target:
            command += ["--target-version", self.target]
        return command


def _joined(parts: Iterable[Ruffed]) -> Ruffed:
    diagnostics: dict[str, list[Diagnostic]] = {}
    failed: dict[str, str] = {}
    notices: dict[str, None] = {}
    for part in parts:
        diagnostics |= part.diagnostics
        failed |= part.failed
        notices |= dict.fromkeys(part.notices)
    return Ruffed(diagnostics, failed, tuple(notices))


def needed_versions(ruff: str, folder: str, paths: Sequence[str]) -> dict[str, str]:
    """The Python that each file's syntax needs (``3.14``) as ruff sees it; a file that no Python takes is left out."""
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
    return any(
        word in said for word in ("onfiguration", "pyproject.toml", "ruff.toml", "required-version", "Failed to parse")
    )


def _sentence(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return " ".join(lines[:3]).removeprefix("ruff failed").strip()[:300] or "it gave no reason"


def _answer(folder: str, out: bytes, paths: Sequence[str], settings: Settings | None) -> Ruffed:
    found: dict[str, list[Diagnostic]] = {}
    failed: dict[str, str] = {}
    prefix = _shown(os.path.join(os.path.realpath(folder), ""))
    given = _shown(os.path.join(folder, ""))
    shown = {_shown(p): p for p in paths}
    for item in json.loads(out or b"[]"):
        name: str = item["filename"]
        below = name.removeprefix(given) if name.startswith(given) else name.removeprefix(prefix)
        path = shown.get(below, below)
        if item["code"] in {_UNREADABLE, "io-error"}:
            failed[path] = f"ruff could not read it: {item['message']}"
        elif settings is None or not settings.ignores(path, item["code"] or SYNTAX):
            found.setdefault(path, []).append(_diagnostic(item))
    return Ruffed(found, failed)


def _shown(path: str) -> str:
    """A path as ruff prints it: what is no UTF-8 is replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


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
