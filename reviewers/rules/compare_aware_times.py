"""``compare-aware-times``: a time says which zone it is in before it is compared, subtracted or converted."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reviewers.facts import FileFacts, link, walk, walk_scope
from reviewers.finding import Edit, Span
from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._names import shadowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

_AWARE, _UTC, _LOCAL, _NAIVE = "aware", "utc", "local", "naive"
_SAID = {
    _AWARE: "an aware time",
    _UTC: "a naive time in UTC",
    _LOCAL: "a naive local time",
    _NAIVE: "a naive time",
}
_CLASS = "datetime.datetime"
_UTCNOW, _UTCFROM = f"{_CLASS}.utcnow", f"{_CLASS}.utcfromtimestamp"
_DEPRECATED = {_UTCNOW: "datetime.now(timezone.utc)", _UTCFROM: "datetime.fromtimestamp(..., timezone.utc)"}
_MADE = {
    _UTCNOW: _UTC,
    _UTCFROM: _UTC,
    f"{_CLASS}.today": _LOCAL,
    "django.utils.timezone.now": _AWARE,
    "django.utils.timezone.localtime": _AWARE,
    "django.utils.timezone.make_aware": _AWARE,
    "django.utils.timezone.make_naive": _NAIVE,
    "discord.utils.utcnow": _AWARE,
    "email.utils.localtime": _AWARE,
}
_ZONE_ARGUMENT = {f"{_CLASS}.now": 0, f"{_CLASS}.fromtimestamp": 1, _CLASS: 7}
"""Which argument of what makes a time is its zone."""
_UTC_NAMES = frozenset({
    "datetime.timezone.utc", "datetime.UTC", "pytz.utc", "pytz.UTC", "dateutil.tz.UTC", "dateutil.tz.tzutc",
    "django.utils.timezone.utc",
})  # fmt: skip
_ZONES = frozenset({
    "zoneinfo.ZoneInfo", "pytz.timezone", "datetime.timezone", "dateutil.tz.tzlocal", "dateutil.tz.tzoffset",
    "django.utils.timezone.get_current_timezone", "django.utils.timezone.get_default_timezone",
})  # fmt: skip
_SPANS = frozenset({"datetime.timedelta", "dateutil.relativedelta.relativedelta"})
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_VERSION_TESTS = ("version_info", "hasattr", "PY2", "PY3")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_MILD = 0.75
_OFF = "wrong by the local offset"
_DEEPEST = 40
"""How many steps from a use to what makes the time; longer chains are not followed."""


class _Plan(NamedTuple):
    """One call to write anew with a zone; ``whole`` is what goes with it, ``naive`` says to drop the zone again."""

    call: ast.Call
    whole: ast.expr
    zone: str
    naive: bool = False


class CompareAwareTimes(Rule):
    """A naive time is not said to be in any zone, so Python guesses or refuses.

    Comparing it with an aware one raises ``TypeError``; comparing UTC with local time is wrong by the local offset,
    and so are ``utcnow().timestamp()`` and ``now().isoformat() + "Z"``. ``utcnow()`` and ``utcfromtimestamp()``,
    deprecated since Python 3.12, invite all of these: as such they are found with a lower confidence. Only what
    the same file makes certain is compared, and of tests only what raises is told: their times may be off together.
    """

    name = "compare-aware-times"
    severity = Severity.MEDIUM
    confidence = 0.8
    worth = 0.6
    precision = Precision(
        right=51,
        read=58,
        repositories=(
            "ArchiveBox", "CTFd", "CrackMapExec", "Flexget", "GNS3", "Mailpile", "Modmail", "OctoBot", "ParlAI",
            "PokemonGo-Bot", "Red-DiscordBot", "SuperAGI", "Telethon", "ajenti", "alexa_media_player", "ansible",
            "caldera", "calibre-web", "camel", "ckan", "crawl4ai", "cuckoo", "elastalert", "errbot", "evennia",
            "grr", "hacs", "hummingbot", "impacket", "jupyterhub", "lbry-sdk", "lemur", "mindsdb", "openlibrary",
            "pupy", "pylint", "quay", "semantic-kernel", "spiderfoot", "trac", "web2py", "youtube-dl",
        ),
        note="errors that cancel out, and ages that are only shown. utcnow as such: 22 of 22; mixed or lost zones: "
        "29 of 36, at most three of a repository.",
    )  # fmt: skip
    equivalents = ("DTZ003", "DTZ004")
    fix_title = "give the time its zone"
    fix_changes = "the time has a zone, where before it had none"
    sees = (ast.Module,)
    examples: ClassVar = (
        Valid("from datetime import datetime, timezone\n\ndef age(x):\n    return datetime.now(timezone.utc) - x\n"),
        Valid("from datetime import datetime\n\ndef age():\n    start = datetime.now()\n    return datetime.now() - start\n"),
        Valid("import arrow, datetime\n\nnow = arrow.utcnow().timestamp()\n"),
        Valid("import datetime as d\n\nsame = d.datetime.utcfromtimestamp == d.datetime.fromtimestamp\n", path="tests/test_it.py"),
        Valid("from datetime import datetime, timezone\n\ndef late(x=None):\n    x = x or datetime.now()\n"
              "    return x < datetime.now(timezone.utc)\n"),
        Valid("from datetime import datetime, timezone\n\ndef late(tz):\n    return datetime.now(tz) < datetime.now()\n"),
        Valid("from datetime import datetime as dt, timezone\n\ndef offset(t):\n"
              "    return dt.fromtimestamp(t).replace(tzinfo=timezone.utc) - dt.fromtimestamp(t, timezone.utc)\n"),
        Valid("from datetime import datetime as dt, timezone\n\ndef offset(t):\n"
              "    return dt.fromtimestamp(t) - dt.fromtimestamp(t, timezone.utc).replace(tzinfo=None)\n"),
        Valid("from datetime import datetime\n\nstamp = datetime.now().isoformat() + 'Z'\n", path="tests/test_api.py"),
        Valid("import datetime\nimport sys\n\nif sys.version_info < (3, 11):\n    now = datetime.datetime.utcnow()\n"),
        Invalid(
            "from datetime import datetime, timedelta\n\nstart = datetime.utcnow()  # naive\n",
            fixed="from datetime import datetime, timedelta, timezone\n\n"
            "start = datetime.now(timezone.utc).replace(tzinfo=None)  # naive\n",
        ),
        Invalid(
            "import datetime\n\nd = datetime.datetime.utcfromtimestamp(\n    0,  # epoch\n).isoformat()\n",
            fixed="import datetime\n\nd = datetime.datetime.fromtimestamp(\n    0, datetime.timezone.utc,  # epoch\n"
            ").replace(tzinfo=None).isoformat()\n",
        ),
        Invalid(
            "from datetime import datetime, timezone\n\nnow = datetime.utcnow().replace(tzinfo=timezone.utc)\n",
            fixed="from datetime import datetime, timezone\n\nnow = datetime.now(timezone.utc)\n",
        ),
        Invalid(
            "from datetime import datetime, timezone\n\nseconds = datetime.utcnow().timestamp()\n",
            fixed="from datetime import datetime, timezone\n\nseconds = datetime.now(timezone.utc).timestamp()\n",
        ),
        Invalid(
            "from datetime import datetime, timezone\n\ndef late(s):\n    end = datetime.strptime(s, '%Y%z')\n"
            "    return end < datetime.utcnow()\n",
            fixed="from datetime import datetime, timezone\n\ndef late(s):\n    end = datetime.strptime(s, '%Y%z')\n"
            "    return end < datetime.now(timezone.utc)\n",
        ),
        Invalid(
            "from datetime import datetime, timezone\n\nstamp = datetime.now().isoformat() + 'Z'\n",
            fixed="from datetime import datetime, timezone\n\n"
            "stamp = datetime.now(timezone.utc).replace(tzinfo=None).isoformat() + 'Z'\n",
        ),
        Invalid(
            "from datetime import datetime as dt, timezone\n\ndef offset(t):\n    here = dt.fromtimestamp(t)\n"
            "    return here - dt.utcfromtimestamp(t)\n",
            fixed="from datetime import datetime as dt, timezone\n\ndef offset(t):\n    here = dt.fromtimestamp(t)\n"
            "    return here - dt.fromtimestamp(t, timezone.utc).replace(tzinfo=None)\n",
        ),
        Invalid("from datetime import datetime\n\ndef stamp(t):\n    return f'{datetime.fromtimestamp(t).isoformat()}Z'\n"),
        Invalid(
            "from datetime import datetime as dt, timezone\n\nnow = dt.now().replace(tzinfo=timezone.utc)\n",
            fixed="from datetime import datetime as dt, timezone\n\nnow = dt.now(timezone.utc)\n",
        ),
        Invalid("from datetime import datetime\n\ndef age(s):\n"
                "    return (datetime.now() - datetime.strptime(s, '%Y-%m-%dT%H:%M:%SZ')).days\n"),
        Invalid("from datetime import datetime\n\nclass Row:\n    made = Column(default=datetime.utcnow)\n"),
        Invalid("import datetime\nfrom django.utils import timezone\n\nclass Job:\n    def __init__(self):\n"
                "        self.since = datetime.datetime(2020, 1, 1)\n\n    def age(self):\n"
                "        return timezone.now() - self.since\n"),
    )  # fmt: skip

    def check(self, node: ast.Module, facts: FileFacts) -> Iterable[Hit]:  # type: ignore[override]
        """Flag every place of a file where zones are mixed, lost or guessed."""
        return [hit for hit, _ in _found(facts)]

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Write the calls with their zone, and import that where it is missing."""
        import libcst

        from reviewers.mend import edited

        text = module.code
        tree = ast.parse(text)
        link(tree)
        facts = FileFacts("", text, tree, "")
        for hit, plans in _found(facts):
            if hit.fixable and facts.span(hit.node) == span:
                return libcst.parse_module(edited(text, _edits(plans, facts)))
        return module


_MAKES_TIMES = (
    "utcnow", "fromtimestamp", "strptime", "fromisoformat", "timegm", "mktime", ".now", ".today", "datetime(", "combine("
)  # fmt: skip
"""Without one of these in its text a file makes no time, and there is nothing to infer."""


_TELLING = frozenset({ast.Call, ast.BinOp, ast.Compare, ast.JoinedStr, ast.Attribute, ast.Name})


def _found(facts: FileFacts) -> list[tuple[Hit, tuple[_Plan, ...]]]:
    """The hits of a file in source order, each with how it is mended; none inside another."""
    if ("datetime" not in facts.text and "timezone" not in facts.text) or not any(
        word in facts.text for word in _MAKES_TIMES
    ):
        return []
    if not any(origin.startswith(("datetime", "django.utils")) for origin in facts.imports.values()):
        return []
    times = _Times(facts)
    found: list[tuple[Hit, tuple[_Plan, ...]]] = []
    covered: set[ast.AST] = set()
    for node in facts.nodes:
        if type(node) not in _TELLING or node in covered:
            continue
        if isinstance(node, (ast.Call, ast.BinOp, ast.Compare, ast.JoinedStr)):
            wrong = times.wrong(node)
            if wrong is not None:
                covered.update(walk(node))
                message, plans = wrong
                found.append((Hit(node, message, _fixable(plans, facts)), plans))
                continue
        if isinstance(node, (ast.Attribute, ast.Name)):
            mild = times.deprecated(node)
            if mild is not None:
                where, message, plans = mild
                found.append((Hit(where, message, _fixable(plans, facts), _MILD), plans))
    return found


class _Times:
    """What a file makes certain about the times in it."""

    def __init__(self, facts: FileFacts) -> None:
        self.facts = facts
        self._bindings: dict[ast.AST, dict[str, list[ast.expr | None]]] = {}
        self._attributes: dict[str, list[tuple[ast.Attribute, ast.expr | None]]] | None = None
        self._rebound: frozenset[str] | None = None
        self._open: set[ast.AST] = set()
        self._kinds: dict[ast.AST, str | None] = {}
        self._makes_up: bool | None = None

    def wrong(self, node: ast.Call | ast.BinOp | ast.Compare | ast.JoinedStr) -> tuple[str, tuple[_Plan, ...]] | None:
        """What is certainly wrong about a call, a subtraction, a comparison or a text, and how it is mended.

        Times that only a test makes and reads may be off by any offset: there, told is only of what cannot run.
        """
        if isinstance(node, ast.Compare):
            found = self._compared(node)
        elif isinstance(node, ast.BinOp):
            found = self._operated(node)
        else:
            found = self._joined(node) if isinstance(node, ast.JoinedStr) else self._called(node)
        return None if found is not None and self.facts.is_test and found[0].endswith(_OFF) else found

    def _joined(self, node: ast.JoinedStr) -> tuple[str, tuple[_Plan, ...]] | None:
        for part, after in pairwise(node.values):
            if isinstance(part, ast.FormattedValue) and isinstance(after, ast.Constant) and str(after.value) == "Z":
                wrong = self._marked(part.value)
                if wrong is not None:
                    return wrong[0], ()
        return None

    def _compared(self, node: ast.Compare) -> tuple[str, tuple[_Plan, ...]] | None:
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            equal = isinstance(operator, (ast.Eq, ast.NotEq))
            if equal or isinstance(operator, _ORDER):
                wrong = self._mixed(left, right, "is never equal to" if equal else "compared with")
                if wrong is not None:
                    return wrong
        return None

    def _operated(self, node: ast.BinOp) -> tuple[str, tuple[_Plan, ...]] | None:
        if isinstance(node.op, ast.Sub):
            return self._mixed(node.left, node.right, "and")
        if isinstance(node.op, ast.Add) and isinstance(node.right, ast.Constant) and node.right.value == "Z":
            return self._marked(node.left)
        return None

    def _marked(self, text: ast.expr) -> tuple[str, tuple[_Plan, ...]] | None:
        """What is wrong about a Z after a text."""
        if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "isoformat":
            kind = self.kind(text.func.value)
            if kind == _LOCAL:
                return f"Z says UTC, and this is local time: {_OFF}", self._rezoned(text.func.value, naive=True)
            if kind == _AWARE:
                return "isoformat() of an aware time ends with its offset: a Z after that cannot be parsed", ()
        return None

    def _called(self, node: ast.Call) -> tuple[str, tuple[_Plan, ...]] | None:
        func = node.func
        if isinstance(func, ast.Attribute):
            method, value = func.attr, func.value
            if method in {"timestamp", "astimezone"} or (method == "strftime" and "%s" in _text_of(node)):
                if self.kind(value) == _UTC:
                    shown = "strftime('%s')" if method == "strftime" else f"{method}()"
                    return (
                        f"{shown} takes this naive time in UTC for local time: wrong by the local offset",
                        self._rezoned(value),
                    )
            elif method == "strftime":
                if _ends_in_z(_text_of(node)) and self.kind(value) == _LOCAL:
                    return "Z says UTC, and this is local time: wrong by the local offset", self._rezoned(value)
            elif method == "replace":
                return self._labelled(node, value)
            elif method in {"mktime", "timegm"} and len(node.args) == 1:
                return self._counted(node)
        if isinstance(func, ast.Name) and func.id in {"mktime", "timegm"} and len(node.args) == 1:
            return self._counted(node)
        if isinstance(func, ast.Name) and func.id in {"min", "max"} and len(node.args) > 1:
            first, *others = node.args
            return next((w for other in others if (w := self._mixed(first, other, "compared with")) is not None), None)
        return None

    def _labelled(self, node: ast.Call, value: ast.expr) -> tuple[str, tuple[_Plan, ...]] | None:
        zone = next((k.value for k in node.keywords if k.arg == "tzinfo"), None)
        if zone is None or self._zone(zone) != _UTC or self.kind(value) != _LOCAL:
            return None
        above = self.facts.parent(node)
        if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Sub):
            return None
        return "replace() calls this local time UTC without converting it: wrong by the local offset", self._rezoned(
            node
        )

    def _counted(self, node: ast.Call) -> tuple[str, tuple[_Plan, ...]] | None:
        parts, counter = node.args[0], self.facts.resolve(node.func)
        if not isinstance(parts, ast.Call) or not isinstance(parts.func, ast.Attribute):
            return None
        kind = self.kind(parts.func.value)
        if counter == "calendar.timegm" and kind == _LOCAL and parts.func.attr in {"timetuple", "utctimetuple"}:
            return "timegm() takes this local time for UTC: wrong by the local offset", ()
        in_utc = (kind == _UTC and parts.func.attr == "timetuple") or (
            kind in {_UTC, _AWARE} and parts.func.attr == "utctimetuple"
        )
        if counter == "time.mktime" and in_utc:
            return (
                "mktime() takes this time in UTC for local time: wrong by the local offset; use .timestamp() of an aware time",
                (),
            )
        return None

    def _mixed(self, left: ast.expr, right: ast.expr, how: str) -> tuple[str, tuple[_Plan, ...]] | None:
        kinds = self.kind(left), self.kind(right)
        if None in kinds or kinds[0] == kinds[1]:
            return None
        one, other = _SAID[kinds[0] or ""], _SAID[kinds[1] or ""]
        if _AWARE in kinds:
            if how != "is never equal to" and self._expects_type_error(left):
                return None
            naive = right if kinds[0] == _AWARE else left
            plans = self._rezoned(naive) if self.kind(naive) in {_UTC, _LOCAL} else ()
            tail = "" if how == "is never equal to" else ": this raises TypeError"
            return f"{one} {how} {other}{tail}", plans
        if set(kinds) == {_UTC, _LOCAL} and "equal" not in how and not self._is_same_moment(left, right):
            if self._counts_in_local():
                return None
            return f"{one} {'and' if how == 'and' else 'compared with'} {other}: wrong by the local offset", ()
        return None

    def _is_same_moment(self, left: ast.expr, right: ast.expr) -> bool:
        """Whether two times are made of the same: their difference is the local offset, and means to be."""
        made = [self._made_by(left), self._made_by(right)]
        return all(isinstance(call, ast.Call) for call in made) and len({self._given(call) for call in made}) == 1

    def _made_by(self, node: ast.expr) -> ast.expr | None:
        """The call that a time comes from, past the name it has and a ``replace()`` of its zone."""
        if isinstance(node, ast.Name):
            values = self._values(node)
            return values[0] if len(values) == 1 else None
        is_replaced = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace"
        )
        return node.func.value if is_replaced else node  # type: ignore[attr-defined]

    def _given(self, call: ast.expr | None) -> str:
        given = [*call.args[:1], *(k.value for k in call.keywords)] if isinstance(call, ast.Call) else []
        return " ".join(ast.dump(value) for value in given)

    def _counts_in_local(self) -> bool:
        """Whether the file also turns a time in UTC into seconds as if it were local, which makes up for the other."""
        if self._makes_up is None:
            self._makes_up = ".timestamp()" in self.facts.text and any(
                isinstance(n, ast.Call)
                and isinstance(n.func, ast.Attribute)
                and n.func.attr == "timestamp"
                and self.kind(n.func.value) == _UTC
                for n in self.facts.nodes
            )
        return self._makes_up

    def _expects_type_error(self, node: ast.expr) -> bool:
        below: ast.AST = node
        for above in self.facts.ancestors(node):
            if isinstance(above, _FUNCTIONS):
                break
            if isinstance(above, ast.Try) and below in above.body:
                caught = [n for h in above.handlers for n in (walk(h.type) if h.type else ())]
                if any(isinstance(n, ast.Name) and n.id == "TypeError" for n in caught):
                    return True
            if isinstance(above, ast.With) and "raises" in ast.unparse(above.items[0]).lower():
                return True
            below = above
        return False

    def _rezoned(self, value: ast.expr, *, naive: bool = False) -> tuple[_Plan, ...]:
        """How the one call that a time is written from gets its zone; nothing where it is not at hand."""
        zone, whole = "", value
        while True:
            if isinstance(value, ast.BinOp):
                value = value.left
            elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "replace":
                given = next((k.value for k in value.keywords if k.arg == "tzinfo"), None)
                if given is not None:
                    zone = self.facts.source(given)
                    alone = len(value.keywords) == 1 and not value.args
                    whole = value if alone else value.func.value
                value = value.func.value
                whole = value if not zone else whole
            else:
                break
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return ()
        made, wanted = (
            self.facts.resolve(value.func),
            {f"{_CLASS}.now": 0, f"{_CLASS}.today": 0, _UTCNOW: 0, f"{_CLASS}.fromtimestamp": 1, _UTCFROM: 1},
        )
        if (
            made not in wanted
            or len(value.args) != wanted[made]
            or value.keywords
            or any(isinstance(a, ast.Starred) for a in value.args)
        ):
            return ()
        if not (
            isinstance(whole, ast.Call)
            and zone
            and whole.func is not value.func
            and getattr(whole.func, "value", None) is value
        ):
            whole = value
        return (_Plan(value, whole, zone, naive),)

    def deprecated(self, node: ast.Attribute | ast.Name) -> tuple[ast.AST, str, tuple[_Plan, ...]] | None:
        """Where and why a mention of ``utcnow`` or ``utcfromtimestamp`` is to go, and what takes its place."""
        if not isinstance(node, ast.Attribute) or node.attr not in {"utcnow", "utcfromtimestamp"}:
            return None
        made = self.facts.resolve(node)
        if made not in _DEPRECATED or self._is_shadowed(node) or self._is_fallback(node):
            return None
        if self.facts.is_test and not isinstance(self.facts.parent(node), ast.Call):
            return None
        message = f"{made.removeprefix('datetime.')}() is deprecated since Python 3.12 and says no zone, so it passes for local time: use {_DEPRECATED[made]}"
        call = self.facts.parent(node)
        if not isinstance(call, ast.Call) or call.func is not node:
            return node, message, ()
        outer = self.facts.parent(self.facts.parent(call) or call)
        if (
            isinstance(outer, ast.Call)
            and isinstance(outer.func, ast.Attribute)
            and outer.func.value is call
            and outer.func.attr == "replace"
        ):
            zone = next((k.value for k in outer.keywords if k.arg == "tzinfo"), None)
            if zone is not None and self._zone(zone) == _UTC:
                return call, message, self._rezoned(outer)
        return call, message, self._rezoned(call, naive=True)

    def _is_shadowed(self, node: ast.expr) -> bool:
        head = (self.facts.dotted(node) or "").partition(".")[0]
        return head not in self.facts.imports or shadowed(self.facts, node, head)

    def _is_fallback(self, node: ast.AST) -> bool:
        """Whether only a Python too old for anything better gets here."""
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.If) and any(test in ast.unparse(above.test) for test in _VERSION_TESTS):
                return True
            if isinstance(above, ast.ExceptHandler) and above.type is not None:
                caught = ast.unparse(above.type)
                if "ImportError" in caught or "AttributeError" in caught or "ModuleNotFound" in caught:
                    return True
        return False

    def kind(self, node: ast.expr) -> str | None:
        """What kind of time an expression certainly is; None where that is not known."""
        if node in self._kinds:
            return self._kinds[node]
        if node in self._open or len(self._open) > _DEEPEST:
            return None
        self._open.add(node)
        found = self._kinds[node] = self._kind(node)
        self._open.discard(node)
        return found

    def _kind(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Call):
            return self._kind_of_call(node)
        if isinstance(node, ast.Name):
            return self._agreed(self._values(node))
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}:
                return self._agreed(self._kept(node))
            made = self.facts.resolve(node)
            return _NAIVE if made in {f"{_CLASS}.min", f"{_CLASS}.max"} and not self._is_shadowed(node) else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            is_span = isinstance(node.op, ast.Add) or self._is_span(node.right)
            return self.kind(node.left) if is_span else None
        if isinstance(node, ast.IfExp):
            return self._agreed([node.body, node.orelse])
        if isinstance(node, ast.BoolOp):
            return self._agreed(list(node.values))
        return self.kind(node.value) if isinstance(node, ast.NamedExpr) else None

    def _kind_of_call(self, node: ast.Call) -> str | None:
        func = node.func
        made = self.facts.resolve(func)
        if made is not None and (made in _MADE or made in _ZONE_ARGUMENT or made == f"{_CLASS}.strptime"):
            if self._is_shadowed(func):
                return None
            return _MADE[made] if made in _MADE else self._made(node, made)
        if not isinstance(func, ast.Attribute):
            return None
        if func.attr == "astimezone":
            return _AWARE
        if func.attr == "localize" and made is not None and (made.startswith("pytz.") or self._zone(func.value)):
            return _AWARE
        if func.attr != "replace" or not (node.keywords or node.args):
            return None
        zone = next((k.value for k in node.keywords if k.arg == "tzinfo"), None)
        before = self.kind(func.value)
        if zone is None:
            plain = len(node.args) < 8 and all(k.arg is not None for k in node.keywords)
            return before if plain and not any(isinstance(a, ast.Starred) for a in node.args) else None
        if isinstance(zone, ast.Constant) and zone.value is None:
            return _UTC if self._is_in_utc(func.value) else _NAIVE if before == _AWARE else before or _NAIVE
        return _AWARE if self._zone(zone) else None

    def _made(self, node: ast.Call, made: str) -> str | None:
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            return None
        if made == f"{_CLASS}.strptime":
            form = node.args[1] if len(node.args) == 2 else None
            if not isinstance(form, ast.Constant) or not isinstance(form.value, str):
                return None
            return _AWARE if "%z" in form.value else _UTC if _ends_in_z(form.value) else _NAIVE
        at = _ZONE_ARGUMENT[made]
        zone = next((k.value for k in node.keywords if k.arg in {"tz", "tzinfo"}), None)
        if zone is None and len(node.args) > at:
            zone = node.args[at]
        if zone is None or (isinstance(zone, ast.Constant) and zone.value is None):
            return _NAIVE if made == _CLASS else _LOCAL
        return _AWARE if self._zone(zone) else None

    def _is_in_utc(self, node: ast.expr) -> bool:
        """Whether an aware time is one in UTC."""
        given = [*node.args, *(k.value for k in node.keywords)] if isinstance(node, ast.Call) else []
        return any(self._zone(value) == _UTC for value in given)

    def _zone(self, node: ast.expr) -> str | None:
        """``utc`` or ``other`` for what is certainly a zone, else None."""
        called = isinstance(node, ast.Call)
        made = self.facts.resolve(node.func if isinstance(node, ast.Call) else node)
        if made in _UTC_NAMES:
            return _UTC
        if called:
            return "other" if made in _ZONES else None
        if isinstance(node, ast.Name) and node not in self._open:
            self._open.add(node)
            found = {None if v is None else self._zone(v) for v in self._values(node) or [None]}
            self._open.discard(node)
            return found.pop() if len(found) == 1 else None
        return None

    def _is_span(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            values = self._values(node)
            return bool(values) and all(v is not None and self._is_span_call(v) for v in values)
        return self._is_span_call(node)

    def _is_span_call(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self.facts.resolve(node.func) in _SPANS

    def _agreed(self, values: list[ast.expr | None]) -> str | None:
        """The kind that all values have, ``None`` as a value left out."""
        kinds = {
            None if value is None else self.kind(value)
            for value in values
            if not (isinstance(value, ast.Constant) and value.value is None)
        }
        return kinds.pop() if len(kinds) == 1 else None

    def _values(self, name: ast.Name) -> list[ast.expr | None]:
        """Everything that a name may be bound to; ``None`` for what is not known."""
        if self._rebound is None:
            declared = (n for n in self.facts.nodes if isinstance(n, (ast.Global, ast.Nonlocal)))
            self._rebound = frozenset(each for n in declared for each in n.names)
        if name.id in self._rebound:
            return [None]
        for holder in self.facts.ancestors(name):
            if isinstance(holder, (*_FUNCTIONS, ast.Module)):
                found = self._bound(holder).get(name.id)
                if found is not None:
                    return found if not isinstance(holder, ast.Module) or len(found) == 1 else [None]
        return [None]

    def _bound(self, scope: ast.AST) -> dict[str, list[ast.expr | None]]:
        known = self._bindings.get(scope)
        if known is None:
            known = self._bindings[scope] = {}
            if isinstance(scope, _FUNCTIONS):
                a = scope.args
                for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg):
                    if arg is not None:
                        known[arg.arg] = [None]
            for node in walk_scope(scope):
                for bound, value in _stored(node):
                    known.setdefault(bound, []).append(value)
        return known

    def _kept(self, node: ast.Attribute) -> list[ast.expr | None]:
        """Everything that an attribute of this object is set to in the file."""
        if self._attributes is None:
            self._attributes = {}
            for other in self.facts.kinds.get(ast.Attribute, ()):
                if not isinstance(other.ctx, ast.Load):
                    value = _value_for(self.facts.parent(other))
                    self._attributes.setdefault(other.attr, []).append((other, value))
        owner = self.facts.class_of(node)
        stores = self._attributes.get(node.attr, [])
        if owner is None or not any(self.facts.class_of(store) is owner for store, _ in stores):
            return [None]
        found = [value for _, value in stores]
        for statement in owner.body:
            for bound, value in _stored_below(statement):
                if bound == node.attr:
                    found.append(value)
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name == node.attr:
                found.append(None)
        return found


def _stored_below(statement: ast.stmt) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for node in walk_scope(statement):
        yield from _stored(node)


def _stored(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that a node binds itself, each with its value where that is known."""
    if isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            parent = getattr(node, "parent", None)
            if isinstance(parent, ast.AugAssign) and isinstance(parent.op, ast.Add):
                return
            yield node.id, _value_for(parent)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name, None
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name, None
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest, None
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name.partition(".")[0]), None


def _value_for(parent: ast.AST | None) -> ast.expr | None:
    if isinstance(parent, ast.Assign):
        return parent.value
    return parent.value if isinstance(parent, (ast.AnnAssign, ast.NamedExpr)) else None


def _text_of(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _ends_in_z(form: str) -> bool:
    """Whether a format of date and time ends in a literal Z."""
    return form.endswith("Z") and not form.endswith("%Z") and "%H" in form


def _fixable(plans: tuple[_Plan, ...], facts: FileFacts) -> bool:
    return bool(plans) and all(plan.zone or _utc(plan.call, facts) is not None for plan in plans)


def _utc(call: ast.Call, facts: FileFacts) -> tuple[str, ast.ImportFrom | None] | None:
    """How UTC is written at a call, and the import that has to bring ``timezone`` along, if any."""
    for name, origin in facts.imports.items():
        if origin in {"datetime.timezone", "datetime.UTC"} and _at_top(name, facts) and not shadowed(facts, call, name):
            return (f"{name}.utc" if origin == "datetime.timezone" else name), None
    base = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(base, ast.Attribute):
        return f"{facts.source(base.value)}.timezone.utc", None
    node = next(
        (n for n in facts.tree.body if isinstance(n, ast.ImportFrom) and n.module == "datetime" and not n.level), None
    )
    if node is None or "timezone" in facts.imports or node.names[0].name == "*":
        return None
    taken = any(
        (isinstance(n, ast.Name) and n.id == "timezone")
        or (isinstance(n, ast.arg) and n.arg == "timezone")
        or (isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and n.name == "timezone")
        for n in facts.nodes
    )
    return None if taken else ("timezone.utc", node)


def _at_top(name: str, facts: FileFacts) -> bool:
    """Whether an import at module level binds a name."""
    return any(
        (a.asname or a.name) == name
        for n in facts.tree.body
        if isinstance(n, (ast.Import, ast.ImportFrom))
        for a in n.names
    )


def _edits(plans: tuple[_Plan, ...], facts: FileFacts) -> list[Edit]:
    edits: list[Edit] = []
    for plan in plans:
        call, zone = plan.call, plan.zone
        if not zone:
            written = _utc(call, facts)
            assert written is not None
            zone, wanting = written
            if wanting is not None:
                edits.append(_also_timezone(wanting, facts))
        assert isinstance(call.func, ast.Attribute)
        base, place, end = facts.source(call.func.value), facts.span(call), facts.span(plan.whole)
        if call.args:
            edits.append(Edit(facts.span(call.func), f"{base}.fromtimestamp"))
            given = facts.span(call.args[0])
            edits.append(Edit(Span(given.end_line, given.end_column, given.end_line, given.end_column), f", {zone}"))
        else:
            edits.append(Edit(place, f"{base}.now({zone})"))
        after = Span(place.end_line, place.end_column, end.end_line, end.end_column)
        edits.append(Edit(after, ".replace(tzinfo=None)" if plan.naive else ""))
    return edits


def _also_timezone(node: ast.ImportFrom, facts: FileFacts) -> Edit:
    """``timezone`` among the names of an import, in its place if they are sorted."""
    before = [alias for alias in node.names if alias.name < "timezone"]
    last = before[-1] if before else node.names[-1]
    place = facts.span(last)
    apart = len({alias.lineno for alias in node.names}) == len(node.names) and last.lineno != node.lineno
    gap = "\n" + " " * last.col_offset if apart else " "
    return Edit(Span(place.end_line, place.end_column, place.end_line, place.end_column), f",{gap}timezone")
