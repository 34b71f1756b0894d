"""A review is a run of code-reviewer, and its record says so."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nova.config import places
from nova.reviewing import MOST
from tests.functional.repositories import MESSY, Answer, Repository

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Nova = Callable[..., Answer]


ROOT = Path(__file__).resolve().parents[2]


def turns() -> list[Path]:
    return sorted((places().data / "turns").glob("*.jsonl"))


def test_a_review_is_shown_by_trace_as_a_run_of_code_reviewer(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    nova("review", "--all")
    told = nova("trace")
    assert "nova review --all" in told.out
    assert "code-reviewer by command" in told.out
    assert "2 findings in 1 files" in told.out
    again = nova("trace", "--replay")
    assert again.code == 2
    assert "was a command" in again.err


def test_a_review_leaves_the_conversation_alone(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    nova("ask", "--agent", "concierge", "what can you do")
    nova("review")
    assert "had the floor" not in nova("ask", "is there dead code").err


def test_only_the_newest_reviews_are_kept_and_every_other_turn(repository: Repository, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    nova("ask", "--agent", "concierge", "what can you do")
    folder = places().data / "turns"
    for number in range(MOST + 20):
        (folder / f"20200101-000000-{number:03}-0001review.jsonl").write_text("{}\n")
    nova("review")
    assert sum(path.stem.endswith("review") for path in turns()) == MOST
    assert any(not path.stem.endswith("review") for path in turns())


def test_a_review_goes_on_where_no_record_can_be_kept(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop=MESSY)
    folder = places().data / "turns"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    answer = nova("review", "--format", "json")
    assert answer.code == 0
    assert answer.data["totals"]["findings"] == 2


def test_without_memory_nothing_is_recorded(repository: Repository, nova: Nova) -> None:
    repository.commit(shop=MESSY)
    nova("review", "--no-memory")
    assert turns() == []


def test_a_bare_yes_with_nothing_to_answer_keeps_nothing(repository: Repository, nova: Nova) -> None:
    repository.commit(a="x = 1\n")
    assert "nothing was kept" in nova("ask", "--yes", "--agent", "archivist", "yes").out
    kept = nova("ask", "--yes", "--agent", "archivist", "remember that python3 -c 'import a; a.f()'").out
    assert "python3 -c 'import a; a.f()'" in kept


def test_routing_ends_when_nobody_reads_any_more(repository: Repository) -> None:
    repository.commit(a="x = 1\n")
    nova = f"{shlex.quote(sys.executable)} -m nova route"
    run = subprocess.run(
        ["sh", "-c", f"yes 'review my code' | {nova} | head -2"], cwd=repository.path, capture_output=True, text=True,
        timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert run.stdout.split() == ["code-reviewer"] * 2
