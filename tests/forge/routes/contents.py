"""Files of a repository, read and written one at a time."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.forge import pulls
from tests.forge.call import Call, answers
from tests.forge.git import GitFailed
from tests.forge.render import commits
from tests.forge.routes.repos import commit_of
from tests.forge.wire import Json, Refused, Response, not_found

if TYPE_CHECKING:
    from tests.forge.state import Repository

MOST_BYTES = 1_000_000


@answers("repos/get-content")
def get(call: Call) -> Response:
    """A file in base64, or the list of a folder; over 1 MB the content is left out (page "Repository contents")."""
    repository, path = call.repository, call.params["path"].strip("/")
    ref = call.request.query.get("ref") or repository.default_branch
    sha = commit_of(repository, ref, 404)
    listed = _listed(repository, sha, path)
    if len(listed) == 1 and listed[0][3] == path and listed[0][1] != "tree":
        return Response(200, _file(call, repository, listed[0], ref))
    if path:
        if not listed:
            raise not_found()
        listed = _listed(repository, sha, f"{path}/")
    return Response(200, [_entry(call, repository, each, ref) for each in listed])


def _listed(repository: Repository, sha: str, path: str) -> list[tuple[str, str, int, str]]:
    try:
        text = repository.git.run("ls-tree", "-l", "-z", sha, "--", *([f":(top,literal){path}"] if path else []))
    except GitFailed:
        text = repository.git.run("ls-tree", "-l", "-z", sha, "--", *([path] if path else []))
    entries = []
    for line in text.decode(errors="replace").rstrip("\0").split("\0") if text else []:
        facts, name = line.split("\t", 1)
        _, kind, blob, size = facts.split()
        entries.append((blob, kind, int(size) if size != "-" else 0, name))
    return entries


def _entry(call: Call, repository: Repository, entry: tuple[str, str, int, str], ref: str) -> Json:
    blob, kind, size, path = entry
    urls = call.urls
    own = f"{urls.repo(repository)}/contents/{quote(path)}?ref={quote(ref)}"
    git = f"{urls.repo(repository)}/git/{'trees' if kind == 'tree' else 'blobs'}/{blob}"
    html = f"{urls.html_repo(repository)}/blob/{quote(ref)}/{quote(path)}"
    raw = f"{urls.web}/raw/{repository.full_name}/{quote(ref)}/{quote(path)}" if kind == "blob" else None
    return {
        "type": {"tree": "dir", "blob": "file", "commit": "submodule"}[kind],
        "name": path.rsplit("/", 1)[-1], "path": path, "sha": blob, "size": size, "url": own, "git_url": git,
        "html_url": html, "download_url": raw, "_links": {"self": own, "git": git, "html": html},
    }  # fmt: skip


def _file(call: Call, repository: Repository, entry: tuple[str, str, int, str], ref: str) -> Json:
    content = repository.git.run("cat-file", "blob", entry[0]) if entry[1] == "blob" else b""
    large = len(content) > MOST_BYTES
    encoded = "" if large else base64.encodebytes(content).decode()
    return _entry(call, repository, entry, ref) | {"content": encoded, "encoding": "none" if large else "base64"}


@answers("repos/create-or-update-file-contents")
def put(call: Call) -> Response:
    """Write one file as one commit; an existing one needs its present blob (409 for another, 422 for none)."""
    repository, path = call.repository, call.params["path"]
    token = call.may("contents")
    branch = call.given("branch") or repository.default_branch
    tip = repository.refs.get(f"refs/heads/{branch}")
    if tip is None:
        raise Refused(404, f"Branch {branch} not found")
    there = _listed(repository, tip, path)
    if there and call.given("sha") is None:
        raise Refused(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if there and there[0][0] != call.given("sha"):
        raise Refused(409, f"{path} does not match {call.given('sha')}")
    git, index = repository.git, {"GIT_INDEX_FILE": str(repository.git.path / f"index-{call.world.number()}")}
    blob = git.text("hash-object", "-w", "--stdin", given=base64.b64decode(call.given("content")))
    try:
        git.run("read-tree", tip, also=index)
        git.run("update-index", "-z", "--index-info", given=f"100644 {blob}\t{path}\0".encode(), also=index)
        tree = git.text("write-tree", also=index)
    finally:
        (git.path / index["GIT_INDEX_FILE"]).unlink(missing_ok=True)
    author = call.given("author") or call.given("committer") or {}
    person = (author.get("name") or token.user.login, author.get("email") or f"{token.user.login}@example.org")
    made = git.write_commit(tree, [tip], call.given("message"), person)
    git.point(f"refs/heads/{branch}", made, old=tip)
    pulls.catch_up(call.world, token.user, repository)
    content = _entry(call, repository, _listed(repository, made, path)[0], branch)
    commit = commits.git_commit(git.commit(made), repository, call.urls)
    return Response(200 if there else 201, {"content": content, "commit": commit})
