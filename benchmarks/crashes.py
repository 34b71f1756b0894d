"""How the memory stands a crash: a process that writes all the time is killed at random moments, and bytes are flipped.

`python -m benchmarks.crashes --times 100` kills a hundred times. After each kill the memory is opened, held against
all that the process had acknowledged, and a copy of it is spoilt by one byte, in the database or
in its log, and opened too.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memory import Memory

ROOT = Path(__file__).resolve().parent.parent
TARGET = "shop"
LONGEST = 1.6
"""How long a writer may live after its first word, in seconds."""
FINISHED = "an erasing that had been interrupted was finished"
WRITER = """
    import random, sys
    from pathlib import Path
    from memory import Answer, Item, Kind, Query, Run, Sighting, Step, Verdict, advance
    from memory.store import Memory
    from memory.taking import Draft

    round, path = sys.argv[1], Path(sys.argv[2])
    dice = random.Random(int(round))
    NOON = "2026-03-01T12:00:00Z"
    SOME = "deploy invoice worker queue cache ledger nightly staging branch release index schema mutex".split()

    def say(*words):
        print(*words, flush=True)

    def item(text, **more):
        subject, predicate = dice.choice(SOME), more.get("predicate", "")
        return Item("", Kind.NOTE, subject, predicate, text, "", "ada", "notes.md", NOON, NOON)

    def sentence():
        return " ".join(dice.choice(SOME) for _ in range(6)) + f" zq{dice.randrange(10**12)}"

    def write(memory, n):
        key, act = f"{round}-{n}", dice.random()
        if act < 0.35:
            made = memory.remember(item(sentence(), predicate=dice.choice(["", "", "address"])), "shop", key)
            say("item", made.id, made.value)
        elif act < 0.6:
            same = item(sentence())
            drafts = [Draft(same, "shop", key + part) for part in "abc"] + [Draft(item(sentence()), "shop", key)]
            for taken in memory.take(drafts):
                if taken.outcome == "new":
                    say("item", taken.item.id, taken.item.value)
                elif taken.outcome == "again":
                    say("again", taken.item.id, taken.item.seen)
        elif act < 0.7:
            shown = memory.recall(Query(dice.choice(SOME), targets=("shop",), now=NOON, reader="scout"))
            memory.used("shop", [one.item.id for one in shown[:2]], "scout", NOON)
        elif act < 0.8:
            name = f"{key}-verdict"
            memory.verdict("shop", Verdict(name, name, "a.py", "rule", None, Answer.DISMISS, "by design", "ada", NOON))
            say("verdict", name)
        elif act < 0.9:
            names = [f"f{i}" for i in range(n % 5, n % 5 + 9)]
            seen = [Sighting(name, name, "a.py", "rule", "load", n, "low", "words") for name in names]
            step = Step(key, "c-" + key, NOON)
            all_of_it = {"rules": frozenset({"rule"}), "paths": None, "gone": frozenset(), "renames": {}}
            changes = advance(memory.lives("shop"), seen, step=step, **all_of_it)
            run = Run("run-" + key, "shop", key, "c-" + key, NOON, "work tree", NOON, "0.1.0", {"files": 3})
            memory.run(run, changes)
            say("run", "run-" + key)
        elif act < 0.97:
            known = [one for one in memory.items("shop") if not one.forgotten]
            if known:
                one = dice.choice(known)
                say("erasing", one.id)
                memory.forget("shop", [one.id], "ada", NOON)
                say("erased", one.id)
        elif act < 0.99:
            memory.compact()
        else:
            memory.keep_page("shop", "review", key, key.encode() * 20_000)

    say("begun")
    for n in range(0, 100_000, 8):
        with Memory.open(path) as memory:
            for more in range(8):
                write(memory, n + more)
"""


@dataclass(slots=True)
class Said:
    """What writers have acknowledged so far."""

    items: dict[str, str] = field(default_factory=dict)
    again: dict[str, int] = field(default_factory=dict)
    erasing: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    verdicts: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)

    def hear(self, lines: list[str]) -> None:
        """Take in what a writer printed."""
        for line in lines:
            kind, _, rest = line.partition(" ")
            name, _, more = rest.partition(" ")
            if kind == "item":
                self.items[name] = more
            elif kind == "again":
                self.again[name] = int(more)
            else:
                {"erasing": self.erasing, "erased": self.erased, "verdict": self.verdicts, "run": self.runs}[kind].add(
                    name
                )

    def missing(self, memory: Memory) -> list[str]:
        """What of it a memory does not tell, and what it still tells of what was erased; in sentences."""
        there = {one.id: one for one in memory.items(TARGET)}
        wrong = [f"item {name} is lost" for name in self.items if name not in there]
        for name, one in there.items():
            if name in self.erased and (one.value or not one.forgotten):
                wrong.append(f"item {name} was erased and is there: {one.value!r}")
            if name in self.items and name not in self.erasing and one.value != self.items[name]:
                wrong.append(f"item {name} says {one.value!r} instead of {self.items[name]!r}")
            if name not in self.erasing and one.seen < self.again.get(name, 0):
                wrong.append(f"item {name} was said {self.again[name]} times, and {one.seen} are known")
        wrong += [f"verdict {name} is lost" for name in self.verdicts - {one.id for one in memory.verdicts(TARGET)}]
        wrong += [f"run {name} is lost" for name in self.runs - {run.id for run in memory.runs(TARGET, 10**9)}]
        return wrong


@dataclass(slots=True)
class Tally:
    """What came of all the crashes."""

    kills: int = 0
    flips: int = 0
    mended: int = 0
    """Spoilt copies of which a sentence told that something was damaged."""
    in_log: int = 0
    torn: int = 0
    finished: int = 0
    """Erasures that a kill had interrupted and that the next opening finished."""
    said: Said = field(default_factory=Said)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


def kill(folder: Path, number: int, dice: random.Random, said: Said) -> None:
    """Let a writer write for a moment, and kill it."""
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(number), str(folder / "nova.duckdb")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        if writer.stdout.readline() != "begun\n":
            raise RuntimeError("the writer did not begin")
        time.sleep(dice.random() * LONGEST)
        writer.kill()
        said.hear(writer.communicate()[0].splitlines())


def examine(folder: Path, said: Said, tally: Tally, *, spoilt: bool = False) -> None:
    """Open a memory after a crash, and hold it against what was acknowledged; complaints go into the tally."""
    from memory import Query
    from memory.store import Memory

    start = time.perf_counter()
    with Memory.open(folder / "nova.duckdb") as memory:
        tally.slowest = max(tally.slowest, time.perf_counter() - start)
        memory.recall(Query("deploy invoice worker", targets=(TARGET,), now="2026-03-01T12:00:00Z"))
        tally.wrong += said.missing(memory)
        page = memory.page(TARGET, "review")
        if page is not None and page[1] != page[0].encode() * 20_000:
            tally.wrong.append("the page is another one")
        found = memory.check()
        told = [notice for notice in memory.notices if not notice.startswith(FINISHED)]
        tally.finished += len(memory.notices) - len(told)
    torn = [problem for problem in found if "was never finished" in problem]
    tally.torn += len(torn)
    left = [problem for problem in found if problem not in torn]
    if spoilt:
        tally.mended += bool(told)
        if left and not told:  # the scan of all tables found it, where nothing that was asked for had met it
            with Memory.open(folder / "nova.duckdb") as memory:
                memory.rebuild()
                left = [problem for problem in memory.check() if "was never finished" not in problem]
                tally.mended += 1
                tally.wrong += said.missing(memory)
    else:
        tally.wrong += told
        whole = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
        gone = {said.items[name].split()[-1] for name in said.erased if name in said.items}
        tally.wrong += [f"{word} was erased and is in a file" for word in gone if word.encode() in whole]
    tally.wrong += left


def flip(folder: Path, copy: Path, dice: random.Random, tally: Tally) -> None:
    """Copy a memory and spoil one byte of the copy: of the log, where there is one, every other time."""
    copy.mkdir()
    for file in folder.iterdir():
        shutil.copy(file, copy / file.name)
    log = copy / "nova.duckdb.wal"
    victim = log if log.exists() and log.stat().st_size and dice.random() < 0.5 else copy / "nova.duckdb"
    tally.in_log += victim == log
    content = bytearray(victim.read_bytes())
    if content:
        content[dice.randrange(len(content))] ^= dice.randrange(1, 256)
        victim.write_bytes(content)
        tally.flips += 1


def crash(times: int, seed: int, folder: Path, flips: int = 1) -> Tally:
    """Kill so many times, and spoil so many copies after each."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    tally = Tally()
    said = tally.said
    home = folder / "memory"
    home.mkdir()
    for number in range(times):
        kill(home, seed + number, dice, said)
        tally.kills += 1
        for spoil in range(flips):
            copy = folder / f"spoilt-{number}-{spoil}"
            flip(home, copy, dice, tally)
            examine(copy, said, tally, spoilt=True)
            shutil.rmtree(copy)
        examine(home, said, tally)
    return tally


def main() -> int:
    """Kill, spoil, and say what came of it; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--flips", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20260401)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        tally = crash(asked.times, asked.seed, Path(folder), asked.flips)
        seconds = time.perf_counter() - start
    print(
        f"killed {tally.kills} times in {seconds:.0f} s; {tally.flips} bytes flipped, {tally.in_log} of them in the log"
    )
    said = tally.said
    print(
        f"acknowledged: {len(said.items)} items, {len(said.again)} of them said again, {len(said.erased)} erased,"
        f" {len(said.verdicts)} verdicts, {len(said.runs)} runs"
    )
    print(
        f"opened every time, the slowest in {tally.slowest:.2f} s; {tally.mended} spoilt copies were mended and said so"
    )
    print(f"{tally.torn} unfinished events set aside, {tally.finished} interrupted erasures finished")
    for sentence in tally.wrong[:20]:
        print(f"WRONG: {sentence}")
    print(f"{len(tally.wrong)} things lost or wrong")
    return bool(tally.wrong)


if __name__ == "__main__":
    raise SystemExit(main())
