"""What Hypothesis draws from some strategies, the same in every process: from the seed alone.

Hypothesis of the target's environment is taken first. Where it has none, ``lend`` makes a copy from elsewhere found,
and nothing else of what lies beside it; a copy with compiled parts serves the Python that it was built for.
"""

from __future__ import annotations

import importlib.machinery
import os
import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LENT = frozenset({"hypothesis", "sortedcontainers", "_hypothesis_globals", "_hypothesis_ftz_detector"})
"""The names by which Hypothesis and what it needs are imported."""
_SETTINGS = {"HYPOTHESIS_NO_PLUGINS": "1", "HYPOTHESIS_STORAGE_DIRECTORY": os.path.join(os.devnull, "hypothesis")}


class Undrawn(Exception):
    """Why nothing could be drawn."""


class Lender:
    """Finds the lent names in one folder. It stands last, so that what the target has itself comes first."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """See ``importlib.abc.MetaPathFinder``."""
        if path is not None or name not in LENT:
            return None
        return importlib.machinery.PathFinder.find_spec(name, [self.folder])


def lend(folder: str) -> None:
    """Let Hypothesis be found in a folder where it is nowhere else."""
    if not any(isinstance(one, Lender) and one.folder == folder for one in sys.meta_path):
        sys.meta_path.append(Lender(folder))


def drawn(strategies: Sequence[Callable[[Any], Any]], most: int, seed: int) -> list[list[Any]]:
    """At most so many lists of values, one from each strategy. Raises ``Undrawn``.

    A strategy is given as a function of ``hypothesis.strategies``. Values that a strategy fails to make end the rest.
    """
    before = {name: os.environ.get(name) for name in _SETTINGS}
    os.environ.update(_SETTINGS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _drawn(strategies, most, seed)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _drawn(strategies: Sequence[Callable[[Any], Any]], most: int, seed: int) -> list[list[Any]]:
    try:
        import hypothesis
        from hypothesis import strategies as st
    except Exception as error:
        raise Undrawn(f"Hypothesis is not to be had in this Python ({type(error).__name__}: {error})") from error
    _forget_constants()
    found: list[list[Any]] = []

    def collect(values: Any) -> None:
        found.append(list(values))

    try:
        strategy = st.tuples(*(made(st) for made in strategies))
        settings = hypothesis.settings(
            max_examples=max(most, 1), database=None, deadline=None, phases=(hypothesis.Phase.generate,),
            suppress_health_check=list(hypothesis.HealthCheck), print_blob=False,
        )  # fmt: skip
        hypothesis.seed(seed)(settings(hypothesis.given(strategy)(collect)))()
    except Exception as error:
        if not found:
            raise Undrawn(f"Hypothesis drew nothing ({type(error).__name__}: {error})") from error
    return found[:most]


def _forget_constants() -> None:
    """Keep Hypothesis from reading constants out of the target's modules, which differ between the two sides."""
    try:
        from hypothesis.internal.conjecture import providers
    except ImportError:
        return
    if hasattr(providers, "_get_local_constants") and hasattr(providers, "Constants"):
        providers._get_local_constants = vars(providers)["Constants"]
