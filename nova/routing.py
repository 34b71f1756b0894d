"""Puts the router together for one person: their roster, what they corrected, and the model that was fitted to both."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova import corrections
from nova.orchestrator.classifier import as_data, fit, from_data
from nova.orchestrator.router import Floor, Route, decide
from nova.roster import DOOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from nova.orchestrator.classifier import Embedder, Model
    from nova.orchestrator.router import State, Thresholds
    from nova.roster import Roster

EDITION = 1
"""Goes up when the same examples give another model; what was fitted before is then fitted anew."""
KEPT = 6
"""How many fitted models stay on disk: rosters, corrections and embedders change."""
_BELONGS = " ("


@dataclass(frozen=True, slots=True)
class Router:
    """Decides for one roster; what it needs was read once, so that many requests can be asked of it."""

    roster: Roster
    model: Model
    thresholds: Thresholds | None = None

    def route(self, message: str, state: State) -> Route:
        """Who is to answer. The door keeps no floor: it does no work that a message could go on with."""
        active = "" if state.active == DOOR else state.active
        return decide(message, Floor(active, state.pending), self.roster, self.model, self.thresholds)


def router(
    roster: Roster, data: Path, embedder: Embedder | None = None, say: Callable[[str], None] = lambda _: None
) -> Router:
    """The router for a roster, with what was corrected so far; ``data`` is the user's data folder.

    ``say`` is told before the examples are fitted anew, which takes some seconds.
    """
    told = {text: name for text, name in corrections.settled(corrections.load(data)).items() if name in roster}
    return Router(roster, model(examples(roster), told, data / "router", embedder, say))


def say_at_terminal(doing: str) -> None:
    """Say what takes its time, where a person watches."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"nova: {doing}", file=sys.stderr)


def examples(roster: Roster) -> dict[str, list[str]]:
    """What the classifier learns of each agent: its requests, its scope, and what other pages say is its work."""
    found = {name: [*agent.when, agent.description] for name, agent in roster.items()}
    for agent in roster.values():
        for text in agent.not_when:
            request, belongs, name = text.rpartition(_BELONGS)
            if belongs and name.removesuffix(")") in found and name.removesuffix(")") != agent.name:
                found[name.removesuffix(")")].append(request)
    return {name: list(dict.fromkeys(texts)) for name, texts in found.items()}


def model(
    known: Mapping[str, Sequence[str]],
    settled: Mapping[str, str],
    folder: Path,
    embedder: Embedder | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Model:
    """The model fitted to these examples: from disk where it lies there whole, else fitted and put there."""
    asked: Any = [EDITION, {name: list(texts) for name, texts in known.items()}, dict(settled)]
    asked.append(embedder.name if embedder else "")
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:24]
    file = folder / f"{digest}.json"
    try:
        return from_data(json.loads(file.read_bytes()), embedder)
    except (OSError, ValueError, RecursionError):
        say("learning the agents' examples: once, some seconds")
        found = fit(known, embedder, settled)
    _keep(file, found)
    return found


def _keep(file: Path, found: Model) -> None:
    """Put a model on disk, for the next time; where that cannot be it is fitted again then."""
    scratch = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(json.dumps(as_data(found), separators=(",", ":")), "ascii")
        scratch.replace(file)
        old = sorted(file.parent.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]
        for path in old:
            path.unlink(missing_ok=True)
    except OSError:
        return
