"""What tools read out of git's output and memory's rows: pure parts."""

from __future__ import annotations

from memory import Answer, Life, Verdict
from nova.tools import activity, blame, reverts
from nova.tools.dangers import CODES, GROUPS, OWN, grouped
from nova.tools.muted_rules import proposed
from nova.tools.verdicts import record

SHA = "a" * 40


def life(rule: str, state: str = "open", *, regressed: bool = False) -> Life:
    mark = "s2" if regressed else None
    return Life(
        f"{rule}{state}{regressed}", "f", "a.py", rule, None, "low", "m", state, "s1", None, "t", "s1", None, "t",  # type: ignore[arg-type]
        None, None, mark, 1,
    )  # fmt: skip


def verdict(rule: str, answer: Answer, because: str = "") -> Verdict:
    return Verdict("i", "f", "a.py", rule, None, answer, because, "ada", "2026-03-01T09:00:00Z")


def test_the_record_of_a_rule_counts_lives_and_verdicts() -> None:
    said = [
        verdict("B006", Answer.ACCEPT), verdict("B006", Answer.DISMISS, "wrong"), verdict("B006", Answer.DISMISS),
        verdict("B006", Answer.LATER),
    ]  # fmt: skip
    first, second = record([life("F401"), life("F401", "fixed"), life("F401", regressed=True)], said)
    assert (first["rule"], first["accepted"], first["dismissed"], first["wrong"], first["later"]) == (
        "B006",
        1,
        2,
        1,
        1,
    )
    assert first["because"] == {"wrong": 1, "no reason given": 1}
    assert first["precision"] == 0.67
    assert (second["seen"], second["open"], second["fixed"], second["regressed"]) == (3, 2, 1, 1)
    assert second["precision"] is None


def test_muting_is_proposed_for_what_is_dismissed_three_times_and_never_accepted() -> None:
    said = [verdict("B006", Answer.DISMISS)] * 3 + [verdict("F401", Answer.DISMISS)] * 2
    said += [verdict("S307", Answer.DISMISS)] * 5 + [verdict("S307", Answer.ACCEPT)]
    rows = record([], said)
    assert [p["rule"] for p in proposed(rows, [])] == ["B006"]
    assert proposed(rows, ["B006"]) == []


def test_commits_are_read_with_what_they_touched() -> None:
    said = f"\x01{SHA}\x001700000000\x00Ada\x00fix: a\n\x00\n1\t2\ta.py\x00-\t-\tpic.png\x00"
    (found,) = activity.parsed(said)
    assert (found["commit"], found["subject"], found["paths"]) == (SHA, "fix: a", ["a.py", "pic.png"])
    assert (found["added"], found["removed"]) == (1, 2)
    assert activity.parsed("\x01odd") == []


def test_blame_is_gathered_by_commit_the_latest_first() -> None:
    def lines(sha: str, line: int, when: int) -> list[str]:
        return [f"{sha} 1 {line} 1", "author Ada", f"author-time {when}", f"summary change {when}", "\ttext"]

    rows = blame.by_commit([*lines("b" * 40, 1, 100_000), *lines(SHA, 2, 900_000), *lines("b" * 40, 3, 100_000)])
    assert [(r["commit"][:1], r["count"], r["first_line"]) for r in rows] == [("a", 1, 2), ("b", 2, 1)]
    (row,) = blame.by_commit(lines("0" * 40, 1, 5))
    assert (row["commit"], row["author"], row["subject"]) == ("", "", "not committed yet")


def test_a_revert_names_the_findings_that_it_brings_back() -> None:
    said = f'{"c" * 40}\x002026-03-01T09:00:00+00:00\x00Ada\x00Revert "x"\n\nThis reverts commit {SHA}.\n\x01'
    said += f"{'d' * 40}\x002026-03-01T09:00:00+00:00\x00Ada\x00reverting is fun\n\x01"
    (found,) = reverts.parsed(said, {SHA: ["id1", "id2"]})
    assert found["findings"] == ["id1", "id2"]


def test_dangers_come_in_groups_the_worst_first_and_tests_are_counted_apart() -> None:
    rows = [
        {"code": code, "path": path, "line": 1, "symbol": None, "message": "m"}
        for code, path in (("S113", "a.py"), ("no-secrets", "b.py"), ("S307", "a.py"), ("S307", "tests/test_a.py"))
    ]
    found = grouped(rows)
    assert [g["found"][0]["code"] for g in found["groups"]] == ["no-secrets", "S307", "S113"]
    assert (found["found"], found["aside"]) == (3, 1)


def test_every_code_is_in_one_group() -> None:
    assert len(CODES) == len(set(CODES)) == sum(len(g.codes) for g in GROUPS) - len(OWN)
