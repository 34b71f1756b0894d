"""``compare-aware-times``: a time says which zone it is in before it is compared, subtracted or converted."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from reviewers.facts import FileFacts, link
from reviewers.rule import Hit, Invalid, Precision, Rule, Severity, Valid
from reviewers.rules._times.mending import edits, plan
from reviewers.rules._times.search import faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from reviewers.finding import Span


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
        return [
            Hit(fault.node, fault.message, plan(fault, facts) is not None, fault.confidence) for fault in faults(facts)
        ]

    def fix(self, module: cst.Module, span: Span) -> cst.Module:
        """Write the call with its zone, and import that where it is missing."""
        import libcst

        from reviewers.mend import edited

        text = module.code
        tree = ast.parse(text)
        link(tree)
        facts = FileFacts("", text, tree, "")
        for fault in faults(facts):
            if facts.span(fault.node) == span:
                found = plan(fault, facts)
                if found is not None:
                    return libcst.parse_module(edited(text, edits(found, facts)))
        return module
