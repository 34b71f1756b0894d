"""One script of calls against both stand-ins: this one and emulate, an independent one, in what emulate implements.

``make test-forge`` brings emulate where Node is there; elsewhere its part is not run, and says so.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from github import Auth, Github, GithubException, InputGitTreeElement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from github.CheckRun import CheckRun
    from github.PullRequest import PullRequest
    from github.Repository import Repository

    from tests.forge.forge import Forge

HOME = Path(__file__).resolve().parents[2] / ".venv" / "emulate" / "node_modules"
SEED = """
tokens:
  owner-token: {login: owner, scopes: [repo, user]}
github:
  users: [{login: owner}, {login: writer}]
  repos: [{owner: owner, name: project, auto_init: true}]
"""
# Where emulate 0.12.2 answers otherwise than GitHub is documented and recorded to; rules.md has the sources.
OTHERWISE: dict[str, tuple[Any, Any]] = {
    "a tree": (["README.md", "a.py"], ["a.py", "README.md"]),
    "size of a pull request": ((2, 1, 1), (0, 0, 2)),
    "a second pull request": (422, "PullRequest"),
    "a head that is not there": (422, "PullRequest"),
    "commits of a pull request": (["Add a.py"], ["Initial commit", "Add a.py"]),
    "files of a pull request": (["a.py"], []),
    "a verdict on one's own": (422, "PullRequestReview"),
    "a review asked for": (["writer"], 404),
    "annotations": (["m"], [None, None, None]),
    "merged again": (405, 422),
    "a branch deleted": (None, 404),
}


class Script:
    """The calls in their order; each answer is made comparable, a refusal is its status."""

    def __init__(self, base: str, app_token: str) -> None:
        self.answers: dict[str, Any] = {}
        self._base = base
        self._app_token = app_token

    def run(self) -> dict[str, Any]:
        """Make all calls and return what each gave."""
        repository = self._repository("owner-token")
        self._note("the repository", lambda: (repository.full_name, repository.default_branch, repository.private))
        self._git(repository)
        pull = self._open(repository)
        self._talk(pull)
        self._read(repository)
        self._change(repository, pull)
        self._check(self._repository(self._app_token), pull.head.sha)
        self._merge(repository, pull)
        return self.answers

    def _repository(self, token: str) -> Repository:
        client = Github(
            auth=Auth.Token(token),
            base_url=self._base,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=0,
        )
        return client.get_repo("owner/project")

    def _note(self, name: str, call: Callable[[], Any]) -> Any:
        try:
            self.answers[name] = call()
        except GithubException as refusal:
            self.answers[name] = refusal.status
        return self.answers[name]

    def _made(self, name: str, call: Callable[[], object]) -> None:
        self._note(name, lambda: type(call()).__name__)

    def _git(self, repository: Repository) -> None:
        main = repository.get_git_ref("heads/main").object.sha
        blob = repository.create_git_blob("one\ntwo\n", "utf-8")
        entry = InputGitTreeElement("a.py", "100644", "blob", sha=blob.sha)
        tree = repository.create_git_tree([entry], base_tree=repository.get_git_tree(main))
        commit = repository.create_git_commit("Add a.py", tree, [repository.get_git_commit(main)])
        self._note("a blob", lambda: blob.sha)
        self._note("a tree", lambda: [each.path for each in tree.tree])
        self._note("a branch", lambda: repository.create_git_ref("refs/heads/feature", commit.sha).ref)
        self._made("a branch again", lambda: repository.create_git_ref("refs/heads/feature", main))

    def _open(self, repository: Repository) -> PullRequest:
        pull = repository.create_pull(base="main", head="feature", title="T", body="B")
        self._note("a pull request", lambda: (pull.number, pull.state, pull.draft, pull.title, pull.body, pull.merged))
        self._note("its ends", lambda: (pull.head.ref, pull.base.ref, pull.user.login))
        self._note("size of a pull request", lambda: (pull.additions, pull.changed_files, pull.commits))
        self._made("a second pull request", lambda: repository.create_pull(base="main", head="feature", title="T"))
        self._made("a head that is not there", lambda: repository.create_pull(base="main", head="none", title="T"))
        self._made("a pull request that is not there", lambda: repository.get_pull(99))
        return pull

    def _talk(self, pull: PullRequest) -> None:
        comment = pull.create_issue_comment("one")
        comment.edit("two")
        self._note("a comment edited", lambda: [each.body for each in pull.get_issue_comments()])
        pull.add_to_labels("bug")
        self._note("labels", lambda: [each.name for each in pull.get_labels()])
        pull.remove_from_labels("bug")
        self._note("no labels", lambda: [each.name for each in pull.get_labels()])
        self._note("a review", lambda: pull.create_review(body="x", event="COMMENT").state)
        self._made("a verdict on one's own", lambda: pull.create_review(event="APPROVE"))

        def asked() -> list[str]:
            pull.create_review_request(reviewers=["writer"])
            return [each.login for each in pull.get_review_requests()[0]]

        self._note("a review asked for", asked)

    def _read(self, repository: Repository) -> None:
        pull = repository.get_pull(1)
        self._note("commits of a pull request", lambda: [each.commit.message for each in pull.get_commits()])
        self._note("files of a pull request", lambda: [each.filename for each in pull.get_files()])
        self._note("contents", lambda: self._text(repository, "feature"))
        found = repository.compare("main", "feature")
        self._note("compared", lambda: (found.status, found.ahead_by, found.behind_by, found.total_commits))
        self._note("files compared", lambda: [(each.filename, each.status) for each in found.files])

    @staticmethod
    def _text(repository: Repository, ref: str) -> str:
        content = repository.get_contents("a.py", ref=ref)
        assert not isinstance(content, list)
        return content.decoded_content.decode()

    def _change(self, repository: Repository, pull: PullRequest) -> None:
        pull.edit(title="New")
        self._note("renamed", lambda: repository.get_pull(1).title)
        pull.edit(state="closed")
        self._note("closed", lambda: repository.get_pull(1).state)
        pull.edit(state="open")
        self._note("opened again", lambda: repository.get_pull(1).state)

    def _check(self, repository: Repository, sha: str) -> None:
        run: CheckRun = repository.create_check_run("nova", sha, status="in_progress")
        note = {"path": "a.py", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "m"}
        output: Any = {"title": "T", "summary": "S", "annotations": [note]}
        run.edit(status="completed", conclusion="neutral", output=output)
        (only,) = repository.get_commit(sha).get_check_runs()
        self._note("a check run", lambda: (only.name, only.status, only.conclusion, only.output.title))
        self._note("annotations", lambda: [each.message for each in run.get_annotations()])

    def _merge(self, repository: Repository, pull: PullRequest) -> None:
        self._note("merged", lambda: pull.merge(merge_method="squash").merged)
        self._note("state after", lambda: (repository.get_pull(1).merged, repository.get_pull(1).state))
        self._made("merged again", pull.merge)
        self._note("contents after", lambda: self._text(repository, "main"))
        self._note("a branch deleted", lambda: repository.get_git_ref("heads/feature").delete())


@pytest.fixture
def emulated(tmp_path: Path) -> Iterator[str]:
    """The address of a running emulate."""
    if shutil.which("npm") is None:
        pytest.skip("not run: no Node")
    if not (HOME / "emulate").is_dir():
        pytest.skip("not run: emulate is not installed; `make test-forge` brings it")
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web = f"http://127.0.0.1:{port}"
    program = [str(HOME / ".bin" / "node"), str(HOME / "emulate" / "dist" / "index.js")]
    arguments = ["start", "--service", "github", "--port", str(port), "--seed", str(seed), "--base-url", web]
    with subprocess.Popen([*program, *arguments], cwd=tmp_path, stdout=subprocess.DEVNULL) as running:
        try:
            _wait(port, running)
            yield web
        finally:
            running.terminate()


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert running.poll() is None, "emulate ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("emulate did not answer within 20 seconds")


@cache
def expected() -> dict[str, Any]:
    """What each call gives here; written out, so that neither stand-in is the other's measure."""
    return {
        "the repository": ("owner/project", "main", False),
        "a blob": "814f4a422927b82f5f8a43f8fab6d3839e3983f2",
        "a branch": "refs/heads/feature",
        "a branch again": 422,
        "a pull request": (1, "open", False, "T", "B", False),
        "its ends": ("feature", "main", "owner"),
        "a pull request that is not there": 404,
        "a comment edited": ["two"],
        "labels": ["bug"],
        "no labels": [],
        "a review": "COMMENTED",
        "contents": "one\ntwo\n",
        "compared": ("ahead", 1, 0, 1),
        "files compared": [("a.py", "added")],
        "renamed": "New",
        "closed": "closed",
        "opened again": "open",
        "a check run": ("nova", "completed", "neutral", "T"),
        "merged": True,
        "state after": (True, "closed"),
        "contents after": "one\ntwo\n",
    }


def test_the_script_gives_what_github_gives(forge: Forge) -> None:
    forge.commit("main", {"README.md": "# project\n"}, "Initial commit")
    answers = Script(forge.api, "workflow-token").run()
    assert answers == expected() | {name: here for name, (here, _) in OTHERWISE.items()}


@pytest.mark.slow
def test_emulate_agrees_but_where_it_is_known_not_to(emulated: str) -> None:
    answers = Script(emulated, "owner-token").run()
    assert answers == expected() | {name: there for name, (_, there) in OTHERWISE.items()}
