"""``first_bad``: the first commit at which a command fails, found by halving in a clone of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.errors import GitError, UsageError
from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nova.git import Git
    from nova.tools import World

    Answer = Callable[[str], str]
    """From a commit to ``good``, ``bad`` or ``skip``."""

SECONDS = 300.0
"""How long one run of the command may take; one that takes longer tells nothing of its commit."""
IN_ALL = 3600.0
SKIP = 125
"""The exit code by which a command says that a commit cannot be tried, as for ``git bisect run``."""


def effect(_world: World, /, *, command: str, good: str, bad: str = "HEAD", **_: Any) -> str:
    """What a call would do, for the person who approves it."""
    return (
        f"run  {command}  again and again, in a temporary clone, at commits between {good} and {bad}: this runs the "
        "code of those commits; the repository itself is left alone"
    )


def work(
    _key: str, world: World, /, *, command: str, good: str, bad: str = "HEAD", seconds: float = SECONDS
) -> dict[str, Any]:
    """The first commit after ``good`` at which ``command`` fails; exit code 0 is good, 125 cannot be told, else bad.

    The two ends are tried first: where they do not differ there is nothing to find. Raises ``UsageError`` then.
    """
    from nova.tools._ground import git_of

    git = git_of(world)
    words = _words(command)
    ends = git.commit(good).commit, git.commit(bad).commit
    if not git.is_ancestor(*ends):
        raise UsageError(f"{good} does not lie before {bad}", next_step="name the older, good commit first")
    with tempfile.TemporaryDirectory(prefix="nova-bisect-") as name:
        clone = Path(name, "clone")
        _git(None, "clone", "--quiet", "--shared", "--no-checkout", git.git_dir, str(clone))
        tried: dict[str, str] = {}
        deadline = time.monotonic() + IN_ALL

        def answer(commit: str) -> str:
            if commit not in tried:
                if time.monotonic() > deadline:
                    raise UsageError(f"no answer within {IN_ALL:.0f} seconds", next_step="name ends that are closer")
                _git(clone, "checkout", "--quiet", "--force", "--detach", commit)
                _git(clone, "clean", "-fdxq")
                tried[commit] = _tried(words, clone, seconds)
            return tried[commit]

        return _searched(git, ends, answer, tried)


def _searched(git: Git, ends: tuple[str, str], answer: Answer, tried: dict[str, str]) -> dict[str, Any]:
    good, bad = ends
    for commit, wanted in ((bad, "bad"), (good, "good")):
        if answer(commit) != wanted:
            did = {"good": "succeeds", "bad": "fails", "skip": "cannot be judged (exit code 125 or out of time)"}
            raise UsageError(
                f"the command {did[answer(commit)]} at the {wanted} end, {commit[:10]}",
                why="only between a commit where it succeeds and one where it fails is there a first bad one",
                next_step="check the command and the two commits",
            )
    goods, skipped = [good], set[str]()
    while True:
        between = git.text("rev-list", "--topo-order", bad, *(f"^{c}" for c in goods), "--").split()
        candidates = [c for c in between if c != bad and c not in skipped]
        if not candidates:
            break
        middle = _middle(git, bad, goods, candidates)
        said = answer(middle)
        if said == "bad":
            bad = middle
        elif said == "good":
            goods.append(middle)
        else:
            skipped.add(middle)
    left = sorted(set(between) & skipped)
    told = git.text("show", "-s", "--format=%H%x00%an%x00%cI%x00%s%x00%B", bad, "--").split("\0")
    paths = git.text(
        "diff-tree", "-r", "--root", "--name-only", "--no-commit-id", "-z", "-m", "--first-parent", bad, "--"
    )
    return {
        "commit": bad,
        "author": told[1],
        "when": told[2],
        "subject": told[3],
        "paths": [path for path in paths.split("\0") if path],
        "tried": [{"commit": commit, "answer": said} for commit, said in tried.items()],
        "unsure": left,
    }


def _middle(git: Git, bad: str, goods: Sequence[str], candidates: Sequence[str]) -> str:
    """The commit that halves what is left, as git sees it; beside skipped ones, the one in the middle of the list."""
    best = git.text("rev-list", "--bisect", bad, *(f"^{c}" for c in goods), "--").strip()
    return best if best in candidates else candidates[len(candidates) // 2]


def _tried(words: Sequence[str], folder: Path, seconds: float) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise UsageError(f"{words[0]} cannot be run", why=error.strerror or str(error)) from error
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return "skip"
    finally:
        _end(process)
    return "good" if code == 0 else "skip" if code == SKIP else "bad"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command and what it started."""
    import signal
    from contextlib import suppress

    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"the command cannot be read: {command}", why=str(error)) from error
    if not words:
        raise UsageError("no command was given", next_step="such as  pytest -x tests/test_cart.py")
    return words


def _git(folder: Path | None, *arguments: str) -> None:
    """A git call in the clone, with no hook, prompt or remote."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {"GIT_TERMINAL_PROMPT": "0"}
    safe = ["-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never", "-c", "protocol.file.allow=always"]
    run = subprocess.run(
        ["git", *safe, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        check=False,
    )  # fmt: skip
    if run.returncode:
        raise GitError(f"git {arguments[0]} failed", why=run.stderr.decode("utf-8", "replace").strip()[:300])


TOOL = Tool(
    "first_bad",
    "The first commit at which a command fails, found by halving in a temporary clone. Runs the repository's code.",
    work,
    writes=True,
    effect=effect,
)
