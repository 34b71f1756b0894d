"""Ledgers to be written out."""

from __future__ import annotations

from nova.ledger.effect import FileTimes, effect, unknown
from nova.ledger.tally import Records, Tally, tallies, tally
from nova.ledger.values import Ledger, Merged, Reviews, Tip
from nova.proposing.past import Stage
from tests.nova.ledger.courses import course
from tests.nova.ledger.test_effect import NEW, OLD
from tests.nova.ledger.test_tally import RECORDS

NOW, BEFORE = "2026-11-23T08:00:00.000000Z", "2026-11-20T08:00:00.000000Z"
TIP = Tip("main", "0123456789abcdef", 1_795_000_000)


def empty() -> Ledger:
    """Of a repository that nothing was ever done in."""
    return Ledger("shop", "/shop", "/home/nova.duckdb", None, NOW, "", Reviews(), Tally(), {}, ())


def whole() -> Ledger:
    """Of one with every stage, two merged proposals that are measured and one that cannot be."""
    times = {"before": OLD, "promised": NEW, "merged": NEW}
    stayed = effect("RET505", [FileTimes("src/shop/load.py", {**times, "today": NEW})])
    undone = effect("RET505", [FileTimes("a\x1b[31m.py", {**times, "today": OLD})])
    merged = (
        Merged(course("y", None, (Stage.LOCAL, "9"), rule="RET505"), "c" * 40, ("src/shop/load.py",), stayed),
        Merged(course("s", 4, (Stage.MERGED, "3"), (Stage.REVERTED, "9")), "d" * 40, ("a\x1b[31m.py",), undone),
        Merged(course("q", 2, (Stage.CHANGED, "5")), "", (), unknown("it was not fetched")),
    )
    return Ledger(
        "shop", "/shop", "/home/nova.duckdb", TIP, NOW, BEFORE, Reviews(3, BEFORE, NOW), tally(RECORDS),
        tallies(RECORDS), merged, 2, ("1 record cannot be read",),
    )  # fmt: skip


def few(taken: int, refused: int) -> Ledger:
    """Of one with so many answers."""
    told = [course(f"m{n}", 10 + n, (Stage.OPEN, "1"), (Stage.MERGED, "2")) for n in range(taken)]
    told += [course(f"c{n}", 50 + n, (Stage.OPEN, "1"), (Stage.CLOSED, "2")) for n in range(refused)]
    records = Records(courses=told)
    return Ledger(
        "shop", "/shop", "/home/nova.duckdb", TIP, NOW, "", Reviews(1, NOW, NOW), tally(records), tallies(records), ()
    )  # fmt: skip
