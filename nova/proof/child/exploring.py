"""All that one call and its variations give, found out in processes that are forked from its start.

Each variation begins with what the call began with. Those that change plain values alone share a process as long as
nothing that the call can reach has changed, for then there is nothing to begin anew.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.proof.child.annotated import generated
    from nova.proof.child.calls import Call
    from nova.proof.child.forking import told
    from nova.proof.child.sources import written
    from nova.proof.child.trying import Outcome, Watch, attempt
    from nova.proof.child.variation import PREFIX, Variation
    from nova.proof.child.varying import Varying
else:
    from annotated import generated
    from forking import told
    from sources import written
    from trying import attempt
    from variation import PREFIX

ONE = 4.0
"""Seconds for one input."""
TOGETHER = 30
"""Variations that may share a process."""
SLOW = 3
"""So many inputs that do not end in time are enough."""
GENERATED = 10.0
"""Seconds for the generated inputs of one function."""


class Explorer:
    """Runs the variations of one call. ``runs``: their outcomes by key; ``batches``: the keys that shared a process.

    ``told_as_text``: with each outcome stand its arguments as source text, where they can be written.
    ``cut``: not all were run, for the time was over, or too many of them did not end.
    """

    def __init__(self, call: Call, watch: Watch, end: float, *, told_as_text: bool = False) -> None:
        self.call = call
        self.watch = watch
        self.end = end
        self.told_as_text = told_as_text
        self.runs: dict[str, Any] = {}
        self.batches: list[list[str]] = []
        self.slow = 0
        self.cut = False

    def base(self) -> Outcome | None:
        """What the call gives as it is."""
        self.batch([None], whole=False)
        found: Outcome | None = self.runs[""]["outcome"]
        return found

    def batch(self, variations: list[Variation | None], *, whole: bool) -> int:
        """Run variations in one process; how many of them it came to. ``whole``: go on whatever changes."""

        def work(emit: Callable[[str], None]) -> None:
            for variation in variations:
                outcome, undo = self.attempted(variation)
                emit(json.dumps(outcome))
                if not whole and not clean(outcome):
                    return
                if undo is not None:
                    undo()

        lines, ended = told(work, ONE)
        outcomes: list[Outcome | None] = [json.loads(line) for line in lines]
        if not ended:
            outcomes = [*outcomes[: len(variations) - 1], None]
            self.slow += 1
        for variation, outcome in zip(variations, outcomes):
            key = variation.key if variation is not None else ""
            kept = variation is None or variation.kept
            self.runs[key] = {"kept": kept, "outcome": outcome, "pair": variation.pair if variation is not None else []}
        keys = [v.key for v in variations[: len(outcomes)] if v is not None]
        if keys:
            self.batches.append(keys)
        return len(outcomes)

    def attempted(self, variation: Variation | None) -> tuple[Outcome, Callable[[], None] | None]:
        """One input, in this process."""
        then = self.call.again()
        undo = variation.apply() if variation is not None and variation.apply is not None else None
        spaces = [self.call.raw.__globals__]
        args, kwargs = list(then.args), dict(then.kwargs)
        text = written(tuple(self.call.args), self.call.kwargs) if self.told_as_text else None
        outcome = attempt(self.call, self.watch.anew(), spaces, variation.mode if variation else "", then)

        if text is not None:
            outcome["call"] = [list(text.args), [list(pair) for pair in text.kwargs], list(text.imports)]

        def back() -> None:
            if undo is not None:
                undo()
            self.call.args[:] = args
            self.call.kwargs.clear()
            self.call.kwargs.update(kwargs)

        return outcome, back

    def all(self, varying: Varying, callees: list[str], most: int) -> None:
        """Variations up to a number, then pairs of the most telling of them."""
        chosen: dict[str, Variation] = {}
        waiting: list[Variation | None] = []
        for variation in varying.all(callees):
            if len(chosen) >= most:
                break
            chosen[variation.key] = variation
            waiting.append(variation)
        self.rounds(waiting)
        both = []
        for left, right in pairs(self.runs, most // 6):
            both.append(chosen[left].and_then(chosen[right]))
        self.rounds(list(both))

    def rounds(self, waiting: list[Variation | None]) -> None:
        """Run variations, as many together as can be."""
        together = [v for v in waiting if v is not None and v.plain]
        alone = [v for v in waiting if v is not None and not v.plain]
        while together and self.goes_on():
            together = together[self.batch(list(together[:TOGETHER]), whole=False) :]
        for variation in alone:
            if not self.goes_on():
                break
            self.batch([variation], whole=False)

    def generated(self, settings: dict[str, Any], wanted: dict[str, Any] | None) -> str:
        """Run generated inputs, for some time; why there are none. ``wanted``: those that the other side chose."""
        batches = None
        if wanted is not None:
            batches = [batch for batch in wanted["batches"] if batch[0].startswith(PREFIX)]
            if not batches:
                return ""
        waiting, why = generated(self.call, settings)
        end = min(time.monotonic() + GENERATED * (1 if batches is None else 2), self.end)
        slow = self.slow
        together = [v for v in waiting if v.plain]
        groups = [together[i : i + TOGETHER] for i in range(0, len(together), TOGETHER)]
        groups += [[v] for v in waiting if not v.plain]
        if batches is not None:
            known = {v.key: v for v in waiting}
            groups = [[known[key] for key in batch if key in known] for batch in batches]
        for group in groups:
            left: list[Variation | None] = list(group)
            while left and time.monotonic() < end and self.slow < slow + SLOW:
                left = left[self.batch(left, whole=batches is not None) :]
        return why

    def goes_on(self) -> bool:
        """Whether there is time left."""
        self.cut = self.cut or time.monotonic() >= self.end or self.slow >= SLOW
        return not self.cut

    def planned(self, varying: Varying, callees: list[str], batches: list[list[str]]) -> None:
        """The variations that the other side chose, in the same company. A key with ``" & "`` is a pair."""
        batches = [batch for batch in batches if not batch[0].startswith(PREFIX)]
        keys = {part for keys in batches for key in keys for part in key.split(" & ")}
        chosen: dict[str, Variation] = {}
        for variation in varying.all(callees):
            if variation.key in keys:
                chosen[variation.key] = variation
                if len(chosen) == len(keys):
                    break
        for batch in batches:
            found: list[Variation | None] = []
            for key in batch:
                parts = key.split(" & ")
                if all(part in chosen for part in parts):
                    one = chosen[parts[0]]
                    found.append(one if len(parts) == 1 else one.and_then(chosen[parts[1]]))
            while found:
                found = found[self.batch(found, whole=True) :]


def clean(outcome: Outcome) -> bool:
    """Whether nothing was seen to change: what runs next in this process begins as this did."""
    tables = ("changed", "changed at return", "names")
    lists = ("left", "log", "warnings", "slept", "asked")
    return not any(outcome[name] for name in (*tables, *lists, "stdout", "stderr"))


def pairs(runs: dict[str, Any], most: int) -> list[tuple[str, str]]:
    """Pairs of inputs of two arguments, each of which alone was refused, or gave what none before it gave."""
    telling: dict[str, list[str]] = {}
    seen: set[str] = set()
    for key, run in runs.items():
        outcome = run["outcome"]
        argument = key.partition(":")[0]
        if outcome is None or outcome["wrong type"] or not run["kept"] or key.startswith(PREFIX):
            continue
        if ":" not in key or " & " in key:
            continue
        gave = argument + outcome["gave"]
        if gave not in seen and len(telling.setdefault(argument, [])) < 5:
            seen.add(gave)
            telling[argument].append(key)
    names = sorted(telling)
    found = [
        (left, right)
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        for left in telling[one]
        for right in telling[other]
    ]
    step = max(len(found) // max(most, 1), 1)
    return found[::step][:most]
