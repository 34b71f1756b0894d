"""``no-secrets``: a credential that works does not stand in the code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._credentials import may_be_one, secret_at, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.facts import FileFacts

_MADE_UP = "J3Q5K7N2V4X6Z7PQ"
"""For the examples, which are so put together that no scanner takes them for real ones."""


class NoSecrets(Rule):
    """Whoever can read the code can use a credential that is written in it, from its history too.

    Two things are told of: texts that have the shape of a known provider's tokens, and random texts bound to names
    such as ``password``, ``private_key`` or ``SECRET_KEY``, also where they stand in for a setting that is missing.
    The secret itself is never shown. Once published it must be revoked: taking it out of the code is not enough.
    Keys by which an application says who it is, such as an ``api_key``, are told of by ``no-application-keys``.
    """

    name = "no-secrets"
    severity = Severity.HIGH
    confidence = 0.85
    worth = 0.5
    equivalents = ("S105", "S106", "S107")
    precision = Precision(
        right=6,
        read=7,
        repositories=("AgentGPT", "Flexget", "paperless-ngx", "pupy", "redash", "synapse", "taiga-back"),
        note="all that it tells of in about 300 states of public repositories, which have had their secrets taken out; "
        "the wrong one is a key that is public on purpose. Keys of pages that are read by others, and what a comment "
        "calls a dummy, were left out after the reading (three more wrong ones), so this is no fresh sample",
    )  # fmt: skip
    sees = (ast.Constant,)
    examples: ClassVar = (
        Valid("password = 'changeme'\ntoken = 'xxxxxxxxxxxxxxxxxxxxxxxx'\napi_key = '<your-api-key>'\n"),
        Valid("import os\n\nSECRET_KEY = os.environ['SECRET_KEY']\npassword = f'{name}-9fK2mQ7x'\n"),
        Valid("aws_key = 'AKIAIOSFODNN7EXAMPLE'\n"),
        Valid("db = 'postgres://user:9fK2mQ7xLw@localhost/app'\nother = 'redis://user:9fK2mQ7xLw@db.example.com'\n"),
        Valid("checksum = '3f8a1c9be07d4426b5a1e9d0c7f2318a'\nrevision = '9d3c1f0be07d'\n"),
        Valid("password_hash = 'pbkdf2_sha256$3000$9fK2mQ7xLw$c0ffee9fK2mQ7xLw9fK2mQ7xLw='\n"),
        Valid("api_key = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n", path="tests/test_api.py"),
        Valid("private_key = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n", path="plugins/mail/Test/keys.py"),
        Valid("private_token = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n", path="utils/example_api.py"),
        Valid("ANALYTICS_TOKEN = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Valid("def test_signing():\n    private_key = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Valid("password = '3f8a1c9be07d4426b5a1e9d0c7f2318a'\n"),
        Valid("api_key = 'phc_q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Valid("dsn = 'https://3f8a1c9be07d4426:b5a1e9d0c7f2318a@app.getsentry.com/42'\n"),
        Valid("TOKEN_HEADER = 'X-Api-Key-V2'\ntoken_type = 'a1B2c3D4e5F6g7H8i9J0'\n"),
        Valid(f'"""Use AKIA{_MADE_UP} to sign in."""\n'),
        Valid("API_KEY = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Valid("pay(private_key='q8ZrT4vN1bXw6YkP3mLd9HsC')  # a dummy key\n"),
        Valid("SIGNING_KEY = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n", path="tv/extractor/channel.py"),
        Invalid("SECRET_KEY = 'v7&k(x2!q9z=m4-w8rp_1c$j6d3+tb0(nh5g*y%uf)s@l#e'\n"),
        Invalid(f"key = 'AKIA{_MADE_UP}'\n"),
        Invalid("import lib\n\nlib.connect(user='me', password='vT9#kQ2x!Lm8Zr')\nsettings = {'signing_key': 'q8ZrT4vN1bXw6YkP3mLd9HsC'}\n", hits=2),
        Invalid("import os\n\nSECRET_KEY = os.environ.get('SECRET_KEY', 'q8ZrT4vN1bXw6YkP3mLd9HsC')\n"),
        Invalid("def sign(secret_key=None):\n    secret_key = secret_key or 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Invalid("def connect(user, private_key='q8ZrT4vN1bXw6YkP3mLd9HsC'): ...\n"),
        Invalid(f"DATABASE = 'postgres://app:{_MADE_UP}@db.prod-hosting.net:5432/app'\n"),
        Invalid("class Client:\n    def __init__(self):\n        self.private_key: str = '3f8a1c9be07d4426b5a1e9d0c7f2318a'\n"),
    )  # fmt: skip

    def check(self, node: ast.Constant, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Look at a text for a known shape, then at the name that it is bound to."""
        found = secret_at(node, facts) if may_be_one(node.value) else None
        return () if found is None or found.public else (told(node, found),)
