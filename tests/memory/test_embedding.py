"""How vectors are kept and compared."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.embedding import Embedder, Vector, blended, cosines, differing, packed, vectors
from nova import embed

if TYPE_CHECKING:
    from collections.abc import Sequence

DIMENSION = 70
draw = random.Random(5)


class Letters:
    """An embedder for tests: how often each letter stands in a text, at length one."""

    name = "letters 1"
    dimension = 26

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One row a text."""
        rows = [[float(text.count(chr(97 + n))) for n in range(26)] for text in texts]
        return [[x / (math.hypot(*row) or 1.0) for x in row] for row in rows]


def vector(model: str = "m 1", size: int = DIMENSION) -> tuple[list[float], Vector]:
    row = [draw.gauss(0, 1) for _ in range(size)]
    return row, Vector(model, packed(row))


def exact(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / math.hypot(*one) / math.hypot(*other)


def test_a_cosine_of_kept_vectors_is_that_of_the_rows_to_a_hundredth() -> None:
    row, asked = vector()
    others = [vector() for _ in range(50)]
    found = cosines(asked, {n: kept for n, (_, kept) in enumerate(others)})
    assert all(abs(found[n] - exact(row, other)) < 0.01 for n, (other, _) in enumerate(others))
    assert cosines(asked, {"itself": asked})["itself"] == pytest.approx(1)


def test_a_vector_takes_a_byte_a_component_and_four() -> None:
    assert len(vector()[1].packed) == DIMENSION + 4


def test_the_length_of_a_row_does_not_matter() -> None:
    row, _ = vector()
    assert packed(row) == packed([x * 8 for x in row])


def test_a_vector_of_another_model_counts_as_none() -> None:
    row, asked = vector("m 2")
    assert cosines(asked, {"old": Vector("m 1", packed(row)), "same": Vector("m 2", packed(row))}).keys() == {"same"}


def test_a_vector_of_another_size_counts_as_none() -> None:
    assert cosines(vector()[1], {"cut": vector(size=DIMENSION - 1)[1]}) == {}


def test_a_text_of_which_the_model_says_nothing_has_no_likeness() -> None:
    nothing, something = vectors(Letters(), ["12 34", "abc"])
    assert cosines(something, {"nothing": nothing}) == {}
    assert cosines(nothing, {"something": something}) == {}


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_what_is_no_number_is_refused(broken: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        packed([0.5, broken])


def test_signs_are_words_of_64_bits_the_first_component_lowest() -> None:
    row = [-1.0] * DIMENSION
    row[0] = row[3] = row[63] = row[64] = 1.0
    assert Vector("m", packed(row)).signs() == (1 | 1 << 3 | 1 << 63, 1)


def test_like_vectors_differ_in_fewer_signs_than_unlike_ones() -> None:
    row, one = vector()
    near = Vector("m 1", packed([x + draw.gauss(0, 0.2) for x in row]))
    opposite = Vector("m 1", packed([-x for x in row]))
    assert differing(one.signs(), one.signs()) == 0
    assert differing(one.signs(), near.signs()) < DIMENSION / 4
    assert differing(one.signs(), opposite.signs()) == DIMENSION


def test_an_embedder_is_asked_once_for_all_texts_and_not_at_all_for_none() -> None:
    class Counting(Letters):
        asked = 0

        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            self.asked += 1
            return super().embed(texts)

    embedder = Counting()
    assert vectors(embedder, []) == []
    assert embedder.asked == 0
    found = vectors(embedder, ["one", "eno", "zzz"])
    assert embedder.asked == 1
    assert found[0] == found[1] != found[2]
    assert {one.model for one in found} == {"letters 1"}


def test_any_object_of_that_form_is_an_embedder() -> None:
    embedder: Embedder = Letters()
    assert cosines(vectors(embedder, ["cab"])[0], {0: vectors(embedder, ["abc"])[0]})[0] == pytest.approx(1)


def test_words_move_what_is_about_as_alike_and_no_more() -> None:
    likeness = {"near": 0.80, "nearer": 0.82, "far": 0.10}
    score = blended({"near": 12.0, "far": 6.0}, likeness, 0.1)
    assert sorted(score, key=score.__getitem__) == ["far", "nearer", "near"]
    assert score["far"] == pytest.approx(0.15)


def test_what_has_no_vector_is_still_found_by_its_words() -> None:
    assert blended({"old": 3.0}, {}, 0.1) == {"old": pytest.approx(0.1)}
    assert blended({}, {"new": 0.4}, 0.1) == {"new": 0.4}
    assert blended({}, {}, 0.1) == {}


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("name", embed.installed())
def test_an_installed_embedder_fits_the_port(name: str, once: bool) -> None:
    found = embed.embedder(name, once=once)
    assert found is not None
    embedder: Embedder = found
    leaked, exposed, sunny = vectors(
        embedder, ["a password was leaked", "someone exposed a secret key", "the weather is sunny"]
    )
    assert len(leaked.packed) == embedder.dimension + 4
    likeness = cosines(leaked, {"exposed": exposed, "sunny": sunny})
    assert likeness["exposed"] > likeness["sunny"]
    assert len(embedder.embed([])) == 0


@pytest.mark.parametrize("name", embed.installed())
def test_an_embedder_for_one_question_gives_the_vectors_of_one_for_many(name: str) -> None:
    many, one = embed.embedder(name), embed.embedder(name, once=True)
    assert many is not None
    assert one is not None
    assert many.name == one.name
    text = "where do we keep the rules for passwords"
    assert cosines(vectors(many, [text])[0], {0: vectors(one, [text])[0]})[0] > 0.9999


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=80))
def test_the_largest_component_fills_a_byte_and_no_sign_is_turned(row: list[float]) -> None:
    kept = memoryview(packed(row)[4:]).cast("b").tolist()
    assert max(map(abs, kept)) == (127 if any(row) else 0)
    assert all(small * x >= 0 for small, x in zip(kept, row, strict=True))
