"""Fixes as they are offered, proved and written: one round takes all that go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.diffs import applied, parse
from nova.errors import UsageError
from nova.merging import merged
from nova.patch import unified_diff
from nova.proof.case import FileChange, Mend, Patch
from reviewers.text import Undecodable, decoded, encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nova.answer import Ranked
    from nova.proof.verdict import Proof


@dataclass(frozen=True, slots=True)
class Offer:
    """The fix of one finding, as a patch of one file. ``title`` says what it does."""

    id: str
    title: str
    mend: Mend
    before: bytes
    after: bytes

    @property
    def patch(self) -> Patch:
        """The fix alone."""
        return Patch((FileChange(self.mend.path, self.before, self.after),))


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer and its proof."""

    offer: Offer
    proof: Proof


@dataclass(frozen=True, slots=True)
class Joined:
    """The fixes of one file that go together, and the proof of them as a whole."""

    path: str
    before: bytes
    after: bytes
    taken: tuple[Judged, ...]
    proof: Proof


def offers(
    findings: Iterable[Ranked], read: Callable[[str], bytes | None]
) -> tuple[list[Offer], list[tuple[Ranked, str]]]:
    """The fixes of findings that have one, in their order; and those that cannot be had, with the reason."""
    made: list[Offer] = []
    missing: list[tuple[Ranked, str]] = []
    for finding in findings:
        if not finding.fixable:
            continue
        if finding.fix is None:
            missing.append((finding, "no fix could be made here"))
            continue
        before = read(finding.path)
        if before is None:
            missing.append((finding, "its file is gone"))
            continue
        try:
            (diff,) = parse(finding.fix.patch.encode("utf-8", "surrogatepass"))
            after = applied(before, diff)
        except UsageError as error:
            missing.append((finding, error.what))
            continue
        if after is not None:
            mend = Mend(finding.rule, finding.path, finding.span)
            made.append(Offer(finding.id, finding.fix.title, mend, before, after))
    return made, missing


def joined(judged: Sequence[Judged], least: str, prove: Callable[[Patch, Sequence[Mend]], Proof]) -> list[Joined]:
    """For each file the fixes that reach ``least`` and go together, best first; those that touch wait.

    What was proved of each alone is proved again of all together. Where that falls short, they are taken one after
    the other, each only if the file with it still reaches ``least``.
    """
    by_path: dict[str, list[Judged]] = {}
    for item in judged:
        if item.proof.verdict.reaches(least):
            by_path.setdefault(item.offer.mend.path, []).append(item)
    return [found for path, items in by_path.items() if (found := _one_file(path, items, least, prove)) is not None]


def _one_file(
    path: str, items: Sequence[Judged], least: str, prove: Callable[[Patch, Sequence[Mend]], Proof]
) -> Joined | None:
    before = items[0].offer.before
    whole = _try(path, before, items, prove)
    if whole is not None and whole.proof.verdict.reaches(least):
        return whole
    best: Joined | None = None
    for item in items:
        tried = _try(path, before, [*(best.taken if best else ()), item], prove)
        if tried is not None and item in tried.taken and tried.proof.verdict.reaches(least):
            best = tried
    return best


def _try(
    path: str, before: bytes, items: Sequence[Judged], prove: Callable[[Patch, Sequence[Mend]], Proof]
) -> Joined | None:
    """The fixes that go together, and their proof; one fix alone was proved already."""
    try:
        text = decoded(before)
        after, chosen = merged(text, [decoded(i.offer.after) for i in items])
        data = after.encode(encoding(before))
    except (Undecodable, UnicodeError):
        return None
    taken = tuple(items[n] for n in chosen)
    if len(taken) == 1:
        only = taken[0]
        return Joined(path, before, only.offer.after, taken, only.proof)
    proof = prove(Patch((FileChange(path, before, data),)), [i.offer.mend for i in taken])
    return Joined(path, before, data, taken, proof)


def diff_of(path: str, before: bytes | None, after: bytes | None) -> str:
    """A change as a unified diff that ``git apply`` takes; of what is no text, a sentence."""
    try:
        diff = unified_diff(path, _text(before), _text(after))
    except Undecodable as error:
        return f"{path}: {error}\n"
    if before is None:
        diff = diff.replace(f"--- a/{path}\n", "--- /dev/null\n", 1)
    return diff.replace(f"+++ b/{path}\n", "+++ /dev/null\n", 1) if after is None else diff


def _text(data: bytes | None) -> str:
    """The text of a file, with its byte order mark."""
    if data is None:
        return ""
    return ("\ufeff" if encoding(data) == "utf-8-sig" else "") + decoded(data)
