"""The living review, kept up to date: findings -> words and anchors -> plan -> writes, light, SARIF."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nova import app, pulls
from nova.answer import State, Status
from nova.changed import Changed, changed
from nova.errors import GitError
from nova.github import less
from nova.living.lines import Held, holds, place
from nova.living.marker import key_of
from nova.living.past import Past, past_of
from nova.living.plan import unheard
from nova.living.port import Refused
from nova.living.running import keep_alive
from nova.living.values import Anchor, Found, Settings, Wanted
from nova.living.writes import Report
from nova.misses import missed, remember
from nova.report import comments
from nova.rules import SYNTAX
from nova.suggesting import suggestions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.answer import Ranked, Review
    from nova.git import Git
    from nova.living.suggestion import Suggestion
    from nova.living.values import Conversation, Limits, Standing
    from nova.living.writes import Conclusion
    from nova.ports import Progress
    from nova.pulls import Opened
    from reviewers.finding import Severity

MOST_FILES = 3000
"""Files of a pull request that GitHub lists ("REST API endpoints for pull requests", "List pull requests files")."""
EVERY = 1_000_000
"""More findings than there are: all of a change are wanted, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of posting: sentences for the person, and the worst finding that stands."""

    lines: tuple[str, ...]
    worst: Severity | None
    is_posted: bool = True


def post(opened: Opened, fail_on: str, progress: Progress) -> Came:
    """Bring the pull request's conversation, light and analysis up to date. Raises ``NovaError``."""
    pull = opened.pull
    if not pull.is_open:
        state = "merged" if pull.is_merged else "closed"
        return Came((f"#{pull.number} is {state}: nothing was posted",), None, is_posted=False)
    answer = app.review(opened.subject, replace(opened.request, top=EVERY, patches=False, shown=False), progress)
    work = _Work(opened, answer, progress)
    progress("posting")
    forge = opened.place.forge
    target = opened.subject.target
    settings = Settings(target.github_comments, inline=not pull.is_draft)
    posted = keep_alive(forge, pull.number, work.prepare, settings, work.summary, work.refit)
    standing = posted.standing
    open_ids = {w.id for w in (*standing.inline, *standing.below, *standing.claimed)}
    worst = max((f.severity for f in answer.findings if f.id in open_ids), key=lambda s: s.weight, default=None)
    light = _light(work, standing, worst, fail_on)
    dark = pulls.dark(opened, light, target.github_report)
    if bool(dark) != bool(work.past.less & {"light"}):
        start = replace(posted.limits, reasons={**posted.limits.reasons, **({"light": dark} if dark else {})})
        posted = keep_alive(forge, pull.number, work.prepare, settings, work.summary, work.refit, start=start)
    work.remember(posted.limits)
    lines = [f"#{pull.number}: {comments.headline(work.told, standing)}; {_where(standing)}"]
    if target.github_sarif:
        lines += pulls.uploaded(opened, answer)
    reasons = posted.limits.reasons
    lines += [f"{comments.LIMITS[name]} GitHub said: {reasons[name]}" for name in comments.LIMITS if name in reasons]
    lines[0] += f"; {forge.calls.made} calls to GitHub"
    return Came(tuple(lines), worst)


def _where(standing: Standing) -> str:
    parts = ((len(standing.inline), "in comments"), (len(standing.below), "in the summary"),
             (len(standing.claimed), "in resolved threads"), (len(standing.settled), "settled"),
             (standing.gone, "done"))  # fmt: skip
    return ", ".join(f"{number} {words}" for number, words in parts if number) or "the summary says so"


@dataclass
class _Work:
    """The words for one head, made once; anchors are made anew where GitHub sees another diff."""

    opened: Opened
    answer: Review
    progress: Progress
    held: Mapping[str, tuple[Held, ...]] | None = None
    past: Past = field(default_factory=Past)
    missed: frozenset[str] = frozenset()
    _blocks: dict[str, tuple[Suggestion, str]] | None = None

    @property
    def head(self) -> str:
        assert self.opened.subject.head is not None
        return self.opened.subject.head.commit

    @property
    def git(self) -> Git:
        assert self.opened.subject.git is not None
        return self.opened.subject.git

    @cached_property
    def base(self) -> str:
        assert self.opened.subject.base is not None
        return self.opened.subject.base.snapshot.commit or ""

    @cached_property
    def change(self) -> Changed:
        return changed(self.git, self.base, self.head)

    @cached_property
    def findings(self) -> Sequence[Ranked]:
        return [f for f in self.answer.findings if f.state is not State.DISMISSED]

    @cached_property
    def unparsed(self) -> Sequence[str]:
        """The files that Python cannot parse: that alone is found in them, whatever else is there."""
        return sorted({f.path for f in self.answer.findings if f.rule == SYNTAX})

    def prepare(self, conversation: Conversation) -> Found:
        """The findings with their words, in the light of what was said before."""
        if self._blocks is None:
            self.past = past_of(conversation)
            first = self._found({}, frozenset())
            self.missed = self._missed(first, conversation)
            self._blocks = suggestions(self.opened.subject, self.opened.request, self._speaking(first), self.progress)
        return self._found(self._blocks, self.missed)

    def _missed(self, first: Found, conversation: Conversation) -> frozenset[str]:
        if self.past.head == self.head:  # looked at again: what was said of it then stays
            return frozenset(w.id for w in first.findings if key_of(w.mark, w.path) in self.past.missed)
        return missed(self.opened, self.past, unheard(first, conversation), self.progress)

    def refit(self) -> None:
        """Take the lines that GitHub says the diff holds."""
        try:
            self.held = self.opened.place.forge.held(self.opened.pull.number)
        except Refused:
            self.held = {}

    def _speaking(self, found: Found) -> list[Ranked]:
        """The findings that may have a comment: room for twice as many, for what is settled takes none."""
        anchored = [w.id for w in found.findings if w.anchor is not None]
        some = frozenset(anchored[: 2 * self.opened.subject.target.github_comments])
        return [f for f in self.findings if f.id in some]

    def _found(self, blocks: Mapping[str, tuple[Suggestion, str]], missed_ids: frozenset[str]) -> Found:
        subject, failed = self.opened.subject, self.answer.failed
        unread = {left.path for left in failed} | set(self.unparsed)
        return Found(
            self.head,
            tuple(self._wanted(f, blocks.get(f.id), is_missed=f.id in missed_ids) for f in self.findings),
            self._renames,
            frozenset(subject.tree.contents),
            is_whole=not any(left.path.startswith("(") for left in failed),
            unread=frozenset(unread.union(*(self._renames.get(path, ()) for path in unread))),
            missed=missed_ids,
        )

    @cached_property
    def _renames(self) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {new: (old,) for new, old in (self.opened.subject.renames or {}).items()}
        if self.past.head and self.past.head != self.head:
            try:
                since = self.git.renames_between(self.past.head, self.head)
            except GitError:
                since = {}  # the branch was rewritten, and its old head is not here: fingerprints still tell
            for new, old in since.items():
                names[new] = tuple(dict.fromkeys((*names.get(new, ()), old)))
        return names

    def _wanted(self, finding: Ranked, made: tuple[Suggestion, str] | None, *, is_missed: bool) -> Wanted:
        held = (self.held if self.held is not None else self.change.held).get(finding.path, ())
        anchor = self._anchor(finding, held)
        suggested = None
        if made is not None and holds(held, made[0].start, made[0].end):
            suggested = comments.Suggested(made[0].block, made[1])
            anchor = Anchor(finding.path, made[0].start, made[0].end)
        return Wanted(
            finding.id, finding.fingerprint, finding.path, anchor,
            comments.comment(finding, suggested, missed=is_missed),
            comments.comment(finding, missed=is_missed),
            comments.substance(finding, suggested), comments.substance(finding),
            comments.entry(finding, self._url, self.head, missed=is_missed),
            comments.moved(finding, self._url, self.head),
        )  # fmt: skip

    def _anchor(self, finding: Ranked, held: Sequence[Held]) -> Anchor | None:
        try:
            finding.path.encode("utf-8")
        except UnicodeEncodeError:
            return None  # JSON cannot name the file
        line = place(held, finding.span.line, max(finding.span.line, finding.span.end_line))
        return None if line is None else Anchor(finding.path, line, line)

    @property
    def _url(self) -> str:
        return self.opened.pull.url.rpartition("/pull/")[0]

    @cached_property
    def told(self) -> comments.Told:
        """What the summary says beside the findings."""
        subject, pull, change = self.opened.subject, self.opened.pull, self.change
        skipped = [left for left in self.answer.skipped if left.path in change.paths]
        left_out = {left.path for left in (*skipped, *self.answer.failed)}
        read = [f.path for f in subject.tree.snapshot.files if f.path in change.paths and f.path not in left_out]
        return comments.Told(
            self._url, pull.base.branch, self.base, self.head, len(read), len(change.others), len(change.binary),
            tuple(skipped), self.answer.failed, self.answer.totals.dismissed, tuple(self._notices()),
        )  # fmt: skip

    def _notices(self) -> list[str]:
        """What is special about this pull request, a sentence each."""
        pull, subject = self.opened.pull, self.opened.subject
        said = list(subject.notices)
        if pull.is_draft:
            said.append("This is a draft: comments on its lines wait until it is ready for review.")
        if pull.changed_files > MOST_FILES:
            said.append(f"It changes {pull.changed_files:,} files, and GitHub shows {MOST_FILES:,} of them at most.")
        if pull.mergeable is False:
            said.append("It conflicts with its base: what solves that was not looked at.")
        if self.unparsed:
            one, *more = self.unparsed
            named = f"{len(self.unparsed)} of its files" if more else one
            said.append(f"Python cannot parse {named}: what else is there is not known, and comments there stay.")
        if subject.base is not None and subject.base.configs != subject.tree.configs:
            said.append("It changes settings of tools: the review went by those of the base.")
        before = self.past.before(self.head)
        if before and not self.git.is_ancestor(before, self.head):
            said.append(f"The branch was rewritten since {before[:10]}: comments stay with their findings.")
        said += [
            f"{notice[:1].upper()}{notice[1:]}." for notice in self.answer.notices if notice.startswith("this change")
        ]
        return said

    def summary(self, standing: Standing, limits: Limits) -> str:
        """The text of the summary."""
        return comments.summary(self.told, standing, limits)

    def remember(self, limits: Limits) -> None:
        """Count in memory what an earlier look missed, and keep what the token could not do, for ``nova doctor``."""
        from memory import MemoryUnavailable

        remember(self.opened, [f for f in self.findings if f.id in self.missed], self.progress)
        key, data = self.opened.subject.key, less.packed(limits.reasons)
        with app.shelf(self.opened.request, self.progress).hold() as (memory, _):
            if memory is not None and less.unpacked(memory.page(key, less.PAGE)) != limits.reasons:
                with suppress(MemoryUnavailable):  # the answer stands all the same
                    memory.keep_page(key, less.PAGE, "", data)


def _light(work: _Work, standing: Standing, worst: Severity | None, fail_on: str) -> Report:
    from reviewers.finding import Severity

    title = comments.headline(work.told, standing)
    conclusion: Conclusion = "neutral" if worst is not None else "success"
    if work.answer.status is Status.INCOMPLETE:
        conclusion = "failure"
    elif worst is not None and fail_on != "never" and worst.weight >= Severity(fail_on).weight:
        conclusion = "failure"
    text = "The comment of Nova on the pull request tells what was found, and what was not looked at."
    return Report(work.head, conclusion, f"{title[:1].upper()}{title[1:]}", text)
