"""What PyGithub does works, from its own view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from github import Auth, Github, GithubException, UnknownObjectException

from tests.forge.asking import numbered

if TYPE_CHECKING:
    from github.PullRequest import PullRequest

    from tests.forge.forge import Forge


def client(forge: Forge, token: str = "owner-token") -> Github:
    return Github(
        auth=Auth.Token(token), base_url=forge.api, retry=None, seconds_between_requests=0, seconds_between_writes=0
    )


@pytest.fixture
def pull(forge: Forge) -> PullRequest:
    forge.commit("main", {"a.py": numbered(60)}, "First")
    forge.commit("feature", {"a.py": numbered(60, l10="ten", l40="forty")}, "Feature")
    repository = client(forge).get_repo("owner/project")
    return repository.create_pull(base="main", head="feature", title="Change", body="Why")


def test_it_reviews(forge: Forge, pull: PullRequest) -> None:
    comments: list[Any] = [{"path": "a.py", "line": 11, "start_line": 9, "side": "RIGHT", "body": "x"}]
    commit = pull.base.repo.get_commit(pull.head.sha)
    review = pull.create_review(commit=commit, body="All", event="COMMENT", comments=comments)
    assert [(each.state, each.id) for each in pull.get_reviews()] == [("COMMENTED", review.id)]
    (comment,) = pull.get_review_comments()
    assert (comment.line, comment.start_line, comment.pull_request_review_id) == (11, 9, review.id)
    reply = pull.create_review_comment_reply(comment.id, "Right")
    assert reply.in_reply_to_id == comment.id
    comment.edit("Other")
    comment.create_reaction("+1")
    assert [(each.content, each.user.login) for each in comment.get_reactions()] == [("+1", "owner")]
    reply.delete()
    assert [each.body for each in pull.get_review_comments()] == ["Other"]


def test_it_edits_a_summary_in_place(forge: Forge, pull: PullRequest) -> None:
    comment = pull.create_issue_comment("one")
    comment.edit("two")
    assert [(each.id, each.body) for each in pull.get_issue_comments()] == [(comment.id, "two")]
    comment.delete()
    assert pull.get_issue_comments().totalCount == 0


def test_it_reads_files_commits_and_contents(forge: Forge, pull: PullRequest) -> None:
    (file,) = pull.get_files()
    assert (file.filename, file.status, file.additions, file.deletions) == ("a.py", "modified", 2, 2)
    repository = pull.base.repo
    assert [each.commit.message for each in pull.get_commits()] == ["Feature"]
    assert repository.compare("main", "feature").total_commits == 1
    content = repository.get_contents("a.py", ref=pull.head.sha)
    assert not isinstance(content, list)
    assert content.decoded_content.decode() == numbered(60, l10="ten", l40="forty")
    assert repository.get_branch("feature").commit.sha == pull.head.sha
    assert repository.get_git_ref("heads/feature").object.sha == pull.head.sha


def test_it_proposes_labels_asks_and_closes(forge: Forge, pull: PullRequest) -> None:
    pull.add_to_labels("nova")
    pull.create_review_request(reviewers=["writer"])
    assert ([each.name for each in pull.get_labels()], [each.login for each in pull.get_review_requests()[0]]) == (
        ["nova"],
        ["writer"],
    )
    repository = client(forge).get_repo("owner/project")
    assert [each.number for each in repository.get_pulls(state="open", head="owner:feature")] == [1]
    assert client(forge).search_issues("repo:owner/project is:pr is:open label:nova").totalCount == 1
    pull.edit(state="closed")
    assert [each.event for each in pull.get_issue_events()] == ["labeled", "review_requested", "closed"]


def test_it_marks_drafts_and_threads(forge: Forge, pull: PullRequest) -> None:
    pull.convert_to_draft()
    assert forge.pull().draft
    pull.mark_ready_for_review()
    assert not forge.pull().draft


def test_it_reports_by_checks_and_statuses(forge: Forge, pull: PullRequest) -> None:
    repository = client(forge, "workflow-token").get_repo("owner/project")
    made = repository.create_check_run("nova", pull.head.sha, status="completed", conclusion="neutral")
    assert repository.get_check_run(made.id).conclusion == "neutral"
    repository.get_commit(pull.head.sha).create_status("success", description="fine", context="nova")
    assert repository.get_commit(pull.head.sha).get_combined_status().state == "success"


def test_it_merges(forge: Forge, pull: PullRequest) -> None:
    assert client(forge, "writer-token").get_repo("owner/project").get_pull(1).merge(merge_method="squash").merged
    pull.update()
    assert pull.merged


def test_it_knows_people(forge: Forge, pull: PullRequest) -> None:
    assert client(forge).get_user().login == "owner"
    assert pull.base.repo.get_collaborator_permission("writer") == "write"
    assert client(forge).get_rate_limit().rate.limit == 5000


def test_it_raises_what_it_raises_on_github(forge: Forge, pull: PullRequest) -> None:
    with pytest.raises(UnknownObjectException):
        client(forge).get_repo("owner/none")
    with pytest.raises(GithubException, match="own pull request"):
        pull.create_review(event="APPROVE")
    with pytest.raises(GithubException, match="Bad credentials"):
        client(forge, "wrong").get_repo("owner/project")
