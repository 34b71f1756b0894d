"""What a credential looks like, and what only looks like one."""

from __future__ import annotations

import base64
import itertools
import json
import math
import re
from typing import TYPE_CHECKING, NamedTuple

from reviewers.lazy import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Secret(NamedTuple):
    """A credential found in a text, what kind it is, and whether such ones are often meant to be seen."""

    kind: str
    value: str
    public: bool = False


class _Shape(NamedTuple):
    kind: str
    hint: str
    """Text that must be there for the expression to match; quick to look for."""
    expression: Pattern


_SHAPES = tuple(
    _Shape(kind, hint, Pattern(expression))
    for kind, hint, expression in (
        ("an AWS access key", "AKIA", r"\b(AKIA[A-Z2-7]{16})\b"),
        ("a GitHub token", "gh", r"\b(gh[pousr]_[A-Za-z0-9]{36})\b"),
        ("a GitHub token", "github_pat_", r"\b(github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b"),
        ("a GitLab token", "glpat-", r"\b(glpat-[A-Za-z0-9_-]{20})\b"),
        ("a Slack token", "xox", r"\b(xox[abprs]-(?:\d+-){1,3}[A-Za-z0-9]{20,})\b"),
        ("a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/services/(T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{24})\b"),
        ("a Stripe key", "_live_", r"\b((?:sk|rk)_live_[A-Za-z0-9]{24,})\b"),
        ("a Google API key", "AIza", r"\b(AIza[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])"),
        ("a Google OAuth secret", "GOCSPX-", r"\b(GOCSPX-[A-Za-z0-9_-]{28})(?![A-Za-z0-9_-])"),
        ("an OpenAI key", "T3BlbkFJ", r"\b(sk-[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,})"),
        ("an Anthropic key", "sk-ant-", r"\b(sk-ant-api\d\d-[A-Za-z0-9_-]{80,})"),
        ("a SendGrid key", "SG.", r"\b(SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])"),
        ("an npm token", "npm_", r"\b(npm_[A-Za-z0-9]{36})\b"),
        ("a PyPI token", "pypi-", r"\b(pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,})"),
        ("a Telegram bot token", ":AA", r"\b(\d{8,10}:AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])"),
        ("a private key", "PRIVATE KEY-----", r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*((?:[A-Za-z0-9+/=]{20,}\s*){2,})"),
        ("a signed token", "eyJ", r"\b(eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,})"),
        ("a password in a URL", "://", r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"<>{}$%]+:([^\s/:@'\"<>{}$%]{6,})@(?=[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b)"),
    )
)  # fmt: skip
_WEAK_IN_TESTS = frozenset({"a private key", "a signed token", "a password in a URL"})
"""Kinds that tests make for themselves."""

_OF_OWN = Pattern(
    r"(?:^|_)(?:password|passwd|passphrase|pwd|private_?key|secret_?key|secret_access_key|signing_?key|encryption_?key|"
    r"(?:auth|cookie|csrf|flask|django|jwt|session|signing)_?secret)s?$"
)
_OFTEN_PUBLIC = frozenset({"a Google API key", "a Google OAuth secret", "a signed token"})
"""What pages and programs hand to everyone who uses them, to tell who is asking rather than to let them in."""

_NAME = Pattern(
    r"(?:^|_)(?:password|passwd|passphrase|pwd|secret|token|credential|api_?key|access_?key|auth_?key|private_?key|"
    r"secret_?key|client_?secret|(?:api|app)_?secret|signing_?key|encryption_?key|bearer)s?$",
)
_NO_NAME = Pattern(
    r"public|csrf|xsrf|hash|page|next|cursor|continuation|sort|cache|dummy|test|fake|mock|example|sample|placeholder|"
    r"invalid|wrong|bad|expired|old|new_?password|default|input|start|end|sep|stop|mask|pad|unk|special|lexer|expected|"
    r"reset|verif|confirm|etag|sync|device|push|prev|since|from|upload|request|change|analytics|telemetry|posthog|"
    r"mixpanel|segment|amplitude|sentry"
)
_PLACEHOLDER = Pattern(
    r"(?i)change|replace|your|example|sample|dummy|fake|test|secret|passw|insecure|placeholder|redact|foo|bar|xxx|"
    r"abc|1234|qwert|lorem|none|null|todo|default|invalid|public|\*\*\*|\.\.\.|deadbeef|hunter|mock|demo|token|key"
)
_NOT_LITERAL = Pattern(r"[<>{}\s\[\]|\\;]|://|%\(|%[sdr]\b|^[$/.~]|^\(|\.\*")
_HASHED = Pattern(r"^(?:pbkdf2|bcrypt|argon2|scrypt|md5|sha\d+|\$2[aby]?\$|\$argon2|\{SSHA)|^sha\d+[-:]")
_FOR_ALL = Pattern(r"^(?:phc_|pk_live_|pk_test_|pk\.)")
"""How keys begin that a provider makes for pages and programs in everyone's hands."""
_REPORTING = Pattern(r"(?i)^@?[\w.-]*sentry\.")
"""Hosts to which every installed program sends its crashes: what stands in such an address is for all to have."""
_UUID = Pattern(r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
_RESERVED = Pattern(r"(?i)(?:^|\.)(?:example|test|invalid|localhost|local|internal)(?:\.|$)")


def shaped(text: str, in_test: Callable[[], bool]) -> Iterator[Secret]:
    """The credentials in a text that give themselves away by their shape."""
    for shape in _SHAPES:
        if shape.hint not in text or (shape.kind in _WEAK_IN_TESTS and in_test()):
            continue
        for match in shape.expression.finditer(text):
            value = match[1].strip()
            if not _is_made_up(shape.kind, value, text, match.end()):
                yield Secret(shape.kind, value, shape.kind in _OFTEN_PUBLIC)


def _is_made_up(kind: str, value: str, text: str, end: int) -> bool:
    if kind == "a password in a URL":
        host = re.match(r"@?([\w.-]+)", text[end:])
        return (
            bool(_PLACEHOLDER.search(value) or _RESERVED.search(host[1] if host else ""))
            or _REPORTING.search(text[end:]) is not None
            or len(set(value)) < 5
        )
    if kind == "a private key":
        return len(value) < 200 or _entropy(value) < 4.5
    if kind == "a signed token":
        return not _is_signed(value)
    body = value[4:]
    return "EXAMPLE" in value.upper() or "XXXX" in value.upper() or _entropy(body) < 3 or _runs(body) > 4


def _is_signed(token: str) -> bool:
    """Whether the two parts of a JSON web token say who signed it and for whom, and nobody made it up for a page."""
    head, body, _ = token.split(".")
    try:
        header, claims = (json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (head, body))
    except ValueError:
        return False
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") in {None, "none"}:
        return False
    public = claims.get("sub") == "1234567890" or claims.get("role") == "anon"
    return not public and "example" not in json.dumps(claims)


def is_secret_name(name: str) -> bool:
    """Whether what is called so is a credential, and neither a part of one, a name of one nor made up."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return _NAME.search(snake) is not None and _NO_NAME.search(snake) is None


def is_of_application(name: str) -> bool:
    """Whether what is called so may as well tell which application asks, and be in the hands of all its users.

    A password, and a key that signs or opens something, never is.
    """
    return _OF_OWN.search(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()) is None


def may_be_digest(name: str, value: str) -> bool:
    """Whether what stands for a password is rather the digest of one: hexadecimal, in a digest's length."""
    is_digest = len(value) in {32, 40, 64, 96, 128} and re.fullmatch(r"(?i)[0-9a-f]+", value) is not None
    return is_digest and re.search(r"(?i)(?:password|passwd|pwd)$", name) is not None


def is_random(value: str) -> bool:
    """Whether a text can hardly be anything but a generated credential."""
    if not 12 <= len(value) <= 400 or _NOT_LITERAL.search(value) or _PLACEHOLDER.search(value):
        return False
    if _HASHED.search(value) or _UUID.match(value) or _FOR_ALL.search(value):
        return False
    if not value.isascii() or len(set(value)) < 9:
        return False
    if re.fullmatch(r"(?i)[0-9a-f]+", value):
        return len(value) in {32, 40, 48, 64, 128} and any(c.isdigit() for c in value) and _runs(value) < 5
    letters, digits = sum(c.isalpha() for c in value), sum(c.isdigit() for c in value)
    if not letters or digits < 2 or _runs(value) > 3:
        return False
    return _changes(value) >= max(4, len(value) // 5) and _entropy(value) >= (3.3 if len(value) < 20 else 3.7)


def _entropy(text: str) -> float:
    """Shannon entropy in bits a character."""
    counts = {c: text.count(c) for c in set(text)}
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) if text else 0.0


def _runs(text: str) -> int:
    """The longest run of one character, or of characters that follow each other in the alphabet."""
    longest = same = rising = 1
    for before, after in itertools.pairwise(text):
        same = same + 1 if before == after else 1
        rising = rising + 1 if ord(after) - ord(before) == 1 else 1
        longest = max(longest, same, rising)
    return longest


def _changes(text: str) -> int:
    """How often small letters, capitals, digits and signs give way to each other."""
    kinds = ["a" if c.islower() else "A" if c.isupper() else "0" if c.isdigit() else "." for c in text]
    return sum(a != b for a, b in itertools.pairwise(kinds))
