"""The command that takes answers: it names what is answered, lists what stands, and refuses what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.repositories import MESSY
from tests.functional.verdicts import ALL, JSON, dismiss_some, shop_of

if TYPE_CHECKING:
    from tests.functional.repositories import Repository
    from tests.functional.verdicts import Nova


def test_an_answer_names_the_finding_it_was_given_to(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    found = next(f for f in nova(*JSON).data["findings"] if f["rule"] == "B006")
    said = nova("verdict", str(found["rank"]), "dismiss", "--because", "wrong").out
    assert f"dismissed: B006  shop.py:4 load  {found['id'][:8]}" in said
    assert f"nova verdict {found['id'][:8]} undo" in said


def test_several_findings_are_answered_at_once_or_none_of_them(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    nova(*JSON)
    assert nova("verdict", "1", "9", "dismiss", "--because", "wrong").code == 2
    assert len(nova(*JSON).rules()) == 2
    assert nova("verdict", "1", "2", "dismiss", "--because", "wrong").code == 0
    assert nova(*JSON).rules() == []


def test_ranks_are_those_that_were_seen_last(repository: Repository, nova: Nova) -> None:
    for number in range(3):
        repository.write(f"shop{number}.py", MESSY + "\n\n" + MESSY.replace("load", "more").replace("import os\n", ""))
    repository.commit()
    few = {f["rank"]: f["id"] for f in nova(*JSON).data["findings"]}
    everything = {f["rank"]: f["id"] for f in nova(*ALL).data["findings"]}
    rank = next(rank for rank in few if few[rank] != everything[rank])
    nova(*JSON)
    nova("show", "1")
    told = nova("verdict", str(rank), "later").out
    assert told.split("\n")[0].endswith(few[rank][:8]), "answered from the cache, and shown"
    nova("verdict", "1", "dismiss", "--because", "wrong")
    assert nova("verdict", "1", "undo").out.split("\n")[0].endswith(few[1][:8])


def test_taking_back_what_nobody_said_is_refused(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    nova(*JSON)
    answer = nova("verdict", "1", "undo")
    assert answer.code == 2
    assert "there is no answer to take back" in answer.err


def test_the_list_tells_what_stands_and_what_was_learnt(repository: Repository, nova: Nova) -> None:
    shop_of(repository, 1, 6)
    repository.commit()
    assert nova("verdict", "--list").out.startswith("No verdicts yet.")
    dismiss_some(nova, {"shop/f0.py": 4})
    text = nova("verdict", "--list").out
    assert "Answers that stand" in text
    assert "shop/f0.py:5 load0" in text
    assert "silent, nova verdict --wake B904 --path shop/f0.py" in text
    data = nova("verdict", "--list", "--format", "json").data
    (row,) = [r for r in data["learnt"] if r["path"] == "shop/f0.py"]
    assert (row["rule"], row["accepted"], row["dismissed"], row["silent"]) == ("B904", 0, 4, True)
    nova("verdict", "--wake", "B904", "--path", "shop")
    woken = nova("verdict", "--list")
    assert "B904 in shop, 20" in woken.out
    assert "silent" not in woken.out
    assert 0 < row["interval"][0] < row["expected"] < row["interval"][1] < 0.3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--wake", "B90"), "there is no rule B90"),
        (("--wake", "B904", "--path", "../.."), "lies outside of"),
        (("--wake", "B904", "--path", "shp.py"), "there is no file or folder shp.py"),
        (("--wake", "B904", "1", "accept"), "three different things"),
        (("1", "accept", "--path", "x"), "--path says where"),
        (("1", "accepted"), "accepted is no answer"),
        (("accept",), "say which finding"),
    ],
)
def test_what_cannot_be_is_refused(repository: Repository, nova: Nova, words: tuple[str, ...], told: str) -> None:
    repository.commit(shop=MESSY)
    nova(*JSON)
    answer = nova("verdict", *words)
    assert answer.code == 2
    assert told in answer.err
