"""The ranked search: what speaks for a memory, and what its score means."""

from __future__ import annotations

from dataclasses import replace

from memory.relevance import WEIGHTS, Candidate, Scored, Statistics, question, rank, weights, worth
from memory.relevance.features import FEATURES, column
from memory.relevance.view import View
from memory.search import words


def told(name: str, text: str, position: int = 0, *, who: str = "Ann", session: str = "1", **more: object) -> Candidate:
    kept = Candidate(name, "turn", tuple(words(text)), who, "2023-05-08T13:56:00", session, position, asks="?" in text)
    return replace(kept, tokens=len(text) // 4, **more)  # type: ignore[arg-type]


def of(candidates: list[Candidate], count: int = 600) -> Statistics:
    held = {stem for c in candidates for stem in c.stems}
    return Statistics(count, 8.0, {stem: sum(stem in c.stems for c in candidates) for stem in held})


def ids(scored: list[Scored]) -> list[str]:
    return [one.id for one in scored]


TALK = [
    told("a", "Good to see you, how is the family", 0, who="Ann"),
    told("b", "Did you do anything at the lake?", 1, who="Bob"),
    told("c", "I painted the sunrise, it took hours", 2, who="Ann"),
    told("d", "That is lovely, well done", 3, who="Bob"),
    told("e", "My sister sold her car last week", 0, who="Bob", session="2"),
    told("f", "Cars cost so much now", 1, who="Ann", session="2"),
]


def test_the_memory_that_holds_the_words_comes_first() -> None:
    assert ids(rank(question("Who painted a sunrise?"), TALK, of(TALK)))[0] == "c"


def test_a_memory_that_shares_no_word_is_found_by_its_neighbours() -> None:
    found = ids(rank(question("What happened at the lake?"), TALK, of(TALK)))
    assert found.index("c") < found.index("f")


def test_neighbours_are_those_of_the_same_session_by_their_position() -> None:
    some = [
        TALK[1],
        replace(TALK[2], position=3),
        replace(TALK[3], session="9", position=2),
        replace(TALK[4], session=""),
    ]
    view = View(question("the lake"), some, of(TALK))
    beside = dict(zip((c.id for c in view.candidates), column(view, "with neighbours"), strict=True))
    assert beside["b"] == 1.0
    assert beside["c"] > 0
    assert beside["d"] == beside["e"] == 0.0
    assert not any(there is not None for there in view.near(1))


def test_of_two_equal_memories_the_one_by_the_speaker_named_comes_first() -> None:
    both = [told("x", "sold the boat", who="Ann", session="1"), told("y", "sold the boat", who="Bob", session="2")]
    assert ids(rank(question("Which boat has Bob sold?"), both, of(both))) == ["y", "x"]
    assert ids(rank(question("Which boat has Ann sold?"), both, of(both))) == ["x", "y"]


def test_a_month_that_is_asked_for_lifts_what_was_said_then() -> None:
    both = [
        told("may", "we sold the boat", session="1"),
        replace(told("july", "we sold the boat", session="2"), when="2023-07-02"),
    ]
    assert ids(rank(question("What was sold in July 2023?"), both, of(both))) == ["july", "may"]
    undated = [replace(one, when=when) for one, when in zip(both, ("", "some day"), strict=True)]
    assert len(rank(question("What was sold on 2 July 2023?"), undated, of(both))) == 2
    assert question("What may I march for?").months == frozenset()
    assert question("on 2023-05-08").days == frozenset({8})


def test_a_time_lifts_a_memory_only_where_a_time_is_asked_for() -> None:
    def share(text: str) -> float:
        view = View(question(text), TALK, of(TALK))
        return dict(zip((c.id for c in view.candidates), column(view, "time"), strict=True))["e"]

    assert share("When did the sister sell her car?") == 1.0
    assert share("Who sold a car?") == 0.0


def test_words_that_stand_nowhere_bring_nothing() -> None:
    assert rank(question("zebra quantum"), TALK, of(TALK)) == []
    assert rank(question(""), TALK, of(TALK)) == []
    assert rank(question("the sunrise"), [], Statistics(0, 0.0)) == []


def test_the_score_falls_when_most_of_the_question_is_not_there() -> None:
    well = rank(question("painted sunrise hours"), TALK, of(TALK))[0].score
    badly = rank(question("painted zebra quantum parliament"), TALK, of(TALK))[0].score
    assert 0 < badly < well < 1


def test_a_cosine_counts_with_its_embedder_and_not_without() -> None:
    near = [replace(c, cosine=0.9 if c.id == "f" else 0.1) for c in TALK]
    asked = question("automobile prices")
    assert rank(asked, near, of(near)) == []
    first = rank(asked, near, of(near), "minilm")[0]
    assert first.id == "f"
    assert "close in meaning" in first.why


def test_it_says_why_a_memory_is_here_in_the_words_of_the_question() -> None:
    why = {s.id: s.why for s in rank(question("Was the sunrise that Ann painted in May 2023?"), TALK, of(TALK))}
    assert why["c"] == "holds sunrise, painted; said by Ann; of 2023-05-08"
    assert why["d"] == "stands beside sunrise, painted; of 2023-05-08"


def test_equal_memories_come_in_the_order_of_their_ids_whatever_order_they_are_handed_over_in() -> None:
    notes = [Candidate(name, "note", tuple(words("use tabs here"))) for name in ("n2", "n1", "n3")]
    assert ids(rank(question("tabs"), notes, of(notes))) == ["n1", "n2", "n3"]
    turned = rank(question("Who painted a sunrise?"), TALK[::-1], of(TALK))
    assert turned == rank(question("Who painted a sunrise?"), TALK, of(TALK))


def test_a_note_that_holds_the_whole_question_scores_well_above_one_that_holds_a_part() -> None:
    notes = [
        Candidate("whole", "decision", tuple(words("retries of the webhook are capped at five"))),
        Candidate("part", "note", tuple(words("the webhook listens on a port"))),
        Candidate("none", "fact", tuple(words("the parser is written by hand"))),
    ]
    score = {s.id: s.score for s in rank(question("how often are retries of the webhook capped"), notes, of(notes))}
    assert score["whole"] > 0.5 > score["part"]
    assert score["none"] < 0.05


def test_each_kind_has_weights_of_its_own_and_an_unknown_embedder_is_left_out() -> None:
    assert weights("code", "none") is WEIGHTS["code"]["none"]
    assert weights("decision", "none") is weights("note", "none")
    assert weights("turn", "unheard-of") is WEIGHTS["turn"]["none"]
    assert "cosine" in weights("turn", "minilm").features


def test_a_long_memory_with_little_chance_gives_way_to_a_short_one() -> None:
    scored = [Scored("a", 0.9, "", 200), Scored("b", 0.011, "", 200), Scored("c", 0.01, "", 5)]
    assert ids(worth(scored, 2, price=0.001)) == ["a", "c"]
    assert ids(worth(scored, 2, price=0.0)) == ["a", "b"]


def test_no_more_come_back_than_are_asked_for() -> None:
    assert len(rank(question("Who painted a sunrise?"), TALK, of(TALK), most=2)) == 2


def test_every_weight_is_that_of_a_feature_and_the_cosine_has_one_only_with_an_embedder() -> None:
    for by_embedder in WEIGHTS.values():
        for embedder, one in by_embedder.items():
            assert FEATURES.keys() >= one.features.keys()
            assert ("cosine" in one.features) == (embedder != "none")
