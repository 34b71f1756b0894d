"""The stand-in as one object for tests: a world, its server, and short ways to make what a test needs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any, Self

from tests.forge.app import App
from tests.forge.clock import Clock
from tests.forge.faults import Fault
from tests.forge.git import environment
from tests.forge.server import Server
from tests.forge.world import World

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from tests.forge.limits import Sizes
    from tests.forge.log import Log
    from tests.forge.state import PullRequest, Repository, Role

SIGNED = b"Owner <owner@example.org> %d +0000"
OWNER, WRITER, READER, STRANGER = "owner", "writer", "reader", "stranger"


class Forge:
    """A running stand-in with ``owner/project`` and four people; each person's token is ``<login>-token``.

    ``owner`` administers, ``writer`` may write, ``reader`` may read, ``stranger`` is nobody there. ``workflow-token``
    is the token of a workflow run, ``fork-token`` the one that a run for a fork's pull request gets.
    """

    def __init__(self, folder: Path, *, bare: Path | None = None, name: str = "owner/project", port: int = 0,
                 sizes: Sizes | None = None, private: bool = False) -> None:  # fmt: skip
        self.folder = folder
        self.world = World(Clock())
        self.app = App(self.world, sizes)
        self.server = Server(self.app, port)
        roles: dict[str, Role] = {WRITER: "write", READER: "read"}
        path = bare or make_bare(folder / f"{name}.git")
        self.repository: Repository = self.world.add_repository(name, path, private=private, roles=roles)
        owner = self.repository.owner.login
        for login in dict.fromkeys((owner, OWNER, WRITER, READER, STRANGER)):
            self.world.add_token(f"{login}-token", login)
        self.world.add_workflow_token("workflow-token")
        self.world.add_workflow_token("fork-token", read_only=True)

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.close()

    @property
    def api(self) -> str:
        """The base of the REST interface, as of GitHub Enterprise Server."""
        return f"{self.server.web}/api/v3"

    @property
    def log(self) -> Log:
        """What was asked and answered, and what did not fit."""
        return self.app.log

    def clone_url(self, repository: Repository | None = None, token: str | None = None) -> str:
        """Where git clones from and pushes to."""
        signed = f"x-access-token:{token}@" if token else ""
        web = self.server.web.replace("http://", f"http://{signed}")
        return f"{web}/{(repository or self.repository).full_name}.git"

    def fault(self, **wanted: Any) -> Fault:
        """Let something go wrong; see ``Fault`` for what and when."""
        fault = Fault(**wanted)
        self.app.faults.append(fault)
        return fault

    def fork(self, login: str = STRANGER) -> Repository:
        """A user's fork, as a second bare repository."""
        path = self.folder / login / f"{self.repository.name}.git"
        path.parent.mkdir(parents=True, exist_ok=True)
        return self.world.fork(self.repository, login, path)

    def commit(
        self,
        branch: str,
        files: dict[str, str | bytes | None],
        message: str = "Change",
        *,
        repository: Repository | None = None,
        start: str | None = None,
        force: bool = False,
    ) -> str:
        """Commit files onto a branch (``None`` deletes one), straight into the bare repository; the commit's hash.

        A new branch starts at ``start`` or the default branch; ``force`` lets an existing one start there again, as a
        force push does.
        """
        where = repository or self.repository
        ref = f"refs/heads/{branch}"
        tip = None if force else where.git.refs().get(ref)
        parent = tip or where.git.resolve(start or where.default_branch)
        text = message.encode()
        stream = [b"commit %s\nmark :1\ncommitter %s\n" % (ref.encode(), SIGNED % int(self.world.clock.now()))]
        stream.append(b"data %d\n%s\n" % (len(text), text))
        if parent:
            stream.append(b"from %s\n" % parent.encode())
        for path, content in files.items():
            if content is None:
                stream.append(b"D %s\n" % _quoted(path))
                continue
            data = content.encode() if isinstance(content, str) else content
            stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(path), len(data), data))
        stream.append(b"\nget-mark :1\n")
        return where.git.text("fast-import", "--quiet", "--force", "--date-format=raw", given=b"".join(stream))

    def pull(self, number: int = 1) -> PullRequest:
        """A pull request as the stand-in holds it."""
        return self.repository.pulls[number]


def _quoted(path: str) -> bytes:
    """A path as ``git fast-import`` takes any, newlines and quotes included."""
    return b'"%s"' % b"".join(b"\\%03o" % byte for byte in path.encode(errors="surrogateescape"))


def make_bare(path: Path, branch: str = "main") -> Path:
    """An empty bare repository."""
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", "--bare", f"--initial-branch={branch}", str(path)], check=True,
                   env=environment())  # fmt: skip
    return path
