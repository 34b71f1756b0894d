"""Random pull requests: pushes that mend, bring in, move and rename; people who resolve; runs that end midway."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nova.living.marker import read
from tests.nova.living.model import Fault, Killed, Model, found, run

FILES = ("a.py", "b.py", "c.py")
MARKS = [f"{n:03x}" for n in range(12)]
FAULTS = st.builds(Fault, st.sampled_from(MARKS), st.sampled_from(FILES), st.integers(1, 9), st.booleans()).map(
    lambda fault: replace(fault, text=f"{fault.mark} is wrong")
)


@dataclass(frozen=True)
class Push:
    """One step: what is there after it, which file is renamed, what people did before it, and where a run ends."""

    faults: list[Fault]
    rename: str | None
    end: int
    is_after: bool
    resolve: tuple[int, str] | None
    outdate: int | None


PUSHES = st.lists(
    st.builds(
        Push,
        st.lists(FAULTS, max_size=14, unique_by=lambda f: (f.mark, f.path)),
        st.none() | st.sampled_from(FILES),
        st.integers(0, 12),
        st.booleans(),
        st.none() | st.tuples(st.integers(0, 20), st.sampled_from(["ada", "mallory"])),
        st.none() | st.integers(0, 20),
    ),
    min_size=1,
    max_size=8,
)


@dataclass
class Walk:
    """A pull request on its way; ``names`` leads from a file to all names that it had, the present one last."""

    killed: bool
    model: Model = field(default_factory=Model)
    names: dict[str, list[str]] = field(default_factory=lambda: {name: [name] for name in FILES})

    def step(self, number: int, push: Push) -> None:
        model = self.model
        model.head = f"h{number}"
        self._people(push)
        if push.rename:
            self.names[push.rename].append(f"{number}-{push.rename}")
        now = {name: some[-1] for name, some in self.names.items()}
        faults = [replace(f, path=now[f.path]) for f in push.faults]
        what = replace(
            found(faults, model.head, paths=frozenset(now.values())),
            renames={some[-1]: tuple(some[:-1]) for some in self.names.values() if len(some) > 1},
        )
        if self.killed and push.end:
            model.end, model.is_after = model.calls + push.end, push.is_after
            try:
                run(model, what)
            except Killed:
                model.end = 0
                run(model, what)
            model.end = 0
        else:
            run(model, what)
        self._holds(faults)
        before = model.state()
        assert run(model, what).writes == 0
        assert model.state() == before

    def _people(self, push: Push) -> None:
        threads = self.model.threads
        if push.resolve and threads:
            thread = threads[push.resolve[0] % len(threads)]
            if not thread.is_resolved:
                self.model.turn(thread.id, push.resolve[1])
        if push.outdate is not None and threads:
            index = push.outdate % len(threads)
            threads[index] = replace(threads[index], line=None)

    def _holds(self, faults: list[Fault]) -> None:
        """No finding twice, none lost, all that is gone resolved."""
        (summary,) = self.model.remarks
        file = {path: name for name, some in self.names.items() for path in some}
        places: dict[tuple[str, str], list[str]] = {(f.mark, file[f.path]): [] for f in faults}
        settled = set()
        threads = set()
        for thread in self.model.threads:
            one = read(thread.first)
            assert one is not None
            key = (one.get("mark"), file[thread.path])
            assert key not in threads, "told of twice"
            threads.add(key)
            if not thread.is_resolved:
                assert key in places, "an open thread about what is gone"
                places[key].append("thread")
            elif not thread.is_resolved_by_own:
                settled.add(key)
        for fault in faults:
            key = (fault.mark, file[fault.path])
            if f"- {fault.mark} in {fault.path}" in summary.body.splitlines():
                places[key].append("summary")
            assert len(places[key]) == (0 if key in settled else 1), (key, places[key])


def _walked(pushes: list[Push], *, killed: bool, is_persons: bool) -> Model:
    walk = Walk(killed, Model(is_persons=is_persons))
    for number, push in enumerate(pushes):
        walk.step(number, push)
    return walk.model


@settings(max_examples=60, deadline=None)
@given(PUSHES, st.booleans())
def test_no_finding_is_told_of_twice_none_is_lost_and_a_run_that_ends_midway_changes_nothing(
    pushes: list[Push], is_persons: bool
) -> None:
    whole = _walked(pushes, killed=False, is_persons=is_persons)
    assert _walked(pushes, killed=True, is_persons=is_persons).state() == whole.state()
