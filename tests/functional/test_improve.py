"""``nova improve`` and its ledger, on a real repository with a real memory that the commands themselves made."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from nova import app, improving
from nova.bookkeeping import PAGE
from nova.config import places
from nova.errors import UsageError
from nova.ports import silent
from nova.proposing import remembered
from nova.proposing.past import Proposal, Stage
from nova.request import Request
from tests.functional.repositories import ROOT
from tests.functional.test_fix import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.repositories import Answer, Repository

    Nova = Callable[..., Answer]

pytestmark = pytest.mark.slow
SCHEMA = json.loads((ROOT / "docs" / "ledger.schema.json").read_text(encoding="utf-8"))
EITHER = """\
def either(a, b, c):
    if a:
        return b or c and a
    return c


def other(rows):
    return [row for row in rows if row]
"""
"""RUF021 in ``either``: a parenthesis, so the code stays identical. McCabe: 4 (if, or, and) and 3 (loop, if)."""
MENDED = "        return b or (c and a)\n"


@pytest.fixture
def shop(repository: Repository) -> Repository:
    repository.write("pyproject.toml", PROJECT)
    repository.write("src/shop/__init__.py", "")
    repository.write("src/shop/either.py", EITHER)
    repository.commit("first")
    return repository


@pytest.fixture
def branch(shop: Repository, nova: Nova) -> str:
    """The branch of the one proposal there is."""
    answer = nova("improve", ".")
    assert answer.code == 0, answer.err
    (made,) = (b for b in shop.git("for-each-ref", "--format=%(refname:short)", "refs/heads/nova").split("\n") if b)
    return made


def report(nova: Nova, **wanted: object) -> Any:
    answer = nova("improve", ".", "--report", "--format", "json")
    assert answer.code == 0, answer.err
    jsonschema.Draft202012Validator(SCHEMA).validate(answer.data)
    return answer.data


def told(shop: Repository, stage: Stage, at: str, number: int | None = 7) -> None:
    """Let memory know that the proposal came to a stage, as ``nova sync`` does."""
    request = Request(path=shop.path)
    key = app.find_subject(request).key
    with app.remembered(request, silent) as memory:
        known = remembered.load(memory, key)[-1]
        remembered.note(memory, key, replace(known, stage=stage, at=at, number=number), "nova sync")


def squash(shop: Repository, branch: str, message: str = "Group it (#7)") -> str:
    """Merge as GitHub's squash does, and leave nothing of the branch."""
    shop.git("merge", "-q", "--squash", branch)
    made = shop.commit(message)
    shop.git("branch", "-q", "-D", branch)
    shop.git("reflog", "expire", "--expire=now", "--all")
    shop.git("gc", "-q", "--prune=now")
    return made


def test_it_reviews_proposes_and_says_what_it_did(shop: Repository, nova: Nova) -> None:
    answer = nova("improve", ".")
    assert answer.code == 0, answer.err
    assert "synced    no: no remote of this clone leads to GitHub" in answer.out
    assert "reviewed  1 finding in 2 files (complete)" in answer.out
    assert "(RUF021)" in answer.out
    (branch,) = shop.git("for-each-ref", "--format=%(refname:short)", "refs/heads/nova").split("\n")
    assert f"git branch -D {branch}" in answer.out
    assert MENDED in shop.git("show", f"{branch}:src/shop/either.py")


def test_a_dry_run_makes_no_branch_and_data_says_the_same(shop: Repository, nova: Nova) -> None:
    answer = nova("improve", ".", "--dry-run", "--format", "json")
    assert answer.code == 0, answer.err
    assert [one["rule"] for one in answer.data["proposed"]["proposals"]] == ["RUF021"]
    assert (answer.data["synced"], answer.data["reviewed"]["findings"]) == (None, 1)
    assert shop.git("for-each-ref", "refs/heads/nova") == ""


def test_a_target_by_name_is_improved_from_anywhere(
    shop: Repository, nova: Nova, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = places().targets / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'[target]\npath = "{shop.path}"\n', encoding="utf-8")
    answer = nova("improve", "--target", "mine", "--dry-run")
    assert answer.code == 0, answer.err
    assert "Improving mine" in answer.out


def test_without_a_name_it_is_novas_own_source() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("the tests run without a clone around them")
    assert improving.where(None, None, None).path == ROOT


def test_an_installed_nova_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        improving.own(tmp_path)
    assert error.value.what == "there is no checkout of Nova's own source to improve"
    assert "nova improve PATH" in error.value.next_step


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--post", "--dry-run"], "contradict"),
        (["--report", "--post"], "--report proposes nothing"),
        (["--report", "--top", "2"], "--report proposes nothing"),
        (["--target", "nova"], "two repositories"),
    ],
)
def test_flags_that_contradict_each_other_are_refused(
    shop: Repository, nova: Nova, flags: list[str], said: str
) -> None:
    answer = nova("improve", ".", *flags)
    assert answer.code == 2
    assert said in answer.err


def test_what_is_no_repository_is_said(shop: Repository, nova: Nova, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert "is in no git repository" in nova("improve", str(tmp_path / "plain")).err
    assert "there is no folder" in nova("improve", str(tmp_path / "gone")).err
    assert "there is no commit yet" in nova("improve", str(shop_of(tmp_path))).err


def shop_of(folder: Path) -> Path:
    from tests.functional.repositories import Repository

    return Repository(folder / "bare").path


def test_an_empty_ledger_says_what_fills_it(shop: Repository, nova: Nova) -> None:
    answer = nova("improve", ".", "--report")
    assert answer.code == 0, answer.err
    assert "Nothing was proposed here and nobody answered anything yet" in answer.out
    assert "nova improve PATH --post" in answer.out
    data = report(nova)
    assert (data["all"]["proposed"], data["merged"], data["reviews"]["count"]) == (0, [], 0)


def test_a_branch_that_was_merged_by_hand_is_found_in_git_and_measured(
    shop: Repository, nova: Nova, branch: str
) -> None:
    shop.write("src/shop/more.py", "X = 1\n")
    shop.commit("beside it")
    shop.git("merge", "-q", "--no-ff", "-m", "take it", branch)
    landed = shop.git("rev-parse", "HEAD")
    shop.write("src/shop/either.py", (shop.path / "src/shop/either.py").read_text() + "\n\nMORE = 1\n")
    shop.commit("work on")
    data = report(nova)
    assert (data["all"]["found"], data["all"]["proposed"], data["all"]["posted"], data["all"]["by_hand"]) == (
        1,
        1,
        0,
        1,
    )
    assert data["all"]["acceptance"]["answered"] == 0
    (one,) = data["merged"]
    assert (one["rule"], one["stage"], one["pull_request"], one["commit"]) == ("RUF021", "local", None, landed)
    assert one["effect"]["fate"] == "stayed"
    assert one["effect"]["numbers"] == {
        "before": {"findings": 1, "complexity": 7, "lines": 8},
        "promised": {"findings": 0, "complexity": 7, "lines": 8},
        "merged": {"findings": 0, "complexity": 7, "lines": 8},
        "today": {"findings": 0, "complexity": 7, "lines": 11},
    }
    assert (one["effect"]["lines"], one["effect"]["findings"]) == (
        {"added": 1, "standing": 1}, {"mended": 1, "back": 0},
    )  # fmt: skip
    (function,) = one["effect"]["functions"]
    assert (function["symbol"], function["today"]) == ("either", {"complexity": 4, "cognitive": 3, "lines": 4})


def test_a_squash_is_found_by_its_number_and_promises_nothing_that_is_not_here(
    shop: Repository, nova: Nova, branch: str
) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    landed = squash(shop, branch)
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    data = report(nova)
    (one,) = data["merged"]
    assert (one["stage"], one["pull_request"], one["commit"]) == ("merged", 7, landed)
    assert (one["effect"]["fate"], one["effect"]["numbers"]["promised"]) == ("stayed", None)
    assert data["all"]["acceptance"] == {"taken": 1, "answered": 1, "interval": [0.1581, 0.9874], "too_few": True}
    assert data["all"]["answer_seconds"]["median"] == 2.5 * 86_400
    assert "1 of 1 answered proposals taken; too few to say more" in nova("improve", ".", "--report").out


def test_what_a_person_changed_before_merging_is_told_beside_what_was_promised(
    shop: Repository, nova: Nova, branch: str
) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    shop.git("checkout", "-q", branch)
    text = (shop.path / "src/shop/either.py").read_text()
    shop.write("src/shop/either.py", text.replace("    return c\n", "    return c if c else None\n"))
    shop.commit("by hand")
    shop.git("checkout", "-q", "main")
    shop.git("merge", "-q", "--no-ff", "-m", f"Merge pull request #7 from o/{branch}", branch)
    told(shop, Stage.CHANGED, "2026-11-26T12:00:00+00:00")
    data = report(nova)
    (one,) = data["merged"]
    assert (data["all"]["stages"]["changed"], one["commit"]) == (1, shop.git("rev-parse", "HEAD"))
    numbers = one["effect"]["numbers"]
    assert [numbers[name]["complexity"] for name in ("before", "promised", "merged", "today")] == [7, 7, 8, 8]
    assert one["effect"]["functions"][0]["merged"]["complexity"] == 5
    assert "as merged 5 and 4" in nova("improve", ".", "--report").out


def test_what_was_undone_is_told_though_nobody_said_so(shop: Repository, nova: Nova, branch: str) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    squash(shop, branch)
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    shop.write("src/shop/either.py", EITHER)
    shop.commit("as it was")
    (one,) = report(nova)["merged"]
    assert (one["effect"]["fate"], one["effect"]["findings"]) == ("undone", {"mended": 1, "back": 1})
    told(shop, Stage.REVERTED, "2026-11-27T12:00:00+00:00")
    data = report(nova)
    assert (data["all"]["stages"]["reverted"], data["all"]["acceptance"]["taken"]) == (1, 0)
    assert data["merged"][0]["effect"]["fate"] == "undone"


def test_a_file_is_followed_to_its_new_name_and_missed_when_it_is_gone(
    shop: Repository, nova: Nova, branch: str
) -> None:
    shop.git("merge", "-q", branch)
    shop.git("mv", "src/shop/either.py", "src/shop/moved.py")
    shop.commit("move")
    (one,) = report(nova)["merged"]
    assert (one["effect"]["fate"], one["paths"]) == ("stayed", ["src/shop/either.py"])
    shop.git("rm", "-q", "src/shop/moved.py")
    shop.commit("drop")
    (one,) = report(nova)["merged"]
    assert (one["effect"]["fate"], one["effect"]["numbers"]["today"]) == (
        "gone", {"findings": 0, "complexity": 0, "lines": 0},
    )  # fmt: skip
    assert "its files are no longer there" in nova("improve", ".", "--report").out


def test_a_merge_that_is_not_in_the_history_is_not_measured_and_no_undoing(
    shop: Repository, nova: Nova, branch: str
) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    (one,) = report(nova)["merged"]
    assert (one["effect"]["fate"], one["commit"]) == ("unknown", None)
    assert "its merge is not in this history" in one["effect"]["why"]
    assert one["effect"]["numbers"]["promised"] == {"findings": 0, "complexity": 7, "lines": 8}


def test_a_history_that_was_rewritten_is_read_by_the_trailer(shop: Repository, nova: Nova, branch: str) -> None:
    shop.git("merge", "-q", branch)
    shop.git("branch", "-q", "-D", branch)
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    first = shop.git("rev-list", "--max-parents=0", "HEAD")
    tree, message = shop.git("rev-parse", f"{first}^{{tree}}"), shop.git("log", "-1", "--format=%B")
    begun = shop.git("commit-tree", tree, "-m", "another first")
    again = shop.git("commit-tree", shop.git("rev-parse", "HEAD^{tree}"), "-p", begun, "-m", message)
    shop.git("reset", "-q", "--hard", again)
    shop.git("reflog", "expire", "--expire=now", "--all")
    shop.git("gc", "-q", "--prune=now")
    (one,) = report(nova)["merged"]
    assert (one["commit"], one["effect"]["fate"]) == (again, "stayed")
    flat = shop.git("commit-tree", shop.git("rev-parse", "HEAD^{tree}"), "-m", "all in one")
    shop.git("reset", "-q", "--hard", flat)
    shop.git("reflog", "expire", "--expire=now", "--all")
    shop.git("gc", "-q", "--prune=now")
    (one,) = report(nova)["merged"]
    assert (one["commit"], one["effect"]["fate"]) == (None, "unknown")


def test_a_number_that_another_history_brought_along_is_not_its_own(shop: Repository, nova: Nova, branch: str) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    shop.git("branch", "-q", "-D", branch)
    shop.git("checkout", "-q", "--orphan", "other")
    shop.commit("Begin elsewhere")
    shop.write("src/shop/either.py", EITHER + "\n\nMORE = 1\n")
    shop.commit("Another change (#7)")
    shop.git("branch", "-q", "-M", "main")
    (one,) = report(nova)["merged"]
    assert (one["commit"], one["effect"]["fate"]) == (None, "unknown")


def test_a_shallow_clone_says_that_it_is_one(shop: Repository, nova: Nova, branch: str, tmp_path: Path) -> None:
    shop.git("merge", "-q", branch)
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    shop.write(".git/shallow", shop.git("rev-parse", "HEAD") + "\n")
    (one,) = report(nova)["merged"]
    assert one["effect"]["fate"] == "unknown"
    assert "the clone is shallow" in one["effect"]["why"]


def test_verdicts_count_as_new_until_a_report_told_of_them(shop: Repository, nova: Nova) -> None:
    assert nova("review", "--all").code == 0
    said = nova("verdict", "1", "accept")
    assert said.code == 0, said.err
    first, second = report(nova), report(nova)
    assert (first["since"], first["all"]["verdicts"]["accept"], first["all"]["verdicts_since"]["accept"]) == (
        None,
        1,
        1,
    )
    assert second["since"] == first["made"]
    assert (second["all"]["verdicts"]["accept"], second["all"]["verdicts_since"]["accept"]) == (1, 0)
    assert [rule["rule"] for rule in second["rules"] if rule["verdicts"]["accept"]] == ["RUF021"]


def journal(change: Callable[[list[bytes]], list[bytes]], *, anew: bool) -> None:
    """Change the journal by hand; ``anew`` lets the database be derived from it again."""
    file = places().database.with_suffix(".jsonl")
    file.write_bytes(b"".join(change(file.read_bytes().splitlines(keepends=True))))
    if anew:
        places().database.unlink()


@pytest.mark.parametrize("anew", [False, True])
def test_a_journal_that_was_tampered_with_is_told_of_and_makes_no_numbers(
    shop: Repository, nova: Nova, branch: str, *, anew: bool
) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")

    journal(lambda lines: [line.replace(b'"merged"', b'"embraced"') for line in lines], anew=anew)
    data = report(nova)
    assert data["notes"]
    if anew:
        assert data["all"]["stages"]["merged"] == 0


def test_a_journal_whose_end_was_cut_off_counts_what_is_left(shop: Repository, nova: Nova, branch: str) -> None:
    told(shop, Stage.OPEN, "2026-11-24T00:00:00+00:00")
    told(shop, Stage.MERGED, "2026-11-26T12:00:00+00:00")
    journal(lambda lines: [*lines[:-1], lines[-1][:40]], anew=True)
    data = report(nova)
    assert (data["all"]["stages"]["open"], data["all"]["stages"]["merged"]) == (1, 0)
    assert data["all"]["acceptance"]["answered"] == 0


def test_a_stage_that_cannot_be_read_is_not_counted(shop: Repository, nova: Nova) -> None:
    request = Request(path=shop.path)
    key = app.find_subject(request).key
    wrong = Proposal("p", "B904", "nova/b904", "a" * 40, (), Stage.MERGED, "some day", 9)
    with app.remembered(request, silent) as memory:
        item = remembered.item_of(replace(wrong, at="2026-11-24T00:00:00+00:00"), "nova")
        memory.remember(replace(item, because="embraced"), key, "wrong")
    data = report(nova)
    assert data["all"]["proposed"] == 0
    assert data["notes"] == ["1 record of proposals cannot be read, and was not counted"]


def test_a_damaged_note_of_the_last_report_is_as_none(shop: Repository, nova: Nova) -> None:
    request = Request(path=shop.path)
    key = app.find_subject(request).key
    with app.remembered(request, silent) as memory:
        memory.keep_page(key, PAGE, "", b"\xff[1")
    assert report(nova)["since"] is None
    assert report(nova)["since"] is not None


def test_the_report_fits_a_terminal(shop: Repository, nova: Nova, branch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.git("merge", "-q", branch)
    said = nova("improve", ".", "--report").out
    assert "merged by hand: it stayed (1 of 1 lines stand, 0 of 1 finding back)" in said
    assert "either: complexity 4, lines 4" in said
