"""``nova project``, as a person types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.repositories import Answer

    Nova = Callable[..., Answer]

NOTHING = "nothing changed: it was so already"


def data(nova: Nova, *arguments: str) -> Any:
    said = nova("project", *arguments, "--format", "json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_a_person_without_projects_is_told_how_to_begin(nova: Nova) -> None:
    said = nova("project")
    assert (said.code, said.err) == (0, "")
    assert "nova project add NAME" in said.out
    assert data(nova, "list") == []


def test_a_project_goes_through_its_life(nova: Nova) -> None:
    made = data(nova, "add", "shop", "--goal", "orders arrive once", "--value", "be kind", "--target", "airep")
    assert made["changed"]
    assert made["project"]["active"]
    assert made["project"]["targets"] == ["airep"]
    assert data(nova, "add", "blog")["project"]["active"] is False
    assert data(nova, "use", "blog")["project"]["active"]
    assert data(nova, "goal", "add", "a post a week")["project"]["name"] == "blog"
    assert [g["text"] for g in data(nova, "goal", "done", "post")["project"]["reached"]] == ["a post a week"]
    assert data(nova, "value", "drop", "be kind", "--project", "shop")["project"]["values"] == []
    assert data(nova, "archive", "blog")["project"]["archived"]
    assert [p["name"] for p in data(nova, "list")] == ["shop"]
    assert [p["name"] for p in data(nova, "list", "--all")] == ["shop", "blog"]
    page = nova("project", "show", "shop").out
    assert page.startswith("shop  open, since 20")
    assert "orders arrive once" in page


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "shop", "--goal", "orders arrive once", "--value", "be kind", "--target", "airep"),
        ("add", "shop", "--goal", "Orders arrive once."),
        ("use", "shop"),
        ("goal", "add", "no order is lost"),
        ("goal", "done", "orders"),
        ("value", "add", "be quick"),
        ("value", "drop", "be kind"),
        ("archive", "shop"),
    ],
    ids=" ".join,
)
def test_a_second_run_changes_nothing_and_says_so(nova: Nova, arguments: tuple[str, ...]) -> None:
    nova("project", "add", "shop", "--goal", "orders arrive once", "--value", "be kind")
    assert nova("project", *arguments).code == 0
    before = data(nova, "list", "--all")
    again = nova("project", *arguments)
    assert (again.code, again.out.split("\n")[0], again.err) == (0, NOTHING, "")
    assert data(nova, *arguments)["changed"] is False
    assert data(nova, "list", "--all") == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "shpo"), ("there is no project shpo", "did you mean shop?")),
        (("use", "shpo"), ("there is no project shpo", "did you mean shop?")),
        (("add", "x", "--target", "arep"), ("there is no target called arep", "did you mean airep?")),
        (("add", " "), ("a project needs a name", "nova project add")),
        (("goal", "done", "ordres arrive"), ("shop has no goal ordres arrive", 'did you mean "orders arrive once"?')),
        (("goal", "add", "..."), ("the goal is empty", "say it in words")),
        (("value", "drop", "speed"), ("shop has no value speed", "it has no values", "nova project show")),
        (("goal", "add", "x", "--project", "blog"), ("there is no project blog", "known: shop")),
    ],
    ids=str,
)
def test_what_cannot_be_is_told_with_what_would_do(
    nova: Nova, arguments: tuple[str, ...], told: tuple[str, ...]
) -> None:
    nova("project", "add", "shop", "--goal", "orders arrive once")
    before = data(nova, "list", "--all")
    said = nova("project", *arguments)
    assert (said.code, said.out) == (2, "")
    assert [part for part in told if part not in said.err] == []
    assert data(nova, "list", "--all") == before


def test_where_no_project_is_active_the_way_to_one_is_told(nova: Nova) -> None:
    assert "nova project add NAME" in nova("project", "goal", "add", "x").err
    nova("project", "add", "shop")
    nova("project", "add", "blog")
    nova("project", "archive", "shop")
    said = nova("project", "show")
    assert said.code == 2
    assert "open projects: blog" in said.err
    assert "shop is archived" in nova("project", "use", "shop").err


def test_another_memory_is_another_world_wherever_it_is_named(nova: Nova, tmp_path: Path) -> None:
    other = str(tmp_path / "other.duckdb")
    nova("project", "--db", other, "add", "shop")
    assert data(nova, "list") == []
    assert [p["name"] for p in data(nova, "list", "--db", other)] == ["shop"]
    assert json.loads(nova("project", "--format", "json", "--db", other).out)[0]["name"] == "shop"


def test_who_did_it_is_who_git_says(nova: Nova, tmp_path: Path, repository: Any) -> None:
    repository.commit("begin", a="x = 1\n")
    repository.git("config", "user.name", "Grace")
    other = tmp_path / "other.duckdb"
    nova("project", "add", "shop", "--db", str(other))
    from memory.store import Memory

    with Memory.open(other) as memory:
        assert {item.who.split(" <")[0] for item in memory.items("")} == {"Grace"}
