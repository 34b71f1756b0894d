"""The shapes of secrets that can be told by themselves: tokens with a known beginning, keys, cards, accounts. Pure.

The shapes are those that their makers document; a beginning that is looked for first keeps a long text quick to search.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EDGE = r"(?<![A-Za-z0-9_])"
_FIRM_EDGE = r"(?<!-)"
"""Before what is read far before it may turn out to be nothing."""
_TAIL = r"[A-Za-z0-9_-]"


def _shape(kind: str, beginnings: str, pattern: str) -> tuple[str, tuple[str, ...], re.Pattern[str]]:
    return kind, tuple(beginnings.split()), re.compile(_EDGE + pattern)


SHAPES = (
    _shape("an Anthropic key", "sk-ant-", rf"sk-ant-{_TAIL}{{16,}}"),
    _shape("an OpenAI key", "sk-",
           r"sk-(?:(?:proj|svcacct|admin|or-v1)-[A-Za-z0-9_-]{20,}|(?=[A-Za-z]*\d)[A-Za-z0-9]{20,})"),
    _shape("an AWS access key", "AKIA ASIA ABIA ACCA", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _shape("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
           r"(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})"),
    _shape("a GitLab token", "gl", rf"gl(?:pat|ptt|rt|dt|cbt|ft|soat|agent|imt|ffct|oas|rtr)-{_TAIL}{{16,}}"),
    _shape("a Slack token", "xox xapp- xoxe.",
           r"(?:xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{10,})"),
    _shape("a Slack address", "hooks.slack.com",
           r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/]{20,}"),
    _shape("a Discord address", "discord", r"discord(?:app)?\.com/api/webhooks/\d{10,}/[A-Za-z0-9_-]{20,}"),
    _shape("a Stripe key", "sk_ rk_ pk_ whsec_",
           r"(?:[srp]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})"),
    _shape("a Google key", "AIza", rf"AIza{_TAIL}{{30,}}"),
    _shape("a Google token", "ya29. 1//0 GOCSPX-",
           rf"(?:ya29\.{_TAIL}{{16,}}|1//0{_TAIL}{{20,}}|GOCSPX-{_TAIL}{{16,}})"),
    _shape("an npm token", "npm_", r"npm_[A-Za-z0-9]{30,}"),
    _shape("a PyPI token", "pypi-", rf"pypi-(?:AgE{_TAIL}{{16,}}|{_TAIL}{{60,}})"),
    _shape("a Telegram token", ":AA", rf"\d{{8,10}}:AA{_TAIL}{{30,}}"),
    _shape("a SendGrid key", "SG.", rf"{_FIRM_EDGE}SG\.{_TAIL}{{16,}}\.{_TAIL}{{16,}}"),
    _shape("a JSON web token", "eyJ", rf"{_FIRM_EDGE}eyJ{_TAIL}{{8,}}(?:\.{_TAIL}{{4,}}){{1,4}}\.?"),
    _shape("a Twilio key", "SK", r"SK[0-9a-f]{32}(?![A-Za-z0-9])"),
    _shape("a Mailgun key", "key-", r"key-[0-9a-f]{32}(?![A-Za-z0-9])"),
    _shape("a DigitalOcean token", "_v1_", r"do[opr]_v1_[a-f0-9]{40,}"),
    _shape("a Hugging Face token", "hf_", r"hf_(?=[A-Za-z]*\d|[a-z]*[A-Z])[A-Za-z0-9]{30,}"),
    _shape("a Shopify token", "shp", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    _shape("a Square token", "sq0 EAAA", rf"(?:sq0[a-z]{{3}}-{_TAIL}{{20,}}|EAAA{_TAIL}{{50,}})"),
    _shape("a Databricks token", "dapi", r"dapi[0-9a-f]{32}"),
    _shape("a Vault token", "hvs. hvb. hvr.", rf"hv[sbr]\.{_TAIL}{{20,}}"),
    _shape("a Docker token", "dckr_", rf"dckr_(?:pat|oat)_{_TAIL}{{20,}}"),
    _shape("a Notion token", "secret_ ntn_", r"(?:secret_[A-Za-z0-9]{40,}|ntn_[A-Za-z0-9]{40,})"),
    _shape("a Linear key", "lin_", r"lin_(?:api|oauth)_[A-Za-z0-9]{30,}"),
    _shape("a Grafana token", "glsa_ glc_", r"(?:glsa|glc)_[A-Za-z0-9_+/=]{20,}"),
    _shape("an Atlassian token", "ATATT3 ATCTT3 ATBB", rf"(?:AT[AC]TT3|ATBB){_TAIL}{{20,}}=?[A-F0-9]*"),
    _shape("a Groq key", "gsk_", r"gsk_[A-Za-z0-9]{30,}"),
    _shape("an xAI key", "xai-", r"xai-[A-Za-z0-9]{40,}"),
    _shape("a Replicate token", "r8_", r"r8_[A-Za-z0-9]{30,}"),
    _shape("a Sentry token", "sntry", r"sntry[su]_[A-Za-z0-9+/=_-]{20,}"),
    _shape("a RubyGems key", "rubygems_", r"rubygems_[0-9a-f]{40,}"),
    _shape("a Postman key", "PMAK-", r"PMAK-[0-9a-f]{20,}-[0-9a-f]{20,}"),
    _shape("a New Relic key", "NRAK-", r"NRAK-[A-Z0-9]{20,}"),
    _shape("an age key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[A-Z0-9]{20,}"),
    _shape("a Supabase key", "sbp_", r"sbp_[0-9a-f]{40}"),
    _shape("a Fly token", "FlyV1 fo1_", r"(?:FlyV1 [A-Za-z0-9_+/=,]{20,}|fo1_[A-Za-z0-9_-]{20,})"),
    _shape("an Azure key", "AccountKey= SharedAccessKey=",
           r"(?:Shared(?:Access|Secret)|Account)Key=[A-Za-z0-9+/]{20,}={0,2}"),
    _shape("a Terraform token", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{20,}"),
)  # fmt: skip
"""A kind, beginnings of which one stands in every such secret, and the pattern."""

_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----")
_BODY = re.compile(r"(?:(?:\s|\\n|\\r)+(?:[A-Za-z0-9+/=]{16,}|(?:Proc-Type|DEK-Info|Version|Comment|Hash): ?[^\n]*))*")
_PUTTY = re.compile(r"(Private-Lines: \d+)((?:\s+[A-Za-z0-9+/=]{16,})+)")
_CARD = re.compile(
    r"(?<![\w.-])(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|3[47]\d\d[ -]\d{6}[ -]\d{5}|\d{14,16})(?![\w-]|\.\d)"
)
_ISSUER = re.compile(
    r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|6011|65|64[4-9]|35(?:2[89]|[3-8])|30[0-5]|3[68]"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")


def shaped(text: str, mask: Callable[[str], str]) -> str:
    """The text with each secret of a known shape replaced by what ``mask`` gives for its kind."""
    text = _keys(text, mask)
    for kind, beginnings, pattern in SHAPES:
        if any(beginning in text for beginning in beginnings):
            text = pattern.sub(lambda _, kind=kind: mask(kind), text)  # type: ignore[misc]
    text = _CARD.sub(lambda found: mask("a card number") if _is_card(found[0]) else found[0], text)
    return _IBAN.sub(lambda found: mask("an account number") if _is_iban(found[0]) else found[0], text)


def _keys(text: str, mask: Callable[[str], str]) -> str:
    """Private keys: from their first line to their last, or as far as there are lines of one."""
    parts, at = [], 0
    ends = [found.span() for found in _END.finditer(text)][::-1]
    begins = list(_BEGIN.finditer(text))
    for found, follow in zip(begins, [*begins, None][1:], strict=True):
        while ends and ends[-1][0] < found.end():
            ends.pop()
        if ends and (follow is None or ends[-1][0] < follow.start()):
            stop = ends[-1][1]
        else:
            body = _BODY.match(text, found.end())
            stop = body.end() if body else found.end()
        parts += [text[at : found.start()], mask("a private key")]
        at = stop
    text = "".join([*parts, text[at:]])
    if "Private-Lines: " in text:
        text = _PUTTY.sub(lambda found: f"{found[1]}\n{mask('a private key')}", text)
    return text


def _is_card(text: str) -> bool:
    """Whether digits are the number of a card: an issuer's first digits and Luhn's check (ISO/IEC 7812-1)."""
    digits = [int(c) for c in text if c.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    issued = _ISSUER.match("".join(map(str, digits))) is not None and len(set(digits)) > 1
    return issued and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_iban(text: str) -> bool:
    """Whether the check of an International Bank Account Number holds (ISO 13616: the rest by 97 is 1)."""
    whole = text.replace(" ", "")
    if not 15 <= len(whole) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in whole[4:] + whole[:4])) % 97 == 1
