"""Answers as verdicts, without a network: whose, from where, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memory import Answer, standing
from nova.listening import replies
from nova.listening.reading import Applied, Heard, Reaction, Said, Talk, about, asked, settled, taken_back, verdicts
from nova.living.marker import digest_of

ID, MARK = "0123456789abcdef", "fedcba9876543210"
BODY = (
    "**A message.**\n\nWhy: it changed often.\n\n{middle}"
    "<sub>`B904`, medium. Not wanted? Answer `/nova dismiss by design`.</sub>\n\n"
    f"<!-- nova:finding v=1 id={ID} mark={MARK} head=abc text=123 -->\n"
)
BLOCK = "```suggestion\n    return int(text)\n```\n\nProven: the bytecode is the same.\n\n"
RIGHTS = {"ann": True, "bob": False}
T = "2026-01-0{}T00:00:00Z"


def own(middle: str = "", **more: object) -> Said:
    return replace(Said(1, "nova", BODY.format(middle=middle), T.format(1), is_own=True), **more)  # type: ignore[arg-type]


def heard(*told: Said, first: Said | None = None, **more: object) -> Heard:
    talk = Talk("T1", "a.py", first or own(), told, 5)
    return Heard("o/r", 7, talks=(replace(talk, **more),))  # type: ignore[arg-type]


def said(body: str, who: str = "ann", number: int = 10, day: int = 2) -> Said:
    return Said(number, who, body, T.format(day))


def test_a_command_of_somebody_who_may_write_is_a_verdict_with_its_source() -> None:
    (one,) = verdicts(heard(said("/nova dismiss wrong")), RIGHTS, [])
    assert (one.id, one.fingerprint, one.path, one.rule) == (ID, MARK, "a.py", "B904")
    assert (one.answer, one.because, one.who, one.at) == (
        Answer.DISMISS, "wrong", "ann (github:o/r#7/comment-10)", T.format(2),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["bob", "carol", ""])
def test_nobody_else_decides(who: str) -> None:
    down = own(reactions=(Reaction(3, who, "THUMBS_DOWN", T.format(2)),))
    assert verdicts(heard(said("/nova dismiss wrong", who), first=down), RIGHTS, []) == []


def test_an_answer_that_is_known_is_not_given_again_even_after_a_rename() -> None:
    told = heard(said("/nova dismiss wrong"))
    known = verdicts(told, RIGHTS, [])
    assert verdicts(told, RIGHTS, known) == []
    assert verdicts(replace(told, repository="o/renamed"), RIGHTS, known) == []


def test_a_comment_that_was_edited_to_another_answer_counts_again() -> None:
    known = verdicts(heard(said("/nova dismiss wrong")), RIGHTS, [])
    (one,) = verdicts(heard(said("/nova accept", day=3)), RIGHTS, known)
    assert (one.answer, one.at) == (Answer.ACCEPT, T.format(3))


def test_the_last_decision_of_a_comment_counts() -> None:
    (one,) = verdicts(heard(said("/nova dismiss wrong\n/nova later")), RIGHTS, [])
    assert one.answer is Answer.LATER


def test_a_forged_marker_is_no_thread_of_novas() -> None:
    forged = own(is_own=False)
    assert about(Talk("T", "a.py", forged)) is None
    assert verdicts(heard(said("/nova dismiss wrong"), first=forged), RIGHTS, []) == []


def test_a_thumbs_down_is_a_dismissal_without_a_reason_and_is_taken_back_when_it_goes() -> None:
    down = own(reactions=(Reaction(3, "ann", "THUMBS_DOWN", T.format(2)),))
    known = verdicts(heard(first=down), RIGHTS, [])
    assert [(v.answer, v.because) for v in known] == [(Answer.DISMISS, "")]
    assert taken_back(heard(first=down), known, T.format(4)) == []
    (back,) = taken_back(heard(), known, T.format(4))
    assert (back.answer, back.at) == (Answer.UNDO, T.format(4))
    assert taken_back(heard(), [*known, back], T.format(5)) == []


def test_a_dismissal_by_comment_is_not_taken_back_for_want_of_a_reaction() -> None:
    known = verdicts(heard(said("/nova dismiss wrong")), RIGHTS, [])
    assert taken_back(heard(), known, T.format(4)) == []


def test_a_resolved_thread_is_settled_by_those_who_may_write_and_never_a_verdict() -> None:
    told = heard(is_resolved=True, resolved_by="ann")
    assert [who for _, who in settled(told, RIGHTS)] == ["ann"]
    assert verdicts(told, RIGHTS, []) == []
    assert settled(heard(is_resolved=True, resolved_by="bob"), RIGHTS) == []


def test_an_applied_suggestion_is_accepted_once() -> None:
    hunk = ((False, "def f(text):"), (True, "    return int(text)"))
    step = Applied("c" * 40, "ann", T.format(3), {"a.py": (hunk,)})
    told = heard(first=own(BLOCK))
    (one,) = verdicts(told, RIGHTS, [], [step])
    assert (one.answer, one.at) == (Answer.ACCEPT, T.format(3))
    assert verdicts(told, RIGHTS, [one], [step]) == []
    assert asked(told, [step]) == {"ann"}


@pytest.mark.parametrize(
    "step",
    [
        Applied("c" * 40, "ann", T.format(3), {"b.py": (((True, "    return int(text)"),),)}),
        Applied("c" * 40, "ann", T.format(3), {"a.py": (((False, "    return int(text)"),),)}),
        Applied("c" * 40, "ann", "2025-12-31T00:00:00Z", {"a.py": (((True, "    return int(text)"),),)}),
        Applied("c" * 40, "bob", T.format(3), {"a.py": (((True, "    return int(text)"),),)}),
    ],
)
def test_another_file_an_unchanged_line_an_earlier_commit_and_another_person_apply_nothing(step: Applied) -> None:
    assert verdicts(heard(first=own(BLOCK)), RIGHTS, [], [step]) == []


def test_where_nova_posts_as_a_person_that_person_is_heard_and_nova_is_not() -> None:
    mine = replace(said("/nova dismiss wrong"), is_own=True)
    novas = replace(said("/nova accept\n\n<!-- nova:reply to=10 said=help -->\n", number=11), is_own=True)
    (one,) = verdicts(heard(mine, novas), RIGHTS, [])
    assert one.answer is Answer.DISMISS


def test_a_quoted_marker_makes_nobodys_answer_novas() -> None:
    quote = "".join(f"> {line}\n" for line in BODY.format(middle="").splitlines())
    mine = replace(said(f"/nova dismiss wrong\n\n{quote}"), is_own=True)
    assert [v.answer for v in verdicts(heard(mine), RIGHTS, [])] == [Answer.DISMISS]
    assert about(Talk("T", "a.py", replace(own(), body=quote))) is None


@pytest.mark.parametrize("is_resolved", [False, True])
def test_an_answer_in_a_resolved_thread_is_heard_and_answered(is_resolved: bool) -> None:
    told = heard(said("/nova accept\n/nova explain"), is_resolved=is_resolved, resolved_by="bob" if is_resolved else "")
    assert [v.answer for v in verdicts(told, RIGHTS, [])] == [Answer.ACCEPT]
    assert len(replies.due(told, RIGHTS, page)) == 1


def test_of_opposite_answers_the_last_counts_in_memory_and_the_thread_says_so_once() -> None:
    rights = {"ann": True, "carl": True, "bob": False}
    told = heard(
        said("/nova dismiss wrong"), said("/nova accept", "bob", 11, 3), said("/nova accept", "carl", 12, 4),
        said("/nova accept", "ann", 13, 5),
    )  # fmt: skip
    found = verdicts(told, rights, [])
    assert [v.who.partition(" ")[0] for v in found] == ["ann", "carl", "ann"]
    (counts,) = standing(found).values()
    assert counts.answer is Answer.ACCEPT
    (one,) = replies.due(told, rights, page)
    assert one.to == 12
    assert "`ann` said `dismiss (wrong)`" in one.body
    assert "@" not in one.body
    talk = replace(
        told.talks[0], replies=(*told.talks[0].replies, Said(50, "nova", one.body, T.format(6), is_own=True))
    )
    assert replies.due(replace(told, talks=(talk,)), rights, page) == []


def test_of_two_answers_in_one_second_the_later_in_the_thread_counts() -> None:
    rights = {"ann": True, "zoe": True}
    told = heard(said("/nova dismiss wrong", "zoe"), said("/nova accept", "ann", 11))
    (counts,) = standing(verdicts(told, rights, [])).values()
    assert counts.answer is Answer.ACCEPT
    assert [one.to for one in replies.due(told, rights, page)] == [11]


def test_an_answer_that_is_said_again_by_an_edit_counts_where_another_stood_and_only_there() -> None:
    rights = {"ann": True, "carl": True}
    both = heard(said("/nova dismiss wrong"), said("/nova accept", "carl", 11, 3))
    known = verdicts(both, rights, [])
    again = heard(said("Still:\n/nova dismiss wrong", day=5), said("/nova accept", "carl", 11, 3))
    (one,) = verdicts(again, rights, known)
    assert one.answer is Answer.DISMISS
    assert verdicts(again, rights, [*known, one]) == []
    alone = heard(said("/nova dismiss wrong"))
    assert verdicts(heard(said("Yes:\n/nova dismiss wrong", day=5)), rights, verdicts(alone, rights, [])) == []


def test_a_person_may_change_an_own_answer_without_a_word_of_nova() -> None:
    told = heard(said("/nova dismiss wrong"), said("/nova accept", number=11, day=3))
    assert replies.due(told, RIGHTS, page) == []


def test_accounts_that_are_gone_are_nobody() -> None:
    ghost = heard(said("/nova dismiss wrong\n/nova help", ""), is_resolved=True, resolved_by="")
    assert asked(ghost) == frozenset()
    assert verdicts(ghost, {}, []) == []
    assert settled(ghost, {}) == []
    assert replies.due(ghost, {}, page) == []


def test_a_comment_of_sixty_thousand_characters_leaves_no_more_than_its_answer() -> None:
    long = "/nova dismiss " + "because I say so " * 3_500 + "\n" + "/nova @everyone " + "x" * 4_000
    told = heard(said(long))
    (one,) = verdicts(told, RIGHTS, [])
    assert (one.answer, one.because) == (Answer.DISMISS, "")
    (reply,) = replies.due(told, RIGHTS, page)
    assert len(reply.body) < 1_000


SUMMARY = "### Nova: 1 finding\n\n<!-- nova:summary v=1 head=abc state=whole text=1 inline=x done={done} -->\n"


@pytest.mark.parametrize(
    ("is_persons", "done", "who"),
    [(True, "", "ann"), (True, digest_of("T1"), ""), (False, "", "")],
)
def test_where_nova_posts_as_a_person_the_summary_tells_which_threads_that_person_resolved(
    is_persons: bool, done: str, who: str
) -> None:
    told = heard(is_resolved=True, resolved_by="ann", is_resolved_by_own=True)
    summary = Said(2, "ann", SUMMARY.format(done=done), T.format(2), is_own=True)
    told = replace(told, remarks=(summary,), is_persons=is_persons)
    assert [name for _, name in settled(told, RIGHTS)] == ([who] if who else [])
    assert [name for _, name in settled(replace(told, remarks=()), RIGHTS)] == []


def page(rule: str) -> str:
    return f"{rule}\n\nIts page, with ``` in it.\n"


def answered(told: Heard) -> Heard:
    """The same, with every answer that was due in its place."""
    talk = told.talks[0]
    due = [
        Said(100 + n, "nova", one.body, T.format(5), is_own=True)
        for n, one in enumerate(replies.due(told, RIGHTS, page))
    ]
    return replace(told, talks=(replace(talk, replies=(*talk.replies, *due)),))


def test_an_answer_is_due_once_and_says_what_was_asked_for() -> None:
    told = heard(said("/nova explain\n/nova help"))
    (one,) = replies.due(told, RIGHTS, page)
    assert (one.to, one.thread) == (10, 1)
    assert "Why: it changed often." in one.body
    assert "````text\nB904" in one.body
    assert "/nova later" in one.body
    assert replies.due(answered(told), RIGHTS, page) == []


def test_a_fix_is_answered_with_the_suggestion_or_the_reason_why_there_is_none() -> None:
    def answer(first: Said, line: int | None = 5) -> str:
        return replies.due(heard(said("/nova fix"), first=first, line=line), RIGHTS, page)[0].body

    assert answer(own(BLOCK)).startswith("```suggestion\n    return int(text)\n```\n\nProven: ")
    assert "changed since" in answer(own(BLOCK), line=None)
    assert "not proved far enough" in answer(own(f"`nova fix {ID[:8]}` offers a change.\n\n"))
    assert "There is no fix" in answer(own())


def test_unknown_commands_get_the_help_once_in_a_thread() -> None:
    told = heard(said("/nova merge @everyone `x`"), said("/nova obey", number=11))
    due = replies.due(told, RIGHTS, page)
    assert len(due) == 1
    assert "`/nova merge @everyone x`" in due[0].body
    assert replies.due(answered(told), RIGHTS, page) == []


def test_in_the_conversation_a_verdict_has_no_finding_and_is_told_so() -> None:
    told = Heard("o/r", 7, remarks=(said("/nova dismiss wrong"),))
    assert verdicts(told, RIGHTS, []) == []
    (one,) = replies.due(told, RIGHTS, page)
    assert (one.thread, one.body.startswith(replies.NO_THREAD)) == (None, True)


def test_nobody_without_rights_is_answered() -> None:
    assert replies.due(heard(said("/nova help", "bob"), said("/nova explain", "carol")), RIGHTS, page) == []
