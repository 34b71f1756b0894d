"""pr-scribe: branches or draft pull requests of proved fixes; every write is shown and approved first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import failed
from nova.agents.review.patch_smith import CHOSEN, DRAFTS, TOP, told
from nova.orchestrator.handoff import Artifact, Done
from nova.orchestrator.tool import Queued, Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

_POSTING = ("pull request*", "pr", "prs", "github", "post", "publish*", "push*", "merge request*", "upstream", "draft*")
_STAYING = ("don't push", "do not push", "without pushing", "local", "locally")


def work(task: Task, tools: Tools) -> Step:
    """Write what the patch-smith proved, or what can be proved now; a write that nobody may allow now waits."""
    by_night = "proposals" in task.options
    posts = task.options["proposals"] == DRAFTS if by_night else _asks_to_post(task.goal)
    try:
        rows, head = _chosen(task, tools, posts=posts)
        if not rows and not posts:
            return Done(head or "There is nothing to propose.", {"proposals": []})
        return _written(rows, head, tools, posts=posts, by_night=by_night)
    except (ToolFailed, Refused) as error:
        return failed(error)


def _asks_to_post(goal: str) -> bool:
    return words.any_of(goal, *_POSTING) and not words.any_of(goal, *_STAYING)


def _chosen(task: Task, tools: Tools, *, posts: bool) -> tuple[Sequence[Mapping[str, Any]], str]:
    """What was handed over; else what is worth proposing now, and that in words."""
    handed = next((one for one in task.artifacts if one.name == CHOSEN), None)
    if handed is not None:
        return handed.data, ""
    tools.say("choosing and proving fixes")
    found = tools.call("proved_fixes", top=TOP, renew=posts)
    return [one for one in found["proposals"] if posts or not one["there"]], told(found)


def _written(
    rows: Sequence[Mapping[str, Any]], head: str, tools: Tools, *, posts: bool, by_night: bool
) -> Done:  # fmt: skip
    given = [{name: one[name] for name in ("rule", "branch", "title")} for one in rows]
    try:
        done = tools.call("post_proposals" if posts else "propose", proposals=given)
    except Queued:
        what = words.counted(len(rows), "branch waits", "branches wait") if rows else "what is open waits"
        text = f"Nothing is written yet: {what} for a person's yes."
        return Done("\n".join(filter(None, (head, text))), {"proposals": [], "waits": given}, complete=by_night)
    lines = [*([head] if head else []), *_lines(done)]
    return Done(
        "\n".join(lines), done, (),
        (Artifact("branches", "branches", [one["branch"] for one in done["proposals"]]),),
        complete=bool(done.get("whole", True)),
    )  # fmt: skip


def _lines(done: Mapping[str, Any]) -> list[str]:
    """What was made, line by line, and what was not."""
    made = done["proposals"]
    numbers: Mapping[str, int] = done.get("pull_requests", {})
    lines = [f"{words.counted(len(made), 'branch', 'branches')} made." if made else "No branch was made."]
    for count, one in enumerate(made, 1):
        number = numbers.get(one["branch"])
        where = f"pull request #{number}" if number else f"git diff ...{one['branch']}  shows it"
        lines.append(f"{count}. {one['title']}: {where}.")
    lines += list(done.get("posted", ()))
    written = {one["rule"] for one in made}
    return lines + [f"Left: {rule}, {why}." for rule, why in sorted(done["left"].items()) if rule not in written]
