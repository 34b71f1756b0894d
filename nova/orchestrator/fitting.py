"""Fits the classifier: multinomial logistic regression, calibrated on examples that were held back.

It sees words, runs of characters and, where there is one, what an embedder makes of a text. This is the only module of
the router that needs scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nova.orchestrator.classifier import Embedder, Model
from nova.orchestrator.features import plain, rarity, vector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STRENGTH = 3.0
"""How little the fit is held back (scikit-learn's C), chosen on the validation part of CLINC150."""
FOLDS = 4
DIGITS = 4
COLDEST, HOTTEST = 0.05, 5.0


def fitted(examples: Mapping[str, Sequence[str]], embedder: Embedder | None = None) -> Model:
    """A model of these examples. Of one agent, or none, there is nothing to learn."""
    labels = tuple(examples)
    texts = [text for name in labels for text in examples[name]]
    if len(labels) < 2:
        return Model(labels, bias=[0.0] * len(labels))
    import sklearn.linear_model  # noqa: F401 -- what it loads can be held to one thread only once it is there
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # the matrices are small: on a busy machine threads wait for each other, and long
        return _fitted(labels, texts, examples, embedder)


def _fitted(
    labels: tuple[str, ...], texts: list[str], examples: Mapping[str, Sequence[str]], embedder: Embedder | None
) -> Model:
    import numpy as np

    wanted = np.array([number for number, name in enumerate(labels) for _ in examples[name]])
    rare = rarity(texts)
    grams = sorted(rare)
    sparse = _sparse(texts, rare, {gram: number for number, gram in enumerate(grams)})
    seen: Any = embedder.embed([plain(text) for text in texts]) if embedder is not None else None
    likeness = (sparse @ sparse.T).toarray()
    if embedder is not None:
        likeness = likeness + embedder.scale * (seen @ seen.T)
    axes = _axes(likeness)
    reduced = likeness @ axes
    held = _held_back(reduced, wanted, len(labels))
    coefficients, bias = _regression(reduced, wanted, len(labels))
    of_texts = coefficients @ axes.T
    dense = [] if embedder is None else (embedder.scale * (of_texts @ seen)).round(DIGITS).tolist()
    by_gram = (sparse.T @ of_texts.T).round(DIGITS).tolist()
    temperature, usual, spread = _calibration(*held)
    return Model(
        labels, rare, dict(zip(grams, by_gram, strict=True)), bias.round(DIGITS).tolist(), dense,
        temperature, usual, spread, {}, embedder,
    )  # fmt: skip


def _sparse(texts: Sequence[str], rare: Mapping[str, float], columns: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    data: list[float] = []
    places: list[int] = []
    ends = [0]
    for text in texts:
        for gram, weight in vector(text, rare).items():
            data.append(weight)
            places.append(columns[gram])
        ends.append(len(data))
    return csr_matrix((data, places, ends), shape=(len(texts), len(columns)))


def _axes(likeness: Any) -> Any:
    """Texts in as few dimensions as there are texts: the fit is the same, and as fast for any number of features."""
    import numpy as np

    values, vectors = np.linalg.eigh(likeness)
    kept = values > 1e-8 * max(values.max(), 1e-8)
    return vectors[:, kept] / np.sqrt(values[kept])


def _regression(rows: Any, wanted: Any, number: int) -> tuple[Any, Any]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    if rows.shape[1] == 0:  # no example has a word
        return np.zeros((number, 0)), np.zeros(number)
    found = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced").fit(rows, wanted)
    if number == 2:  # of two classes only the second is written down
        return np.vstack([-found.coef_, found.coef_]) / 2, np.append(-found.intercept_, found.intercept_) / 2
    return found.coef_, found.intercept_


def _held_back(rows: Any, wanted: Any, number: int) -> tuple[Any, Any]:
    """What examples reach that were left out of the fit, and whose they are; each is left out once.

    An agent's only example is never left out.
    """
    import numpy as np

    have = Counter(wanted.tolist())
    turn: Counter[int] = Counter()
    fold = np.full(len(wanted), -1)
    for at, label in enumerate(wanted.tolist()):
        if have[label] > 1:
            fold[at] = turn[label] % FOLDS
            turn[label] += 1
    logits = np.zeros((len(wanted), number))
    for part in range(FOLDS):
        out = fold == part
        if out.any():
            coefficients, bias = _regression(rows[~out], wanted[~out], number)
            logits[out] = rows[out] @ coefficients.T + bias
    return logits[fold >= 0], wanted[fold >= 0]


def _calibration(logits: Any, wanted: Any) -> tuple[float, float, float]:
    """The temperature under which chances come true, and the mean and deviation of what speaks for the right one."""
    import numpy as np

    if not len(wanted):
        return 1.0, 0.0, 1.0

    def surprise(temperature: float) -> float:
        cooled = (logits - logits.max(axis=1, keepdims=True)) / temperature
        right = cooled[np.arange(len(wanted)), wanted]
        return float((np.log(np.exp(cooled).sum(axis=1)) - right).mean())

    temperature = min(np.geomspace(COLDEST, HOTTEST, 60).tolist(), key=surprise)
    top = logits.max(axis=1)
    spread = max(float(top.std()), 0.05)
    return round(float(temperature), DIGITS), round(float(top.mean()), DIGITS), round(spread, DIGITS)
