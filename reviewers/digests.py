"""Short stable hashes."""

from __future__ import annotations

from hashlib import blake2b


def digest(*parts: str) -> str:
    """A short stable hash (16 hexadecimal digits) of some texts."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
