"""The face of memory is light, and the engine stays in its own home."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import memory
from tests.memory.samples import child

FOLDER = Path(memory.__file__).parent


def loaded_by(statement: str) -> set[str]:
    """The modules that a statement loads in a fresh process."""
    process = child(f"{statement}\nimport sys\nprint(*sys.modules)")
    return set(process.communicate(timeout=60)[0].split())


def test_the_face_loads_nothing() -> None:
    modules = loaded_by("import memory")
    assert {name for name in modules if name.startswith("memory")} == {"memory"}
    assert not modules & {"duckdb", "_duckdb", "json", "dataclasses", "logging", "asyncio"}


def test_the_store_loads_the_engine_only_when_it_is_opened() -> None:
    assert not loaded_by("import memory.store") & {"duckdb", "_duckdb"}


def test_reading_a_page_loads_little(tmp_path: Path) -> None:
    read = (
        f"from pathlib import Path; from memory.store import Memory; m = Memory.open(Path({str(tmp_path)!r}) / 'm.db')"
    )
    loaded_by(f"{read}; m.keep_page('shop', 'review', 'k', b''); m.close()")
    modules = loaded_by(f"{read}; print(m.page('shop', 'review')); m.close()")
    assert {"memory.store", "_duckdb"} <= modules
    heavy = {"duckdb", "memory.book", "memory.life", "memory.verdict", "memory.checking", "logging", "datetime", "rich"}
    assert not modules & heavy


@pytest.mark.parametrize("name", memory.__all__)
def test_every_name_of_the_face_is_there(name: str) -> None:
    assert getattr(memory, name).__name__ == name


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        memory.nothing  # noqa: B018


def test_only_the_store_and_the_migrations_know_the_engine() -> None:
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in {"nova", "reviewers"}, file
                assert file.stem in {"store", "migrations"} or name not in {"duckdb", "_duckdb"}, file
