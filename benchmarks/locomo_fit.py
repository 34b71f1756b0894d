"""Weights fitted on LoCoMo's first conversations: for turns a listwise logistic model, then a calibration.

The weights maximise the mean log of the share that evidence turns have in the exponentials of all sums (the loss of
ListNet, Cao et al., 2007), less a ridge. The calibration is a logistic regression on sums that each conversation gets
from weights fitted without it; half of its questions are another conversation's, so that it knows what is not there.
Single facts get one logistic regression of features that mean the same in a small memory and in a large one, on the
same mixture of questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import memory.relevance
from benchmarks.conversations import ADVERSARIAL
from memory.relevance import question
from memory.relevance.features import column
from memory.relevance.rank import signals
from memory.relevance.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.conversations import Asked, Index

FEATURES = (
    "own words", "with the one before", "with neighbours", "session", "pairs of words", "speaker", "month", "day",
    "asks", "length", "opening", "answer", "time", "time by own words",
)  # fmt: skip
EMBEDDED = ("cosine", "cosine of the next", "cosine of the session")
ALONE = ("own words", "coverage", "pairs of words")
"""What is fitted for facts, beside the cosine."""
RIDGE = 1.0
Fitted = tuple[dict[str, float], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """One question of one conversation: a row a candidate."""

    conversation: int
    view: View
    rows: Any
    evidence: Any
    """1.0 for the turns that answer it."""
    tokens: Any


def features(embedder: str) -> tuple[str, ...]:
    """What is fitted with an embedder, or with none."""
    return FEATURES if embedder == "none" else FEATURES + EMBEDDED


def cases(indexes: Sequence[Index], names: Sequence[str]) -> tuple[list[Case], list[Case]]:
    """The questions of every conversation, and the next one's asked of it."""
    own, foreign = [], []
    for at, index in enumerate(indexes):
        conversation, other = index.conversation, indexes[(at + 1) % len(indexes)].conversation
        own += [_case(at, index, asked, names) for asked in conversation.asked if asked.category != ADVERSARIAL]
        foreign += [_case(at, index, asked, names) for asked in conversation.foreign(other)]
    return own, foreign


def _case(at: int, index: Index, asked: Asked, names: Sequence[str]) -> Case:
    import numpy as np

    candidates, statistics = index.candidates(asked.text)
    view = View(question(asked.text), candidates, statistics)
    rows = np.array([column(view, name) for name in names]).T
    evidence = np.array([float(candidate.id in asked.evidence) for candidate in view.candidates])
    return Case(at, view, rows, evidence, np.array([candidate.tokens for candidate in view.candidates]))


def listwise(cases: Sequence[Case], ridge: float = RIDGE) -> Any:
    """The weights, one a column."""
    import numpy as np
    from scipy.optimize import minimize

    rows = np.concatenate([case.rows for case in cases])
    counts = np.array([len(case.rows) for case in cases])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    wanted = np.concatenate([case.evidence / case.evidence.sum() for case in cases]) @ rows

    def loss(weights: Any) -> tuple[float, Any]:
        total = rows @ weights
        top = np.maximum.reduceat(total, starts)
        each = np.exp(total - np.repeat(top, counts))
        whole = np.add.reduceat(each, starts)
        value = (top + np.log(whole)).sum() - wanted @ weights + ridge * (weights @ weights) / 2
        slope = (each / np.repeat(whole, counts)) @ rows - wanted + ridge * weights
        return value / len(cases), slope / len(cases)

    begin = np.zeros(rows.shape[1])
    return minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-10}).x


def left_out(own: Sequence[Case], conversations: int) -> list[Any]:
    """For each conversation the weights fitted on the others."""
    return [listwise([case for case in own if case.conversation != one]) for one in range(conversations)]


def fit(indexes: Sequence[Index]) -> Fitted:
    """The weights by feature, and the calibration."""
    names = features(indexes[0].embedder)
    own, foreign = cases(indexes, names)
    weights = listwise(own)
    told = dict(zip(names, (round(float(w), 4) for w in weights), strict=True))
    return told, calibration(own + foreign, left_out(own, len(indexes)), embedded=names != FEATURES)


def fit_facts(indexes: Sequence[Index]) -> Fitted:
    """The weights by feature, and the base of the chance."""
    import numpy as np

    names = ALONE if indexes[0].embedder == "none" else (*ALONE, "cosine")
    own, foreign = cases(indexes, names)
    rows = np.concatenate([case.rows for case in own + foreign])
    inputs = np.column_stack([np.ones(len(rows)), rows])
    found = _logistic(inputs, np.concatenate([case.evidence for case in own + foreign]), RIDGE)
    base, *weights = (round(float(w), 2) for w in found)
    return dict(zip(names, weights, strict=True)), {"base": base, "score": 1.0}


def calibration(cases: Sequence[Case], weights: Sequence[Any], *, embedded: bool) -> dict[str, float]:
    """The logistic regression from the log share, the best coverage and the best cosine to being evidence."""
    import numpy as np

    inputs = [signals(case.view, [float(v) for v in case.rows @ weights[case.conversation]]) for case in cases]
    x = np.array([(1.0, share, coverage, cosine) for told in inputs for _, share, coverage, cosine in told])
    found = _logistic(x if embedded else x[:, :3], np.concatenate([case.evidence for case in cases]))
    return dict(zip(("base", "share", "coverage", "cosine"), (round(float(v), 4) for v in found), strict=False))


def _logistic(x: Any, y: Any, ridge: float = 0.0) -> Any:
    """The weights of a logistic regression, less a ridge on all but the first, which is the base."""
    import numpy as np
    from scipy.optimize import minimize

    free = np.array([0.0] + [ridge] * (x.shape[1] - 1))

    def loss(w: Any) -> tuple[float, Any]:
        at = x @ w
        slope = x.T @ (1 / (1 + np.exp(-at)) - y) + free * w
        return float(np.logaddexp(0, at).sum() - y @ at + (free * w * w).sum() / 2), slope

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def write(turns: Mapping[str, Fitted], facts: Mapping[str, Fitted]) -> None:
    """Put the weights into ``memory/relevance/fitted.py``; those of other embedders stay."""
    from memory.relevance import fitted

    file = Path(str(memory.relevance.__file__)).with_name("fitted.py")
    lines = [file.read_text("utf-8").partition("TURN:")[0].rstrip(), ""]
    for name, found in (("TURN", fitted.TURN | dict(turns)), ("NOTE", fitted.NOTE | dict(facts))):
        lines.append(f"{name}: dict[str, tuple[dict[str, float], dict[str, float]]] = {{")
        for embedder, parts in sorted(found.items()):
            lines.append(f'    "{embedder}": (')
            for part in parts:
                lines += ["        {", *(f'            "{key}": {value},' for key, value in part.items()), "        },"]
            lines.append("    ),")
        lines.append("}")
    file.write_text("\n".join(lines) + "\n", "utf-8")
