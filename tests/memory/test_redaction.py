"""Secrets are taken out before anything is stored; what only speaks of them stays as it was."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory.redaction import redacted

DICE = random.Random(20260401)


def made(alphabet: str, length: int) -> str:
    """Random letters: the tokens are put together here, so that none stands in this file."""
    return "".join(DICE.choice(alphabet) for _ in range(length))


WORD = string.ascii_letters + string.digits
HEX = string.hexdigits[:16]

TOKENS = {
    "an AWS access key": "AKIA" + made(string.ascii_uppercase + string.digits, 16),
    "a GitHub token": "ghp_" + made(WORD, 36),
    "a GitLab token": "glpat-" + made(WORD, 20),
    "a Slack token": "xoxb-" + made(string.digits, 12) + "-" + made(WORD, 24),
    "a Stripe key": "sk_live_" + made(WORD, 24),
    "a Google key": "AIza" + made(WORD, 35),
    "a Google token": "ya29." + made(WORD, 60),
    "an OpenAI key": "sk-proj-" + made(WORD, 48),
    "an Anthropic key": "sk-ant-api03-" + made(WORD, 80),
    "an npm token": "npm_" + made(WORD, 36),
    "a PyPI token": "pypi-AgEIcHlwaS5vcmc" + made(WORD, 60),
    "a Telegram token": made("123456789", 9) + ":AA" + made(WORD, 33),
    "a SendGrid key": "SG." + made(WORD, 22) + "." + made(WORD, 43),
    "a JSON web token": "eyJ" + made(WORD, 30) + ".eyJ" + made(WORD, 50) + "." + made(WORD, 43),
    "a Twilio key": "SK" + made(HEX, 32),
    "a DigitalOcean token": "dop_v1_" + made(HEX, 64),
    "a Hugging Face token": "hf_" + made(WORD, 34),
    "a Vault token": "hvs." + made(WORD, 24),
    "a Docker token": "dckr_pat_" + made(WORD, 27),
    "a Linear key": "lin_api_" + made(WORD, 40),
    "a Slack address": "hooks.slack.com/services/T" + made(WORD, 8) + "/B" + made(WORD, 8) + "/" + made(WORD, 24),
    "an age key": "AGE-SECRET-KEY-1" + made(string.ascii_uppercase, 58),
    "a random string": made(WORD, 40),
    "a card number": "4111 1111 1111 1111",
    "an account number": "DE89 3704 0044 0532 0130 00",
}

SAID = [
    ("the staging password is hunter2!", "hunter2"),
    ("the staging password is hunter2", "hunter2"),
    ("pw: hunter2", "hunter2"),
    ("pw hunter2 for the demo box", "hunter2"),
    ("Password: swordfish", "swordfish"),
    ("password: swordfish and the user is bob", "swordfish"),
    ("the password for the staging database is Tr0ub4dor&3, do not share it", "Tr0ub4dor&3"),
    ("bob's password on db-2 was changed: it is now behind the wiki; password=s3cr3t!", "s3cr3t!"),
    ("The root passphrase is correct horse battery staple", "horse battery staple"),
    ('the passphrase is "open sesame please"', "open sesame please"),
    ("passphrase: maple river candle tooth", "maple river candle tooth"),
    ("DB_PASSWORD=swordfish", "swordfish"),
    ("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI"),
    ('api_key = "k-9f8e7d6c5b"', "k-9f8e7d6c5b"),
    ('{"password": "letmein99", "user": "bob"}', "letmein99"),
    ("'secret': 'abc123xyz'", "abc123xyz"),
    ("the API key is 7f3kd92mfa", "7f3kd92mfa"),
    ("our api token is f8sd7f6sd8f", "f8sd7f6sd8f"),
    ("client secret -> 8Q~abcDEF123", "8Q~abcDEF123"),
    ("the admin pwd is Winter2026", "Winter2026"),
    ("the wifi password is `blaubeere`.", "blaubeere"),
    ("the wifi password is blaubeere", "blaubeere"),
    ("log in as admin with password Sommer2026!", "Sommer2026!"),
    ("we changed the password to n3wP4ss", "n3wP4ss"),
    ("reset the staging token to 9fk2-kd8s-22aa", "9fk2-kd8s-22aa"),
    ("hunter2 is the password for staging", "hunter2"),
    ("use 'p4ssw0rd' as the password", "p4ssw0rd"),
    ("the door PIN is 4711", "4711"),
    ("pin: 90210", "90210"),
    ("password: 12345678", "12345678"),
    ("the password is 123456.", "123456"),
    ("creds: admin/hunter2", "hunter2"),
    ("credentials are bob:hunter22", "hunter22"),
    ("postgres://app:hunter2@db.internal:5432/shop", "hunter2"),
    ("redis://:s3cretpw@cache:6379/0", "s3cretpw"),
    ("clone https://bob:p@ss/word@git.example.com/x.git", "p@ss/word"),
    ("mongodb+srv://svc:Ab1!x@cluster0.example.net", "Ab1!x"),
    ("Authorization: Bearer 0a1b2c3d4e5f6a7b8c9d", "0a1b2c3d4e5f6a7b8c9d"),
    ("authorization: Basic YWRtaW46aHVudGVyMg==", "YWRtaW46aHVudGVyMg"),
    ("Authorization: token 0123456789abcdef0123456789abcdef01234567", "0123456789abcdef"),
    ("curl -H 'Authorization: Bearer abcdef1234567890' https://x.example", "abcdef1234567890"),
    ("send it with Bearer abc.def1234567890-x", "abc.def1234567890"),
    ("Cookie: session=8f7d6e5c4b3a; theme=dark", "8f7d6e5c4b3a"),
    ("Set-Cookie: sid=31d4d96e407aad42; Path=/", "31d4d96e407aad42"),
    ("curl -u admin:hunter2 https://x.example", "hunter2"),
    ("mysql -u root -phunter2 shop", "hunter2"),
    ("sshpass -p hunter2 ssh bob@box", "hunter2"),
    ("X-Api-Key: 5d41402abc4b2a76b971", "5d41402abc4b2a76b971"),
    ("https://x.example/hook?token=9aF3kLm2&user=bob", "9aF3kLm2"),
    ("Server=db;User Id=sa;Password=Pa55word;Encrypt=yes", "Pa55word"),
    ("ENCRYPTION_KEY: 9c8b7a6f5e4d3c2b", "9c8b7a6f5e4d3c2b"),
    ("FLASK_SECRET_KEY='dev-9a8b7c6d'", "dev-9a8b7c6d"),
    ("otp is 482913", "482913"),
    ("AccountKey=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4==;", "Zm9vYmFyYmF6"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7x\nabcdEFGH1234\n-----END RSA PRIVATE KEY-----\nthe rest",
     "MIIEpAIBAAKCAQEA7x"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5v\nmore words", "b3BlbnNzaC1rZXkt"),
    ('"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0\\n-----END PRIVATE KEY-----\\n"', "MIIEvQIBADANBgkq"),
    ("the password: hunter2, the user: bob", "hunter2"),
    ("| password | hunter2 |\npassword := hunter2", "= hunter2"),
    ("**Password:** hunter2", "hunter2"),
    ("the password: “geheim77”", "geheim77"),
    ("my card is 5500-0000-0000-0004, exp 12/29", "5500-0000-0000-0004"),
    ("amex 3782 822463 10005", "822463"),
]  # fmt: skip

INNOCENT = """
the token is expired
the token is valid for 12 hours
password is required
a password is required for the admin page
secret is stored in vault
the secret is stored in Vault under shop/prod
the password is in 1Password
ask ada for the password
the passwords are hashed with bcrypt
passwords must be 12 characters
the password is at least 12 characters long
the password is case sensitive
the password is optional
the password is too short
the password is wrong.
the token is a JWT
the token is opaque
the token is stale, refresh it
the token is sent in the Authorization header
the token is read from config.toml
the API key is missing
the api key is rotated every 90 days
the api key is in the environment
api_key = os.environ["API_KEY"]
password = getpass.getpass()
password=password
token = get_token(user)
token=self.token
secret: str
password: Optional[str] = None
def login(user: str, password: str) -> Token:
token: string
password: required
Password: must be 12 characters or more
DB_PASSWORD=$DB_PASSWORD
DB_PASSWORD=${DB_PASSWORD}
password: <password>
token: {{ token }}
password: ********
PGPASSWORD is read from the environment
max_tokens = 4096
we use 1200 tokens a call
tokens: 4096
the budget is 400 tokens
token bucket rate limiting
the tokenizer splits identifiers
secret santa is on Friday
the secret is to keep files short
the secret to good code is simplicity
primary_key=id
foreign key: user_id
the key is the user id
press any key
password reset mails are sent by the worker
token refresh happens every 15min
we moved from sha256 to argon2id for passwords
password hashing: argon2id
the token is signed with RS256
OAuth2 tokens are short lived
commit 1d8a78d2f0e3c4b5a6978877665544332211aabb fixed it
see 6443e07 and 5de646e
md5 is d41d8cd98f00b204e9800998ecf8427e
sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
image shop@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
the run is 123e4567-e89b-12d3-a456-426614174000
integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==
![logo](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4)
AbstractSingletonProxyFactoryBeanProvider is too long a name
test_a_new_value_closes_the_old_one_2 fails
the file is /home/ada/projects/nova/tests/memory/test_redaction.py
see https://github.com/acme/shop/pull/1234#discussion_r1234567890
https://docs.example.com/api/v2/users?page=2&per_page=100
http://localhost:8080/path@x is up
postgres://db.internal:5432/shop has no login
mail ada@example.com or bob@example.com
the order is 1234567890123456
the epoch is 1700000000000
phone +49 170 1234567
version 3.11.9 of Python, x86_64-unknown-linux-gnu
-----BEGIN CERTIFICATE-----
the cookie banner is hidden
Cookie: the header that carries the session
cookies are deleted on logout
Bearer tokens are sent in the header
Authorization: required for every call
use basic auth in staging
curl -u $USER:$PASS https://x.example
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8Yt0yYw5r8mZ1l2k3j4h5g6f7d8s9a0q1w2e3r4t5y ada@laptop
the ULID is 01ARZ3NDEKTSV4RRFFQ69G5FAV
pass the path to the worker
pass: 12, fail: 0
tests pass on 3.11 and 3.13
pin the version to 2.0.0
the pinned version is 1.2.3
never commit secrets
secrets are redacted before anything is stored
who owns the staging credentials?
credentials: ~/.aws/credentials
credentials are kept in the vault
the secret is rotated by Terraform
the token was revoked yesterday
the token is bound to the session
token -> user mapping
access token lifetime is 3600 seconds
set the password to expire after 90 days
we decided to change the token to short-lived ones
the passphrase is never written down anywhere at all
the password field is called pwd_hash
secret_name: shop/prod/db
token_type: bearer
password policy: NIST 800-63B
the license key is optional
pin: numpy==1.26.4
the passphrase is mandatory for backups
the staging password is in Bitwarden
the password is the same as on staging
the token is issued by Keycloak
the secret ingredient is butter
a signing key is generated at start-up
""".strip().splitlines()


@pytest.mark.parametrize("kind", TOKENS)
def test_a_token_of_a_known_shape_is_taken_out_and_named(kind: str) -> None:
    for frame in ("{}", "use {} here", "it was “{}”.", "see ({}), then go on", "a\n{}\nb"):
        left = redacted(frame.format(TOKENS[kind]))
        assert left.text == frame.format(f"[redacted: {kind}]")
        assert left.kinds == (kind,)


@pytest.mark.parametrize(("text", "secret"), SAID)
def test_what_a_sentence_calls_a_secret_is_taken_out(text: str, secret: str) -> None:
    left = redacted(text)
    assert secret not in left.text
    assert "[redacted: " in left.text
    assert left.kinds


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_speaks_of_secrets_stays(text: str) -> None:
    assert redacted(text).text == text
    assert redacted(text).kinds == ()


def test_there_are_enough_sentences() -> None:
    assert len(TOKENS) + len(SAID) >= 80
    assert len(INNOCENT) >= 100


@pytest.mark.parametrize("text", [*TOKENS.values(), *(text for text, _ in SAID), *INNOCENT])
def test_redacting_again_changes_nothing(text: str) -> None:
    once = redacted(text)
    assert redacted(once.text).text == once.text
    assert redacted(once.text).kinds == ()


def test_the_user_and_the_host_of_an_address_stay() -> None:
    left = redacted("postgres://app:hunter2@db.internal:5432/shop")
    assert left.text == "postgres://app:[redacted: a password]@db.internal:5432/shop"


def test_what_stands_around_a_secret_stays() -> None:
    text = f"before, password: hunter2, between, {TOKENS['a GitHub token']}; after"
    left = redacted(text)
    assert left.text == "before, password: [redacted: a password], between, [redacted: a GitHub token]; after"
    assert left.kinds == ("a GitHub token", "a password")


def test_random_strings_are_seen_wherever_they_stand_and_words_are_not() -> None:
    dice = random.Random(20260402)
    seen = sum(bool(redacted(f"it is {''.join(dice.choice(WORD) for _ in range(32))} then").kinds) for _ in range(300))
    assert seen >= 290
    names = [
        "".join(dice.choice(["Order", "Item", "Http", "List", "Maker", "Of", "Test"]) for _ in range(7))
        for _ in range(300)
    ]
    assert not any(redacted(f"class {name}2: ...").kinds for name in names)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab1!:=\"' \n.password token is://@[]"), max_size=60))
def test_any_text_is_stable_after_one_pass(text: str) -> None:
    once = redacted(text).text
    assert redacted(once).text == once


LONG = {
    "prose": "The quick brown fox mends the memory, as decided on Tuesday. ",
    "names": "password token secret ",
    "assignments": "token: x ",
    "addresses": "http://a.example:80/b?c=d ",
    "one letter": "a",
    "spaces": " ",
    "quotes": "password '",
    "tokens that never end": "-eyJ",
    "keys that never end": "-----BEGIN PRIVATE KEY-----\n",
    "digits": "1234 ",
    "letters and digits": "aB3/",
    "logins": "://a:",
}


@pytest.mark.parametrize("name", LONG)
def test_a_megabyte_takes_no_long_time(name: str) -> None:
    """Prose takes a quarter of a second; what is made to be slow may take more, and grows no faster than the text."""
    text = LONG[name] * (1_000_000 // len(LONG[name]))
    start = time.process_time()
    redacted(text)
    assert time.process_time() - start < (1.5 if name == "prose" else 8)
