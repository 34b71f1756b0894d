from __future__ import annotations

from nova.fixing import Judged, Offer
from nova.proof.case import Mend
from nova.proof.verdict import Proof, Verdict
from nova.proposing.choice import MOST_FILES, MOST_LINES, again, changed, choose
from nova.proposing.past import Room
from reviewers.finding import Span

OPEN = Room(3, {})


def judged(rule: str, path: str = "a.py", lines: int = 1, verdict: Verdict = Verdict.PROVEN, id: str = "") -> Judged:  # noqa: A002
    before = "".join(f"old {n}\n" for n in range(lines)).encode()
    after = "".join(f"new {n}\n" for n in range(lines)).encode()
    offer = Offer(id or f"{rule}-{path}", "do it", Mend(rule, path, Span(1, 1, 1, 2)), before, after)
    return Judged(offer, Proof(offer.patch.key, verdict, ()))


def chosen(
    items: list[Judged], scores: dict[str, float], room: Room = OPEN, top: int = 3, **standing: float
) -> list[str]:
    found = choose(items, "proven", scores, room, top, lambda rule: standing.get(rule, 1.0))
    return [subject.rule for subject in found.subjects]


def test_only_what_is_proved_well_enough_is_chosen() -> None:
    items = [judged("A1"), judged("B1", verdict=Verdict.TESTED), judged("C1", verdict=Verdict.REFUTED)]
    assert chosen(items, {}) == ["A1"]


def test_what_is_worth_more_for_the_effort_goes_first() -> None:
    items = [judged("long", "a.py", lines=40), judged("short", "b.py", lines=1)]
    assert chosen(items, {"long-a.py": 0.5, "short-b.py": 0.5}) == ["short", "long"]
    assert chosen(items, {"long-a.py": 0.9, "short-b.py": 0.1}) == ["long", "short"]


def test_a_rule_that_people_refuse_goes_last() -> None:
    items = [judged("A1"), judged("B1", "b.py")]
    even = {"A1-a.py": 0.5, "B1-b.py": 0.5}
    assert chosen(items, even) == ["A1", "B1"]
    assert chosen(items, even, A1=0.1) == ["B1", "A1"]


def test_a_proposal_stays_small_enough_to_read() -> None:
    many = [judged("A1", f"f{n}.py", lines=2) for n in range(20)]
    (subject,) = choose(many, "proven", {}, OPEN, 3, lambda _: 1.0).subjects
    assert len(subject.paths) == MOST_FILES
    wide = [judged("A1", "a.py", lines=MOST_LINES, id=str(n)) for n in range(3)]
    (subject,) = choose(wide, "proven", {}, OPEN, 3, lambda _: 1.0).subjects
    assert len(subject.fixes) == 1


def test_a_resting_rule_and_a_full_house_are_told() -> None:
    items = [judged("A1"), judged("B1", "b.py"), judged("C1", "c.py")]
    found = choose(items, "proven", {}, Room(1, {"A1": "#7 is open"}, "2 of 3 proposals are open"), 3, lambda _: 1.0)
    assert [s.rule for s in found.subjects] == ["B1"]
    assert found.left == {"A1": "#7 is open", "C1": "2 of 3 proposals are open"}


def test_the_number_that_was_asked_for_is_the_most() -> None:
    items = [judged("A1"), judged("B1", "b.py")]
    found = choose(items, "proven", {}, OPEN, 1, lambda _: 1.0)
    assert len(found.subjects) == 1
    assert list(found.left.values()) == ["1 were asked for"]


def test_an_open_proposal_is_made_anew_of_its_own_findings_alone() -> None:
    items = [judged("A1", id="old"), judged("A1", "b.py", id="new"), judged("B1", "c.py", id="other")]
    (subject,) = again(items, "proven", {}, {"A1": ["old", "mended"]})
    assert [item.offer.id for item in subject.fixes] == ["old"]
    assert again(items, "proven", {}, {"A1": ["mended"], "C1": ["old"]}) == ()


def test_changed_lines_are_counted_on_both_sides() -> None:
    assert changed(b"a\nb\nc\n", b"a\nx\ny\nc\n") == 3
    assert changed(b"a\n", b"a\n") == 0
