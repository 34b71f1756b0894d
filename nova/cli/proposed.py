"""What came of proposing, as lines for a person and as data; shared by the commands that propose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.proposals import Made, Proposed


def told(done: Proposed, numbers: Mapping[str, int], posted: Sequence[str], *, written: bool) -> list[str]:
    """The proposals as lines. ``written``: whether their branches were made."""
    from nova.report.characters import visible

    on = f"on {done.branch or 'the newest commit'} ({done.base[:10]})"
    fixes = "1 fix was" if done.offered == 1 else f"{done.offered} fixes were"
    proved = f"{done.proved} {'is' if done.proved == 1 else 'are'} proved well enough"
    lines = [f"{fixes} made {on}, {proved}.", ""]
    for number, made in enumerate(done.made, 1):
        lines += [f"{number}. {made.words.title}", *(f"   {line}" for line in _about(made, written=written)), ""]
    if not done.made:
        lines += ["Nothing is proposed.", ""]
    lines += [f"left: {rule}, {why}" for rule, why in sorted(done.left.items())]
    lines += [f"pull request #{number}: {branch}" for branch, number in sorted(numbers.items())]
    lines += posted
    lines += [f"note: {note}" for note in done.notices]
    while lines and not lines[-1]:
        lines.pop()
    return [visible(line) for line in lines]


def _about(made: Made, *, written: bool) -> list[str]:
    (found, left), (complex_before, complex_after) = made.measured.findings, made.measured.complexity
    verdicts = ", ".join(sorted({file.proof.verdict.value for file in made.files}))
    lines = [
        f"{verdicts}; findings {found} -> {left}, complexity of its files {complex_before} -> {complex_after}",
        f"files: {', '.join(file.path for file in made.files)}",
    ]
    if written:
        lines.append(f"git diff ...{made.words.branch}  shows it")
        lines.append(f"git branch -D {made.words.branch}  takes it back")
    return lines


def data(done: Proposed, numbers: Mapping[str, int], lines: Sequence[str]) -> dict[str, Any]:
    """The proposals as data, with the pull request of each branch and the sentences on what was posted."""
    return {
        "base": done.base, "branch": done.branch, "offered": done.offered, "proved": done.proved,
        "proposals": [
            {"id": m.words.id, "rule": m.rule, "branch": m.words.branch, "commit": m.commit, "title": m.words.title,
             "body": m.words.body, "findings": list(m.findings), "files": [f.path for f in m.files],
             "measured": {"findings": m.measured.findings, "complexity": m.measured.complexity,
                          "lines": m.measured.lines}}
            for m in done.made
        ],
        "left": dict(done.left), "notices": list(done.notices), "pull_requests": dict(numbers), "posted": list(lines),
    }  # fmt: skip
