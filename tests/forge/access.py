"""Who may do what: what a token may see, and the refusals where it may not write.

Pages "Repository roles for an organization", "Permissions required for GitHub Apps" and "Permissions required for
fine-grained personal access tokens".
"""

from __future__ import annotations

from tests.forge.state import ROLES, Repository, Role, Token, User
from tests.forge.wire import Refused, not_found

INTEGRATION = "Resource not accessible by integration"
PERSONAL = "Resource not accessible by personal access token"
APP_ONLY = "You must authenticate via a GitHub App."
LEVELS = {"none": 0, "read": 1, "write": 2, "admin": 3}


def role_of(user: User, repository: Repository) -> Role:
    """A user's role; everybody may read what is public."""
    floor: Role = "none" if repository.private else "read"
    given = repository.roles.get(user.login.lower(), "none")
    return max(floor, given, key=ROLES.index)


def association(user: User, repository: Repository) -> str:
    """How GitHub names the relation of an author to a repository."""
    role = repository.roles.get(user.login.lower(), "none")
    if user is repository.owner:
        return "OWNER"
    if role != "none":
        return "COLLABORATOR"
    merged = any(pull.user is user and pull.merged for pull in repository.pulls.values())
    return "CONTRIBUTOR" if merged else "NONE"


def covers(token: Token, repository: Repository) -> bool:
    """Whether a token was given for this repository at all."""
    return not token.repositories or repository.full_name.lower() in {each.lower() for each in token.repositories}


def sees(token: Token | None, repository: Repository) -> bool:
    """Whether a token may know that the repository is there."""
    if not repository.private:
        return True
    if token is None or not covers(token, repository) or (token.kind == "personal" and "repo" not in token.scopes):
        return False
    return token.is_app or role_of(token.user, repository) != "none"


def see(token: Token | None, repository: Repository | None) -> Repository:
    """The repository; 404 for one that is not there and one that the token may not see alike.

    Page "Troubleshooting the REST API", section "404 Not Found for an existing resource".
    """
    if repository is None or not sees(token, repository):
        raise not_found()
    return repository


def require(
    token: Token | None, repository: Repository, area: str, role: Role = "write", level: str = "write"
) -> Token:
    """The token, where it may: an app's by its permission for the area, a person's by role (and area, fine-grained).

    Refusals: 401 without a token; 403 with GitHub's sentence for the kind of token, and the header that tells which
    permission would do; 404 for a classic token without the scope (page "Troubleshooting the REST API", sections "404
    Not Found for an existing resource" and "Resource not accessible").
    """
    if token is None:
        raise Refused(401, "Requires authentication")
    if token.kind != "personal":
        granted = token.permissions.get(area, "none")
        if not covers(token, repository) or LEVELS[granted] < LEVELS[level]:
            accepted = {"x-accepted-github-permissions": f"{area}={level}"}
            raise Refused(403, INTEGRATION if token.is_app else PERSONAL, headers=accepted)
    elif level == "write" and not token.scopes & ({"repo"} if repository.private else {"repo", "public_repo"}):
        raise not_found()
    if not token.is_app and ROLES.index(role_of(token.user, repository)) < ROLES.index(role):
        sentence = "Must have admin rights to Repository." if role != "read" else "Resource not accessible"
        raise Refused(403, sentence)
    return token


def allow_actions(token: Token, repository: Repository) -> None:
    """Refuse the workflow's token where the repository's setting forbids it to propose.

    Page "Managing GitHub Actions settings for a repository", section "Preventing GitHub Actions from creating or
    approving pull requests"; the sentence as recorded.
    """
    if token.kind == "workflow" and not repository.actions_may_propose:
        raise Refused(403, "GitHub Actions is not permitted to create or approve pull requests.")


def require_app(token: Token | None, repository: Repository, area: str) -> Token:
    """The token of an app; people's tokens are refused.

    Page "REST API endpoints for check runs": write permission for check runs is only available to GitHub Apps.
    """
    if token is not None and not token.is_app:
        raise Refused(403, APP_ONLY)
    return require(token, repository, area)
