"""What goes wrong with GitHub, in words that hold no token."""

from __future__ import annotations

from nova.errors import NovaError


class GitHubError(NovaError):
    """GitHub cannot be reached, does not know what was asked for, or does not let the token do it."""


def is_not_there(repository: str, number: int) -> GitHubError:
    """The error for a pull request that cannot be seen."""
    return GitHubError(
        f"there is no pull request #{number} in {repository}, or the token may not see it",
        why="GitHub answers alike for what is not there and for what is not to be seen",
        next_step="check the number and the repository; for a private one set GITHUB_TOKEN",
    )
