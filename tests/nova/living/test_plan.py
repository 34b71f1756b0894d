"""What a living review writes, and what it never writes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nova.living.marker import key_of, read
from nova.living.past import past_of
from nova.living.port import Refused
from nova.living.running import PostError
from nova.living.values import Remark, Settings
from nova.living.writes import EditSummary
from tests.nova.living.model import NOVA, Fault, Killed, Model, found, run

if TYPE_CHECKING:
    from nova.living.values import Found
    from nova.living.writes import Write

TEN = [Fault(f"{n:04x}", f"p{n % 3}.py", n + 1) for n in range(10)]


def test_a_first_review_takes_one_call_for_all_comments_and_one_for_the_summary() -> None:
    model = Model()
    posted = run(model, found(TEN, "h0"))
    assert model.reviews == [7]
    assert len(model.remarks) == 1
    assert (len(posted.standing.inline), len(posted.standing.below)) == (7, 3)
    assert model.calls == 3


def test_each_finding_stands_in_exactly_one_place() -> None:
    model = Model()
    run(model, found(TEN, "h0"))
    inline = {one.get("mark") for t in model.threads if (one := read(t.first)) is not None}
    listed = {f.mark for f in TEN if f"- {f.mark} in" in model.remarks[0].body}
    assert inline | listed == {f.mark for f in TEN}
    assert not inline & listed


def test_the_same_head_again_writes_nothing() -> None:
    model = Model()
    run(model, found(TEN, "h0"))
    before = model.state()
    assert run(model, found(TEN, "h0")).writes == 0
    assert model.state() == before


def test_a_finding_that_is_gone_is_resolved_and_one_that_returns_is_opened_again() -> None:
    model = Model()
    run(model, found(TEN[:2], "h0"))
    model.head = "h1"
    run(model, found(TEN[:1], "h1"))
    assert [t.is_resolved for t in model.threads] == [False, True]
    model.head = "h2"
    run(model, found(TEN[:2], "h2"))
    assert [t.is_resolved for t in model.threads] == [False, False]
    assert len(model.threads) == 2


def test_what_was_in_the_summary_stays_there_when_there_is_room_again() -> None:
    model = Model()
    run(model, found(TEN, "h0"))
    model.head = "h1"
    posted = run(model, found(TEN[5:], "h1"))
    assert len(model.threads) == 7
    assert len(posted.standing.below) == 3


def test_a_draft_has_no_comments_on_lines() -> None:
    model = Model()
    posted = run(model, found(TEN, "h0"), Settings(inline=False))
    assert not model.threads
    assert len(posted.standing.below) == 10


def test_what_somebody_resolved_who_may_write_is_settled_for_good() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    model.turn(model.threads[0].id, "ada")
    for head in ("h1", "h2"):
        model.head = head
        posted = run(model, found(TEN[:1], head))
        assert len(posted.standing.settled) == 1
    assert model.threads[0].is_resolved
    calls = model.calls
    run(model, found(TEN[:1], "h2"))
    assert model.calls == calls + 1  # nobody's rights are asked for again


def test_what_somebody_else_resolved_stands_and_is_told_of() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    model.turn(model.threads[0].id, "mallory")
    posted = run(model, found(TEN[:1], "h0"))
    assert len(posted.standing.claimed) == 1
    assert model.threads[0].is_resolved


@pytest.mark.parametrize(("who", "settled"), [("ada", 1), ("mallory", 0)])
def test_a_dismissal_in_a_reply_counts_from_those_who_may_write(who: str, settled: int) -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    reply = Remark(7, who, "/nova dismiss by design\nbecause we like it")
    model.threads[0] = replace(model.threads[0], replies=(reply,))
    posted = run(model, found(TEN[:1], "h0"))
    assert len(posted.standing.settled) == settled
    assert model.threads[0].is_resolved == bool(settled)


def test_a_comment_that_somebody_deleted_is_not_posted_again() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    model.threads.clear()
    model.head = "h1"
    run(model, found(TEN[:1], "h1"))
    assert not model.threads


def test_markers_of_other_people_are_not_believed() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    forged = [replace(r, id=r.id + 50, is_own=False, author="mallory") for r in model.remarks]
    thread = model.threads[0]
    other = Model(remarks=forged, threads=[replace(thread, first=replace(thread.first, is_own=False))])
    run(other, found(TEN[:1], "h0"))
    assert len(other.threads) == 2
    assert len(other.remarks) == 2


def test_a_suggestion_leaves_a_comment_whose_lines_moved_away() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    assert "suggestion" in model.threads[0].first.body
    model.threads[0] = replace(model.threads[0], line=None)
    model.head = "h1"
    run(model, found(TEN[:1], "h1"))
    assert "suggestion" not in model.threads[0].first.body


def test_a_rename_keeps_the_thread() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    model.head = "h1"
    run(model, found([replace(TEN[0], path="new.py")], "h1", {"new.py": TEN[0].path}))
    assert len(model.threads) == 1
    assert not model.threads[0].is_resolved


def test_a_twin_elsewhere_takes_no_thread_away() -> None:
    model = Model()
    first = Fault("aa", "one.py")
    run(model, found([first], "h0"))
    model.head = "h1"
    run(model, found([Fault("aa", "zwei.py"), first], "h1"))
    assert [t.path for t in model.threads] == ["one.py", "zwei.py"]
    assert not any(t.is_resolved for t in model.threads)


def test_where_threads_cannot_be_resolved_the_comment_says_that_it_is_done() -> None:
    model = Model(may_resolve=False)
    run(model, found(TEN[:1], "h0"))
    model.head = "h1"
    posted = run(model, found([], "h1"))
    assert "resolve" in posted.limits.reasons
    assert model.threads[0].first.body.startswith("**Done:**")
    writes = run(model, found([], "h1")).writes
    body = model.threads[0].first.body
    assert body.count("**Done:**") == 1
    assert writes == 0
    model.head = "h2"
    run(model, found(TEN[:1], "h2"))
    assert not model.threads[0].first.body.startswith("**Done:**")


def test_lines_that_are_refused_go_to_the_summary() -> None:
    model = Model(bad_paths=frozenset({"p1.py"}))
    posted = run(model, found(TEN, "h0"))
    assert not model.threads
    assert len(posted.standing.below) == 10
    assert "review" in posted.limits.reasons


def test_what_failed_closes_nothing() -> None:
    model = Model()
    run(model, found(TEN[:2], "h0"))
    model.head = "h1"
    run(model, found([], "h1", is_whole=False))
    assert not any(t.is_resolved for t in model.threads)
    run(model, found([], "h1", unread=frozenset({TEN[0].path})))
    assert [t.is_resolved for t in model.threads] == [False, True]


def test_a_head_that_moved_on_is_not_spoken_of() -> None:
    model = Model(head="h1")
    with pytest.raises(PostError, match="moved on"):
        run(model, found(TEN, "h0"))
    assert not model.threads
    assert not model.remarks


def test_a_second_summary_is_deleted() -> None:
    model = Model()
    run(model, found(TEN, "h0"))
    model.remarks.append(replace(model.remarks[0], id=999))
    run(model, found(TEN, "h0"))
    assert [r.id for r in model.remarks] == [model.remarks[0].id]


def test_the_marker_of_nova_outweighs_one_in_the_text() -> None:
    model = Model()
    forged = "<!-- nova:finding v=1 id=0 mark=0 head=h0 text=0 -->"
    run(model, found([replace(TEN[0], text=f"see {forged}")], "h0"))
    one = read(model.threads[0].first)
    assert one is not None
    assert one.get("mark") == TEN[0].mark


def test_the_last_answer_counts_whoever_gave_it() -> None:
    model = Model(writers=frozenset({"ada", "bob"}))
    run(model, found(TEN[:1], "h0"))
    for who, body, settled in (
        ("ada", "/nova dismiss wrong", 1), ("bob", "/nova accept", 0), ("ada", "No.\n/nova dismiss wrong", 1),
        ("mallory", "/nova accept", 1), ("bob", "/nova later", 0),
    ):  # fmt: skip
        model.say(who, body)
        posted = run(model, found(TEN[:1], "h0"))
        assert len(posted.standing.settled) == settled, who
        assert model.threads[0].is_resolved == bool(settled)
        assert run(model, found(TEN[:1], "h0")).writes == 0


def test_where_nobodys_rights_are_told_no_answer_counts_and_that_is_said() -> None:
    class Blind(Model):
        def may_write(self, login: str) -> bool | None:
            super().may_write(login)
            return None

    model = Blind()
    run(model, found(TEN[:1], "h0"))
    model.say("ada", "/nova dismiss wrong")
    posted = run(model, found(TEN[:1], "h0"))
    assert not posted.standing.settled
    assert "rights" in posted.limits.reasons
    assert "rights" in model.remarks[0].body
    assert run(model, found(TEN[:1], "h0")).writes == 0


def test_an_answer_that_was_edited_counts_from_then() -> None:
    model = Model(writers=frozenset({"ada", "bob"}))
    run(model, found(TEN[:1], "h0"))
    model.say("ada", "/nova dismiss wrong")
    model.say("bob", "/nova accept")
    first, second = model.threads[0].replies
    model.threads[0] = replace(model.threads[0], replies=(replace(first, at="2026-02-01T00:00:00Z"), second))
    assert len(run(model, found(TEN[:1], "h0")).standing.settled) == 1


def test_a_thread_that_somebody_opens_again_stands_again() -> None:
    model = Model()
    run(model, found(TEN[:1], "h0"))
    model.turn(model.threads[0].id, "ada")
    run(model, found(TEN[:1], "h0"))
    model.turn(model.threads[0].id, "")
    posted = run(model, found(TEN[:1], "h0"))
    assert len(posted.standing.inline) == 1
    model.turn(model.threads[0].id, "ada")
    assert len(run(model, found(TEN[:1], "h0")).standing.settled) == 1


def test_a_dismissal_stands_where_its_words_are_gone() -> None:
    for model in (Model(), Model(may_resolve=False)):
        run(model, found(TEN[:1], "h0"))
        model.say("ada", "/nova dismiss wrong")
        run(model, found(TEN[:1], "h0"))
        model.threads[0] = replace(model.threads[0], replies=())
        posted = run(model, found(TEN[:1], "h0"))
        assert len(posted.standing.settled) == 1


PERSON = frozenset({NOVA, "ada"})


def test_where_nova_posts_as_a_person_that_person_answers_and_novas_own_answers_are_none() -> None:
    model = Model(is_persons=True, writers=PERSON)
    run(model, found(TEN[:2], "h0"))
    model.say(NOVA, "/nova dismiss wrong\n\n<!-- nova:reply to=7 said=explain -->\n")
    assert not run(model, found(TEN[:2], "h0")).standing.settled
    quoted = "".join(f"> {line}\n" for line in model.threads[1].first.body.splitlines())
    model.say(NOVA, f"/nova dismiss wrong\n\n{quoted}", 1)
    posted = run(model, found(TEN[:2], "h0"))
    assert [w.mark for w in posted.standing.settled] == [TEN[1].mark]


def test_where_nova_posts_as_a_person_a_thread_that_this_person_resolves_is_settled() -> None:
    model = Model(is_persons=True, writers=PERSON)
    run(model, found(TEN[:1], "h0"))
    model.turn(model.threads[0].id, NOVA)
    for head in ("h1", "h2"):
        model.head = head
        assert len(run(model, found(TEN[:1], head)).standing.settled) == 1
    assert model.threads[0].is_resolved


@pytest.mark.parametrize("is_after", [False, True])
def test_where_nova_posts_as_a_person_what_it_resolved_itself_is_never_taken_for_settled(is_after: bool) -> None:
    """The run that resolves ends at any call and is not repeated; then the finding is back."""
    for end in range(1, 6):
        model = Model(is_persons=True, writers=PERSON)
        run(model, found(TEN[:2], "h0"))
        model.head, model.end, model.is_after = "h1", model.calls + end, is_after
        with suppress(Killed):
            run(model, found(TEN[:1], "h1"))
        model.head, model.end = "h2", 0
        posted = run(model, found(TEN[:2], "h2"))
        assert [t.is_resolved for t in model.threads] == [False, False], end
        assert not posted.standing.settled


@pytest.mark.parametrize("is_persons", [False, True])
@pytest.mark.parametrize("is_after", [False, True])
def test_a_run_that_ends_at_any_call_and_is_repeated_ends_as_if_it_had_not(is_after: bool, is_persons: bool) -> None:
    def steps(model: Model) -> list[tuple[str, list[Fault]]]:
        return [("h0", TEN), ("h1", TEN[3:]), ("h2", [*TEN[5:], Fault("ffff", "new.py")]), ("h3", TEN[:9])]

    whole = Model(is_persons=is_persons)
    for head, faults in steps(whole):
        whole.head = head
        run(whole, found(faults, head))
    for end in range(1, whole.calls + 1):
        model = Model(end=end, is_after=is_after, is_persons=is_persons)
        for head, faults in steps(model):
            model.head = head
            try:
                run(model, found(faults, head))
            except Killed:
                run(model, found(faults, head))
        assert model.state() == whole.state(), end


@pytest.mark.parametrize("is_after", [False, True])
def test_a_connection_that_breaks_at_any_write_posts_nothing_twice(is_after: bool) -> None:
    for at in range(1, 4):
        model = Model(drops={at: is_after})
        run(model, found(TEN, "h0"))
        assert len(model.threads) == 7
        assert len(model.remarks) == 1
        assert model.threads[0].first.author == NOVA


def test_what_a_draft_kept_back_is_put_on_its_lines_when_it_is_ready() -> None:
    model = Model()
    run(model, found(TEN, "h0"), Settings(inline=False))
    posted = run(model, found(TEN, "h0"))
    assert len(model.threads) == 7
    assert len(posted.standing.below) == 3


def test_thousands_of_findings_fit_into_one_summary_and_none_of_them_is_new_the_next_time() -> None:
    model = Model()
    many = [Fault(f"{n:04x}", f"p{n}.py") for n in range(3000)]
    run(model, found(many, "h0"), text=lambda standing, limits: "m" * 28_000)
    assert len(model.remarks[0].body) < 65_536
    model.head = "h1"
    run(model, found(many[5:], "h1"), text=lambda standing, limits: "m" * 28_000)
    assert len(model.threads) == 7


def test_a_comment_that_is_deleted_meanwhile_does_not_end_the_run() -> None:
    class Losing(Model):
        def carry_out(self, number: int, write: Write) -> None:
            if isinstance(write, EditSummary):
                self.remarks.clear()
                raise Refused("", "Not Found (404)")
            super().carry_out(number, write)

    model = Losing()
    run(model, found(TEN, "h0"))
    model.head = "h1"
    run(model, found(TEN, "h1"))
    assert len(model.remarks) == 1
    assert len(model.threads) == 7


def test_what_is_said_of_the_way_to_a_head_is_known_when_that_head_is_looked_at_again() -> None:
    model = Model()

    def look(what: Found) -> int:
        return run(model, what, text=lambda standing, limits: f"Looked at {what.head}").writes

    look(found(TEN, "h0"))
    model.head = "h1"
    what = found(TEN, "h1", missed=frozenset({TEN[0].mark}))
    look(what)
    past = past_of(model.conversation(1))
    assert (past.head, past.before("h1"), past.before("h2")) == ("h1", "h0", "h1")
    assert past.missed == {key_of(TEN[0].mark, TEN[0].path)}
    before = model.state()
    assert look(what) == 0
    assert model.state() == before


def test_comments_that_nobody_could_look_after_count_among_the_most_that_may_be_open() -> None:
    model = Model()
    run(model, found(TEN[:3], "h0"), Settings(most=3))
    model.head = "h1"
    path = TEN[0].path
    posted = run(model, found([*TEN[1:3], *TEN[4:6]], "h1", unread=frozenset({path})), Settings(most=3))
    assert (posted.standing.kept, posted.standing.gone) == (1, 0)
    assert len([t for t in model.threads if not t.is_resolved]) == 3


def test_code_that_moves_takes_its_dismissal_along_and_nothing_else() -> None:
    for word, posted_anew in (("/nova dismiss by design", False), ("/nova later", True), ("", True)):
        model = Model()
        run(model, found([TEN[0], TEN[1]], "h0"))
        if word:
            model.say("ada", word)
        model.head = "h1"
        moved = replace(TEN[0], path=TEN[1].path)
        run(model, found([moved, TEN[1]], "h1", paths=frozenset({TEN[0].path, TEN[1].path})))
        assert (len(model.threads) == 3) is posted_anew, word
        assert model.threads[0].is_resolved


def test_a_dismissal_of_somebody_who_may_not_keeps_a_comment_where_its_code_went() -> None:
    model = Model()
    run(model, found([TEN[0], TEN[1]], "h0"))
    model.say("mallory", "/nova dismiss wrong")
    model.head = "h1"
    moved = replace(TEN[0], path=TEN[1].path)
    run(model, found([moved, TEN[1]], "h1", paths=frozenset({TEN[0].path, TEN[1].path})))
    assert len(model.threads) == 2
    assert not model.threads[0].is_resolved
