from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.functional.test_fix import BOTH, PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functional.repositories import Answer, Repository

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(repository: Repository) -> Repository:
    repository.write("pyproject.toml", PROJECT)
    repository.write("src/shop/__init__.py", "")
    repository.write("src/shop/both.py", BOTH)
    repository.commit("first")
    return repository


def branches(shop: Repository) -> list[str]:
    return shop.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split("\n")


def test_each_proposal_is_a_branch_of_one_rule_on_the_newest_commit(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    answer = nova("propose")
    assert answer.code == 0, answer.err
    made = [b for b in branches(shop) if b.startswith("nova/")]
    assert made
    for branch in made:
        assert shop.git("rev-parse", f"{branch}~1") == shop.git("rev-parse", "HEAD")
        assert shop.git("diff", "--name-only", f"HEAD..{branch}") == "src/shop/both.py"
        assert branch in answer.out
    assert shop.git("worktree", "list").count("\n") == 0


def test_what_lies_uncommitted_is_neither_read_nor_written(shop: Repository, nova: Callable[..., Answer]) -> None:
    dirty = BOTH.replace("nothing", "something else")
    shop.write("src/shop/both.py", dirty)
    nova("propose")
    assert (shop.path / "src/shop/both.py").read_text() == dirty
    assert shop.git("status", "--porcelain") == "M src/shop/both.py"
    assert "something else" not in shop.git("show", f"{branches(shop)[-1]}:src/shop/both.py")


def test_a_dry_run_writes_nothing(shop: Repository, nova: Callable[..., Answer]) -> None:
    before = shop.git("count-objects", "-v")
    answer = nova("propose", "--dry-run", "--format", "json")
    assert json.loads(answer.out)["proposals"]
    assert branches(shop) == ["main"]
    assert shop.git("count-objects", "-v") == before


def test_the_message_tells_what_and_how_far_it_is_proved(shop: Repository, nova: Callable[..., Answer]) -> None:
    nova("propose", "--top", "1")
    message = shop.git("log", "-1", "--format=%B", branches(shop)[-1])
    assert "src/shop/both.py is proven" in message
    assert "Nova-Proposal: " in message


def test_hooks_of_the_repository_do_not_run(shop: Repository, nova: Callable[..., Answer]) -> None:
    for name in ("post-checkout", "pre-commit", "reference-transaction", "post-commit"):
        hook = shop.write(f".git/hooks/{name}", '#!/bin/sh\ntouch "$(git rev-parse --git-common-dir)/ran"\n')
        hook.chmod(0o755)
    nova("propose")
    assert not (shop.path / ".git/ran").exists()


def test_the_same_twice_makes_the_same_branches(shop: Repository, nova: Callable[..., Answer]) -> None:
    nova("propose")
    first = shop.git("for-each-ref", "refs/heads")
    nova("propose")
    assert shop.git("for-each-ref", "refs/heads") == first


def test_posting_says_what_it_lacks(shop: Repository, nova: Callable[..., Answer]) -> None:
    both = nova("propose", "--post", "--dry-run")
    assert both.code == 2
    assert "contradict" in both.err
    nowhere = nova("propose", "--post")
    assert nowhere.code == 2
    assert "which repository on GitHub is meant" in nowhere.err


def test_a_plain_folder_and_an_empty_repository_say_why(repository: Repository, nova: Callable[..., Answer]) -> None:
    answer = nova("propose")
    assert answer.code == 2
    assert "there is no commit yet" in answer.err


def test_a_branch_that_a_person_stands_on_is_left_alone(shop: Repository, nova: Callable[..., Answer]) -> None:
    nova("propose", "--top", "1")
    branch = branches(shop)[-1]
    shop.git("checkout", "-q", branch)
    shop.git("checkout", "-q", "-b", "work")
    shop.git("checkout", "-q", branch)
    shop.write("src/shop/more.py", "x = 1\n")
    mine = shop.commit("by hand")
    shop.git("checkout", "-q", "main")
    nova("propose", "--top", "1")
    assert shop.git("rev-parse", branch) == mine


def test_what_was_proposed_is_remembered_until_its_branch_is_gone(
    shop: Repository, nova: Callable[..., Answer]
) -> None:
    from nova import app, proposals
    from nova.ports import silent
    from nova.request import Request

    nova("propose", "--top", "1")
    branch = next(b for b in branches(shop) if b.startswith("nova/"))
    request = Request(path=shop.path)
    here = app.find_subject(request)
    assert here.git is not None
    (known,) = proposals.earlier(request, here.key, here.git, silent)
    assert (known.branch, known.stage.value, known.base) == (branch, "local", shop.git("rev-parse", "HEAD"))
    shop.git("branch", "-D", branch)
    assert proposals.earlier(request, here.key, here.git, silent) == ()
