"""What the project rules have seen, kept so that next time they look only where a change can be felt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reviewers.across import Known
from reviewers.digests import digest
from reviewers.report import from_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.ports import Remembered
    from reviewers.across import Across

MOST = 40
"""Beyond so many changed files they look at every file again."""


def recalled(memory: Remembered, target: str, scope: str, keys: Mapping[str, str]) -> Known | None:
    """What an earlier look has left for files with these cache keys; None where it is of no use."""
    page = memory.page(target, _name(scope))
    if page is None:
        return None
    complete, told, old = json.loads(page[1])
    wanted = {path: key for path, key in old.items() if keys.get(path) != key}
    new = [path for path in keys if path not in old]
    if len(wanted) + len(new) > MOST:
        return None
    blobs = memory.cached(target, list(wanted.values())) if wanted else {}
    if len(blobs) < len(set(wanted.values())):
        return None
    before = {path: from_bytes(path, blobs[key]).interface for path, key in wanted.items()}
    gone = tuple(i for path, i in before.items() if path not in keys and i is not None)
    changed = {path: i for path, i in before.items() if path in keys}
    return Known(dict.fromkeys(new) | changed, gone, frozenset(told), complete)


def keep(memory: Remembered, target: str, scope: str, keys: Mapping[str, str], across: Across) -> None:
    """Keep what a look has seen; nothing is written where that is what was known before."""
    known = across.known
    if known is None or known.before or known.gone or known.told != across.told or known.complete != across.complete:
        data = [across.complete, sorted(across.told), dict(keys)]
        memory.keep_page(target, _name(scope), "", json.dumps(data, separators=(",", ":")).encode("ascii"))


def _name(scope: str) -> str:
    return "across:" + digest(scope)
