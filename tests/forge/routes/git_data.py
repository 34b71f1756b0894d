"""Git's own objects and refs."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.forge import pulls
from tests.forge.call import Call, answers
from tests.forge.git import GitFailed
from tests.forge.render import commits
from tests.forge.wire import Json, Refused, Response, not_found

if TYPE_CHECKING:
    from tests.forge.state import Repository

SHA = re.compile("[0-9a-f]{40}")


def _ref(call: Call, repository: Repository, ref: str, sha: str) -> Json:
    own = f"{call.urls.repo(repository)}/git"
    kind = repository.git.text("cat-file", "-t", sha)
    return {
        "ref": ref,
        "node_id": f"REF_{ref}",
        "url": f"{own}/{quote(ref)}",
        "object": {"sha": sha, "type": kind, "url": f"{own}/{kind}s/{sha}"},
    }


@answers("git/get-ref")
def get_ref(call: Call) -> Response:
    """One ref by its full name without ``refs/``."""
    repository, ref = call.repository, f"refs/{call.params['ref']}"
    if ref not in repository.refs:
        raise not_found()
    return Response(200, _ref(call, repository, ref, repository.refs[ref]))


@answers("git/list-matching-refs")
def matching(call: Call) -> Response:
    """The refs that begin so."""
    repository, start = call.repository, f"refs/{call.params['ref']}"
    found = [each for each in sorted(repository.refs.items()) if each[0].startswith(start)]
    return call.page(found, lambda each: _ref(call, repository, *each))


@answers("git/create-ref")
def create_ref(call: Call) -> Response:
    """A new branch or tag; 422 where it is there already or the object is not."""
    repository, ref, sha = call.repository, call.given("ref"), call.given("sha")
    token = call.may("contents")
    if not re.fullmatch(r"refs/[^/]+/.+", ref):
        raise Refused(422, "Reference name must start with 'refs/' and have at least two slashes")
    if ref in repository.refs:
        raise Refused(422, "Reference already exists")
    _point(repository, ref, sha)
    pulls.catch_up(call.world, token.user, repository)
    return Response(201, _ref(call, repository, ref, sha))


@answers("git/update-ref")
def update_ref(call: Call) -> Response:
    """Move a ref; 422 where that is no fast-forward and not forced."""
    repository, ref, sha = call.repository, f"refs/{call.params['ref']}", call.given("sha")
    token = call.may("contents")
    if ref not in repository.refs:
        raise Refused(422, "Reference does not exist")
    if repository.git.resolve(sha) is None:
        raise Refused(422, "Object does not exist")
    if not call.given("force") and not repository.git.is_ancestor(repository.refs[ref], sha):
        raise Refused(422, "Update is not a fast forward")
    _point(repository, ref, sha)
    pulls.catch_up(call.world, token.user, repository)
    return Response(200, _ref(call, repository, ref, sha))


@answers("git/delete-ref")
def delete_ref(call: Call) -> Response:
    """Delete a branch or tag; a pull request from it is closed."""
    repository, ref = call.repository, f"refs/{call.params['ref']}"
    token = call.may("contents")
    if ref not in repository.refs:
        raise Refused(422, "Reference does not exist")
    repository.git.point(ref, None)
    pulls.catch_up(call.world, token.user, repository)
    return Response(204)


def _point(repository: Repository, ref: str, sha: str) -> None:
    try:
        repository.git.text("cat-file", "-e", sha)
        repository.git.point(ref, sha)
    except GitFailed:
        raise Refused(422, "Object does not exist") from None


@answers("git/get-blob")
def get_blob(call: Call) -> Response:
    """A blob, in base64."""
    repository, sha = call.repository, call.params["file_sha"]
    content = _object(repository, "blob", sha)
    encoded = base64.encodebytes(content).decode()
    own = f"{call.urls.repo(repository)}/git/blobs/{sha}"
    return Response(
        200,
        {"sha": sha, "node_id": f"B_{sha}", "size": len(content), "url": own, "content": encoded, "encoding": "base64"},
    )


@answers("git/create-blob")
def create_blob(call: Call) -> Response:
    """Store a blob."""
    call.may("contents")
    content = call.given("content")
    data = base64.b64decode(content) if call.given("encoding") == "base64" else content.encode()
    sha = call.repository.git.text("hash-object", "-w", "--stdin", given=data)
    return Response(201, {"sha": sha, "url": f"{call.urls.repo(call.repository)}/git/blobs/{sha}"})


@answers("git/get-tree")
def get_tree(call: Call) -> Response:
    """A tree, with all below it where asked."""
    repository, name = call.repository, call.params["tree_sha"]
    words = ["-r", "-t"] if call.request.query.get("recursive") else []
    try:
        sha = repository.git.text("rev-parse", "--verify", "--quiet", f"{name}^{{tree}}")
        listed = repository.git.run("ls-tree", "-l", "-z", *words, sha).decode(errors="replace")
    except GitFailed:
        raise not_found() from None
    own = f"{call.urls.repo(repository)}/git"
    entries = []
    for line in listed.rstrip("\0").split("\0") if listed else []:
        facts, path = line.split("\t", 1)
        mode, kind, each, size = facts.split()
        entry: Json = {"path": path, "mode": mode, "type": kind, "sha": each, "url": f"{own}/{kind}s/{each}"}
        entries.append(entry | ({"size": int(size)} if kind == "blob" else {}))
    return Response(200, {"sha": sha, "url": f"{own}/trees/{sha}", "tree": entries, "truncated": False})


@answers("git/create-tree")
def create_tree(call: Call) -> Response:
    """A tree, onto another where one is named; an entry with a null hash deletes."""
    call.may("contents")
    repository = call.repository
    git, index = repository.git, {"GIT_INDEX_FILE": str(repository.git.path / f"index-{call.world.number()}")}
    lines = b""
    try:
        if call.given("base_tree"):
            git.run("read-tree", call.given("base_tree"), also=index)
        for entry in call.given("tree"):
            sha, mode = entry.get("sha"), entry.get("mode", "100644")
            if "content" in entry:
                sha = git.text("hash-object", "-w", "--stdin", given=entry["content"].encode())
            lines += f"{mode if sha else 0} {sha or '0' * 40}\t{entry['path']}\0".encode()
        git.run("update-index", "-z", "--index-info", given=lines, also=index)
        made = git.text("write-tree", also=index)
    except GitFailed as problem:
        raise Refused(422, f"GitRPC::BadObjectState: {problem}") from None
    finally:
        (repository.git.path / index["GIT_INDEX_FILE"]).unlink(missing_ok=True)
    call.params["tree_sha"] = made
    return Response(201, get_tree(call).payload)


@answers("git/get-commit")
def get_commit(call: Call) -> Response:
    """A commit as git stores it."""
    repository, sha = call.repository, call.params["commit_sha"]
    if not SHA.fullmatch(sha) or repository.git.resolve(sha) is None:
        raise not_found()
    return Response(200, commits.git_commit(repository.git.commit(sha), repository, call.urls))


@answers("git/create-commit")
def create_commit(call: Call) -> Response:
    """Store a commit; nothing names it yet."""
    token = call.may("contents")
    repository = call.repository
    author = call.given("author") or {}
    name, email = author.get("name") or token.user.login, author.get("email") or f"{token.user.login}@example.org"
    try:
        made = repository.git.write_commit(call.given("tree"), call.given("parents", []), call.given("message"),
                                           (name, email), author.get("date", ""))  # fmt: skip
    except GitFailed:
        raise Refused(422, "Tree SHA does not exist") from None
    return Response(201, commits.git_commit(repository.git.commit(made), repository, call.urls))


def _object(repository: Repository, kind: str, sha: str) -> bytes:
    if not SHA.fullmatch(sha):
        raise not_found()
    try:
        return repository.git.run("cat-file", kind, sha)
    except GitFailed:
        raise not_found() from None
