"""A review that reads again only what changed answers byte for byte like one that reads everything anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reviewers.test_warm import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functional.repositories import Answer, Repository

ALL = ("review", "--format", "json", "--all")


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_a_warm_review_answers_like_a_cold_one(
    repository: Repository, nova: Callable[..., Answer], seed: int
) -> None:
    project = Project(seed)
    there: set[str] = set()
    for step in range(6):
        files = project.files()
        for path in there - files.keys():
            (repository.path / path).unlink()
        for path, text in files.items():
            repository.write(path, text)
        there = set(files)
        if step in {0, 3, 4}:
            repository.commit()
        change = "HEAD~1...HEAD" if step > 3 else "HEAD"
        for asked in (ALL, (*ALL, "--diff", change)):
            warm = nova(*asked)
            assert warm.data["status"] == "complete"
            assert warm.same() == nova(*asked, "--no-cache").same()
        for _ in range(project.random.choice((1, 3))):
            project.edit()
