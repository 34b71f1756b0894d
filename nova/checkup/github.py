"""What Nova can do on GitHub for the repository one stands in: address, token, rights, and the last refusals.

GitHub is asked one question where there is a token, and nothing is written.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nova.checkup.check import Check
from nova.config import github as words_of
from nova.errors import NovaError
from nova.git import Git

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.config import GitHubWords
    from nova.github.address import Address
    from nova.github.rights import Rights

REFUSED = {
    "resolve": "threads could not be resolved, so comments say themselves when they are done",
    "review": "no comments could be put on lines, so the summary held all findings",
    "rights": "it could not be seen who may write, so what people answered in threads did not count",
    "light": "neither a check nor a status could be set",
}
"""What was refused, in words."""
WITHOUT = "nothing is posted, nothing that people answer is taken in, proposals stay local branches"
READ_ONLY = "reviews are shown here, and proposals stay local branches; nothing is posted"
HOW = "docs/github.md tells which rights are used for what"


def github(database: Path) -> Iterator[Check]:
    """The address, the token and what it may do, and what it turned out not to do at the last posting."""
    from nova.github import address, less
    from nova.github.fetching import remotes

    words = words_of()
    try:
        git = Git.at(Path.cwd())
        known = remotes(git) if git is not None else []
        if not words.repository and not any(map(address.of_remote, known)):
            if git is not None:
                yield Check("good", "GitHub: no remote of this repository leads there, so nothing is read or posted")
            return
        found = address.find(words, known)
    except NovaError as error:
        yield Check("less", f"GitHub: {error.what}", error.next_step)
        return
    except FileNotFoundError:
        return
    yield from _signed(words, found)
    for what, why in sorted(less.unpacked(_page(git, database)).items()):
        yield Check("less", f"GitHub, at the last posting: {REFUSED.get(what, what)} ({why})", "docs/github.md")


def _signed(words: GitHubWords, found: Address) -> Iterator[Check]:
    from nova.github import rights, token

    where = f"GitHub: {found.repository} at {found.host}"
    signed = token.find(words, found)
    if signed is None:
        kept = words.tokens and not found.is_vouched_for
        yield Check(
            "less",
            f"{where}, without a token: {WITHOUT}"
            + (f"; {words.tokens[0][0]} is not sent there, for only the clone's remote names it" if kept else ""),
            f"set GH_ENTERPRISE_TOKEN, or name the host yourself: GITHUB_API_URL={found.api}"
            if kept
            else "set GITHUB_TOKEN, or log in with gh; docs/github.md tells its rights",
        )
        yield from _interface(words, found)
        return
    yield Check("good", f"{where}, with the token from {signed.source}{f' ({signed.kind})' if signed.kind else ''}")
    if signed.may_check is False:
        yield Check("less", "GitHub: a token of a person makes no check runs, so a status shows the result")
    yield from _interface(words, found)
    yield from _may(rights.rights(found, signed), found)


def _interface(words: GitHubWords, found: Address) -> Iterator[Check]:
    """The address of the interface, where it is not the usual one."""
    name = "GITHUB_API_URL" if words.api else "GH_HOST" if words.host else "the clone's remote"
    if found.host != "github.com":
        yield Check("good", f"GitHub: its interface is {found.api}, by {name}")


def _may(told: Rights, found: Address) -> Iterator[Check]:
    """What the token may do, as far as GitHub tells without a try."""
    if told.refused:
        yield Check("less", f"GitHub: what the token may do is not known: {told.refused}", HOW)
        return
    if told.is_archived:
        yield Check("less", f"GitHub: {found.repository} is archived: {READ_ONLY}")
    elif told.may_write is False:
        yield Check("less", f"GitHub: {_why_not(told)}: {READ_ONLY}", HOW)
    elif told.may_write:
        yield Check("good", f"GitHub: the token may write ({_reach(told)})")
    elif told.role:
        yield Check(
            "good", f"GitHub: its account may write ({told.role}); whether the token may too shows at the first try"
        )
    else:
        yield Check("good", "GitHub: the repository can be read; what else such a token may shows at the first try")
    if told.expires:
        yield Check("good", f"GitHub: the token ends at {told.expires}")


def _why_not(told: Rights) -> str:
    if told.scopes is not None and not told.scopes & {"repo", "public_repo"}:
        return "the token has neither the scope repo nor public_repo, so it may only read"
    if told.is_private and told.scopes is not None and "repo" not in told.scopes:
        return "the repository is private and the token has not the scope repo"
    return f"its account may only read ({told.role})"


def _reach(told: Rights) -> str:
    scopes = f", with the scopes {', '.join(sorted(told.scopes))}" if told.scopes else ""
    return f"its account is {told.role}{scopes}" if told.role else scopes.removeprefix(", ")


def _page(git: Git | None, database: Path) -> tuple[str, bytes] | None:
    from memory import MemoryUnavailable
    from memory.store import Memory
    from nova.github import less

    if git is None or not database.exists():
        return None
    try:
        with Memory.open(database) as memory:
            return memory.page(os.fsencode(git.common_dir).decode("utf-8", "backslashreplace"), less.PAGE)
    except MemoryUnavailable:
        return None
