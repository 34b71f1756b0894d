"""Secrets taken out of a text before anything keeps it: pure.

It is generous: a word that was masked for nothing costs little, a password that was kept costs much. What a person
means to be looked up elsewhere (``stored in vault``, ``$TOKEN``, ``config.token``) stays, and so do digests in
hexadecimal, UUIDs, and the names and paths of code. Redacting again changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.secret_shapes import shaped
from memory.secret_words import is_code, is_mixed, is_ordinary, is_random, is_word

if TYPE_CHECKING:
    from collections.abc import Callable

    Mask = Callable[[str], str]

_UPPER = {upper: upper + 32 for upper in range(65, 91)}
_ADDRESS = re.compile(r"(://[^\s/:@\"'<>]{0,200}:)([^\s\"'<>`]{1,120})(@)(?=[\w\[.-])")
_PORT = re.compile(r"\d{1,5}(?:/|$)")
_USER = re.compile(r"(://)([A-Za-z0-9_.-]{20,200})(?=@)")
_HEADER = re.compile(
    r"((?:proxy-)?authorization[\"']?\s{0,4}[:=]\s{0,4}[\"']?)([A-Za-z-]{2,20} +)?([^\s\"',<>]{6,4000})", re.IGNORECASE
)
_SCHEME = re.compile(
    r"\b((?:Bearer|bearer|BEARER|Basic|Digest) +)(?=[A-Za-z._~+/=-]*[\d=])([A-Za-z0-9._~+/=-]{12,4000})"
)
_COOKIE = re.compile(r"(\b(?:set-)?cookie[\"']?: *)([^\s=;\"']{1,100}=[^\s][^\n\"']{2,4000})", re.IGNORECASE)
_CURL = re.compile(r"((?:^|\s)(?:-u|--user|--proxy-user)[ =]['\"]?[^\s:'\"]{1,100}:)([^\s'\"]{1,200})")
_FLAG = re.compile(
    r"((?:^|\s)(?:(?:mysql|mysqldump|mariadb)\b[^\n]{0,100}? -p|sshpass -p *"
    r"|redis-cli\b[^\n]{0,60}? -a +)['\"]?)([^\s'\"-][^\s'\"]{2,100})"
)
_NAME = re.compile(
    r"pass(?:words?|wd|phrases?|codes?| phrase)(?![a-z])|pwd(?![a-z])|(?<![a-z0-9])(?:pw|pass|pin(?: code)?|creds"
    r"|otp)(?![a-z0-9])|secrets?(?![a-z])|tokens?(?![a-z])"
    r"|(?:api|access|secret|private|encryption|signing|license|licence|auth|master|account|shared|deploy"
    r"|storage)[ _-]?keys?(?![a-z])"
    r"|credentials?(?![a-z])|[_ -]key(?![a-z])"
)
_LONG_WORDS = ("pass", "pwd", "pw", "pin", "cred", "otp", "secret", "token", "key")
_STRONG = re.compile(r"""[\])"'*_`\u2019”]{0,3}[ \t]{0,4}(?::=|=>|->|→|==?|:)[ \t]{0,4}(?![=:])\**[ \t]{0,4}""")
_IS = re.compile(
    r"(?:s? for [^\n.,:;!?=]{1,60}?|s? of [^\n.,:;!?=]{1,60}?|s? on [^\n.,:;!?=]{1,60}?"
    r"|s? to [^\n.,:;!?=]{1,60}?)?(?:['\u2019]s|,)?[ \t]{1,4}"
    r"(?:is|was|are|will be|should be|remains|stays)(?: now| still| currently| again| just| simply| set to"
    r"| changed to)?(?::| the following:?)?[ \t]{1,4}",
)
_TO = re.compile(r"(?: [^\n.,:;!?=]{1,60}?)? (?:to|into|=) ")
_CHANGE = re.compile(r"\b(?:chang|set|reset|updat|rotat|switch)\w*\b[^\n.]{0,40}$", re.IGNORECASE)
_BESIDE = re.compile(r"[ \t]{1,4}(?=\S)")
_QUOTED = re.compile(r"""(["'`])(?!\1)((?:(?!\1)[^\n\\]|\\.){1,200})\1|“([^”\n]{1,200})”|«([^»\n]{1,200})»""")
_BARE = re.compile(r"(?:[^\s;&,<>`\"'“”|]|[;&,|](?!\s|$|[\w-]+\s{0,2}[=:])|['\"](?=[^\s,;.)\]]))+")
_ENDS = re.compile(r"\s*(?:$|[.,;!?)\]\n\"']|[-\u2013\u2014(]|(?:for|on|and|but|btw|please|if|until|from)\b)")
_NEXT = re.compile(r"(?:[ \t]+[a-z]+){2,7}(?=\s*(?:$|[.,;!?\n]))")
_GLUE = frozenset(
    """
    the a an of to in on by for with not is are be was only when than that and or from as at it we you if must should
    can will no required stored kept set used sent never always too very so
    """.split()  # noqa: SIM905 - so many words are better read as a text
)
_REVERSED = re.compile(
    r"(?<![^\s\"'`(])([\"'`]?)([^\s\"'`]{4,100})\1 (?:is|as|was) (?:the|our|my|your|his|her|their|its"
    r"|a)(?: [\w-]{1,30}){0,4}? (?:password|passphrase|pin|passcode|pwd|pw|api key|secret key)\b",
    re.IGNORECASE,
)
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{20,}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F]+")
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_PUBLIC = re.compile(r"(?:base64,|sha\d{1,3}[:-]|SHA\d{1,3}[:-]|md5[:-]|h1:|ssh-\w+ |://\S{0,300}|[\w.~-]/)$")
_PICTURE = (
    "iVBORw0KGgo",
    "/9j/",
    "R0lGOD",
    "UklGR",
    "PHN2Zy",
    "AAAAB3NzaC1",
    "AAAAC3NzaC1",
    "AAAAE2VjZHNh",
    "Qk0",
    "JVBER",
)
_LONGEST_SECRET = 400
_CERTIFICATE = re.compile(
    r"-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|PGP (?:PUBLIC KEY BLOCK|SIGNATURE|MESSAGE))"
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without secrets."""

    text: str
    kinds: tuple[str, ...]
    """What was taken out, such as ``a password``: each once, in the order of the search."""


def redacted(text: str) -> Redacted:
    """The text with each secret replaced by words that say what it was: ``[redacted: a GitHub token]``."""
    kinds: dict[str, None] = {}

    def mask(kind: str) -> str:
        kinds[kind] = None
        return f"[redacted: {kind}]"

    text = shaped(text, mask)
    text = _carried(text, mask)
    text = _named(text, mask)
    text = _unnamed(text, mask)
    return Redacted(text, tuple(kinds))


def _carried(text: str, mask: Mask) -> str:
    """Secrets in addresses, headers and command lines."""
    if "://" in text:
        text = _ADDRESS.sub(lambda m: m[0] if _is_no_login(m[2]) else m[1] + mask("a password") + m[3], text)
        text = _USER.sub(lambda m: m[1] + mask("a token") if is_random(m[2]) else m[0], text)
    low = text.translate(_UPPER)
    if "authorization" in low:
        text = _HEADER.sub(
            lambda m: m[0] if is_code(m[3]) or not _is_credential(m[3]) else m[1] + (m[2] or "") + mask("a login"), text
        )
    if "bearer" in low or "Basic " in text or "Digest " in text:
        text = _SCHEME.sub(lambda m: m[1] + mask("a login"), text)
    if "cookie" in low:
        text = _COOKIE.sub(lambda m: m[1] + mask("a cookie"), text)
    if " -" in text or text.startswith("-"):
        for pattern in (_CURL, _FLAG):
            text = pattern.sub(lambda m: m[0] if is_code(m[2]) else m[1] + mask("a password"), text)
    return text


def _is_no_login(word: str) -> bool:
    """Whether what stands between the colon and the @ of an address is a port and a path, or stands for a password."""
    return word.startswith("[redacted") or bool("/" in word and _PORT.match(word)) or word[0] in "$<{%*"


def _is_credential(word: str) -> bool:
    return len(word) >= 16 or is_mixed(word)


def _named(text: str, mask: Mask) -> str:
    """Values that the words before them call a password, a token, a key."""
    low = text.translate(_UPPER)
    if not any(word in low for word in _LONG_WORDS):
        return text
    parts, at = [], 0
    for found in _NAME.finditer(low):
        if found.start() >= at and (value := _value(text, low, found)):
            start, end = value
            parts += [text[at:start], mask(_kind(found[0]))]
            at = end
    text = "".join([*parts, text[at:]])
    if " is " in text or " as " in text or " was " in text:
        text = _REVERSED.sub(lambda m: m[0].replace(m[2], mask("a password"), 1) if is_mixed(m[2]) else m[0], text)
    return text


def _kind(name: str) -> str:
    if name.startswith("tok"):
        return "a token"
    if name.startswith("pin"):
        return "a PIN"
    if "key" in name:
        return "a key"
    return "a secret" if name.startswith(("secret", "cred", "otp")) else "a password"


def _value(text: str, low: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Where the value stands that a name is followed by; None where it is followed by other words."""
    name, end = found[0], found.end()
    if strong := _STRONG.match(low, end):
        return _after_sign(text, strong.end(), name, spaced=text[strong.end() - 1].isspace(), sign=strong[0])
    if name[0] in " _-":
        return None
    if link := _IS.match(low, end):
        return _after_is(text, link.end(), name, far=link.end() - end > 16)
    if (
        not name.endswith("s")
        and _CHANGE.search(low[max(0, found.start() - 60) : found.start()])
        and (to := _TO.match(low, end))
    ):
        return _only(text, to.end(), name, mixed=True)
    if beside := _BESIDE.match(low, end):
        return _only(text, beside.end(), name, mixed=True)
    return None


def _after_sign(text: str, at: int, name: str, *, spaced: bool, sign: str) -> tuple[int, int] | None:
    if quoted := _QUOTED.match(text, at):
        inner = next(group for group in quoted.groups()[1:] if group is not None)
        start = quoted.start() + 1
        plain = is_ordinary(inner) if is_word(inner) and " " not in inner else False
        if is_code(inner) or plain or (name.endswith("key") and len(name) < 5 and not is_random(inner)):
            return None
        if " " in inner and not name.startswith("pass") and not is_mixed(inner.replace(" ", "")):
            return None
        return start, start + len(inner)
    bare = _BARE.match(text, at)
    if bare is None or is_code(bare[0]):
        return None
    value = bare[0].rstrip(".,:)]}")
    span = bare.start(), bare.start() + len(value)
    if len(name) < 5 and name.endswith("key"):
        return span if len(value) >= 12 and is_random(value) else None
    if value.isdigit():
        counted = name.startswith("token") or name.endswith("s") or len(value) < 4
        return None if counted and not (name.startswith("pin") and len(value) > 3) else span
    if name.startswith("pin"):
        return None
    if is_mixed(value) or ("/" in value and name.startswith("cred") and is_word(value.replace("/", ""))):
        return span
    if is_word(value) and not is_ordinary(value) and (not spaced or _ENDS.match(text, bare.end()) or _is_end(bare[0])):
        return span if "->" not in sign and "→" not in sign else None
    return _phrase(text, bare, name)


def _after_is(text: str, at: int, name: str, *, far: bool) -> tuple[int, int] | None:
    if quoted := _QUOTED.match(text, at):
        inner = next(group for group in quoted.groups()[1:] if group is not None)
        if is_code(inner) or (is_word(inner) and " " not in inner and is_ordinary(inner)):
            return None
        return quoted.start() + 1, quoted.start() + 1 + len(inner)
    if span := _only(text, at, name, mixed=far and not name.startswith("p")):
        return span
    bare = _BARE.match(text, at)
    return _phrase(text, bare, name) if bare and not is_code(bare[0]) else None


def _only(text: str, at: int, name: str, *, mixed: bool) -> tuple[int, int] | None:
    """Where one value stands: mixed, or where that is enough a word that is none and ends its clause."""
    quoted = _QUOTED.match(text, at)
    if quoted and mixed:
        inner = next(group for group in quoted.groups()[1:] if group is not None)
        good = is_mixed(inner) and " " not in inner and len(inner) >= 6
        return (quoted.start() + 1, quoted.start() + 1 + len(inner)) if good else None
    bare = _BARE.match(text, at)
    if bare is None or is_code(bare[0]):
        return None
    value = bare[0].rstrip(".,:)]}?")
    span = bare.start(), bare.start() + len(value)
    is_plural = name.endswith("s") and not name.endswith(("pass", "creds", "credentials"))
    if value.isdigit():
        pin = name.startswith(("pin", "otp", "passc")) and 4 <= len(value) <= 12
        ends = _is_end(bare[0]) or _ENDS.match(text, bare.end())
        return span if pin or (not mixed and name.startswith("p") and len(value) >= 4 and ends) else None
    if is_mixed(value):
        return span if len(value) >= (8 if is_plural else 6 if mixed else 4) else None
    if mixed or is_plural or not is_word(value) or is_ordinary(value):
        return None
    return span if _is_end(bare[0]) or _ENDS.match(text, bare.end()) else None


def _phrase(text: str, bare: re.Match[str], name: str) -> tuple[int, int] | None:
    """Where a passphrase stands: several words to the end of the clause, none of them one that joins others."""
    if not name.startswith("pass") or not bare[0].isalpha() or bare[0] in _GLUE:
        return None
    more = _NEXT.match(text, bare.end())
    if more is None or any(word in _GLUE for word in more[0].split()) or len(more[0].split()) < 3:
        return None
    return bare.start(), more.end()


def _is_end(word: str) -> bool:
    return word.endswith((".", "!", "?", ")"))


def _unnamed(text: str, mask: Mask) -> str:
    """Long random strings that nothing names."""
    if _CERTIFICATE.search(text):
        return text

    def judged(found: re.Match[str]) -> str:
        return mask("a random string") if _is_secret(found, text) else found[0]

    return _RUN.sub(judged, text)


def _is_secret(found: re.Match[str], text: str) -> bool:
    run = found[0].strip("-_=")
    if not 20 <= len(run) <= _LONGEST_SECRET or run.startswith((*_PICTURE, "sha256-", "sha384-", "sha512-")):
        return False
    if _HEX.fullmatch(run) or _UUID.search(run) or _ULID.fullmatch(run) or not is_random(run):
        return False
    if _PUBLIC.search(text, max(0, found.start() - 320), found.start()):
        return False
    parts = [part for part in re.split(r"[/_=+-]", run) if part]
    names = sum(is_word(part) and len(part) > 3 for part in parts)
    return not (run.startswith("/") or names >= 2)
