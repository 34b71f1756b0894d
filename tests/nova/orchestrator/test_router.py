"""The order of the router's steps, who keeps the floor, and when a person is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.orchestrator.classifier import Told
from nova.orchestrator.router import STEPS, Floor, Route, Thresholds, decide


@dataclass(frozen=True)
class Scope:
    triggers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deaf:
    """A classifier that hears the same in everything."""

    chances: dict[str, float] = field(default_factory=dict)
    familiar: float = 0.0

    def told(self, text: str) -> Told:
        sizes = dict.fromkeys(self.chances, -3.0)
        if self.chances:
            sizes[max(self.chances, key=lambda name: self.chances[name])] = self.familiar
        return Told(self.chances, sizes)


ROSTER = {
    "reviewer": Scope(("/review", "review my change")),
    "recall": Scope(("what did we decide", "review")),
    "tracker": Scope(("daily brief",)),
    "scribe": Scope(),
}
SURE = Deaf({"scribe": 0.9, "tracker": 0.05, "recall": 0.03, "reviewer": 0.02}, 1.0)
UNSURE = Deaf({"scribe": 0.3, "tracker": 0.28, "recall": 0.22, "reviewer": 0.2}, 0.0)
names = st.sampled_from(sorted(ROSTER))
floors = st.builds(Floor, st.one_of(st.just(""), names), st.one_of(st.just(""), names))
hearing = st.sampled_from([SURE, UNSURE, Deaf(SURE.chances, -3.0)])


def route(message: str, active: str = "", pending: str = "", heard: Deaf = SURE) -> Route:
    return decide(message, Floor(active, pending), ROSTER, heard)


@given(names, st.text(max_size=50), floors, hearing)
def test_who_is_named_gets_the_message_whatever_else_stands(name: str, rest: str, floor: Floor, heard: Deaf) -> None:
    found = decide(f"@{name} {rest}", floor, ROSTER, heard)
    assert (found.agent, found.step) == (name, "explicit")


@given(names, st.sampled_from(["yes", "daily brief", "/review", "the 3rd", "42", ""]), st.one_of(st.just(""), names))
def test_an_answer_goes_to_the_agent_that_asked_before_any_trigger(pending: str, message: str, active: str) -> None:
    found = route(message, active, pending)
    assert (found.agent, found.step) == (pending, "pending")


@given(st.one_of(st.just(""), names), hearing)
def test_a_trigger_decides_before_the_classifier_and_the_floor(active: str, heard: Deaf) -> None:
    found = route("please give me the Daily  Brief now", active, heard=heard)
    assert (found.agent, found.step) == ("tracker", "trigger")


@given(st.text(max_size=300), floors, hearing)
def test_every_message_is_decided_with_a_step_a_reason_and_at_most_three_to_choose_from(
    message: str, floor: Floor, heard: Deaf
) -> None:
    found = decide(message, floor, ROSTER, heard)
    assert found.step in STEPS
    assert found.why
    assert (found.agent is None) == (found.step == "ask")
    assert found.agent is None or found.agent in ROSTER
    assert len(found.scores) == 3


def test_the_more_specific_trigger_wins() -> None:
    assert route("review my change").agent == "reviewer"
    assert route("review of it").agent == "recall"


def test_a_trigger_stands_as_words_and_a_command_at_the_beginning() -> None:
    assert route("preview it", heard=UNSURE).step == "ask"
    assert route("review.py is long", heard=UNSURE).step == "ask"
    assert route("look into src/review", heard=UNSURE).step == "ask"
    assert route("  /REVIEW nova/app.py").agent == "reviewer"
    assert route("/reviewers are nice", heard=UNSURE).step == "ask"


def test_a_name_may_be_written_in_any_case_and_be_followed_by_a_comma() -> None:
    assert route("@Reviewer, look at this").agent == "reviewer"
    assert route("@reviewer").agent == "reviewer"


def test_a_mistyped_name_is_asked_about_and_what_is_no_name_is_not() -> None:
    found = route("@reviewr look at this")
    assert (found.agent, found.step, found.scores[0][0]) == (None, "ask", "reviewer")
    assert route("@property is used wrongly here").agent == "scribe"
    assert route("@tracker.example.org mailed me").step == "classifier"


def test_a_pending_agent_that_has_left_the_roster_waits_for_nothing() -> None:
    assert route("yes", pending="gone").step == "classifier"


def test_the_active_agent_keeps_the_floor_until_another_is_clearly_better() -> None:
    close = Deaf({"scribe": 0.45, "tracker": 0.35, "recall": 0.1, "reviewer": 0.1}, -0.5)
    kept = route("and the second one", "tracker", heard=close)
    assert (kept.agent, kept.step) == ("tracker", "classifier")
    left = route("i also need a timeline of the outage", "tracker", heard=SURE)
    assert (left.agent, left.step) == ("scribe", "classifier")


def test_a_larger_margin_makes_it_stickier() -> None:
    always, never = Thresholds(margin=-1e9), Thresholds(margin=1e9)
    floor = Floor("tracker")
    assert decide("timeline", floor, ROSTER, SURE, always).agent == "scribe"
    assert decide("timeline", floor, ROSTER, SURE, never).agent == "tracker"


@pytest.mark.parametrize(
    "message",
    ["yes", "the second one", "no, the other", "why?", "", "and in git.py?", "what about the cache", "42", "🙂"],
)
def test_a_message_that_only_goes_on_never_moves_the_floor(message: str) -> None:
    found = decide(message, Floor("tracker"), ROSTER, SURE, Thresholds(margin=-1e9))
    assert (found.agent, found.step) == ("tracker", "classifier")


def test_a_long_message_of_small_words_can_still_ask_for_another_agent() -> None:
    assert route("what did i do the other day before that", "tracker", heard=Deaf(SURE.chances, 3.0)).agent == "scribe"


def test_an_active_agent_that_has_left_the_roster_has_no_floor() -> None:
    assert route("make a timeline", "gone").agent == "scribe"


def test_an_uncertain_request_asks_with_the_best_three() -> None:
    found = route("hm", heard=UNSURE)
    assert (found.agent, found.step) == (None, "ask")
    assert [name for name, _ in found.scores] == ["scribe", "tracker", "recall"]


def test_a_request_unlike_any_example_asks_though_one_agent_is_far_ahead() -> None:
    found = route("order a pizza", heard=Deaf(SURE.chances, -3.0))
    assert (found.agent, found.step) == (None, "ask")


def test_an_empty_message_asks() -> None:
    assert route(" \n").step == "ask"


def test_what_the_classifier_knows_beside_the_roster_is_never_chosen() -> None:
    found = decide("hm", Floor(), {"tracker": Scope()}, SURE, Thresholds(chance=0.0, familiar=-9.0))
    assert found.agent == "tracker"
    assert decide("hm", Floor(), {}, SURE).step == "ask"


def test_a_route_is_plain_data_with_the_step_that_took_it() -> None:
    assert route("make a timeline").as_data() == {
        "agent": "scribe",
        "step": "classifier",
        "scores": [
            {"agent": "scribe", "score": 0.9}, {"agent": "tracker", "score": 0.05}, {"agent": "recall", "score": 0.03},
        ],
        "why": "sounds like scribe (0.90)",
    }  # fmt: skip
