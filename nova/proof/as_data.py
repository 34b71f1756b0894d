"""A proof as plain data: for ``--format json``, and for memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.proof.verdict import Counterexample, Outcome, Proof, RungResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = 1


def to_data(proof: Proof) -> dict[str, Any]:
    """The proof as JSON knows it; ``seconds`` is all that differs between equal runs."""
    return {
        "schema": SCHEMA,
        "patch": proof.patch,
        "verdict": proof.verdict.value,
        "why": proof.why,
        "capped": proof.capped or None,
        "rungs": [_rung(r) for r in proof.rungs],
    }


def _rung(r: RungResult) -> dict[str, Any]:
    example = {"says": r.counterexample.says, "text": r.counterexample.text} if r.counterexample else None
    return {
        "rung": r.rung, "name": r.name, "outcome": r.outcome.value, "why": r.why, "commands": list(r.commands),
        "versions": list(r.versions), "counts": dict(r.counts), "seconds": r.seconds, "counterexample": example,
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Proof:
    """The proof that ``to_data`` wrote.

    Raises ``ValueError`` for what it did not write.
    """
    try:
        if data["schema"] != SCHEMA:
            raise ValueError(f"a proof of schema {data['schema']}")
        rungs = tuple(
            RungResult(
                r["rung"], r["name"], Outcome(r["outcome"]), r["why"], tuple(r["commands"]), tuple(r["versions"]),
                tuple(r["counts"].items()), r["seconds"],
                Counterexample(**r["counterexample"]) if r["counterexample"] else None,
            )
            for r in data["rungs"]
        )  # fmt: skip
        return Proof(data["patch"], Verdict(data["verdict"]), rungs, data["capped"] or "")
    except (KeyError, TypeError) as error:
        raise ValueError("not a proof") from error
