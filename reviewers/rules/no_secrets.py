"""``no-secrets``: a credential that works does not stand in the code."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, ClassVar

from reviewers.digests import digest
from reviewers.paths import kind_of_path
from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._secrets import (
    HINTS,
    Secret,
    is_often_public,
    is_random,
    is_secret_name,
    may_be_digest,
    shaped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewers.facts import FileFacts

_SHORTEST = 20
_ASIDE = frozenset({"test", "documentation", "an example", "a migration"})
"""Kinds of path where a random text bound to such a name is made up for the occasion."""
_FIXTURES = frozenset({"e2e", "fixtures", "integration", "t", "test_data", "testdata", "unit"})
_TESTING = re.compile(r"^_*[Tt]est|Tests?$|(?:^|_)tests?(?:_|$)|[Bb]ench")
_DEFAULT_AT = {"get": 1, "getenv": 1, "setdefault": 1, "pop": 1}
"""Calls that look a name up, and which argument says what it is where it is not there."""
_PUBLIC = 0.3
"""How sure to be of what may be meant for everyone."""
_MADE_UP = "J3Q5K7N2V4X6Z7PQ"
"""For the examples, which are so put together that no scanner takes them for real ones."""


class NoSecrets(Rule):
    """Whoever can read the code can use a credential that is written in it, from its history too.

    Two things are told of: texts that have the shape of a known provider's tokens, and random texts bound to names
    such as ``password`` or ``api_key``, also where they stand in for a setting that is missing. The secret itself is
    never shown. Once published it must be revoked: taking it out of the code is not enough. What may as well say
    which application asks, and be in the hands of all who use it, is told with a low confidence.
    """

    name = "no-secrets"
    severity = Severity.HIGH
    confidence = 0.8
    worth = 0.5
    on_by_default = False
    equivalents = ("S105", "S106", "S107")
    precision = Precision(
        right=7,
        read=49,
        repositories=(
            "AgentGPT", "CouchPotatoServer", "Flexget", "Mailpile", "MusicBot", "Ultroid", "ZeroNet", "babyagi",
            "beets", "calibre-web", "gpt4free", "headphones", "lutris", "paperless-ngx", "pupy", "pyload",
            "quodlibet", "redash", "routersploit", "speech_recognition", "spiderfoot", "spotify-downloader",
            "sqlmap", "streamlink", "synapse", "taiga-back", "youtube-dl", "yt-dlp",
        ),
        note="keys of applications, in the hands of all who install them, and keys taken from other people's "
        "pages: what is published has had its secrets taken out. Of names by which a server signs, such as "
        "SECRET_KEY, 4 of 4 were right.",
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
        Invalid("SECRET_KEY = 'v7&k(x2!q9z=m4-w8rp_1c$j6d3+tb0(nh5g*y%uf)s@l#e'\n"),
        Invalid("API_KEY = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Invalid(f"key = 'AKIA{_MADE_UP}'\n"),
        Invalid("import lib\n\nlib.connect(user='me', password='vT9#kQ2x!Lm8Zr')\nsettings = {'client_secret': 'q8ZrT4vN1bXw6YkP3mLd9HsC'}\n", hits=2),
        Invalid("import os\n\nSECRET_KEY = os.environ.get('SECRET_KEY', 'q8ZrT4vN1bXw6YkP3mLd9HsC')\n"),
        Invalid("def sign(secret=None):\n    secret = secret or 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n"),
        Invalid("def connect(user, token='q8ZrT4vN1bXw6YkP3mLd9HsC'): ...\n"),
        Invalid(f"DATABASE = 'postgres://app:{_MADE_UP}@db.prod-hosting.net:5432/app'\n"),
        Invalid("class Client:\n    def __init__(self):\n        self.api_key: str = '3f8a1c9be07d4426b5a1e9d0c7f2318a'\n"),
    )  # fmt: skip

    def check(self, node: ast.Constant, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Look at a text for a known shape, then at the name that it is bound to."""
        value = node.value
        if not isinstance(value, str) or len(value) < 12:
            return
        found = next(_known(value, node, facts), None)
        if found is None:
            name = _name(node, facts)
            if name is None or not is_secret_name(name) or not is_random(value) or may_be_digest(name, value):
                return
            if _is_aside(facts.path) or _is_in_test(node, facts):
                return
            found = Secret(f"the value of {name}", value, is_often_public(name))
        shown = f"it begins with {found.value[:4]!r} and has {len(found.value)} characters"
        yield Hit(
            node,
            f"{found.kind} is written in the code: {shown}; revoke it and read it from the environment",
            confidence=_PUBLIC if found.public else None,
            syntax=f"{found.kind} {digest(found.value)}",
        )


def _known(value: str, node: ast.Constant, facts: FileFacts) -> Iterator[Secret]:
    if len(value) < _SHORTEST or isinstance(facts.parent(node), ast.Expr):
        return
    if ("://" in value and "@" in value) or "gh" in value or _has_hint(facts):
        yield from shaped(value, in_test=_is_aside(facts.path))


def _is_aside(path: str) -> bool:
    folders = path.split("/")[:-1]
    named = path.rpartition("/")[2].startswith(("example_", "sample_", "demo_"))
    return named or kind_of_path(path) in _ASIDE or any(f in _FIXTURES or _TESTING.search(f) for f in folders)


def _is_in_test(node: ast.AST, facts: FileFacts) -> bool:
    """Whether a function or class around says by its name that it tests or measures something."""
    return any(
        isinstance(a, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and _TESTING.search(a.name)
        for a in facts.ancestors(node)
    )


def _has_hint(facts: FileFacts) -> bool:
    """Whether anything in the file begins like a known token."""
    known: bool | None = facts.__dict__.get("_secret_hint")
    if known is None:
        known = facts.__dict__["_secret_hint"] = any(hint in facts.text for hint in HINTS)
    return known


def _name(node: ast.Constant, facts: FileFacts) -> str | None:
    """What a constant is bound to: the target of its assignment, a keyword, a key, or a parameter."""
    holder = facts.parent(node)
    if isinstance(holder, ast.Assign) and holder.value is node:
        return _target(holder.targets[-1])
    if isinstance(holder, ast.AnnAssign) and holder.value is node:
        return _target(holder.target)
    if isinstance(holder, ast.keyword):
        call = facts.parent(holder)
        is_default = holder.arg == "default" and isinstance(call, ast.Call) and call.args
        return _text(call.args[0]) if is_default and isinstance(call, ast.Call) else holder.arg
    if isinstance(holder, ast.Call) and isinstance(holder.func, (ast.Attribute, ast.Name)):
        at = _DEFAULT_AT.get(holder.func.attr if isinstance(holder.func, ast.Attribute) else holder.func.id)
        return _text(holder.args[0]) if at and len(holder.args) > at and holder.args[at] is node else None
    if isinstance(holder, ast.BoolOp) and isinstance(holder.op, ast.Or):
        outer = facts.parent(holder)
        return _target(outer.targets[-1]) if isinstance(outer, ast.Assign) else None
    if isinstance(holder, ast.Dict):
        return next((_text(k) for k, v in zip(holder.keys, holder.values, strict=True) if v is node), None)
    if isinstance(holder, ast.arguments):
        return _parameter(holder, node)
    if isinstance(holder, ast.Compare) and isinstance(holder.ops[0], (ast.Eq, ast.NotEq)):
        return _target(holder.left if holder.left is not node else holder.comparators[0])
    return None


def _parameter(arguments: ast.arguments, default: ast.Constant) -> str | None:
    ordered = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(reversed(ordered), reversed(arguments.defaults), strict=False)]
    pairs += [(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None]
    return next((a.arg for a, d in pairs if d is default), None)


def _target(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return _text(node.slice) if isinstance(node, ast.Subscript) else None


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
