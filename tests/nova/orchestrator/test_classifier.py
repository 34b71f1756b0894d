"""What the classifier learns, how sure it is, and that nothing a person types can break it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.orchestrator.classifier import Model, as_data, fit, from_data

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = {
    "review": [
        "review my code", "check this change", "look over the diff", "any bugs in this file", "is this pull request ok",
        "review the branch", "check my patch for mistakes", "look at what i changed",
    ],
    "recall": [
        "what did we decide about the cache", "what did i say on retries", "remind me of the decision",
        "recall my note",
        "when did we choose this database", "what do you know of the plan", "what was agreed", "find my old notes",
    ],
    "brief": [
        "daily brief", "what is on today", "status of the project", "what should i do next", "how far is the release",
        "which goals are stale", "what happened this week", "morning report please",
    ],
}  # fmt: skip
ODD = [
    "",
    " ",
    "\0",
    "\0\0 review\0",
    "🤖🔥",
    "é" * 50,
    "x" * 1_000_000,
    "review " * 150_000,
    "\ud800 broken",
    "١٢٣",
    "\n\t",
]


@pytest.fixture(scope="module")
def model() -> Model:
    return fit(EXAMPLES)


def test_a_request_in_other_words_finds_its_agent(model: Model) -> None:
    for text, agent in (
        ("please check the diff for bugs", "review"), ("what did we agree on retries", "recall"),
        ("project status today", "brief"),
    ):  # fmt: skip
        assert model.told(text).best(1)[0][0] == agent


def test_what_is_nobodys_work_is_less_familiar_than_what_is(model: Model) -> None:
    known = max(model.told("check my change").familiar.values())
    assert max(model.told("turn the volume up").familiar.values()) < min(known, -0.5)


@given(st.text(max_size=200))
def test_chances_add_up_to_one_for_any_text(text: str) -> None:
    found = fitted().scores(text)
    assert set(found) == set(EXAMPLES)
    assert sum(found.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_and_huge_requests_are_told_within_a_moment(model: Model, text: str) -> None:
    begin = time.process_time()
    assert sum(model.scores(text).values()) == pytest.approx(1.0)
    assert time.process_time() - begin < 0.5


def test_a_model_survives_json_unchanged(model: Model) -> None:
    again = from_data(json.loads(json.dumps(as_data(model))))
    for text in ("check my change", "what did we decide", ""):
        assert again.told(text) == model.told(text)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("bias"), lambda data: data["bias"].pop(), lambda data: data.update(temperature=0),
        lambda data: data.update(weights={}), lambda data: data["labels"].append("more"),
        lambda data: data.update(temperature="hot"), lambda data: data.update(settled={"x": "nobody"}),
        lambda data: data.update(weights={gram: [1.0] for gram in data["weights"]}),
        lambda data: data.update(rare=None), lambda data: data["weights"].update({"w review": ["a", "b", "c"]}),
        lambda data: data.update(bias=[float("nan")] * 3),
    ],
)  # fmt: skip
def test_what_is_no_model_is_not_taken_for_one(model: Model, spoil: Any) -> None:
    data = json.loads(json.dumps(as_data(model)))
    spoil(data)
    with pytest.raises(ValueError, match="not a fitted model"):
        from_data(data)
    others: tuple[Any, ...] = (None, [], "model", 3)
    for other in others:
        with pytest.raises(ValueError, match="not a fitted model"):
            from_data(other)


def test_a_persons_word_on_a_request_decides_it_and_moves_what_is_like_it() -> None:
    text = "tell me about the frobnicator"
    before, after = fitted(), fit(EXAMPLES, settled={text: "brief"})
    ((name, chance),) = after.told(f"  {text.upper()} ").best(1)
    assert name == "brief"
    assert chance == pytest.approx(0.99)
    like = "about that frobnicator"
    assert after.scores(like)["brief"] > before.scores(like)["brief"]
    assert max(after.told(text).familiar.values()) >= 0


def test_one_agent_or_none_or_one_example_each_can_be_fitted() -> None:
    assert fit({}).scores("anything") == {}
    assert fit({"only": ["a request"], "without": []}).scores("anything") == {"only": 1.0}
    pair = fit({"a": ["review the code"], "b": ["daily brief"]})
    assert pair.scores("review it")["a"] > 0.5 > pair.scores("review it")["b"]
    silent = fit({"a": ["!!!"], "b": ["???"]}).scores("hello")
    assert sum(silent.values()) == pytest.approx(1.0)


def test_the_same_examples_give_the_same_model(model: Model) -> None:
    assert as_data(fit(dict(reversed(EXAMPLES.items())))) == as_data(model)


@dataclass(frozen=True)
class Colours:
    """An embedder that knows two meanings."""

    name: str = "colours"
    scale: float = 4.0

    def embed(self, texts: Sequence[str]) -> Any:
        return np.array([[1.0, 0.0] if "crimson" in text or "red" in text else [0.0, 1.0] for text in texts])


def test_an_embedder_finds_what_shares_no_word_with_an_example() -> None:
    examples = {"warm": ["red paint", "a red door", "so red"], "cold": ["blue paint", "a blue door", "so blue"]}
    with_view = fit(examples, Colours())
    assert with_view.scores("crimson")["warm"] > 0.6
    again = from_data(json.loads(json.dumps(as_data(with_view))), Colours())
    assert again.told("crimson") == with_view.told("crimson")


def test_asking_a_fitted_model_needs_neither_numpy_nor_scikit_learn() -> None:
    code = (
        "import sys, json; from nova.orchestrator.classifier import from_data; import nova.orchestrator.router;"
        "m = from_data(json.loads(sys.stdin.read())); m.scores('check my change');"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'sklearn', 'scipy')))"
    )
    told = json.dumps(as_data(fitted()))
    assert subprocess.run([sys.executable, "-c", code], input=told, text=True, check=False).returncode == 0


def fitted(_kept: list[Model] = []) -> Model:  # noqa: B006 - fitted once for all that ask
    if not _kept:
        _kept.append(fit(EXAMPLES))
    return _kept[0]
