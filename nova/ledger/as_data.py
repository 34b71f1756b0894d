"""The ledger as plain data, schema version 1: ``docs/ledger.schema.json`` describes it key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory.verdict import moment
from nova import __version__
from nova.ledger.effect import MOMENTS, Numbers
from nova.ledger.tally import GIVEN
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from nova.ledger.effect import Effect, Function, Touched
    from nova.ledger.tally import Tally
    from nova.ledger.values import Ledger, Merged

SCHEMA = 1
DIGITS = 4


def data(ledger: Ledger) -> dict[str, Any]:
    """The ledger as what JSON can hold; the order of keys is that of the schema."""
    tip = ledger.tip
    return {
        "schema": SCHEMA,
        "nova": __version__,
        "target": {"name": ledger.name, "root": ledger.root},
        "made": ledger.now,
        "since": ledger.since or None,
        "sources": {
            "memory": ledger.memory,
            "code": {"name": tip.name, "commit": tip.commit, "time": tip.time} if tip is not None else None,
        },
        "reviews": {
            "count": ledger.reviews.count, "first": ledger.reviews.first or None, "last": ledger.reviews.last or None
        },
        "all": _tally(ledger.all),
        "rules": [{"rule": rule, **_tally(one)} for rule, one in ledger.rules.items()],
        "merged": [_merged(one) for one in ledger.merged],
        "unmeasured": ledger.unmeasured,
        "notes": list(ledger.notes),
    }  # fmt: skip


def _tally(one: Tally) -> dict[str, Any]:
    told, waited = one.acceptance, one.times
    span = told.interval
    return {
        "found": one.found,
        "open": one.open,
        "proposed": one.proposed,
        "posted": one.posted,
        "stages": {stage.value: one.stages.get(stage.value, 0) for stage in Stage},
        "taken_back": one.taken_back,
        "by_hand": one.by_hand,
        "acceptance": {
            "taken": told.taken, "answered": told.answered,
            "interval": [round(end, DIGITS) for end in span] if span is not None else None,
            "too_few": told.is_too_few,
        },
        "answer_seconds": {
            "known": waited.known, "answered": waited.answered, "median": waited.median,
            "shortest": waited.shortest, "longest": waited.longest,
        },
        "verdicts": {answer.value: one.verdicts.get(answer.value, 0) for answer in GIVEN},
        "verdicts_since": {answer.value: one.fresh.get(answer.value, 0) for answer in GIVEN},
        "misses": one.misses,
        "misses_since": one.fresh_misses,
    }  # fmt: skip


def _merged(one: Merged) -> dict[str, Any]:
    last = one.course.last
    return {
        "id": last.id,
        "rule": last.rule,
        "pull_request": last.number,
        "branch": last.branch,
        "stage": last.stage.value,
        "at": moment(last.at).isoformat(),
        "commit": one.commit or None,
        "paths": list(one.paths),
        "effect": _effect(one.effect),
    }


def _effect(one: Effect) -> dict[str, Any]:
    return {
        "fate": one.fate.value,
        "why": one.why,
        "numbers": {name: _numbers(one.numbers.get(name)) for name in MOMENTS},
        "functions": [_touched(each) for each in one.functions],
        "lines": {"added": one.added, "standing": one.stand},
        "findings": {"mended": one.mended, "back": one.back},
        "files_gone": one.gone,
    }


def _numbers(told: Numbers | None) -> dict[str, int] | None:
    if told is None:
        return None
    return {"findings": told.findings, "complexity": told.complexity, "lines": told.lines}


def _touched(one: Touched) -> dict[str, Any]:
    return {
        "path": one.path,
        "symbol": one.symbol,
        "before": _function(one.before),
        "promised": _function(one.promised),
        "merged": _function(one.merged),
        "today": _function(one.today),
    }


def _function(told: Function | None) -> dict[str, int] | None:
    if told is None:
        return None
    return {"complexity": told.cyclomatic, "cognitive": told.cognitive, "lines": told.lines}
