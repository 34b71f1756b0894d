"""Fixtures: a running stand-in for a test, which fails when a request or a response does not fit GitHub's description.

Take them into a ``conftest.py`` with ``from tests.forge.fixtures import forge  # noqa: F401``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forge.forge import Forge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    """``owner/project`` on an empty bare repository; a test that means to break the description uses ``log.allow``."""
    with Forge(tmp_path / "forge") as running:
        yield running
    assert not running.log.violations, "\n".join(map(str, running.log.violations))
