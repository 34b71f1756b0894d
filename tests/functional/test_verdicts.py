"""What a person says of findings, from end to end: it holds through edits, it teaches, and it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.repositories import MESSY, Answer, Repository

if TYPE_CHECKING:
    from collections.abc import Callable

    Nova = Callable[..., Answer]

JSON = ("review", "--format", "json")
ALL = (*JSON, "--all")
SHARED = "[tool.nova.verdicts]\nin_repository = true\n"
PAIRS = "def pairs(a, b):\n    return list(zip(a, b))\n"


def caught(name: str) -> str:
    """A function with one B904 in it."""
    body = "    try:\n        return int(text)\n    except ValueError:\n        raise KeyError(text)\n\n\n"
    return f"def {name}(text):\n{body}"


def dismiss(nova: Nova, name: str, because: str) -> Answer:
    answer = nova("verdict", name, "dismiss", "--because", because)
    assert answer.code == 0, answer.err
    return answer


def why(nova: Nova, rule: str, *flags: str) -> list[str]:
    return next(f["reasons"] for f in nova(*ALL, *flags).data["findings"] if f["rule"] == rule)


def id_of(nova: Nova, rule: str, *flags: str) -> str:
    found: str = nova(*ALL, *flags).ids()[rule]
    return found


def shown(nova: Nova, *flags: str) -> list[str]:
    """The rules of what counts, shown unasked or not."""
    return [f["rule"] for f in nova(*ALL, *flags).data["findings"] if f["state"] != "dismissed"]


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


def shop_of(repository: Repository, files: int, functions: int, folder: str = "shop") -> None:
    for number in range(files):
        repository.write(f"{folder}/f{number}.py", "".join(caught(f"load{n}") for n in range(functions)))


def dismiss_some(nova: Nova, wanted: dict[str, int], because: str = "not worth it", rule: str = "B904") -> Answer:
    """Dismiss so many findings in each file."""
    found = [f for f in nova(*ALL).data["findings"] if f["rule"] == rule and f["state"] != "dismissed"]
    ids: list[str] = []
    for path, number in wanted.items():
        ids += [f["id"] for f in found if f["path"] == path][:number]
    return nova("verdict", *ids, "dismiss", "--because", because)


def test_a_rule_that_is_dismissed_again_and_again_falls_silent_in_that_file_and_says_so_once(
    repository: Repository, nova: Nova
) -> None:
    shop_of(repository, 2, 6)
    repository.commit()
    assert "silent" not in dismiss_some(nova, {"shop/f0.py": 3}).out
    said = "B904 is silent in shop/f0.py: dismissed 4 of 4 times; nova verdict --wake B904 --path shop/f0.py"
    assert said in dismiss_some(nova, {"shop/f0.py": 1}).out
    first = nova(*JSON)
    assert first.data["notices"] == [said]
    assert (first.data["totals"]["findings"], first.data["totals"]["dismissed"]) == (6, 6)
    assert nova(*JSON, "--no-cache").same() == first.same(), "the same state gives the same bytes"
    repository.write("shop/f1.py", "".join(caught(f"load{n}") for n in range(6)) + "X = 1\n")
    later = nova(*ALL)
    assert later.data["notices"] == []
    marked = [f for f in later.data["findings"] if any("is silent in shop/f0.py" in r for r in f["reasons"])]
    assert {(f["path"], f["state"]) for f in marked} == {("shop/f0.py", "dismissed")}
    assert len(marked) == 2
    assert "Silent after what you dismissed: 2" in nova("review").out


def test_silent_findings_count_for_no_threshold_and_are_shown_when_their_rule_is_named(
    repository: Repository, nova: Nova
) -> None:
    shop_of(repository, 1, 6)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 4})
    assert nova("review", "--fail-on", "info").code == 0
    selected = nova(*JSON, "--select", "B904")
    assert len(selected.rules()) == 2
    assert all(any("is silent" in r for r in f["reasons"]) for f in selected.data["findings"])
    assert " silent " in nova("review", "--select", "B904").out
    assert nova("review", "--select", "B904", "--fail-on", "info").code == 0


def test_a_silent_rule_can_be_woken_and_needs_new_answers_to_fall_silent_again(
    repository: Repository, nova: Nova
) -> None:
    shop_of(repository, 1, 9)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 4})
    assert nova(*ALL).data["totals"]["findings"] == 0
    assert nova("verdict", "--wake", "B904", "--path", "shop/f0.py").code == 0
    assert nova(*ALL).data["totals"]["findings"] == 5
    dismiss_some(nova, {"shop/f0.py": 3})
    assert nova(*ALL).data["totals"]["findings"] == 2
    assert "is silent in shop/f0.py: dismissed 4 of 4 times" in dismiss_some(nova, {"shop/f0.py": 1}).out
    assert nova(*ALL).data["totals"]["findings"] == 0
    assert nova("verdict", "--wake", "B904").code == 0
    assert nova(*ALL).data["totals"]["findings"] == 1


def test_a_sweep_through_one_file_silences_that_file_alone(repository: Repository, nova: Nova) -> None:
    shop_of(repository, 3, 12)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 10})
    assert {f["path"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"} == {"shop/f1.py", "shop/f2.py"}


def test_several_files_of_a_folder_silence_the_folder_and_not_the_repository(
    repository: Repository, nova: Nova
) -> None:
    shop_of(repository, 4, 4)
    shop_of(repository, 2, 4, "other")
    repository.commit()
    said = dismiss_some(nova, {"shop/f0.py": 3, "shop/f1.py": 3}).out
    assert "B904 is silent in shop/: dismissed 6 of 6 times; nova verdict --wake B904 --path shop/" in said
    left = {f["path"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"}
    assert left == {"other/f0.py", "other/f1.py"}


def test_a_rule_dismissed_all_over_falls_silent_in_the_repository(repository: Repository, nova: Nova) -> None:
    for folder in ("a", "b", "c", "d"):
        shop_of(repository, 1, 4, folder)
    repository.commit()
    said = dismiss_some(nova, {"a/f0.py": 3, "b/f0.py": 3, "c/f0.py": 2}).out
    assert "B904 is silent in this repository: dismissed 8 of 8 times; nova verdict --wake B904\n" in said
    assert nova(*ALL).data["totals"]["findings"] == 0
    assert nova("verdict", "--wake", "B904", "--path", "d").code == 0
    assert {f["path"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"} == {"d/f0.py"}


def test_one_acceptance_among_the_dismissals_keeps_a_rule_awake(repository: Repository, nova: Nova) -> None:
    shop_of(repository, 1, 9)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 3})
    left = [f["id"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"]
    assert nova("verdict", left[-1], "accept").code == 0
    assert "silent" not in nova("verdict", *left[:3], "dismiss", "--because", "not worth it").out
    assert len(shown(nova)) == 3


def test_taking_answers_back_wakes_the_rule(repository: Repository, nova: Nova) -> None:
    shop_of(repository, 1, 6)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 4})
    gone = next(row["id"] for row in nova("verdict", "--list", "--format", "json").data["answers"])
    assert nova("verdict", gone, "undo").code == 0
    assert nova(*ALL).data["totals"]["findings"] == 3


def test_a_rule_of_high_consequence_never_falls_silent(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="".join(f"def load{n}():\n    return there{n}(1)\n\n\n" for n in range(30)))
    dismiss_some(nova, {"shop.py": 28}, "by design", "F821")
    assert nova(*ALL).data["totals"]["findings"] == 2
    assert nova("review", "--fail-on", "high").code == 1


def test_an_undone_finding_is_shown_though_its_rule_is_silent(repository: Repository, nova: Nova) -> None:
    shop_of(repository, 1, 7)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 6})
    one = nova("verdict", "--list", "--format", "json").data["answers"][0]["id"]
    nova("verdict", one, "undo")
    assert [f["id"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"] == [one]


def test_the_order_follows_what_people_said_and_tells_why(repository: Repository, nova: Nova) -> None:
    repository.write("left/a.py", "".join(caught(f"load{n}") for n in range(4)))
    repository.write("right/b.py", "".join(caught(f"load{n}") for n in range(4)))
    repository.commit()
    before = {f["path"]: f["score"] for f in nova(*ALL).data["findings"]}
    dismiss_some(nova, {"right/b.py": 3})
    after = [f for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"]
    scores = {f["path"]: f["score"] for f in after}
    assert scores["right/b.py"] < scores["left/a.py"] < before["left/a.py"]
    assert after[-1]["path"] == "right/b.py"
    assert "dismissed 3 of 3 times in this file" in after[-1]["reasons"]
    assert "dismissed 3 of 3 times in this repository" in after[0]["reasons"]
    nova("verdict", *[f["id"] for f in after if f["path"] == "left/a.py"][:2], "accept")
    raised = {f["path"]: f["score"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"}
    assert raised["left/a.py"] > before["left/a.py"]


def test_what_was_said_in_one_repository_is_felt_in_the_others(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nova.cli import main

    other = Repository(repository.path.parent / "other")
    other.commit(f0="".join(caught(f"load{n}") for n in range(4)))
    shop_of(repository, 1, 4)
    repository.commit()
    before = nova(*ALL)
    monkeypatch.chdir(other.path)
    assert main(["review"]) == 0
    assert main(["verdict", "1", "2", "3", "dismiss", "--because", "not worth it"]) in {0, 2}
    monkeypatch.chdir(other.path)
    main(["review", "--all"])
    assert main(["verdict", "1", "2", "3", "dismiss", "--because", "not worth it"]) == 0
    after = nova(*ALL)
    assert max(f["score"] for f in after.data["findings"]) < min(f["score"] for f in before.data["findings"])
    assert "in other repositories" in " ".join(after.data["findings"][0]["reasons"])
    assert after.same() == nova(*ALL, "--no-cache").same()


def test_what_teammates_said_counts_too(repository: Repository, nova: Nova) -> None:
    repository.write("pyproject.toml", SHARED)
    shop_of(repository, 1, 6)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 4})
    repository.commit("answers")
    bare = nova(*ALL, "--no-memory")
    assert bare.data["totals"]["findings"] == 0
    assert bare.data["totals"]["dismissed"] == 6
    nova("verdict", "--wake", "B904", "--path", "shop")
    assert '"answer": "wake"' in (repository.path / ".nova/verdicts.jsonl").read_text().splitlines()[-1]
    assert nova(*ALL, "--no-memory").data["totals"]["findings"] == 2


def test_a_change_cannot_silence_a_rule_by_its_own_verdict_file(repository: Repository, nova: Nova) -> None:
    repository.write("pyproject.toml", SHARED)
    shop_of(repository, 1, 5)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 5})
    text = (repository.path / ".nova/verdicts.jsonl").read_text()
    (repository.path / ".nova/verdicts.jsonl").unlink()
    repository.git("checkout", "-q", "-b", "feature")
    repository.write(".nova/verdicts.jsonl", text)
    repository.write("shop/f0.py", "".join(caught(f"load{n}") for n in range(6)))
    repository.commit("sneak")
    assert nova(*JSON, "--diff", "main...feature", "--no-memory").rules() == ["B904"]


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
