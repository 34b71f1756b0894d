from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import stamina

from tests.nova.github.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.forge.forge import Forge

try:
    from tests.forge.fixtures import forge  # noqa: F401
except ImportError as error:  # pragma: no cover
    pytest.skip(f"the stand-in cannot run here: {error}", allow_module_level=True)


@pytest.fixture(autouse=True)
def _no_pauses() -> Iterator[None]:
    """Waits between attempts take no time; how many there are stays as it is."""
    stamina.set_testing(True, attempts=5)
    yield
    stamina.set_testing(False)


@pytest.fixture
def desk(forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A place to run Nova from, without a clone, with the owner's token for the stand-in."""
    for name in [n for n in os.environ if n.startswith(("GIT_", "RUFF_", "NOVA_", "GITHUB_", "GH_"))]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    for name, value in {
        "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GITHUB_API_URL": forge.api,
        "GITHUB_REPOSITORY": "owner/project", "GITHUB_TOKEN": "owner-token",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home)
    return Desk(forge, home)
