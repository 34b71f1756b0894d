from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova.config import python_folders
from nova.proof.compilers import Compilers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def compilers() -> Iterator[Compilers]:
    """Every Python of this machine, started once."""
    with Compilers(python_folders()) as found:
        yield found
