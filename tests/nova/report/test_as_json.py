from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nova.answer import Fix, Left, Review, State
from nova.report import render, show
from reviewers.finding import Safety
from tests.nova.report.reviews import PATCH, detail, hostile, place, ranked, review, usual

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "review.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written(answer: Review) -> Any:
    value = json.loads(render(answer, "json"))
    VALIDATOR.validate(value)
    return value


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("answer", [usual(), hostile(), review(), review(ranked(), commit=None)])
def test_what_is_written_fits_the_schema(answer: Review) -> None:
    assert written(answer)["schema"] == 1


def test_the_schema_is_strict() -> None:
    value = written(usual())
    for change in (
        {"more": 1},
        {"status": "fine"},
        {"schema": 2},
        {"findings": [{**value["findings"][0], "more": 1}]},
        {"findings": [{**value["findings"][0], "confidence": 1.2}]},
        {"findings": [{**value["findings"][0], "line": 0}]},
        {"findings": [{**value["findings"][0], "state": "gone"}]},
        {"failed": [{"path": "a.py", "reason": "took too long"}]},
    ):
        assert not VALIDATOR.is_valid({**value, **change}), change


def test_keys_come_in_the_order_of_the_schema() -> None:
    value = written(usual())
    assert list(value) == SCHEMA["required"]
    for name, one in (("finding", value["findings"][0]), ("place", value["places"][0]), ("totals", value["totals"])):
        assert list(one) == SCHEMA["$defs"][name]["required"]
    assert list(value["target"]) == ["name", "root", "commit", "dirty"]


def test_a_finding_is_written_whole() -> None:
    fix = Fix("use with", Safety.TESTED, PATCH)
    one = written(review(ranked(3, fix=fix, fixable=True, state=State.REGRESSED, introduced_by_diff=False)))
    found = one["findings"][0]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (43, 9, 43, 19)
    assert found["fix"] == {"title": "use with", "safety": "tested", "patch": PATCH}
    assert (found["state"], found["introduced_by_diff"], found["rank"]) == ("regressed", False, 3)
    assert found["reasons"] == ["3 of 4 of these were mended here", "changed 12 times this year"]


def test_scores_are_rounded_to_four_digits() -> None:
    text = render(review(ranked(score=1 / 3, confidence=1), places=(place(score=2 / 3),)), "json")
    assert '"score": 0.3333,' in text
    assert '"confidence": 1.0,' in text
    assert '"score": 0.6667,' in text


def test_text_stays_readable_and_what_cannot_be_seen_is_escaped_by_json() -> None:
    text = render(review(ranked(message="漢字 \u202e \x9b end")), "json")
    assert "漢字 \\u202e \\u009b end" in text
    assert json.loads(text)["findings"][0]["message"] == "漢字 \u202e \x9b end"


def test_a_path_that_is_no_text_is_written_visibly() -> None:
    value = written(review(ranked(path="caf\udce9.py"), skipped=(Left("\udcff.py", "binary"),)))
    assert value["findings"][0]["path"] == "caf\\xe9.py"
    assert value["skipped"][0]["path"] == "\\xff.py"


def test_a_patch_that_is_no_text_is_no_fix() -> None:
    broken = Fix("use with", Safety.PROVEN, PATCH.replace("path", "p\udce9th"))
    assert written(review(ranked(fix=broken, fixable=True)))["findings"][0]["fix"] is None


def test_only_seconds_and_cached_files_tell_two_runs_apart() -> None:
    first = written(review(ranked(), seconds=1.0, cached_files=0))
    second = written(review(ranked(), seconds=2.5, cached_files=120))
    for value in (first, second):
        del value["totals"]["seconds"], value["totals"]["cached_files"]
    assert first == second


def test_a_finding_that_is_shown_alone_is_written_as_in_a_review() -> None:
    value = json.loads(show(detail(), "json"))
    finding_schema = {"$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(finding_schema).validate(value["finding"])
    assert value["finding"]["fix"]["patch"] == PATCH
    assert [event["what"] for event in value["history"]] == ["first seen", "dismissed", "seen again"]
    assert value["verdict"]["because"] == "after the release"
    assert value["excerpt"][2] == {"line": 42, "text": "    f = open(path)"}
