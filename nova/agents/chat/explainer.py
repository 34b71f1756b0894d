"""explainer: what a file, a function, a line, a rule or a finding is, each sentence with its source.

Nothing is said that a tool did not answer: purposes come from docstrings and commit messages alone, as quotations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import Asked, elsewhere, failed
from nova.agents.chat import _said as say
from nova.orchestrator.handoff import Done, Evidence, Handoff, Question
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

MOST_OFFERED = 5
MOST_WORDS = 2
"""An answer of more words that names nothing is a request of its own."""
MOST_TRIED = 3
"""Plain words of a message that are looked for as names."""


def work(task: Task, tools: Tools) -> Step:
    """Find what is meant, surest first: a finding, a line, a file, a name, a rule."""
    text = task.goal
    try:
        return _explained(text, task, tools)
    except (ToolFailed, Refused) as error:
        return failed(error)


def _explained(text: str, task: Task, tools: Tools) -> Step:
    word = words.finding(text)
    if word:
        return _finding(word, tools)
    named = words.places(text)
    if named:
        place = named[0]
        if words.any_of(text, "any bugs", "is it right", "is this right", "any good", "anything wrong"):
            return Handoff("code-reviewer", "whether code is right is for a review to say", text)
        symbol = next(iter(words.symbols(text)), "")
        return _line(place.path, place.line, place.end_line, tools) if place.line else _file(place.path, symbol, tools)
    for name in words.symbols(text):
        found = tools.call("defined", name=name)
        if found["definitions"]:
            return _named(name, found, task, tools)
        if found["modules"]:
            return _file(found["modules"][0], "", tools)
    asked = Asked(tools)
    for name in words.rules(text):
        page = asked.call("rule_page", rule=name)
        if page is not None:
            return _rule(page)
    for name in words.plain_words(text)[:MOST_TRIED]:
        found = tools.call("defined", name=name)
        if found["definitions"]:
            return _named(name, found, task, tools)
    tried = [*words.symbols(text), *words.rules(text)]
    if tried and not task.answers:
        return Question(
            f"Nothing in this repository, and no rule, is called {words.listed(tried)}. Which file, function, line, "
            "rule or finding is meant? (such as  shop/cart.py,  Cart.total,  shop/cart.py:42,  B006,  finding 3)"
        )
    if task.answers:
        return _answered(task, tools)
    return Question(
        "What is to be explained: a file, a function, a line, a rule or a finding? "
        "(such as  shop/cart.py,  Cart.total,  shop/cart.py:42,  B006,  finding 3)"
    )


def _answered(task: Task, tools: Tools) -> Step:
    """The last answer to a question, taken as the name of the thing itself."""
    last = task.answers[-1].strip()
    place = words.places(last)
    if words.finding(last) or place or last.isdigit():
        if last.isdigit():
            return _finding(last, tools)
        if words.finding(last):
            return _finding(words.finding(last), tools)
        return (
            _line(place[0].path, place[0].line, place[0].end_line, tools)
            if place[0].line
            else _file(place[0].path, "", tools)
        )
    for name in (*words.symbols(last), last.strip("`'\"().,?! ")):
        if name and " " not in name:
            found = tools.call("defined", name=name)
            if found["definitions"]:
                return _definition(found["definitions"][0], tools)
    if len(last.split()) > MOST_WORDS:
        return elsewhere(last)
    page = Asked(tools).call("rule_page", rule=last) if " " not in last else None
    if page is not None:
        return _rule(page)
    return Done(f"There is nothing called {last} in this repository that could be explained.", complete=False)


def _named(name: str, found: Mapping[str, Any], task: Task, tools: Tools) -> Step:
    """One definition of a name; where several could be meant, which is asked for."""
    every: Sequence[Mapping[str, Any]] = found["definitions"]
    own = [d for d in every if not d["aside"]] or list(every)
    if len(own) == 1:
        return _definition(own[0], tools)
    options = [f"{d['path']}:{d['line']} {d['symbol']}" for d in own[:MOST_OFFERED]]
    if task.answers:
        chosen = words.chosen(task.answers[-1], options)
        if chosen:
            return _definition(own[options.index(chosen)], tools)
        return _answered(task, tools)
    more = f" (and {len(own) - MOST_OFFERED} more)" if len(own) > MOST_OFFERED else ""
    return Question(f"{name} is defined in {len(own)} places{more}. Which one?", tuple(options))


def _finding(word: str, tools: Tools) -> Step:
    told = tools.call("finding", id=word)
    asked = Asked(tools)
    page = asked.call("rule_page", rule=told["finding"]["rule"])
    f = told["finding"]
    blame = None
    if told["present"]:
        blame = asked.call("blame", path=f["path"], line=f["line"], end_line=f["end_line"])
    lines = say.finding(told, page, blame)
    places = [(f["path"], f["line"])] if told["present"] else []
    proofs = [Evidence(f["rule"], p, n) for p, n in places] + [Evidence("rule", f["rule"])]
    return Done("\n".join([*lines, *asked.said()]), {**told, "rule": page, "blame": blame}, tuple(proofs))


def _rule(page: Mapping[str, Any]) -> Step:
    return Done(str(page["page"]).rstrip(), dict(page), (Evidence("rule", str(page["rule"])),))


def _line(path: str, line: int, end_line: int, tools: Tools) -> Step:
    outline = tools.call("outline", path=path)
    holder = _around(outline["definitions"], line)
    source = tools.call("source", path=path, line=line, end_line=max(end_line, line))
    blame = Asked(tools).call("blame", path=path, line=line, end_line=max(end_line, line))
    lines = say.stretch(source, holder, blame)
    return Done(
        "\n".join(lines),
        {"path": source["path"], "lines": source["lines"], "in": holder, "blame": blame},
        (Evidence("line", source["path"], line), *say.commits(blame)),
    )


def _around(definitions: Sequence[Mapping[str, Any]], line: int) -> Mapping[str, Any] | None:
    """The innermost definition that a line lies in."""
    inside = [d for d in definitions if d["line"] <= line <= d["end_line"]]
    return max(inside, key=lambda d: d["line"], default=None)


def _file(path: str, symbol: str, tools: Tools) -> Step:
    outline = tools.call("outline", path=path)
    if symbol:
        fitting = [d for d in outline["definitions"] if f".{d['symbol']}".endswith(f".{symbol}")]
        if fitting:
            return _definition({"path": outline["path"], **fitting[0]}, tools)
    blame = Asked(tools).call("blame", path=path)
    lines = say.file(outline, blame)
    if symbol:
        lines.append(f"Nothing called {symbol} is defined in {outline['path']}.")
    return Done(
        "\n".join(lines),
        {"outline": outline, "blame": blame},
        (Evidence("file", outline["path"], 1), *say.commits(blame)),
    )


def _definition(place: Mapping[str, Any], tools: Tools) -> Step:
    outline = tools.call("outline", path=place["path"])
    path, symbol = outline["path"], place["symbol"]
    told = next(d for d in outline["definitions"] if d["symbol"] == symbol and d["def_line"] >= place["line"] - 1)
    asked = Asked(tools)
    callers = asked.call("callers", path=path, symbol=symbol)
    blame = asked.call("blame", path=path, line=told["line"], end_line=told["end_line"])
    inside = [d for d in outline["definitions"] if d["symbol"].rpartition(".")[0] == symbol]
    return Done(
        "\n".join([*say.definition(path, told, inside, callers, blame), *asked.said()]),
        {"path": path, "definition": told, "callers": callers, "blame": blame},
        (
            Evidence(symbol, path, told["def_line"]),
            *(Evidence("call", c["path"], c["line"]) for c in (callers or {"callers": []})["callers"][:5]),
            *say.commits(blame),
        ),
        complete=not asked.failed,
    )
