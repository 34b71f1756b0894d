"""The ledger as JSON, against its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from nova.ledger.as_data import data
from nova.report.as_json import dumped
from tests.nova.ledger.ledgers import empty, few, whole

if TYPE_CHECKING:
    from nova.ledger.values import Ledger

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "ledger.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written(ledger: Ledger) -> Any:
    value = json.loads(dumped(data(ledger)))
    VALIDATOR.validate(value)
    return value


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("ledger", [empty(), whole(), few(3, 1)])
def test_what_is_written_fits_the_schema(ledger: Ledger) -> None:
    assert written(ledger)["schema"] == 1


def test_the_schema_is_strict() -> None:
    value = written(whole())
    one = value["merged"][0]
    for change in (
        {"more": 1},
        {"schema": 2},
        {"all": {**value["all"], "found": -1}},
        {"rules": [{**value["rules"][0], "more": 1}]},
        {"merged": [{**one, "stage": "open"}]},
        {"merged": [{**one, "effect": {**one["effect"], "fate": "fine"}}]},
    ):
        assert not VALIDATOR.is_valid({**value, **change}), change


def test_keys_come_in_the_order_of_the_schema() -> None:
    value = written(whole())
    assert list(value) == SCHEMA["required"]
    assert list(value["all"]) == SCHEMA["$defs"]["tally"]["required"]
    assert list(value["rules"][0]) == SCHEMA["$defs"]["rule"]["required"]
    assert list(value["merged"][0]) == SCHEMA["$defs"]["merged"]["required"]
    assert list(value["merged"][0]["effect"]) == SCHEMA["$defs"]["effect"]["required"]


def test_where_nothing_is_known_there_is_no_number() -> None:
    value = written(empty())
    assert value["all"]["acceptance"] == {"taken": 0, "answered": 0, "interval": None, "too_few": True}
    assert (value["all"]["answer_seconds"]["median"], value["sources"]["code"], value["since"]) == (None, None, None)
    lost = written(whole())["merged"][2]
    assert lost["commit"] is None
    assert set(lost["effect"]["numbers"].values()) == {None}
