"""What is made of GitHub's answer to the one question about a token."""

from __future__ import annotations

import pytest

from nova.github.rights import Rights

CLASSIC, PUBLIC, BARE = frozenset({"repo"}), frozenset({"public_repo", "gist"}), frozenset[str]()


@pytest.mark.parametrize(
    ("told", "may"),
    [
        (Rights(role="push", scopes=CLASSIC), True),
        (Rights(role="admin", scopes=PUBLIC), True),
        (Rights(role="admin", scopes=PUBLIC, is_private=True), False),
        (Rights(role="admin", scopes=BARE), False),
        (Rights(role="pull", scopes=CLASSIC), False),
        (Rights(role="triage", scopes=CLASSIC), False),
        (Rights(role="push", scopes=CLASSIC, is_archived=True), False),
        (Rights(role="push"), None),  # a fine-grained one may do less than its account
        (Rights(role="pull"), False),
        (Rights(), None),  # an app's
    ],
)
def test_whether_a_token_may_write_is_said_only_where_it_is_known(told: Rights, may: bool | None) -> None:
    assert told.may_write is may
