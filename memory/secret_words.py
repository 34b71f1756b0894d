"""Whether a value that is named as a password or a key is one, or a word of the sentence around it. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter

_ORDINARY = frozenset(
    """
    a about above absent abstract access active actually added aes again age all alone already also alternative
    always an and another any anything api app arg argon argument around array as async at auth authentication auto
    available away awkward aws azure back bad base base32 base64 basic bcrypt be bearer because been before begin
    being below better between big binary bitwarden blank block body bool boolean both broken bucket buffer bug but
    button by byte bytes call callback can case case-sensitive cat char character characters chars check checked
    class clear client code column common complete complex component config configuration consistency constant
    context cookie cool copy correct correctly could count crap created credential credentials csrf current custom
    data database date day days dead default derived dev dict different digest digits direct disabled do docker
    document documented does done doppler down due each easy either else email empty encoded encrypted end endpoint
    enough entropy env environment error even ever every everything everywhere exactly example except expired
    expires expiry explicit external facing factor fail failed failing fails false far faster feature few field file
    find fine first fixed flag flow for force forever form format fresh from full function future gcp generic github
    gitlab gone good great guessable half handled handler hard hardcoded hash hashed hashes header here hex hidden
    hmac honesty how huge human id if ignored immutable important in incorrect indeed index infinite info input
    insecure inside instead int intact integer interesting internal interpolated into invalid is isn it item its
    itself json just jwt keep keepass kept kerberos key keychain keycloak keyring keys kindness known kubernetes
    lame last lastpass late later latest ldap leak leaked left legacy length less let library like limit line list
    literal little local locked log logged login logs long longer looking lost love low made mainly manager
    mandatory many map masked max maximum may maybe md me meaningless memory message method middle might min mine
    minimum missing mock mode module more most much must mutable my name named names necessary need needed needs
    never new next nil no nobody nonce none nope nor normal not nothing now null number oauth obj object obsolete
    obvious odd of off offline ok okay okta old on once one onepassword online only opaque open optional or other
    our out output over own owner pair parameter parsed part pass passed passphrase password passwords past path
    patience pattern payload pbkdf pending per permanent persistence pin plain plaintext plenty policy pool poor
    possible practice present private probably problem prod production prompt property protected public pure query
    question queue quite quota random rate raw re read readable reader ready real really reason received redacted
    ref refresh refused related remote removed request require required requires reset response rest return returned
    reused revoked right role root rotated rotation rotten route rsa safe salt salted same saml sample scope scoped
    scopes scrypt second secret secrets section secure see seed self sensitive sent separate server service session
    set setting settings sha shared short should shown signed simple simplicity simply since single size slack slow
    small so some something somewhere soon sops space special staging stale standard state static step still stolen
    storage stored str strange strict string stringent strings strong stuff such sure syntax system table tbd
    temporary test tested text than that the their them then there these they thing things this those though three
    throttled through thus time timeout title to today todo token tokenizer tokens tomorrow too top tough trace
    transient tried trivial true truncated trust try tuple twice two type typed types ugly unaffected unavailable
    unchanged undefined under unique unknown unless unnecessary unsafe unset until unused up update updated upper
    url use used useful useless user username users uses usual valid validated validation value values variable
    vault vaulted verified version very via visible void vulnerable want was way we weak well went were what when
    where whether which while whitespace who whole whose why wide widget will with within without word words worker
    working world worse worst worth would write writer written wrong yes yesterday yet you your yours zero
    """.split()  # noqa: SIM905
)
"""Words that stand after "the token is" and the like, in lower case."""
_ENDINGS = (
    "ed", "ing", "able", "ible", "ly", "less", "ful", "ous", "ary", "ory", "ent", "ant", "ive", "ical", "tion", "sion",
    "ment", "ness", "ity",
    "izer", "ised", "ized", "ism", "ual", "nal", "ial",
)  # fmt: skip
_CODE = re.compile(
    r"\[redacted|[$<{%*&@#~/\\]|\.{1,2}/|[A-Za-z]:[\\/]|\w+://|\.\.\.|x{3,}$|X{3,}$|\w+\("
    r"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\(?"
    r"|[A-Za-z_][\w.]*\[|\(|\[|-{1,2}[a-z]|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|\W*$"
)
"""What stands for a value: a variable, a call, a path, a place to fill in, stars."""
_FILE = re.compile(
    r"[\w./-]+\.(?:py|toml|ya?ml|json|jsonl|env|txt|md|rst|js|ts|pem|key|crt|cfg|ini|sh|go|rs|sql|csv|lock|conf)$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+$")
_NUMBERED = re.compile(
    r"v?\d+(?:[.,:]\d+)*(?:[-\s]?[A-Za-z%]{1,3}|[-\s]?(?:days?|hours?|minutes?|seconds?|weeks?|months?|years?"
    r"|bits?|bytes?|chars?|characters?"
    r"|times|digits?|words?|mins?|secs?|hrs?|letters?|long|fold))?\+?$|[<>=~]+\d+$|\d{4}-\d\d-\d\d\S*$|#\d+$",
    re.IGNORECASE,
)
"""A version, a size, a time, a date, the number of an issue."""
_TECHNICAL = re.compile(
    r"(?:sha-?\d+|md\d|base-?\d+|utf-?\d+|ascii\d*|oauth-?\d*|bcrypt\d*|argon2(?:id|i|d)?|pbkdf2|[erhp]s\d{3}"
    r"|ed25519|x509|ipv[46]|http/?\d?|"
    r"[sec]\d|ec2|k8s|py\d+|python\d+|log4j|1password|keepassx?c?\d?|pkcs#?\d+|aes-?\d+(?:-\w+)?|rsa-?\d+|tls\d?"
    r"|ssl\d?|hs\d+|2fa|mfa|u2f|fido2|"
    r"totp|http2|h2|web3|s3|r2|i18n|l10n|p\d+|q\d|c\+\+|c#|oidc|jwt)(?:['\u2019]?s)?$",
    re.IGNORECASE,
)
_HYPHENED = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z]{2,})+$")
_SYMBOLS = re.compile(r"[!@#$%^&*+=?~|]")
_PIECES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_TRAILING = ".,;:!?)]}'\"`”»…"


def is_code(value: str) -> bool:
    """Whether a value only stands for one: a variable, a call, a path, an address, a place to fill in."""
    bare = value.rstrip(_TRAILING)
    return bool(not bare or _CODE.match(value) or _FILE.match(bare) or _DOTTED.match(bare) or _MAIL.match(bare))


def is_mixed(value: str) -> bool:
    """Whether a value has what words have not, digits or signs among its letters; versions and sizes have them too."""
    bare = value.rstrip(_TRAILING)
    if is_code(value) or _NUMBERED.match(bare) or _TECHNICAL.match(bare):
        return False
    if _HYPHENED.match(bare) and is_ordinary(bare.rpartition("-")[2]):
        return False
    letters, digits = any(c.isalpha() for c in bare), any(c.isdigit() for c in bare)
    signs = bool(_SYMBOLS.search(bare)) and not re.fullmatch(r"[+=?~|&]+|[A-Za-z]+[+&][A-Za-z]+", bare)
    return len(bare) >= 4 and ((letters and digits) or (letters and signs) or (digits and signs))


def is_ordinary(word: str) -> bool:
    """Whether a word is one of the language, or of the trade: what a sentence on passwords goes on with."""
    low = word.rstrip(_TRAILING).lower()
    return (
        len(low) < 4
        or low in _ORDINARY
        or low.endswith(_ENDINGS)
        or (low.endswith("s") and low[:-1] in _ORDINARY)
        or any(c in low for c in "'\u2019-_/")
    )


def is_word(value: str) -> bool:
    """Whether a value is letters alone, as words are."""
    return value.rstrip(_TRAILING).replace("-", "").replace("'", "").replace("\u2019", "").replace("_", "").isalpha()


def is_random(text: str) -> bool:
    """Whether a run of letters and digits is too mixed to be a name: its pieces are short, its entropy is high.

    A piece is a run of one kind: letters of one case (a capital may lead), or digits.
    """
    letters = [c for c in text if c.isalnum()]
    pieces = _PIECES.findall(text)
    digits = sum(c.isdigit() for c in letters)
    if not pieces or digits == len(letters):
        return False
    mean = len(letters) / len(pieces)
    cases = any(c.islower() for c in letters) + any(c.isupper() for c in letters)
    short = 2.3 if digits < 2 else 2.7 if cases == 2 else 2.4
    return entropy(text) > 3.4 and mean < short and cases + bool(digits) > 1


def entropy(text: str) -> float:
    """Shannon's entropy of the characters of a text, in bits a character."""
    total = len(text)
    return -math.fsum(n / total * math.log2(n / total) for n in Counter(text).values()) if text else 0.0
