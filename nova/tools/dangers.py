"""``dangers``: calls and texts that are often how a program is broken into. Patterns, no proofs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from nova.errors import UsageError
from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.snapshots import Tree
    from nova.subject import Subject
    from nova.tools import World


OWN = ("no-secrets", "no-application-keys")
"""Nova's own rules; all other codes are ruff's."""


class Group(NamedTuple):
    """Patterns with one consequence. The lower the number, the worse."""

    number: int
    title: str
    consequence: str
    codes: tuple[str, ...]


GROUPS = (
    Group(1, "secrets in the code", "whoever reads the code, or its history, can use them", ("no-secrets",)),
    Group(2, "code or commands made from data", "input that reaches it runs as code or as a shell command",
          ("S102", "S307", "S602", "S604", "S605", "S609")),
    Group(3, "SQL put together as text", "input that reaches it is read as SQL", ("S608", "S610", "S611")),
    Group(4, "loading objects from data", "crafted data runs code when it is loaded",
          ("S301", "S302", "S506", "S202")),
    Group(5, "certificates or keys not checked", "somebody in between can read and change what is sent",
          ("S323", "S501", "S502", "S503", "S504", "S505", "S507", "S508", "S509", "S312", "S321")),
    Group(6, "text that reaches a page unescaped", "input that reaches it runs in a visitor's browser",
          ("S308", "S701", "S702", "S704")),
    Group(7, "weak hashes and ciphers", "what they protect can be guessed or forged", ("S324", "S303", "S304", "S305")),
    Group(8, "open doors", "others on the machine or the network can reach it",
          ("S103", "S104", "S108", "S201", "S306")),
    Group(9, "XML that may attack its reader", "a small crafted document can fill the memory",
          ("S313", "S314", "S315", "S316", "S317", "S318", "S319")),
    Group(10, "requests without a time limit", "a server that never answers stops the caller for ever", ("S113",)),
    Group(11, "keys of applications", "whoever has the program has them too: a secret only where it is not handed out",
          ("no-application-keys",)),
)  # fmt: skip
CODES = tuple(code for group in GROUPS for code in group.codes if code not in OWN)
_GROUP_OF = {code: group for group in GROUPS for code in group.codes}


def work(
    _key: str, world: World, /, *, path: str = "", diff: str | None = None, staged: bool = False
) -> dict[str, Any]:
    """What there is of each group, the worst first; of a change, only what it brings in. Test code is counted apart.

    The text of a line is never given: it may hold the secret.
    """
    from nova import app
    from nova.rules import chosen
    from nova.tools._ground import request_of, reviewed

    request = request_of(world, path, diff=diff, staged=staged, everything=True)
    found = app.find_subject(request)
    if not set(OWN) <= set(chosen(found.target.select, found.target.ignore)[0]):
        request = replace(request, select=OWN)
    _, answer = reviewed(request)
    secrets = [
        {"code": f.rule, "path": f.path, "line": f.span.line, "symbol": f.symbol, "message": f.message}
        for f in answer.findings
        if f.rule in OWN and f.state.value != "dismissed"
    ]
    calls, failed, notices = _calls(found)
    return {
        "scope": answer.scope,
        **grouped([*secrets, *calls]),
        "files": answer.totals.files,
        "failed": [{"path": f.path, "reason": f.reason} for f in answer.failed]
        + [{"path": path, "reason": why} for path, why in failed.items()],
        "notices": notices,
    }


def grouped(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows by group, those of test code and the like only counted; pure."""
    from reviewers.paths import kind_of_path

    own = [row for row in rows if not kind_of_path(row["path"])]
    groups = []
    for group in GROUPS:
        mine = [dict(row) for row in own if _GROUP_OF[row["code"]] is group]
        if mine:
            mine.sort(key=lambda row: (group.codes.index(row["code"]), row["path"], row["line"]))
            groups.append({"title": group.title, "consequence": group.consequence, "found": mine})
    return {"groups": groups, "found": len(own), "aside": len(rows) - len(own)}


def _calls(found: Subject) -> tuple[list[dict[str, Any]], dict[str, str], list[str]]:
    """What ruff says, of a change only what its base does not hold; files it failed on; sentences about the run."""
    now, failed, notices = _ruffed(found, found.tree, None)
    if found.base is None:
        return [row for row, _ in now], failed, notices
    touched = {path for path in _paths(found, found.tree) if _differs(found, path)}
    renames = found.renames or {}
    old, _, _ = _ruffed(found, found.base, {renames.get(path, path) for path in touched})
    there: list[tuple[str, str, str]] = [(row["path"], row["code"], text) for row, text in old]
    fresh = []
    for row, text in now:
        key = renames.get(row["path"], row["path"]), row["code"], text
        if row["path"] not in touched or key in there:
            if key in there:
                there.remove(key)
            continue
        fresh.append(row)
    return fresh, failed, notices


def _differs(found: Subject, path: str) -> bool:
    assert found.base is not None
    before = {f.path: f.key for f in found.base.snapshot.files}
    now = {f.path: f.key for f in found.tree.snapshot.files}
    return now[path] != before.get((found.renames or {}).get(path, path))


def _paths(found: Subject, tree: Tree) -> list[str]:
    from nova.globs import matcher

    excluded = matcher(found.target.exclude)
    return [f.path for f in tree.snapshot.files if not excluded(f.path)]


def _ruffed(
    found: Subject, tree: Tree, only: set[str] | None
) -> tuple[list[tuple[dict[str, Any], str]], dict[str, str], list[str]]:
    """Each hit with the text of its line, by which it is known again; the text goes no further."""
    from pathlib import Path

    from nova.ground import laid_out
    from reviewers.tools import ruff

    try:
        program = ruff.find()
    except ruff.RuffMissing as error:
        raise UsageError(
            "ruff is missing, so dangerous calls cannot be looked for", why=str(error), next_step="install ruff"
        ) from error
    paths = [path for path in _paths(found, tree) if only is None or path in only]
    rows = []
    with laid_out(found, tree, paths) as (folder, lost):
        answer = ruff.check(program, folder, [path for path in paths if path not in lost], CODES)
        for path, told in sorted(answer.diagnostics.items()):
            hits = [d for d in told if d.code in _GROUP_OF]
            lines = Path(folder, path).read_bytes().decode("utf-8", "replace").split("\n") if hits else []
            for d in hits:
                text = lines[d.span.line - 1].strip() if d.span.line <= len(lines) else ""
                row = {"code": d.code, "path": path, "line": d.span.line, "symbol": None, "message": d.message}
                rows.append((row, text))
    return rows, {**lost, **answer.failed}, list(answer.notices)


TOOL = Tool(
    "dangers", "Secrets and dangerous calls by what they may lead to, the worst first; patterns, no proofs.", work
)
