"""Runs the hostile suites, each armed and in the sandbox alone, and tells which were contained.

``python -m benchmarks.hostile_run [SUITE...]``: the least dangerous first, stopping at the first that escapes. What a
reader makes of the tests' report is not measured so: the last column tells what the exit status alone would say.
``python -m benchmarks.hostile_run --verdicts [SUITE...]`` measures that: see ``hostile_verdicts``.
"""

from __future__ import annotations

import json
import os
import resource
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.hostile_verdicts import HEAD, Judged, judged, row, summary
from nova.proof.availability import Missing, available
from nova.proof.running import MIB, Command, End, Limits, Ran, Runner, Tree

SUITES = Path(__file__).parent / "hostile"
LIMITS = Limits(seconds=10, memory=512 * MIB, processes=64, disk=64 * MIB, open_files=256)
DANGEROUS = (
    "crash", "write_", "secrets_", "network_", "inherited", "terminal", "poison", "deletes", "alters", "hang",
    "endless", "exit_zero_by", "changes_the_clock", "lingering", "holds", "daemon", "huge", "many", "harness",
    "kill_parent", "disk_full", "memory", "kill_all", "fork_bomb",
)  # fmt: skip
"""How the names begin of those that could do harm, the worst last; all others come before them."""
SECRETS = ("GITHUB_TOKEN", "ANTHROPIC_API_KEY", "AWS_SECRET_ACCESS_KEY")


@dataclass(slots=True)
class World:
    """What a suite would reach if it came out; made anew for each."""

    folder: Path
    token: str = field(default_factory=lambda: secrets.token_hex(12))
    reached: int = 0
    lowest_memory: int = 1 << 60
    _sockets: list[socket.socket] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def arm(self, suite: Path) -> dict[str, Any]:
        """Copy the suite, plant what it looks for, listen, and write ``places.json``."""
        copy, repo, home, tmp = (self.folder / name for name in ("copy", "parent/repo", "home", "tmp"))
        for to in (copy, repo):
            shutil.copytree(suite, to, ignore=shutil.ignore_patterns("__pycache__"))
        git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.invalid", "-C", str(repo))
        for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "x"), ("config", "x.token", self.token)):
            subprocess.run([*git, *words], check=True)
        for name in (
            ".ssh/id_rsa",
            ".netrc",
            ".aws/credentials",
            ".pypirc",
            ".git-credentials",
            ".config/gh/hosts.yml",
        ):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(self.token, encoding="utf-8")
        tmp.mkdir()
        bait = self.folder / "bait"
        bait.write_text("bait\n", encoding="utf-8")
        port, udp = self._listen(socket.SOCK_STREAM), self._listen(socket.SOCK_DGRAM)
        unix, abstract = str(self.folder / "socket"), f"nova-{self.token}"
        for address in (unix, "\0" + abstract):
            self._serve(socket.AF_UNIX, socket.SOCK_STREAM, address)
        places = {
            "home": str(home), "tmp": str(tmp), "repo": str(repo), "bait": str(bait), "port": port, "udp_port": udp,
            "socket": unix, "abstract_socket": abstract, "harness_pid": os.getpid(), "harness_start": _start_of("self"),
            "token": self.token,
        }  # fmt: skip
        (copy / "places.json").write_text(json.dumps(places), encoding="utf-8")
        threading.Thread(target=self._look, daemon=True).start()
        return {**places, "parent": str(repo.parent), "site": _site()}

    def close(self) -> None:
        """Stop listening."""
        self._over.set()
        for one in self._sockets:
            one.close()

    def _listen(self, kind: int) -> int:
        one = self._serve(socket.AF_INET, kind, ("127.0.0.1", 0))
        return int(one.getsockname()[1])

    def _serve(self, family: int, kind: int, address: Any) -> socket.socket:
        one = socket.socket(family, kind)
        one.bind(address)
        if kind == socket.SOCK_STREAM:
            one.listen()
        one.settimeout(0.2)
        self._sockets.append(one)
        threading.Thread(target=self._count, args=(one, kind), daemon=True).start()
        return one

    def _count(self, one: socket.socket, kind: int) -> None:
        while not self._over.is_set():
            try:
                if kind == socket.SOCK_STREAM:
                    one.accept()[0].close()
                else:
                    one.sendto(b"x", one.recvfrom(100)[1])
                self.reached += 1
            except TimeoutError:
                continue
            except OSError:
                return

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self.lowest_memory = min(self.lowest_memory, _available())


def judge(world: World, runner: Runner, suite: Path) -> tuple[Ran, list[str]]:
    """Run one suite; what came of it, and everything by which it was not contained."""
    note = json.loads((suite / "note.json").read_text(encoding="utf-8"))
    places = world.arm(suite)
    os.environ.update({"HOME": places["home"], **dict.fromkeys(SECRETS, world.token)})
    checks = {key: _filled(value, places) for key, value in note["checks"].items()}
    same = {name: _bytes(name) for name in checks.get("unchanged", [])}
    there = {name for name in checks.get("absent", []) if os.path.lexists(name)}
    before, memory, disk = _sandboxed(), _available(), shutil.disk_usage(world.folder).free
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    python = Path(sys.executable)
    # A shell between, so that the parent of the tests is another than process 1.
    argv = (
        "/bin/sh",
        "-c",
        '"$@"; exit $?',
        "sh",
        str(python),
        "-m",
        "pytest",
        "-s",
        "-q",
        "-p",
        "no:cacheprovider",
        "--junitxml=/out/report.xml",
        ".",
    )
    ran = runner.run(Command(argv, python), Tree(world.folder / "copy"), LIMITS)
    left = len(_sandboxed() - before)
    time.sleep(checks.get("settle", 0))
    wrong = [f"{name} is there" for name in checks.get("absent", []) if name not in there and os.path.lexists(name)]
    wrong += [f"{name} was changed" for name, data in same.items() if _bytes(name) != data]
    printed = b"".join((ran.stdout, ran.stderr, *ran.kept.values()))
    wrong += [f"{text!r} was printed" for text in checks.get("unprinted", []) if text.encode() in printed]
    figures = {
        "connections": world.reached, "processes_left": left, "seconds": ran.seconds,
        "memory_mb": (memory - world.lowest_memory) / MIB,
        "disk_mb": (disk - shutil.disk_usage(world.folder).free) / MIB,
        "harness_memory_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024,
    }  # fmt: skip
    always = {"connections": 0, "processes_left": 0}
    wrong += [
        f"{key}: {figures[key]:.0f}" for key, most in {**always, **checks}.items() if figures.get(key, 0) > _most(most)
    ]
    if ran.end is End.NOT_STARTED:
        wrong.append(f"not started: {ran.why}")
    return ran, wrong


def main(words: list[str]) -> int:
    """Print the table; 1 where a suite was not contained or was read as a pass, 2 where there is no sandbox."""
    runner = available()
    if isinstance(runner, Missing):
        print(runner.why, runner.next_step, sep="\n")
        return 2
    names = [word for word in words if word != "--verdicts"]
    suites = [SUITES / name for name in names] or sorted(
        (note.parent for note in SUITES.glob("*/note.json")), key=_danger
    )
    return _verdicts(suites, runner) if "--verdicts" in words else _contained(suites, runner)


def _contained(suites: list[Path], runner: Runner) -> int:
    print("| suite | tried | end | status | s | contained | status reads as pass |\n|---|---|---|---|---|---|---|")
    for suite in suites:
        with tempfile.TemporaryDirectory(prefix="nova-hostile-") as folder:
            world = World(Path(folder))
            try:
                ran, wrong = judge(world, runner, suite)
            finally:
                world.close()
        tried = "yes" if b"HOSTILE-ATTEMPT" in ran.stderr else "not seen"
        read = "yes" if ran.end is End.EXITED and ran.status == 0 else "no"
        dropped = f"{ran.dropped / MIB:.0f} MB of output dropped" if ran.dropped else ""
        end, seconds = " ".join(filter(None, (ran.end.value, ran.why, dropped))), f"{ran.seconds:.1f}"
        cells = (suite.name, tried, end, str(ran.status), seconds, "NO" if wrong else "yes", read)
        print(f"| {' | '.join(cells)} |", flush=True)
        if wrong:
            print(f"{suite.name} was not contained: {'; '.join(wrong)}\n{ran.stdout[-2000:].decode(errors='replace')}")
            return 1
    return 0


def _verdicts(suites: list[Path], runner: Runner) -> int:
    print(HEAD)
    every: list[tuple[str, Judged]] = []
    deceived: list[str] = []
    for suite in suites:
        outcome = json.loads((suite / "note.json").read_text(encoding="utf-8"))["outcome"]
        with tempfile.TemporaryDirectory(prefix="nova-hostile-") as folder:
            world = World(Path(folder))
            try:
                places = world.arm(suite)
                os.environ.update({"HOME": places["home"], **dict.fromkeys(SECRETS, world.token)})
                for found in judged(Path(folder) / "copy", runner):
                    every.append((suite.name, found))
                    deceived += [f"{suite.name} ({found.patch})"] * found.deceived(outcome)
                    print(row(suite.name, found), flush=True)
            finally:
                world.close()
    print(summary(every))
    print(f"read as a pass: {', '.join(deceived) or 'none'}")
    return int(bool(deceived))


def _danger(suite: Path) -> tuple[int, str]:
    return next((i for i, name in enumerate(DANGEROUS) if suite.name.startswith(name)), -1), suite.name


def _filled(value: Any, places: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_filled(one, places) for one in value]
    if isinstance(value, str):
        for key, place in places.items():
            value = value.replace("{" + key + "}", str(place))
    return value


def _most(value: Any) -> float:
    return value if isinstance(value, (int, float)) else float("inf")


def _bytes(name: str) -> bytes | None:
    return Path(name).read_bytes() if Path(name).is_file() else None


def _start_of(number: str) -> int:
    return int(Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])


def _available() -> int:
    text = Path("/proc/meminfo").read_text(encoding="ascii")
    return 1024 * next(int(line.split()[1]) for line in text.splitlines() if line.startswith("MemAvailable"))


def _sandboxed() -> set[str]:
    """The processes that run in another namespace than this one; what is dead and not yet waited for does not run."""
    own, found = str(Path("/proc/self/ns/pid").readlink()), set()
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                state = Path(f"/proc/{name}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
                if state != "Z" and str(Path(f"/proc/{name}/ns/pid").readlink()) != own:
                    found.add(name)
            except OSError:
                continue
    return found


def _site() -> str:
    return next(path for path in sys.path if path.endswith("site-packages"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
