"""``no-application-keys``: what tells a service which application asks does not stand in the code either."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._credentials import secret_at, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.facts import FileFacts


class NoApplicationKeys(Rule):
    """An ``api_key``, ``client_secret`` or ``token`` in the code is in the hands of all who have the code.

    In a program that is handed to its users that is often meant so, and nothing better can be done; for a service of
    one's own it is a secret like any other. Switch this rule on (``select``) where all the code is your own and stays
    with you.
    """

    name = "no-application-keys"
    severity = Severity.MEDIUM
    confidence = 0.1
    worth = 0.1
    on_by_default = False
    equivalents = ("S105", "S106", "S107")
    precision = Precision(
        right=1,
        read=39,
        repositories=(
            "CouchPotatoServer", "Mailpile", "MusicBot", "Ultroid", "ZeroNet", "babyagi", "beets", "calibre-web",
            "gpt4free", "headphones", "lutris", "pyload", "quodlibet", "spiderfoot", "sqlmap", "streamlink",
        ),
        note="keys of applications, in the hands of all who install them, and keys taken from other people's pages",
    )  # fmt: skip
    sees = (ast.Constant,)
    examples: ClassVar = (
        Valid("api_key = '<your-api-key>'\ntoken = os.environ['TOKEN']\n"),
        Valid("API_KEY_HEADER = 'X-Api-Key-V2'\ntoken_type = 'a1B2c3D4e5F6g7H8i9J0'\n"),
        Valid("api_key = 'phc_q8ZrT4vN1bXw6YkP3mLd9HsC'  # a key for analytics is public\n"),
        Valid("password = 'vT9#kQ2x!Lm8Zr'\n"),
        Valid("api_key = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n", path="tests/test_api.py"),
        Invalid("API_KEY = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Invalid("settings = {'client_secret': 'q8ZrT4vN1bXw6YkP3mLd9HsC'}\n"),
        Invalid("def sign(secret=None):\n    secret = secret or 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Invalid("def connect(user, token='q8ZrT4vN1bXw6YkP3mLd9HsC'): ...\n"),
    )

    def check(self, node: ast.Constant, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Look at a text for a known shape, then at the name that it is bound to."""
        found = secret_at(node, facts)
        if found is not None and found.public:
            yield told(node, found)
