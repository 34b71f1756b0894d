"""The edges that are tried near what a test gave, and what of an object counts as its state."""

from __future__ import annotations

import importlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import nova.proof
from nova.proof.child import freezing
from nova.proof.mutation import mutants

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """The values near one, of the kind that the call itself had; further arguments are what the code names."""
    monkeypatch.syspath_prepend(str(Path(nova.proof.__path__[0], "child")))
    values, containers = importlib.import_module("near_values"), importlib.import_module("near_containers")

    def tried(value: Any, *known: Any) -> list[Any]:
        return [other for _, other, kept in values.near(value, containers.Hints(list(known))) if kept]

    return tried


def test_a_text_of_which_taking_one_known_text_out_leaves_another_is_tried(near: Callable[..., list[Any]]) -> None:
    found = near("a", "&amp;", "&lt;")
    assert "&amp;lt;" in found
    assert "&&lt;amp;" in found
    assert "&amp;lt;" not in near("a", "&amp;")


def test_items_that_the_code_names_are_tried_alone_and_with_what_was_given(near: Callable[..., list[Any]]) -> None:
    found = near(["-v"], "-q", 3)
    assert ["-q"] in found
    assert ["-v", "-q"] in found
    assert ["-v", 3] not in found


def test_one_more_key_is_tried_within_a_dictionary_too(near: Callable[..., list[Any]]) -> None:
    assert {"a": {"": 1, "b": 1}} in near({"a": {"b": 1}})


def test_when_and_where_was_logged_is_no_state_of_a_record() -> None:
    one, other = (logging.LogRecord("log", 20, "a.py", line, "of %s", ("it",), None) for line in (1, 2))
    assert freezing.attributes(one) == freezing.attributes(other)
    assert freezing.attributes(one) != freezing.attributes(logging.LogRecord("log", 20, "a.py", 1, "no", (), None))


def test_what_runs_the_tests_is_no_state(caplog: pytest.LogCaptureFixture) -> None:
    assert freezing.attributes(caplog.handler) == {}


@pytest.mark.parametrize(
    ("text", "other", "kind"),
    [
        ('import re\nx = re.match(r"a\\Z", y)\n', 'import re\nx = re.match(r"a\\Z", z)\n', "method exchanged"),
        ('x = f"{y:d}"\n', 'x = f"{z:d}"\n', "f-string format"),
    ],
)
def test_what_means_the_same_is_no_mutant(text: str, other: str, kind: str) -> None:
    lines = frozenset({1, 2})
    assert kind not in {one.kind for one in mutants(text, other, lines)}
    loose, there = (one.replace(r"\Z", "$").replace(":d", ":>9") for one in (text, other))
    assert kind in {one.kind for one in mutants(loose, there, lines)}
