"""Which repository is meant, which token goes to which host, and that no text shows it."""

from __future__ import annotations

import base64

import pytest

from nova.config import GitHubWords
from nova.github import address, token
from nova.github.errors import GitHubError
from nova.github.fetching import transport
from nova.github.token import Token

WORDS = GitHubWords((("GITHUB_TOKEN", "ghp_secret"),), (("GH_ENTERPRISE_TOKEN", "ghp_house"),))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://github.com/o/r.git", ("github.com", "o/r")),
        ("git@github.com:o/r.git", ("github.com", "o/r")),
        ("ssh://git@ssh.github.com:443/o/r.git", ("github.com", "o/r")),
        ("https://x-access-token:abc@ghe.example.com/o/r", ("ghe.example.com", "o/r")),
        ("/srv/git/r.git", None),
        ("https://example.com/a/b/c", None),
        ("file:///o/r", None),
    ],
)
def test_a_remote_names_a_repository(url: str, found: tuple[str, str] | None) -> None:
    assert address.of_remote(url) == found


@pytest.mark.parametrize(
    ("host", "api"),
    [
        ("github.com", "https://api.github.com"),
        ("acme.ghe.com", "https://api.acme.ghe.com"),
        ("ghe.example.com", "https://ghe.example.com/api/v3"),
    ],
)
def test_each_kind_of_host_has_its_interface(host: str, api: str) -> None:
    assert address.api_of(host) == api
    assert address.host_of(api) == host


def test_the_token_for_github_is_not_sent_to_a_host_that_only_a_remote_names() -> None:
    found = address.find(WORDS, ["https://evil.example.com/o/r"])
    assert not found.is_vouched_for
    given = token.find(WORDS, found, lambda _: "")
    assert given is not None
    assert given.value == "ghp_house"
    assert token.find(GitHubWords(WORDS.tokens), found, lambda _: "") is None


def test_the_environment_and_the_persons_own_settings_vouch_for_a_host() -> None:
    words = GitHubWords(WORDS.tokens, api="https://ghe.example.com/api/v3", repository="o/r")
    given = token.find(words, address.find(words, []), lambda _: "")
    assert given is not None
    assert given.source == "GITHUB_TOKEN"
    own = address.find(WORDS, [], own_api="https://ghe.example.com/api/v3", own_repository="o/r")
    assert own.is_vouched_for


def test_github_keeps_its_own_token_where_the_environment_has_none() -> None:
    given = token.find(GitHubWords(), address.find(GitHubWords(), ["git@github.com:o/r"]), lambda host: f"gho_{host}")
    assert given is not None
    assert (given.value, given.source) == ("gho_github.com", "gh auth token")


@pytest.mark.parametrize("api", ["http://ghe.example.com/api/v3", "ftp://x", "nonsense"])
def test_a_token_never_travels_unencrypted(api: str) -> None:
    with pytest.raises(GitHubError):
        address.find(GitHubWords(api=api, repository="o/r"), [])


def test_a_repository_that_nothing_names_is_told_plainly() -> None:
    with pytest.raises(GitHubError, match="which repository"):
        address.find(GitHubWords(), ["/srv/git/r.git"])


def test_no_text_shows_a_token() -> None:
    one = Token("ghp_secret", "GITHUB_TOKEN")
    assert "ghp_secret" not in f"{one} {one!r} {WORDS!r}"
    basic = base64.b64encode(b"x-access-token:ghp_secret").decode()
    assert one.redacted(f"ghp_secret and {basic}") == "[token] and [token]"


def test_git_gets_the_token_for_the_host_of_the_interface_and_no_other() -> None:
    place = address.Address("https://api.github.com", "github.com", "o/r", is_vouched_for=True)
    one = Token("ghp_secret", "GITHUB_TOKEN")
    assert one.basic in "".join(transport("https://github.com/o/r.git", place, one).values())
    for url in ("https://evil.example.com/o/r.git", "http://github.com/o/r.git"):
        assert one.basic not in "".join(transport(url, place, one).values())


@pytest.mark.parametrize(("value", "may"), [("ghs_x", True), ("ghp_x", False), ("github_pat_x", False), ("x", None)])
def test_the_form_of_a_token_tells_whether_it_can_make_check_runs(value: str, may: bool | None) -> None:
    assert Token(value, "").may_check is may
