"""The sentences of the explainer: each says only what a tool answered, and where that stands. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.orchestrator.handoff import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 12
"""Definitions that are listed of one file or class."""


def file(outline: Mapping[str, Any], blame: Mapping[str, Any] | None) -> list[str]:
    """A file: what it says of itself, what it defines and imports, who wrote it."""
    path = outline["path"]
    top = [d for d in outline["definitions"] if "." not in d["symbol"]]
    inner = len(outline["definitions"]) - len(top)
    lines = [f"{path}: {words.counted(outline['lines'], 'line')}, {_kinds(outline['definitions'])}."]
    lines.append(
        _quoted(outline["doc"], f"{path}:1") or f"It has no docstring, so nothing here says what it is for ({path}:1)."
    )
    lines += [
        f"- {path}:{d['def_line']} {d['signature']}{_doc(d)}{_members(d, outline['definitions'])}" for d in top[:MOST]
    ]
    if len(top) > MOST:
        lines.append(f"- and {len(top) - MOST} more at the top level")
    if inner and not top:
        lines.append(f"- {words.counted(inner, 'definition')} inside of others")
    if outline["imports"]:
        modules = sorted({name.rpartition(".")[0] or name for name in outline["imports"]})
        lines.append(f"It imports from {words.listed(modules, 8)}.")
    return [*lines, *history(blame, "Its lines come")]


def definition(
    path: str,
    d: Mapping[str, Any],
    inside: Sequence[Mapping[str, Any]],
    callers: Mapping[str, Any] | None,
    blame: Mapping[str, Any] | None,
) -> list[str]:
    """A function or class: signature, docstring, measures, callers, history."""
    where = f"{path}:{d['line']}-{d['end_line']}"
    lines = [f"{d['symbol']} is {_a(d['kind'])} in {where}:", f"    {d['signature']}"]
    if d["decorators"]:
        lines.append(
            f"It is decorated with {words.listed('@' + name for name in d['decorators'])} ({path}:{d['line']})."
        )
    lines.append(
        _quoted(d["doc"], f"{path}:{d['def_line']}")
        or f"It has no docstring, so nothing here says what it is for ({path}:{d['def_line']})."
    )
    if d["kind"] == "class":
        lines += [f"- {path}:{m['def_line']} {m['signature']}{_doc(m)}" for m in inside[:MOST]]
        lines += [f"- and {len(inside) - MOST} more"] if len(inside) > MOST else []
    if d.get("measures"):
        m = d["measures"]
        lines.append(
            f"It takes {words.counted(m['parameters'], 'parameter')} and has {words.counted(m['lines'], 'line')}, "
            f"cyclomatic complexity {m['cyclomatic']}, cognitive {m['cognitive']}, nesting {m['nesting']} ({where})."
        )
    if d["raises"]:
        raised = words.listed(dict.fromkeys(f"{r['what']} ({path}:{r['line']})" for r in d["raises"]))
        lines.append(f"It raises {raised} by itself; what comes from what it calls was not followed.")
    if callers is not None:
        lines += _callers(callers)
    return [*lines, *history(blame, "It was last changed")]


def stretch(source: Mapping[str, Any], holder: Mapping[str, Any] | None, blame: Mapping[str, Any] | None) -> list[str]:
    """Some lines: what they are part of, what they say, who wrote them."""
    path, rows = source["path"], source["lines"]
    if not rows:
        return [f"{path} has {words.counted(source['of'], 'line')}: the lines named are not there."]
    first, last = rows[0]["line"], rows[-1]["line"]
    place = f"{path}:{first}" if first == last else f"{path}:{first}-{last}"
    lines = [
        f"{place} lies in {holder['symbol']}, {_a(holder['kind'])} ({path}:{holder['line']}-{holder['end_line']})."
        if holder
        else f"{place} lies at the top level of the file."
    ]
    if holder and holder["doc"]:
        lines.append(f'Its docstring says: "{holder["doc"]}" ({path}:{holder["def_line"]}).')
    lines += [f"  {row['line']:>5}  {row['text']}" for row in rows[:20]]
    lines += [f"  and {len(rows) - 20} more lines"] if len(rows) > 20 else []
    return [*lines, *history(blame, "These lines come")]


def finding(told: Mapping[str, Any], page: Mapping[str, Any] | None, blame: Mapping[str, Any] | None) -> list[str]:
    """A finding: what and where, why it is told of, what became of it, and the fix."""
    f = told["finding"]
    if not told["present"]:
        lines = [f"{f['rule']} in {f['path']}: {f['message']}.", "It is not there any more."]
        return [*lines, *_life(told["history"]), *_rule(page)]
    place = f"{f['path']}:{f['line']}" + (f" in {f['symbol']}" if f["symbol"] else "")
    name = f"{f['rule']} ({f['severity']}), finding {f['id'][:10]}"
    lines = [f"{place}, {name}: {f['message'].rstrip('.')}."]
    lines += [f"  {row['line']:>5}  {row['text']}" for row in told["excerpt"]]
    lines += _rule(page)
    if f["reasons"]:
        lines.append(f"It is ranked {f['rank']} because: {'; '.join(f['reasons'])}.")
    lines += [f"It belongs together with {r['path']}:{r['line']}: {r['message']}." for r in f["related"]]
    lines += _life(told["history"])
    if told["verdict"]:
        v = told["verdict"]
        because = f", because: {v['because']}" if v["because"] else ""
        lines.append(f"{v['by'] or 'Somebody'} said {v['verdict']} on {v['when'][:10]}{because}.")
    if f["fix"]:
        lines += [f"Fix ({f['fix']['safety']}): {f['fix']['title']}.", f["fix"]["patch"].rstrip()]
    else:
        lines.append("No fix can be made for it by itself.")
    return [*lines, *history(blame, "The lines come")]


def history(blame: Mapping[str, Any] | None, begin: str) -> list[str]:
    """Who wrote the present lines last and what they said of it; nothing where git does not know."""
    if blame is None or not blame["commits"]:
        return ["Who wrote it is not known: git was not to be asked."]
    first, *others = blame["commits"]
    if not first["commit"]:
        told = [f"{words.counted(first['count'], 'line')} of it are not committed yet."]
        if not others:
            return told
        first, *others = others
    else:
        told = []
    verb = {"It was last changed": "in", "Its lines come": "last from", "These lines come": "last from"}.get(
        begin, "from"
    )
    body = first["body"].partition("\n\n")[0].replace("\n", " ").strip()
    why = f' The message goes on: "{body[:300]}"' if body else ""
    told.append(
        f'{begin} {verb} {first["commit"][:10]} by {first["author"]} on {first["when"]}: "{first["subject"]}" '
        f"({words.counted(first['count'], 'line')}).{why}"
    )
    if others:
        some = [f"{c['commit'][:10]} ({c['when']}, {words.counted(c['count'], 'line')})" for c in others[:3]]
        more = blame["of"] - len(blame["commits"]) + len(others) - len(some)
        told.append(f"Older lines come from {words.listed([*some, *(['others'] if more else [])])}.")
    return told


def commits(blame: Mapping[str, Any] | None) -> list[Evidence]:
    """The commits as evidence."""
    return [Evidence("commit", c["commit"]) for c in (blame or {"commits": []})["commits"] if c["commit"]]


def _callers(told: Mapping[str, Any]) -> list[str]:
    sure = [c for c in told["callers"] if c["certain"]]
    maybe = [c for c in told["callers"] if not c["certain"]]
    if not told["of"]:
        return ["No call of it was found in the project: it may be called from outside, by a framework, or not at all."]
    lines = []
    if sure:
        lines.append(f"It is called in {words.counted(told['certain'], 'place')}: {_calls(sure, told['certain'], 5)}.")
    if maybe:
        also = "also " if sure else ""
        others = words.counted(told["namesakes"], "other definition has", "other definitions have")
        why = f", for {others} that name" if told["namesakes"] else ""
        more = told["of"] - told["certain"]
        lines.append(
            f"Something of that name is {also}called in {words.counted(more, 'place')} where it is not certain to be "
            f"this one{why}: {_calls(maybe, more, 3)}."
        )
    return lines


def _calls(rows: Sequence[Mapping[str, Any]], of: int, most: int) -> str:
    """The first of some calls, and how many more there are."""
    some = [_call(c) for c in rows[:most]]
    return words.listed([*some, f"{of - len(some)} more"] if of > len(some) else some, most + 1)


def _call(c: Mapping[str, Any]) -> str:
    return f"{c['path']}:{c['line']}" + (f" ({c['symbol']})" if c["symbol"] else "")


def _rule(page: Mapping[str, Any] | None) -> list[str]:
    if page is None:
        return []
    read = f" Of {page['read']} of its findings read by hand elsewhere, {page['right']} were right."
    return [f"The rule {page['rule']}: {page['summary'].rstrip('.')}.{read if page['read'] else ''}"]


def _life(history_: Sequence[Mapping[str, Any]]) -> list[str]:
    if not history_:
        return []
    told = words.listed((f"{e['what']} at {(e['commit'] or 'no commit')[:10]} ({e['when'][:10]})" for e in history_), 6)
    return [f"So far: {told}."]


def _kinds(definitions: Sequence[Mapping[str, Any]]) -> str:
    classes = sum(d["kind"] == "class" for d in definitions)
    methods = sum(d["kind"].endswith("method") for d in definitions)
    functions = len(definitions) - classes - methods
    parts = [
        words.counted(number, noun, plural)
        for number, noun, plural in (
            (classes, "class", "classes"), (functions, "function", "functions"), (methods, "method", "methods"))
        if number
    ]  # fmt: skip
    return words.listed(parts) if parts else "nothing defined"


def _members(d: Mapping[str, Any], every: Sequence[Mapping[str, Any]]) -> str:
    count = sum(m["symbol"].rpartition(".")[0] == d["symbol"] for m in every) if d["kind"] == "class" else 0
    return f" ({words.counted(count, 'member')})" if count else ""


def _doc(d: Mapping[str, Any]) -> str:
    return f': "{d["doc"].rstrip(".")}"' if d["doc"] else ""


def _quoted(doc: str, where: str) -> str:
    return f'Its docstring says: "{doc}" ({where}).' if doc else ""


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
