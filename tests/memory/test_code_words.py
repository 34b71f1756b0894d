"""The words by which code is found, and those of a question about it."""

from __future__ import annotations

import warnings
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.code_words import LONGEST, asked, spoken, terms

SAVE = '''
def saveUserRecord(record, path):
    """Write a user record to disk.

    The folder is created where it is missing.
    """
    return json.dump(record, open(path, "w"))  # overwrites silently
'''


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("save a user's record", "def saveUserRecord(r): ..."),
        ("user record", "def save_user_record(r): ..."),
        ("convert string to integer", "def parse(s: str) -> int: ..."),
        ("list of dictionaries", "x = [dict(a=1)]"),
        ("remove a directory", "def remove_dir(d): ..."),
        ("maximum value", "m = max_val"),
        ("iterating", "class Iterator: ..."),
        ("splitting words", "s.split()"),
        ("what overwrites", SAVE),
        ("missing folder", SAVE),
    ],
)
def test_a_question_in_plain_words_meets_the_names_in_code(question: str, code: str) -> None:
    assert set(asked(question)) & set(terms(code))


def test_whole_words_meet_abbreviations_both_ways() -> None:
    assert asked("str int dict dir params idx") == asked("string integer dictionary directory parameters index")


def test_the_name_counts_most_then_what_the_docstring_says_first() -> None:
    found = Counter(terms(SAVE))
    (name,), (first,), (later,) = (asked(word) for word in ("save", "write", "missing"))
    assert found[name] == 3
    assert found[first] == 2
    assert found[later] == 1


def test_the_name_counts_in_what_is_no_python() -> None:
    found = Counter(terms("export async function loadUser(id) { return fetch(`/users/${id}`) }"))
    assert found[asked("load")[0]] == 3
    assert Counter(terms("def broken(:"))[asked("broken")[0]] == 3


def test_syntax_is_no_word_of_code() -> None:
    assert not {"def", "self", "return"} & set(terms("def go(self):\n    return self.x"))


def test_what_every_question_about_code_says_is_left_out() -> None:
    assert asked("python example code sort list") == asked("sort list")


def test_a_question_of_nothing_else_keeps_its_words() -> None:
    assert asked("python example code")


def test_a_class_and_a_module_tell_what_they_are_too() -> None:
    found = Counter(terms('"""Billing of orders."""\n\nclass Invoice:\n    """A demand."""\n'))
    billing, invoice, demand = (asked(word)[0] for word in ("billing", "invoice", "demand"))
    assert (found[billing], found[invoice], found[demand]) == (2, 3, 2)


def test_an_embedder_is_given_the_words_of_the_name_before_the_code() -> None:
    assert spoken(SAVE).startswith("save user record Write a user record to disk.\n")
    assert spoken(SAVE).endswith("# overwrites silently")
    assert spoken("x = 1") == "x = 1"
    assert spoken("") == ""


def test_what_python_warns_of_in_the_code_is_not_passed_on() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert terms('x = "\\d"\nassert (1, "y")')


@pytest.mark.parametrize(
    "odd", ["", "\0", "\ud800", "(" * 5000, "-" * 50_000 + "1", "größe 数据 🤖", "a+" * 40_000 + "a"]
)
def test_anything_may_be_given(odd: str) -> None:
    assert isinstance(terms(odd), tuple)
    assert isinstance(asked(odd), tuple)
    assert isinstance(spoken(odd), str)


def test_what_is_too_long_to_be_parsed_is_found_by_the_names_in_it() -> None:
    long = "x = 1\n" * (LONGEST // 6) + "\ndef needle():\n    pass\n"
    assert len(long) > LONGEST
    assert Counter(terms(long))[asked("needle")[0]] == 3


@given(st.text())
def test_the_words_of_a_text_are_the_same_each_time_and_none_is_empty(text: str) -> None:
    assert terms(text) == terms(text)
    assert all(terms(text))
    assert len(set(asked(text))) == len(asked(text))
