"""Reviews, written by hand, for the tests of the reports."""

from __future__ import annotations

from typing import Any

from nova.answer import Fix, Left, Place, Ranked, Review, Reviewed, State, Status, Totals
from nova.report.detail import Detail, Event, RuleText, Said, SourceLine
from reviewers.finding import Related, Safety, Severity, Span

HOSTILE = (
    "\x1b[31mred\x1b[0m \x07 `tick` ``two`` | pipe <script>alert(1)</script> @octocat #42 GH-7 "
    "[click](https://evil.example/) www.evil.example **bold** _low_ $x$ &amp; \\ \u202eback\u200b "
    "::error::no ##[error]no %0A, a: b\r\n# heading\n\n- item\n```\nfence\n--- \n===\udce9 漢字 e\u0301"
)
"""Everything that some format could trip over, in one text."""

HOSTILE_PATH = "caf\udce9/`a|b`\x1b[2J,x:y%/@octocat/[l](http:)\n#1 漢 字.py"

PATCH = (
    "--- a/shop/orders.py\n"
    "+++ b/shop/orders.py\n"
    "@@ -40,5 +40,5 @@\n"
    " def total(path):\n"
    "-    f = open(path)\n"
    "-    return parse(f.read())\n"
    "+    with open(path) as f:\n"
    "+        return parse(f.read())\n"
    " \n"
    " \n"
)


def ranked(rank: int = 1, **changes: Any) -> Ranked:
    """A finding that is open and of medium severity, but for what is changed."""
    values: dict[str, Any] = {
        "id": f"{rank:02x}9a1c20d4e5f607",
        "rule": "close-resources",
        "source": "nova",
        "severity": Severity.MEDIUM,
        "confidence": 0.92,
        "path": "shop/orders.py",
        "span": Span(40 + rank, 9, 40 + rank, 19),
        "symbol": "Order.total",
        "message": "The file that `open()` returns is never closed when `parse()` raises",
        "reasons": ("3 of 4 of these were mended here", "changed 12 times this year"),
        "related": (),
        "score": 0.9 - rank / 100,
        "rank": rank,
        "state": State.OPEN,
        "introduced_by_diff": None,
        "fixable": False,
        "fix": None,
    }
    return Ranked(**{**values, **changes})


def place(rank: int = 1, **changes: Any) -> Place:
    """A function worth mending first."""
    values: dict[str, Any] = {
        "path": "shop/checkout.py",
        "line": 10,
        "end_line": 97,
        "symbol": "Checkout.complete",
        "score": 0.7,
        "rank": rank,
        "reasons": ("88 lines, complexity 23", "changed 31 times in a year, 7 times to mend a fault"),
        "step": "take the loop at line 40 out into a function of its own",
    }
    return Place(**{**values, **changes})


def review(*findings: Ranked, **changes: Any) -> Review:
    """A complete review of 120 files with these findings, all of them shown, but for what is changed.

    Fields of the target and of the totals can be changed by their own names; ``total`` is the number of all findings.
    """
    totals: dict[str, Any] = {
        "files": 120,
        "lines": 34_210,
        "findings": changes.pop("total", len([f for f in findings if f.state is not State.DISMISSED])),
        "shown": len(findings),
        "dismissed": 0,
        "fixed_since_last": 0,
        "seconds": 1.94,
        "cached_files": 0,
        "silent": 0,
    }
    target: dict[str, Any] = {
        "name": "shop",
        "root": "/home/ann/shop",
        "commit": "1234abcd" * 5,
        "dirty": False,
        "url": None,
    }
    for known in (totals, target):
        for name in known.keys() & changes.keys():
            known[name] = changes.pop(name)
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.state is not State.DISMISSED:
            counts[finding.severity.value] = counts.get(finding.severity.value, 0) + 1
    values: dict[str, Any] = {
        "nova": "0.1.0",
        "status": Status.INCOMPLETE if changes.get("failed") else Status.COMPLETE,
        "target": Reviewed(**target),
        "findings": findings,
        "places": (),
        "skipped": (),
        "failed": (),
        "totals": Totals(**totals),
        "scope": "work tree",
        "worst": max((f.severity for f in findings), key=lambda s: s.weight, default=None),
        "counts": counts,
    }
    return Review(**{**values, **changes})


def usual() -> Review:
    """Ten findings of many and five places, with something in every corner."""
    findings = [ranked(n, path=f"shop/module_{n}.py") for n in range(1, 11)]
    findings[1] = ranked(
        2,
        path="shop/graphql/checkout/mutations/checkout_complete.py",
        symbol="CheckoutComplete.perform_mutation",
        rule="no-blocking-in-async",
        message="time.sleep stops every task of this event loop",
        state=State.REGRESSED,
        severity=Severity.HIGH,
        fixable=True,
    )
    findings[2] = ranked(3, symbol=None, state=State.NEW, severity=Severity.LOW, reasons=())
    findings[3] = ranked(
        4,
        fixable=True,
        fix=Fix("open the file in a with statement", Safety.PROVEN, PATCH),
        related=(Related("shop/other.py", 3, 9, "the same again"),),
        introduced_by_diff=True,
    )
    return review(
        *findings,
        total=41,
        dismissed=5,
        fixed_since_last=2,
        cached_files=98,
        dirty=True,
        places=tuple(place(n) for n in range(1, 6)),
        skipped=(
            *(Left(f"vendor/{n}.py", "vendored") for n in range(10)),
            *(Left(f"pb/{n}.py", "generated") for n in range(3)),
            Left("big.py", "larger than 1 MB"),
        ),
        counts={"high": 3, "medium": 17, "low": 21},
        notices=("The history is shallow: 50 commits were read.",),
    )


def hostile() -> Review:
    """A review in which every text that comes from the code is hostile."""
    finding = ranked(
        path=HOSTILE_PATH,
        symbol=HOSTILE,
        message=HOSTILE,
        reasons=(HOSTILE,),
        related=(Related(HOSTILE_PATH, 1, 2, HOSTILE),),
        fix=Fix(
            HOSTILE, Safety.UNPROVEN, f"--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-{HOSTILE.partition(chr(13))[0]}\n+````\n"
        ),
        fixable=True,
    )
    return review(
        finding,
        name=HOSTILE,
        root="/srv/caf\udce9",
        places=(place(path=HOSTILE_PATH, symbol=HOSTILE, reasons=(HOSTILE,), step=HOSTILE),),
        skipped=(Left(HOSTILE_PATH, HOSTILE),),
        failed=(Left(HOSTILE_PATH, HOSTILE),),
        notices=(HOSTILE,),
        scope=HOSTILE,
    )


def rule() -> RuleText:
    """What is known of the rule of most findings."""
    text = (
        "What was opened is closed on every path.\n\n"
        "A file that is left open loses what was not flushed, and in a server it runs out of handles."
    )
    return RuleText("close-resources", "nova", Severity.MEDIUM, text, 0.92)


def detail(**changes: Any) -> Detail:
    """All about one finding that can be fixed, seen three times, dismissed and taken up again."""
    finding = ranked(
        1,
        span=Span(42, 9, 42, 19),
        related=(Related("shop/other.py", 3, 9, "the same pattern"),),
        fixable=True,
    )
    values: dict[str, Any] = {
        "finding": finding,
        "excerpt": (
            SourceLine(40, "def total(path):"),
            SourceLine(41, '    """Add up an order."""'),
            SourceLine(42, "    f = open(path)"),
            SourceLine(43, "    return parse(f.read())"),
            SourceLine(44, ""),
        ),
        "life": (
            Event("first seen", "aaaa1111" * 5, "2026-03-01"),
            Event("dismissed", None, "2026-03-02"),
            Event("seen again", "bbbb2222" * 5, "2026-05-11"),
        ),
        "rule": rule(),
        "fix": Fix("open the file in a with statement", Safety.PROVEN, PATCH),
        "said": Said("later", because="after the release", by="Ann", when="2026-05-12"),
    }
    return Detail(**{**values, **changes})
