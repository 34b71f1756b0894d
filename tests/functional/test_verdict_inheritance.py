"""An answer holds through edits of the code it was given to, and no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.verdicts import ALL, PAIRS, SHARED, dismiss, id_of, shown, why

if TYPE_CHECKING:
    from tests.functional.repositories import Repository
    from tests.functional.verdicts import Nova


EDITS = {
    "other names": "def pairs(left, right):\n    return list(zip(left, right))\n",
    "another argument": "def pairs(a, b, c):\n    return list(zip(a, b, c))\n",
    "a line more": "def pairs(a, b):\n    rest = b[1:]\n    return list(zip(a, rest))\n",
    "another name and a renamed file": "",
}


@pytest.mark.parametrize("how", EDITS)
@pytest.mark.parametrize("because", ["by design", "not worth it", "callers rely on it"])
def test_an_edit_of_the_flagged_code_does_not_ask_again(
    repository: Repository, nova: Nova, how: str, because: str
) -> None:
    repository.commit(shop=PAIRS)
    before = id_of(nova, "B905")
    dismiss(nova, before, because)
    if EDITS[how]:
        repository.write("shop.py", EDITS[how])
    else:
        repository.git("mv", "shop.py", "store.py")
        repository.write("store.py", EDITS["other names"])
    answer = nova(*ALL)
    assert answer.ids()["B905"] != before, "it is another finding"
    assert shown(nova) == []
    assert answer.data["totals"]["dismissed"] == 1
    repository.commit("edit")
    repository.write("other.py", "x = 1\n")
    assert shown(nova) == [], "it holds in later reviews too"
    assert any(f"its predecessor was dismissed ({because}) on 20" in reason for reason in why(nova, "B905"))
    assert nova("review", "--fail-on", "info").code == 0


def test_edit_after_edit_goes_on_with_the_first_answer(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    for name in ("c", "d", "e"):
        repository.commit(shop=PAIRS.replace("b)", f"{name})"))
        assert shown(nova) == []


def test_what_was_mended_and_comes_back_in_other_words_is_asked_of_again(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.commit(shop="def pairs(a, b):\n    return a + b\n")
    assert shown(nova) == []
    repository.commit(shop="def pairs(a, b):\n    return dict(zip(a, b[1:]))\n")
    assert shown(nova) == ["B905"]


def test_a_state_that_python_cannot_parse_mends_nothing(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.write("shop.py", PAIRS.replace("b))", "b"))
    broken = nova(*ALL)
    assert broken.rules() == ["invalid-syntax"]
    assert broken.data["totals"]["fixed_since_last"] == 0
    repository.write("shop.py", EDITS["another argument"])
    assert shown(nova) == []


def test_a_wrong_finding_stays_away_while_only_names_change(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "wrong")
    repository.commit(shop=EDITS["other names"])
    assert shown(nova) == []


def test_a_wrong_finding_comes_back_when_its_code_changed_and_says_so(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "wrong")
    repository.commit(shop=EDITS["another argument"])
    assert shown(nova) == ["B905"]
    (reason,) = [r for r in why(nova, "B905") if "predecessor" in r]
    assert reason.startswith("you dismissed its predecessor (wrong) on 20")
    assert reason.endswith("the code has changed since")
    repository.write("other.py", "x = 1\n")
    assert shown(nova) == ["B905"]


@pytest.mark.parametrize("because", ["until the release", "for now", "see #12", "after 2027-01"])
def test_own_words_that_name_an_end_hold_for_that_code_alone(repository: Repository, nova: Nova, because: str) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), because)
    repository.commit(shop=EDITS["another argument"])
    assert shown(nova) == ["B905"]


def test_of_twins_the_dismissed_one_alone_stays_away(repository: Repository, nova: Nova) -> None:
    both = "def pairs(a, b, c):\n    x = list(zip(a, b))\n    y = list(zip(a, c))\n    return x, y\n"
    repository.commit(shop=both)
    first = min(nova(*ALL).data["findings"], key=lambda f: f["line"])
    dismiss(nova, first["id"], "by design")
    edited = both.replace("zip(a, b)", "zip(a, b[1:])")
    repository.commit(shop=edited)
    assert [f["line"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"] == [3]
    repository.commit(shop=edited.replace("    return x, y", "    z = list(zip(b, c))\n    return x, y, z"))
    left = [f["line"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"]
    assert sorted(left) == [3, 4], "a third one is none of the two"


def test_one_dismissal_covers_one_of_two_that_appear(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.commit(shop="def pairs(a, b):\n    x = list(zip(a, b[1:]))\n    return x, list(zip(a, b[2:]))\n")
    assert sorted(f["state"] for f in nova(*ALL).data["findings"]) == ["dismissed", "new"]


def test_outside_of_functions_another_name_is_another_finding(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="import os\n")
    dismiss(nova, id_of(nova, "F401"), "by design")
    repository.commit(shop="import sys\n")
    assert shown(nova) == ["F401"]


def test_a_high_finding_must_say_the_same(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="def call():\n    return there(1)\n")
    dismiss(nova, id_of(nova, "F821"), "by design")
    repository.commit(shop="def call():\n    return elsewhere(1)\n")
    assert shown(nova) == ["F821"]


def test_an_inherited_dismissal_can_be_undone(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.commit(shop=EDITS["other names"])
    heir = id_of(nova, "B905")
    listed = nova("verdict", "--list", "--format", "json").data["answers"]
    assert {(row["id"], row["inherited"]) for row in listed} >= {(heir, True)}
    assert nova("verdict", heir, "undo").code == 0
    assert shown(nova) == ["B905"]
    repository.write("other.py", "x = 1\n")
    assert shown(nova) == ["B905"]


def test_a_change_that_edits_dismissed_code_brings_nothing_in(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit(shop=EDITS["another argument"])
    assert shown(nova, "--diff", "main...feature") == []
    assert nova("review", "--diff", "main", "--fail-on", "info").code == 0


def test_a_change_that_adds_a_second_one_brings_it_in(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.write("shop.py", "def pairs(a, b):\n    x = list(zip(b, a))\n    return x, list(zip(a, b))\n")
    assert shown(nova, "--diff", "HEAD") == ["B905"]


def test_an_answer_given_on_a_change_holds_through_its_next_edit(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    repository.write("shop.py", PAIRS)
    repository.git("add", "-A")
    dismiss(nova, id_of(nova, "B905", "--staged"), "by design")
    repository.write("shop.py", EDITS["another argument"])
    repository.git("add", "-A")
    assert shown(nova, "--staged") == []
    repository.commit("done")
    assert shown(nova) == []


def test_what_stood_beside_a_dismissed_finding_is_not_its_successor(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    both = "def pairs(a, b, c):\n    x = list(zip(a, b))\n    y = list(zip(a, c))\n    return x, y\n"
    repository.write("shop.py", both)
    repository.git("add", "-A")
    first = min(nova(*ALL, "--staged").data["findings"], key=lambda f: f["line"])
    dismiss(nova, first["id"], "by design")
    repository.write("shop.py", both.replace("list(zip(a, b))", "a + b"))
    repository.git("add", "-A")
    assert shown(nova, "--staged") == ["B905"]


def test_a_teammate_s_answer_holds_through_an_edit_without_a_memory(repository: Repository, nova: Nova) -> None:
    repository.write("pyproject.toml", SHARED)
    repository.commit(shop=PAIRS)
    dismiss(nova, id_of(nova, "B905"), "by design")
    repository.commit(shop=EDITS["other names"])
    assert shown(nova, "--no-memory") == []
    repository.commit(shop="def pairs(a, b):\n    x = list(zip(a, b[1:]))\n    return x, list(zip(a, b[2:]))\n")
    assert shown(nova, "--no-memory") == ["B905", "B905"], "two cannot both be what one was"
