"""Push and clone over smart HTTP, by ``git http-backend``: git's own program, and GitHub's rules of who may."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.forge import access, pulls
from tests.forge.git import environment
from tests.forge.wire import Refused, Request

if TYPE_CHECKING:
    from tests.forge.state import Repository, Token
    from tests.forge.world import World

SERVICES = ("/info/refs", "/git-upload-pack", "/git-receive-pack")
Answer = tuple[int, dict[str, str], bytes]
NO_ACCESS = "Write access to repository not granted."


def named(path: str) -> str | None:
    """``owner/name`` where a path is one of git's, else ``None``."""
    for service in SERVICES:
        if path.endswith(service):
            words = path.removesuffix(service).removesuffix(".git").strip("/").split("/")
            return "/".join(words) if len(words) == 2 else None
    return None


def serve(world: World, token: Token | None, request: Request, repository: Repository) -> Answer:
    """Git's answer: status, headers and body; a push is felt by pull requests before it is given."""
    pushes = "git-receive-pack" in request.path or "service=git-receive-pack" in request.query_string
    _allow(token, repository, pushes=pushes)
    user = token.user if token else None
    pulls.catch_up(world)
    world.signed_by = token
    status, headers, body = _backend(request, repository, user.login if user else "")
    if request.method == "POST" and pushes:
        pulls.catch_up(world, user, repository)
    return status, headers, body


def _allow(token: Token | None, repository: Repository, *, pushes: bool) -> None:
    """401 to ask for a token, 404 for what it may not see, 403 for a push that it may not make."""
    if token is None and (pushes or repository.private):
        raise Refused(401, "Authentication failed.", headers={"www-authenticate": 'Basic realm="GitHub"'})
    access.see(token, repository)
    if pushes:
        try:
            access.require(token, repository, "contents")
        except Refused:
            raise Refused(403, NO_ACCESS) from None


def _backend(request: Request, repository: Repository, user: str) -> Answer:
    service = next(each for each in SERVICES if request.path.endswith(each))
    variables = environment() | {
        "GIT_PROJECT_ROOT": str(repository.git.path),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": service,
        "QUERY_STRING": request.query_string,
        "REQUEST_METHOD": request.method,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
        "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
        "REMOTE_USER": user,
        "REMOTE_ADDR": "127.0.0.1",
        "GIT_CONFIG_COUNT": "5",
        "GIT_CONFIG_KEY_3": "http.receivepack",
        "GIT_CONFIG_VALUE_3": "true",
        # Nobody pushes to refs/pull on GitHub: they are read-only.
        "GIT_CONFIG_KEY_4": "receive.hideRefs",
        "GIT_CONFIG_VALUE_4": "refs/pull",
    }
    done = subprocess.run(["git", "http-backend"], input=request.body, capture_output=True, env=variables, check=False)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = {}
    for line in head.decode("latin-1").splitlines():
        name, _, value = line.partition(": ")
        headers[name.lower()] = value
    status = int(headers.pop("status", "200 OK").split()[0])
    return status, headers, body
