"""SARIF 2.1.0, for GitHub code scanning and for editors.

Messages hold text from the code under review, and readers of SARIF make links of ``[text](address)``: such pairs are
taken apart. Paths are percent-encoded byte by byte, so any path comes out right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nova.answer import State, Status
from nova.report import as_json, wording
from nova.report.characters import encodable, sentence, visible
from nova.report.detail import RuleText
from nova.report.replacements import replacements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.answer import Fix, Left, Ranked, Review
    from reviewers.finding import Edit, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "SRCROOT"
LEVELS = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
_PROBLEM = {"high": "error", "medium": "warning", "low": "recommendation", "info": "recommendation"}
_BASELINE = {State.NEW: "new", State.REGRESSED: "new", State.OPEN: "unchanged", State.DISMISSED: "unchanged"}


def render(review: Review, rules: Mapping[str, RuleText] | None = None) -> str:
    """The review as one run. ``rules`` tells what is known of the rules, by name."""
    described = _described(review, rules or {})
    order = {name: number for number, name in enumerate(described)}
    driver = {
        "name": "Nova",
        "version": review.nova,
        "semanticVersion": review.nova,
        "rules": [_rule(rule) for rule in described.values()],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"nova/{sentence(review.target.name)}/"},
        "originalUriBaseIds": {ROOT: _root(review.target.root)},
        "invocations": [_invocation(review)],
        "columnKind": "unicodeCodePoints",
    }
    if review.target.url:
        provenance = {"repositoryUri": review.target.url, "mappedTo": {"uriBaseId": ROOT}}
        if review.target.commit:
            provenance["revisionId"] = review.target.commit
        run["versionControlProvenance"] = [provenance]
    suppresses = any(f.state is State.DISMISSED for f in review.findings)
    run["results"] = [_result(f, order[f.rule], suppresses=suppresses) for f in review.findings]
    run["properties"] = {
        "scope": review.scope,
        "commit": review.target.commit,
        "dirty": review.target.dirty,
        "places": [as_json.place(p) for p in review.places],
    }
    return as_json.dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _described(review: Review, rules: Mapping[str, RuleText]) -> dict[str, RuleText]:
    """Every rule that found something, in the order of names, as far as it is known."""
    found = {f.rule: f for f in reversed(review.findings)}
    return {name: rules.get(name) or RuleText(name, found[name].source, found[name].severity) for name in sorted(found)}


def _rule(rule: RuleText) -> dict[str, Any]:
    properties: dict[str, Any] = {"tags": [*dict.fromkeys((rule.source, *rule.tags))]}
    if rule.precision is not None:
        properties["precision"] = _precision(rule.precision)
    properties["problem.severity"] = _PROBLEM[rule.severity.value]
    descriptor: dict[str, Any] = {
        "id": sentence(rule.name),
        "name": sentence(rule.name),
        "shortDescription": {"text": _message(rule.summary)},
        "fullDescription": {"text": "\n\n".join(_message(p) for p in (rule.text or rule.summary).split("\n\n"))},
        "defaultConfiguration": {"level": LEVELS[rule.severity.value]},
        "properties": properties,
    }
    if rule.page:
        descriptor["helpUri"] = rule.page
    return descriptor


def _precision(share: float) -> str:
    """The measured precision in the four steps that code scanning sorts by."""
    steps = ((0.95, "very-high"), (0.8, "high"), (0.5, "medium"))
    return next((name for least, name in steps if share >= least), "low")


def _result(finding: Ranked, rule: int, *, suppresses: bool) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _physical(finding.path, _region(finding.span))}
    if finding.symbol:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(finding.symbol)}]
    result: dict[str, Any] = {
        "ruleId": sentence(finding.rule),
        "ruleIndex": rule,
        "level": LEVELS[finding.severity.value],
        "message": {"text": _message(finding.message)},
        "locations": [location],
        "partialFingerprints": {"novaFindingId/v1": finding.id},
        "baselineState": _BASELINE[finding.state],
        "rank": round(finding.score * 100, 2),
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(r.path, {"startLine": r.line, "endLine": max(r.end_line, r.line)}),
                "message": {"text": _message(r.message)},
            }
            for number, r in enumerate(finding.related)
        ]
    if suppresses:
        # Where one result says whether it is suppressed, all have to.
        dismissed = finding.state is State.DISMISSED
        result["suppressions"] = [{"kind": "external", "status": "accepted"}] if dismissed else []
    fix = finding.fix and _fix(finding.fix)
    if fix:
        result["fixes"] = [fix]
    result["properties"] = {
        "reasons": [sentence(r) for r in finding.reasons],
        "score": round(finding.score, as_json.DIGITS),
        "confidence": round(finding.confidence, as_json.DIGITS),
        "novaRank": finding.rank,
        "state": finding.state.value,
        "introducedByDiff": finding.introduced_by_diff,
    }
    return result


def _fix(fix: Fix) -> dict[str, Any] | None:
    """The patch as replacements; none where it cannot be told exactly."""
    if fix.patch != encodable(fix.patch):
        return None
    try:
        changes = replacements(fix.patch)
    except ValueError:
        return None
    return {
        "description": {"text": _message(f"{fix.title} ({fix.safety.value})")},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(change.path),
                "replacements": [_replacement(edit) for edit in change.edits],
            }
            for change in changes
        ],
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    replacement: dict[str, Any] = {"deletedRegion": _region(edit.span)}
    if edit.text:
        replacement["insertedContent"] = {"text": edit.text}
    return replacement


def _invocation(review: Review) -> dict[str, Any]:
    notes = [_notification("error", f.reason, f) for f in review.failed]
    notes += [_notification("note", f"not looked at: {s.reason}", s) for s in review.skipped]
    notes += [_notification("note", notice, None) for notice in review.notices]
    invocation: dict[str, Any] = {"executionSuccessful": review.status is Status.COMPLETE}
    invocation["toolExecutionNotifications"] = notes
    if review.status is Status.INCOMPLETE:
        invocation["exitCodeDescription"] = wording.incomplete(review)
    return invocation


def _notification(level: str, text: str, left: Left | None) -> dict[str, Any]:
    note: dict[str, Any] = {"level": level, "message": {"text": _message(text)}}
    if left is not None:
        note["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(left.path)}}]
    return note


def _physical(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": _encoded(path), "uriBaseId": ROOT}


def _root(root: str) -> dict[str, Any]:
    if not root.startswith("/"):
        return {"description": {"text": "The root of the repository."}}
    return {"uri": f"file://{_encoded(root.rstrip('/'))}/"}


def _encoded(path: str) -> str:
    """The path with each byte that has a meaning in a URI, or none in ASCII, percent-encoded."""
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = visible(path).encode()
    return quote(raw, safe="/")


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _message(text: str) -> str:
    """Plain text in which no reader finds a link."""
    return sentence(text).replace("](", "] (")
