"""The router of one person: fitted once, anew when something changed, and never trusting a broken file."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from nova import corrections, embed, roster, routing
from nova.corrections import Correction
from nova.errors import UsageError
from nova.orchestrator.router import Floor
from nova.roster import Agent

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = ("review my code", "check this change", "look over the diff", "any bugs here", "is this patch right")
NOTES = ("keep this note", "remember that we use tabs", "write down the decision", "store it", "note to self")


def small(*more: str) -> roster.Roster:
    return roster.make(
        [
            Agent("code-reviewer", "review", "Reviews code.", (*REVIEW, *more), ("recall the note (archivist)",)),
            Agent("archivist", "memory", "Takes in notes.", NOTES, ("odd one (nobody)", "no pointer")),
        ]
    )


def kept(data: Path) -> list[Path]:
    return sorted((data / "router").glob("*.json"))


def test_other_pages_tell_whose_work_something_is() -> None:
    found = routing.examples(small())
    assert found["archivist"] == [*NOTES, "Takes in notes.", "recall the note"]
    assert found["code-reviewer"] == [*REVIEW, "Reviews code."]


def test_it_is_fitted_once_and_then_read(tmp_path: Path) -> None:
    first = routing.router(small(), tmp_path)
    (file,) = kept(tmp_path)
    told = json.loads(file.read_text())
    told["bias"] = [100.0, 0.0]  # archivist, code-reviewer: shows that the file is what is used
    file.write_text(json.dumps(told))
    assert first.route("review my code", Floor()).agent == "code-reviewer"
    assert routing.router(small(), tmp_path).model.told("review my code").best(1)[0][0] == "archivist"


def test_another_example_or_correction_gives_another_model(tmp_path: Path) -> None:
    routing.router(small(), tmp_path)
    routing.router(small("audit the build"), tmp_path)
    assert len(kept(tmp_path)) == 2
    corrections.add(tmp_path, Correction("audit the build", "archivist"))
    found = routing.router(small(), tmp_path)
    assert len(kept(tmp_path)) == 3
    assert found.route("Audit the build", Floor()).agent == "archivist"


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[" * 100_000, b'{"labels": []}', b"\xff\xfe"])
def test_a_broken_file_is_fitted_anew(tmp_path: Path, content: bytes) -> None:
    routing.router(small(), tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(content)
    assert routing.router(small(), tmp_path).route("check this patch", Floor()).agent == "code-reviewer"
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_it_still_routes(tmp_path: Path) -> None:
    (tmp_path / "router").write_text("a file")
    assert routing.router(small(), tmp_path).route("check this patch", Floor()).agent == "code-reviewer"


def test_old_models_make_room(tmp_path: Path) -> None:
    folder = tmp_path / "router"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.json").write_text("{}")
        os.utime(folder / f"{number}.json", (number, number))
    (folder / "corrections.jsonl").write_text("")
    routing.router(small(), tmp_path)
    assert len(kept(tmp_path)) == routing.KEPT
    assert (folder / "corrections.jsonl").exists()


def test_a_correction_for_an_agent_that_is_gone_counts_for_nobody(tmp_path: Path) -> None:
    corrections.add(tmp_path, Correction("check this patch", "gone"))
    assert routing.router(small(), tmp_path).route("check this patch", Floor()).agent == "code-reviewer"


def test_the_door_keeps_no_floor(tmp_path: Path) -> None:
    door = Agent("concierge", "chat", "The door.", ("hello", "what can you do", "help me", "hi there"))
    found = routing.router(roster.make([*small().values(), door]), tmp_path)
    assert found.route("store it", Floor("concierge")) == found.route("store it", Floor())


def test_without_an_embedder_there_is_the_floor_and_an_unknown_one_is_told() -> None:
    assert embed.embedder("none") is None
    with pytest.raises(UsageError, match="not installed"):
        embed.embedder("nothing-of-that-name")


@pytest.mark.parametrize("name", embed.installed())
def test_an_installed_embedder_puts_like_near_like(name: str) -> None:
    found = embed.embedder(name)
    assert found is not None
    rows = found.embed(["a password was leaked", "someone exposed a secret key", "the weather is sunny", "", "\0 🤖"])
    assert [round(float(row @ row), 4) for row in rows[:3]] == [1.0, 1.0, 1.0]
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert re.match(rf"{name} \d", found.name)
