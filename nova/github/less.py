"""What a token turned out not to do for a repository, as a page of memory: ``nova doctor`` tells of it. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = "github:less"


def packed(reasons: Mapping[str, str]) -> bytes:
    """The refusals of the last posting, by what was refused, with GitHub's words."""
    return json.dumps(dict(reasons), sort_keys=True).encode("ascii")


def unpacked(page: tuple[str, bytes] | None) -> dict[str, str]:
    """The refusals that a page tells of; none where there is no page."""
    told: dict[str, str] = json.loads(page[1]) if page is not None else {}
    return told
