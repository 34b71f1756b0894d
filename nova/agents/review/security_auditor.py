"""security-auditor: secrets and dangerous calls, the worst first. Patterns, no proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import against_a_base, failed
from nova.orchestrator.handoff import Done, Evidence
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

MOST = 5
"""Places that are told of one group."""
ASKED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "secrets": (("secret*", "password*", "credential*", "api key*", "apikey*", "token*", "private key*", "aws key*",
                 "leak*"), ("no-secrets", "no-application-keys")),
    "eval and exec": (("eval", "exec"), ("S102", "S307")),
    "shell commands": (("shell", "subprocess", "command injection", "os.system"), ("S602", "S604", "S605", "S609")),
    "SQL as text": (("sql*",), ("S608", "S610", "S611")),
    "unsafe loading": (("pickle*", "yaml", "deseriali*", "unpickl*", "marshal"), ("S301", "S302", "S506", "S202")),
    "certificate checks": (("certificate*", "ssl", "tls", "https", "verify"),
                           ("S323", "S501", "S502", "S503", "S504", "S505", "S507")),
    "unescaped text": (("xss", "escap*", "template*"), ("S308", "S701", "S702", "S704")),
    "weak hashes": (("md5", "sha1", "hash*", "crypto", "cipher*"), ("S324", "S303", "S304", "S305")),
    "debug switches": (("debug",), ("S201",)),
    "requests without a time limit": (("timeout*", "time limit*"), ("S113",)),
}  # fmt: skip
"""What may be asked for alone: the words, and the codes."""
INSTEAD = {
    "no-application-keys": "read it from the environment where the program is not handed out",
    "no-secrets": "revoke it, read it from the environment, and remember that history keeps it",
    "S102": "a table of functions, or a parser for what the input may say",
    "S307": "ast.literal_eval for literals, a parser for anything more",
    "S602": "a list of arguments and no shell",
    "S605": "subprocess.run with a list of arguments",
    "S608": "parameters of the query, and names from a fixed list",
    "S611": "the query set's own methods, or parameters",
    "S301": "a format that holds data alone, such as JSON, or a signature that is checked first",
    "S506": "yaml.safe_load",
    "S202": "extractall(filter='data')",
    "S323": "ssl.create_default_context()",
    "S501": "leave verify on; name the authority's file where it is one of your own",
    "S324": "hashlib.sha256, or a password hash such as scrypt; usedforsecurity=False where nothing is protected",
    "S701": "autoescape=True",
    "S104": "127.0.0.1, unless others are meant to reach it",
    "S108": "tempfile.mkstemp or a TemporaryDirectory",
    "S306": "tempfile.mkstemp",
    "S113": "timeout=(connect, read) in seconds",
    "S201": "the debug switch from the environment, off by default",
}


def work(task: Task, tools: Tools) -> Step:
    """Look, leave what was not asked for, and tell it in groups."""
    change = words.change(task.goal)
    named = [p.path for p in words.places(task.goal) if p.path != change.diff]
    asked: dict[str, Any] = {"path": named[0]} if named else {}
    if change.staged:
        asked["staged"] = True
    elif change.diff:
        asked["diff"] = change.diff
    kinds = [kind for kind, (stems, _) in ASKED.items() if words.any_of(task.goal, *stems)]
    tools.say("looking for secrets and dangerous calls")
    try:
        data = against_a_base("dangers", asked, tools) if change.branch else tools.call("dangers", **asked)
    except (ToolFailed, Refused) as error:
        return failed(error)
    codes = {code for kind in kinds for code in ASKED[kind][1]}
    groups = [_only(group, codes) for group in data["groups"]] if codes else data["groups"]
    groups = [group for group in groups if group["found"]]
    return Done(
        _told(data, groups, kinds),
        {"scope": data["scope"], "groups": groups, "aside": data["aside"], "files": data["files"], "looked_for": kinds},
        tuple(Evidence(row["code"], row["path"], row["line"]) for group in groups for row in group["found"]),
        complete=not data["failed"],
    )


def _only(group: Mapping[str, Any], codes: set[str]) -> dict[str, Any]:
    return {**group, "found": [row for row in group["found"] if row["code"] in codes]}


def _told(data: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], kinds: Sequence[str]) -> str:
    count = sum(len(group["found"]) for group in groups)
    what = f" of {words.listed(kinds)}" if kinds else ""
    files = words.counted(data["files"], "file")
    if not count:
        looked = words.listed(kinds) if kinds else "secrets, and calls and texts that are known to be dangerous"
        lines = [
            f"Looked in {files} ({data['scope']}) for {looked}: no such pattern found. That does not prove it safe."
        ]
    else:
        head = f"{words.counted(count, 'place')}{what} in {files} ({data['scope']}), the worst first."
        lines = [f"{head} Each is a pattern, not proof: whether input from outside reaches it was not followed."]
    for n, group in enumerate(groups, 1):
        lines.append(f"{n}. {group['title']} ({len(group['found'])}): {group['consequence']}.")
        lines += [f"   {_row(row)}" for row in group["found"][:MOST]]
        if len(group["found"]) > MOST:
            lines.append(f"   and {len(group['found']) - MOST} more")
        lines += [f"   Instead: {text}." for text in _instead(group["found"])]
    if data["aside"]:
        lines.append(f"Not counted: {data['aside']} in tests, examples and scripts.")
    if data["failed"]:
        lines.append(f"Could not be read: {words.listed(f['path'] for f in data['failed'])}.")
    lines += [f"Note: {notice}." for notice in data["notices"]]
    return "\n".join(lines)


def _row(row: Mapping[str, Any]) -> str:
    symbol = f" {row['symbol']}" if row["symbol"] else ""
    return f"{row['path']}:{row['line']}{symbol} {row['code']}: {row['message'].rstrip('.')}"


def _instead(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(INSTEAD[row["code"]] for row in rows if row["code"] in INSTEAD))[:2]
