"""The shape of the database, as numbered steps. Append a step; never edit one that has shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from memory.db import Db

    Step = Callable[[Db], None]

STEPS: list[Step] = []


def step(change: Step) -> Step:
    """Give a change the next number. Its name begins with that number, so that two branches cannot take the same."""
    number = len(STEPS) + 1
    if not change.__name__.startswith(f"s{number:03}_"):
        raise AssertionError(f"{change.__name__} is step {number}")
    STEPS.append(change)
    return change


def migrate(db: Db, have: int, upto: int | None = None) -> None:
    """Take the steps after number ``have``, each in one transaction together with its own record."""
    for number, change in enumerate(STEPS[have:upto], have + 1):
        db.begin()
        try:
            change(db)
            db.execute("insert into migration values (?, ?)", [number, change.__name__])
        except BaseException:
            db.rollback()
            raise
        db.commit()


@step
def s001_lives_runs_verdicts_and_caches(db: Db) -> None:
    """No keys and no indexes: what is written was folded before, so that rows are unique, and scans are quicker."""
    db.execute("create table migration (number integer, name varchar)")
    db.execute('create table mark (journal varchar, "end" bigint, seq bigint, sum varchar)')
    db.execute("insert into mark values ('', 0, 0, '')")
    db.execute(
        "create table life (target varchar, id varchar, fingerprint varchar, path varchar, rule varchar,"
        " symbol varchar, severity varchar, message varchar, state varchar,"
        " first_snapshot varchar, first_commit varchar, first_at varchar,"
        " last_snapshot varchar, last_commit varchar, last_at varchar,"
        " fixed_snapshot varchar, fixed_commit varchar, regressed_snapshot varchar, line integer)"
    )
    db.execute(
        'create table run (target varchar, id varchar, snapshot varchar, "commit" varchar, commit_at varchar,'
        " scope varchar, started_at varchar, nova varchar, totals varchar, seq bigint)"
    )
    db.execute(
        "create table verdict (target varchar, id varchar, fingerprint varchar, path varchar, rule varchar,"
        ' symbol varchar, answer varchar, because varchar, who varchar, "at" varchar, seq bigint)'
    )
    db.execute(
        'create table past (target varchar, id varchar, what varchar, snapshot varchar, "commit" varchar,'
        ' "at" varchar, seq bigint)'
    )
    db.execute("create table cache (target varchar, path varchar, key varchar, n bigint, data blob)")
    db.execute("create table page (target varchar, name varchar, key varchar, data blob)")


@step
def s002_items(db: Db) -> None:
    """Typed memories: see ``memory.item``."""
    db.execute(
        "create table item (target varchar, id varchar, kind varchar, subject varchar, predicate varchar,"
        " value varchar, because varchar, who varchar, source varchar, valid_from varchar, recorded_at varchar,"
        " closed_at varchar, superseded_by varchar, forgotten boolean, seq bigint)"
    )


@step
def s003_items_that_are_searched(db: Db) -> None:
    """Items get projects, ends, neighbours and rivals; beside them what became of them, their words and vectors."""
    db.execute("alter table item rename to item_before")
    db.execute(
        "create table item (target varchar, id varchar, kind varchar, subject varchar, predicate varchar,"
        " value varchar, because varchar, who varchar, source varchar, valid_from varchar, recorded_at varchar,"
        " closed_at varchar, superseded_by varchar, forgotten boolean, project varchar, until varchar, about varchar,"
        " session varchar, position integer, mark varchar, seen integer, closed_why varchar, rivals varchar,"
        " seq bigint, doc ubigint, length integer, stems varchar)"
    )
    db.execute(
        "insert into item select target, id, kind, subject, case when forgotten then '' else predicate end, value,"
        " because, case when forgotten then '' else who end, source, valid_from, recorded_at, closed_at,"
        " superseded_by, forgotten, '', '', '', '', 0, '', 1, '', '', seq, 0, 0, '' from item_before"
    )
    db.execute("drop table item_before")
    db.execute("create index item_by_doc on item (doc)")
    db.execute("create table use (target varchar, id varchar, shown integer, used integer, contradicted integer,"
               ' "last" varchar)')  # fmt: skip
    db.execute("create table posting (doc ubigint, term uinteger, tf utinyint, length integer)")
    db.execute(
        "create table vector (doc ubigint, model varchar, packed blob, s0 ubigint, s1 ubigint, s2 ubigint, s3 ubigint,"
        " s4 ubigint, s5 ubigint)"
    )
    db.execute("create table meta (name varchar, value varchar)")
