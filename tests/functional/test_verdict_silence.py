"""A rule that is dismissed again and again falls silent there, until it is woken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.functional.verdicts import ALL, JSON, caught, dismiss_some, shop_of, shown

if TYPE_CHECKING:
    from tests.functional.repositories import Repository
    from tests.functional.verdicts import Nova


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
