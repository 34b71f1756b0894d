from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest

from nova.answer import Fix, Left, Review, State
from nova.report import render
from reviewers.finding import Edit, Related, Safety, Severity, Span
from tests.nova.report.reviews import HOSTILE_PATH, PATCH, hostile, ranked, review, rule, usual
from tests.nova.report.test_replacements import applied, diff

if TYPE_CHECKING:
    from nova.report.detail import RuleText

ASSETS = Path(__file__).parents[2] / "assets" / "sarif"
VALIDATOR = jsonschema.Draft4Validator(json.loads((ASSETS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))


def run(answer: Review, rules: dict[str, RuleText] | None = None) -> Any:
    log = json.loads(render(answer, "sarif", rules=rules))
    VALIDATOR.validate(log)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return only


def first(answer: Review) -> Any:
    return run(answer)["results"][0]


@pytest.mark.parametrize(
    "answer",
    [usual(), hostile(), review(), review(files=0), review(ranked(state=State.DISMISSED), commit=None, root="here")],
)
def test_what_is_written_fits_the_official_schema(answer: Review) -> None:
    assert run(answer)["tool"]["driver"]["name"] == "Nova"


def test_a_rule_is_described_by_what_is_known_of_it() -> None:
    page = replace(rule(), page="https://example.org/rules/close-resources", tags=("reliability", "nova"))
    (described,) = run(review(ranked()), {"close-resources": page})["tool"]["driver"]["rules"]
    assert described["id"] == "close-resources"
    assert described["shortDescription"]["text"] == "What was opened is closed on every path."
    assert "\n\nA file that is left open" in described["fullDescription"]["text"]
    assert described["helpUri"] == "https://example.org/rules/close-resources"
    assert described["defaultConfiguration"] == {"level": "warning"}
    assert described["properties"] == {
        "tags": ["nova", "reliability"],
        "precision": "high",
        "problem.severity": "warning",
    }


def test_nothing_is_made_up_about_a_rule_that_is_not_known() -> None:
    (described,) = run(review(ranked(rule="B006", source="ruff", severity=Severity.LOW)))["tool"]["driver"]["rules"]
    assert described["shortDescription"]["text"] == "B006"
    assert "helpUri" not in described
    assert described["properties"] == {"tags": ["ruff"], "problem.severity": "recommendation"}


@pytest.mark.parametrize(
    ("share", "word"), [(1.0, "very-high"), (0.95, "very-high"), (0.94, "high"), (0.5, "medium"), (0.2, "low")]
)
def test_precision_is_told_in_the_words_of_code_scanning(share: float, word: str) -> None:
    known = {"close-resources": replace(rule(), precision=share)}
    (described,) = run(review(ranked()), known)["tool"]["driver"]["rules"]
    assert described["properties"]["precision"] == word


def test_each_result_points_at_its_rule() -> None:
    answer = run(review(ranked(1, rule="b"), ranked(2, rule="a"), ranked(3, rule="b")))
    rules = answer["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == ["a", "b"]
    assert [rules[r["ruleIndex"]]["id"] for r in answer["results"]] == ["b", "a", "b"]
    assert [r["ruleId"] for r in answer["results"]] == ["b", "a", "b"]


def test_severity_makes_the_level() -> None:
    results = run(review(*(ranked(n, severity=s) for n, s in enumerate(Severity, 1))))["results"]
    assert [r["level"] for r in results] == ["note", "note", "warning", "error"]


def test_a_result_says_where_what_why_and_how_sure() -> None:
    result = first(review(ranked(related=(Related("shop/b c.py", 3, 9, "the same again"),))))
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "shop/orders.py", "uriBaseId": "SRCROOT"}
    region = {"startLine": 41, "startColumn": 9, "endLine": 41, "endColumn": 19}
    assert location["physicalLocation"]["region"] == region
    assert location["logicalLocations"] == [{"fullyQualifiedName": "Order.total"}]
    assert result["partialFingerprints"] == {"novaFindingId/v1": "019a1c20d4e5f607"}
    assert result["rank"] == 89.0
    assert result["properties"]["reasons"] == ["3 of 4 of these were mended here", "changed 12 times this year"]
    assert (result["properties"]["score"], result["properties"]["confidence"]) == (0.89, 0.92)
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "shop/b%20c.py"
    assert related["physicalLocation"]["region"] == {"startLine": 3, "endLine": 9}


def test_columns_count_code_points() -> None:
    assert run(review())["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("state", "baseline"),
    [(State.NEW, "new"), (State.REGRESSED, "new"), (State.OPEN, "unchanged"), (State.DISMISSED, "unchanged")],
)
def test_the_state_is_told_against_the_baseline(state: State, baseline: str) -> None:
    assert first(review(ranked(state=state)))["baselineState"] == baseline


def test_a_dismissed_finding_is_suppressed_and_then_every_result_says_so() -> None:
    results = run(review(ranked(1), ranked(2, state=State.DISMISSED)))["results"]
    assert [r["suppressions"] for r in results] == [[], [{"kind": "external", "status": "accepted"}]]
    assert "suppressions" not in first(review(ranked()))


def test_what_failed_and_what_was_skipped_is_told_of_the_run() -> None:
    (invocation,) = run(
        review(failed=(Left("bad.py", "took longer than 10 s"),), skipped=(Left("v.py", "vendored"),), notices=("Hm.",))
    )["invocations"]
    assert invocation["executionSuccessful"] is False
    notes = invocation["toolExecutionNotifications"]
    assert [(n["level"], n["message"]["text"]) for n in notes] == [
        ("error", "took longer than 10 s"),
        ("note", "not looked at: vendored"),
        ("note", "Hm."),
    ]
    assert notes[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad.py"
    assert run(review())["invocations"][0]["executionSuccessful"] is True


def test_where_it_comes_from_is_told_only_where_it_is_known() -> None:
    assert "versionControlProvenance" not in run(review())
    answer = review(url="https://example.org/ann/shop")
    (provenance,) = run(answer)["versionControlProvenance"]
    assert provenance["repositoryUri"] == "https://example.org/ann/shop"
    assert provenance["revisionId"] == "1234abcd" * 5
    assert run(review())["originalUriBaseIds"] == {"SRCROOT": {"uri": "file:///home/ann/shop/"}}
    assert run(review())["automationDetails"] == {"id": "nova/shop/"}


def test_any_path_comes_back_byte_for_byte() -> None:
    uri = first(hostile())["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == HOSTILE_PATH.encode("utf-8", "surrogateescape")
    assert uri.isascii()
    assert ":" not in uri


def test_hostile_text_makes_no_link() -> None:
    log = render(hostile(), "sarif")
    results = json.loads(log)["runs"][0]["results"]
    assert "](" not in results[0]["message"]["text"]
    assert "](" not in results[0]["relatedLocations"][0]["message"]["text"]


def told(fix: Any) -> list[Edit]:
    (change,) = fix["artifactChanges"]
    return [
        Edit(
            Span(*(r["deletedRegion"][k] for k in ("startLine", "startColumn", "endLine", "endColumn"))),
            r.get("insertedContent", {}).get("text", ""),
        )
        for r in change["replacements"]
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os\nimport re\n\nx = 1\n", "import re\n\nx = 1\n"),
        ("a\nx = [i for i in y]\nb\nc\nd\ne\nf\ng\nz = dict()\n", "a\nx = list(y)\nb\nc\nd\ne\nf\ng\nz = {}\n"),
        ("é = '漢字' + \"\U0001f680\"\r\nreturn é", "é = '漢字🚀'\r\nreturn é\r\n"),
    ],
)
def test_a_fix_says_what_its_patch_does(old: str, new: str) -> None:
    fix = Fix("mend it", Safety.PROVEN, diff(old, new, path="shop/orders.py"))
    (written,) = first(review(ranked(fix=fix)))["fixes"]
    assert written["description"]["text"] == "mend it (proven)"
    assert written["artifactChanges"][0]["artifactLocation"] == {"uri": "shop/orders.py", "uriBaseId": "SRCROOT"}
    assert applied(old, told(written)) == new


@pytest.mark.parametrize("patch", [PATCH.replace("path", "p\udce9th"), "no diff"])
def test_a_fix_that_cannot_be_told_exactly_is_not_told(patch: str) -> None:
    assert "fixes" not in first(review(ranked(fix=Fix("mend it", Safety.PROVEN, patch))))
