"""The one family of errors that a person may see: what happened, why, and what to do next."""

from __future__ import annotations


class NovaError(Exception):
    """Something that Nova could not do. ``cli`` turns it into three lines and exit code 2."""

    def __init__(self, what: str, *, why: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.why, self.next_step) if part)


class UsageError(NovaError):
    """The person asked for something that cannot be."""


class GitError(NovaError):
    """git is missing, refused, or does not know what was named."""


class TargetError(NovaError):
    """A target's settings are wrong."""


class RosterError(NovaError):
    """An agent's page is wrong, or no agent has that name."""


class ToolError(NovaError):
    """A tool that a proof needs is missing or failed."""
