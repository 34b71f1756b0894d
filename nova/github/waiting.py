"""How long GitHub asks to wait, by its own headers. Pure.

"Rate limits for the REST API", section "Exceeding the rate limit": ``retry-after`` in seconds; else, with
``x-ratelimit-remaining: 0``, until ``x-ratelimit-reset``; else a minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTE = 60.0


def wait_of(status: int, headers: Mapping[str, str], message: str, now: float) -> float | None:
    """Seconds to wait before the call is made again; None where no limit was met."""
    if status not in {200, 403, 429}:
        return None
    after = headers.get("retry-after", "")
    if after.isdigit() and status != 200:
        return float(after)
    said = message.lower()
    if headers.get("x-ratelimit-remaining") == "0" and (status != 200 or "rate limit" in said):
        reset = headers.get("x-ratelimit-reset", "")
        return max(float(reset) - now, 1.0) if reset.isdigit() else MINUTE
    is_secondary = "secondary rate limit" in said or "rate limit exceeded" in said or "abuse detection" in said
    return MINUTE if status == 429 or is_secondary else None
