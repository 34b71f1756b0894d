"""Memory is a plain file: what looks like a credential is not kept in it."""

from __future__ import annotations

from nova.errors import UsageError


def refuse_secrets(text: str) -> None:
    """Raise ``UsageError`` for a text that holds what looks like a password or a key."""
    from reviewers.rules._secrets import is_random, shaped

    if any(shaped(text, lambda: False)) or any(is_random(word.strip("'\"`.,;:")) for word in text.split()):
        raise UsageError(
            "that looks like a password or a key, so it was not kept",
            why="memory is a plain file",
            next_step="leave it out, and say where it is kept instead",
        )
