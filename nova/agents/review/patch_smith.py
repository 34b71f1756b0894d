"""patch-smith: fixes with their proof, for what is named; or the fixes that are worth proposing, and why not others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import Asked, failed, quoted, returned
from nova.orchestrator.handoff import Artifact, Done, Evidence, Handoff
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

MOST = 10
TOP = 3
SCRIBE = "pr-scribe"
CHOSEN = "proposals"
"""The artifact that holds what was chosen: rows of the tool ``proved_fixes``."""
DRAFTS = "drafts"
"""The way of ``nova nightly --post``; any other way keeps what is proposed on this machine."""
_PROPOSING = ("propose", "proposal*", "pull request*", "branch*", "merge request*", "draft*", "tonight")


def work(task: Task, tools: Tools) -> Step:
    """Prove what is to be proposed in a night or where that was asked for; else the fixes of what is named."""
    by_night = "proposals" in task.options
    named = _named(task)
    try:
        if by_night or (not any(named.values()) and words.any_of(task.goal, *_PROPOSING)):
            return _propose(task, tools)
        return _fixes(named, tools)
    except (ToolFailed, Refused) as error:
        return failed(error)


def _named(task: Task) -> dict[str, Any]:
    """What the request names: a path, rules or a finding."""
    text = f"{task.goal}\n{task.brief}"
    places = words.places(text)
    return {"path": places[0].path if places else "", "rules": list(words.rules(text)), "finding": words.finding(text)}


def _propose(task: Task, tools: Tools) -> Step:
    top = int(task.options.get("top", TOP))
    way = str(task.options.get("proposals", ""))
    tools.say("choosing and proving fixes")
    chosen = tools.call("proved_fixes", top=top, renew=way == DRAFTS)
    rows = [one for one in chosen["proposals"] if way == DRAFTS or not one["there"]]
    back = returned(task, SCRIBE)
    wanted = bool(rows) or way == DRAFTS  # what is open is kept up to date though nothing is new
    if back is None and wanted:
        return Handoff(
            SCRIBE, f"{words.counted(len(rows), 'fix is', 'fixes are')} proved on {chosen['base'][:10]}",
            f"propose {words.counted(len(rows), 'proved fix', 'proved fixes')}",
            brief="\n".join(f"{one['rule']}: {one['title']}" for one in rows),
            artifacts=(Artifact(CHOSEN, CHOSEN, rows),),
        )  # fmt: skip
    text = "\n".join(part for part in (told(chosen), quoted(back)) if part)
    data = {**chosen, "written": back.answer.data if back is not None and back.answer is not None else None}
    evidence = tuple(Evidence(one["rule"], path) for one in rows for path in one["files"])
    return Done(text, data, evidence[:MOST], complete=back is None or bool(back.answer and back.answer.complete))


def told(chosen: Mapping[str, Any]) -> str:
    """What is worth proposing, in words, and why the rest is not."""
    on = f"{chosen['branch'] or 'the newest commit'} ({chosen['base'][:10]})"
    rows: Sequence[Mapping[str, Any]] = chosen["proposals"]
    made = words.counted(chosen["offered"], "fix", "fixes")
    lines = [f"What could be proposed on {on}: {made} made, {chosen['proved']} proved well enough."]
    for number, one in enumerate(rows, 1):
        before, after = one["measured"]["findings"]
        there = f"; its branch {one['branch']} is there" if one["there"] else ""
        lines.append(f"{number}. {one['title']}: {', '.join(one['proof'])}; findings {before} -> {after}{there}.")
    if not rows:
        lines.append("Nothing new is worth proposing.")
    lines += [f"Left: {rule}, {why}." for rule, why in sorted(chosen["left"].items())]
    return "\n".join([*lines, *(f"Note: {note}." for note in chosen["notices"])])


def _fixes(named: Mapping[str, Any], tools: Tools) -> Step:
    asked = Asked(tools)
    tools.say("making and proving fixes")
    given = {name: value for name, value in named.items() if value}
    found = asked.call("fixes", **given)
    if found is None:
        return Done("\n".join(asked.said()), complete=False)
    rows = found["fixes"]
    good = [one for one in rows if one["taken"]]
    about = words.listed([str(named["path"] or ""), *named["rules"]] if any((named["path"], named["rules"])) else [])
    scope = f" for {about}" if about.strip() else ""
    if not rows:
        lines = [f"No rule offers a fix{scope}: what is wrong there is for a person to mend."]
    else:
        lines = [f"{words.counted(len(rows), 'fix', 'fixes')}{scope}; {len(good)} proved well enough, and go together."]
        first = sorted(rows, key=lambda one: not one["taken"])[:MOST]
        lines += [f"{n}. {_row(one)}" for n, one in enumerate(first, 1)]
        lines += [f"and {len(rows) - MOST} more"] if len(rows) > MOST else []
    lines += [f"{m['path']}:{m['line']} {m['rule']}: {m['why']}." for m in found["missing"][:MOST]]
    if good:
        lines += ["", found["diff"].rstrip("\n")] + ["(cut; nova fix --diff  shows all of it)"] * found["is_cut"]
        lines += ["", f"Nothing is written.  {_command(named)}  writes it."]
    lines += [f"Note: {notice}." for notice in found["notices"]]
    return Done(
        "\n".join(lines), found, tuple(Evidence(one["rule"], one["path"], one["line"]) for one in rows[:MOST]),
        (Artifact("patch", "patch", found["diff"]),) if good else (),
        complete=found["status"] == "complete",
    )  # fmt: skip


def _row(one: Mapping[str, Any]) -> str:
    why = "" if one["taken"] else f" ({one['why'].rstrip('.')})"
    return f"{one['path']}:{one['line']} {one['rule']}, {one['proof']}: {one['title'].rstrip('.')}{why}."


def _command(named: Mapping[str, Any]) -> str:
    import shlex

    what = [str(named["finding"] or named["path"])] if named["finding"] or named["path"] else []
    rules = [word for rule in named["rules"] for word in ("--rule", rule)]
    return shlex.join(["nova", "fix", *what, *rules, "--apply"])
