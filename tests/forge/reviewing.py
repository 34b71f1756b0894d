"""Comments on lines and reviews: what GitHub takes, and in which words it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.forge import diff, pulls
from tests.forge.git import GitFailed
from tests.forge.state import PullRequest, Review, ReviewComment, Thread, User
from tests.forge.wire import Json, Refused, invalid, unprocessable

if TYPE_CHECKING:
    from tests.forge.world import World

MOST_BODY = 65_536
RESOURCE = "PullRequestReviewComment"
STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


class Unplaced(Exception):
    """A comment that has no place in the diff; ``field`` and the sentence are those of a single comment's refusal."""

    def __init__(self, field: str, sentence: str, in_review: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence, self.in_review = field, sentence, in_review


def place(world: World, pull: PullRequest, asked: Json, commit: str | None) -> Thread:
    """A new thread at the place asked for; ``Unplaced`` where the diff does not show it.

    The line has to be part of the diff, a range within one hunk and its start before its end. Recorded sentences: "Pull
    request review thread line must be part of the diff", "... start line must be part of the same hunk as the line.",
    "... start line must precede the end line.", "... path is invalid".
    """
    git = pull.repository.git
    head = _commit(pull, commit)
    base = git.merge_base(pull.base_sha, head) or pull.base_sha
    path: str = asked["path"]
    file = next((each for each in pulls.files_between(git, base, head) if each.path == path), None)
    if file is None:
        raise Unplaced("path", "pull_request_review_thread.path is invalid", "Path could not be resolved")
    if asked.get("subject_type") == "file":
        return Thread(world.number(), path, head, base, diff.RIGHT, None, None, None, 1, "", last_commit=head)
    side, line = asked.get("side") or diff.RIGHT, asked.get("line")
    if line is None and asked.get("position") is not None:
        side, line = _at(file, int(asked["position"]))
    spot = file.places.get((side, line)) if line is not None else None
    if spot is None or line is None:
        raise Unplaced("line", "pull_request_review_thread.line must be part of the diff", "Line could not be resolved")
    start, start_side = asked.get("start_line"), None
    if start is not None:
        start_side = asked.get("start_side") or side
        first = file.places.get((start_side, start))
        if first is None or first.hunk != spot.hunk:
            sentence = "start_line must be part of the same hunk as the line."
            raise Unplaced("start_line", f"pull_request_review_thread.{sentence}", "Line could not be resolved")
        if first.position >= spot.position:
            sentence = "Pull request review thread start line must precede the end line."
            raise Unplaced("start_line", "pull_request_review_thread.start_line must precede the end line.", sentence)
    return Thread(world.number(), path, head, base, side, line, start_side, start, spot.position, spot.hunk_text,
                  last_commit=head)  # fmt: skip


def _at(file: diff.FileDiff, position: int) -> tuple[str, int | None]:
    found = [(side, line) for (side, line), each in file.places.items() if each.position == position]
    return max(found, key=lambda each: each[0], default=(diff.RIGHT, None))


def _commit(pull: PullRequest, commit: str | None) -> str:
    if not commit or commit == pull.head_sha:
        return pull.head_sha
    git = pull.repository.git
    try:
        if git.is_ancestor(commit, pull.head_sha) and commit != pulls.base_of(pull):
            return git.commit(commit).sha
    except GitFailed:
        pass
    raise Unplaced("commit_id", "commit_id is not part of the pull request", "Commit could not be resolved")


def refused(problem: Unplaced) -> Refused:
    """The refusal of a single comment."""
    field = problem.field if problem.field == "commit_id" else f"pull_request_review_thread.{problem.field}"
    return invalid(RESOURCE, "custom", field, problem.sentence)


def checked_body(body: Any, resource: str) -> str:
    """The text, where it is one that GitHub takes: not blank, at most 65,536 characters.

    The sentence is "Body is too long (maximum is 65536 characters)", with code "unprocessable" and field "data".
    """
    if not isinstance(body, str) or not body.strip():
        raise invalid(resource, "unprocessable", "data", "Body can't be blank")
    if len(body) > MOST_BODY:
        raise invalid(resource, "unprocessable", "data", f"Body is too long (maximum is {MOST_BODY} characters)")
    return body


def say(world: World, user: User, body: str, review: Review, thread: Thread) -> ReviewComment:
    """Add a comment to a thread, as a part of a review."""
    now = world.clock.stamp()
    comment = ReviewComment(world.number(), user, checked_body(body, RESOURCE), now, now, review, thread)
    review.comments.append(comment)
    thread.comments.append(comment)
    return comment


def comment(world: World, pull: PullRequest, user: User, asked: Json) -> ReviewComment:
    """A single comment; GitHub makes a review of its own for it, without a body."""
    body = checked_body(asked.get("body"), RESOURCE)
    try:
        thread = place(world, pull, asked, asked.get("commit_id"))
    except Unplaced as problem:
        raise refused(problem) from None
    pull.threads.append(thread)
    return say(world, user, body, _silent(world, pull, user), thread)


def reply(world: World, pull: PullRequest, user: User, thread: Thread, body: str) -> ReviewComment:
    """A reply in a thread."""
    checked_body(body, RESOURCE)
    return say(world, user, body, _silent(world, pull, user), thread)


def _silent(world: World, pull: PullRequest, user: User) -> Review:
    review = Review(world.number(), user, "", "COMMENTED", pull.head_sha, world.clock.stamp())
    pull.reviews.append(review)
    pull.updated = review.submitted or pull.updated
    return review


def review(world: World, pull: PullRequest, user: User, asked: Json) -> Review:
    """A review with all its comments, or nothing: one comment without a place refuses the whole.

    Without an event it stays pending, and a user has only one such review on a pull request (recorded: "User can only
    have one pending review per pull request").
    """
    event = asked.get("event")
    wanted: list[Json] = asked.get("comments") or []
    body = asked.get("body") or ""
    if any(each.user is user and each.state == "PENDING" for each in pull.reviews):
        raise unprocessable("User can only have one pending review per pull request")
    allow(pull, user, event, body, bool(wanted))
    threads = []
    for each in wanted:
        try:
            checked_body(each.get("body"), RESOURCE)
        except Refused as refusal:
            raise unprocessable(refusal.response.payload["errors"][0]["message"]) from None
        try:
            threads.append(place(world, pull, each, asked.get("commit_id")))
        except Unplaced as problem:
            raise unprocessable(problem.in_review) from None
    state = STATES[event] if event else "PENDING"
    commit = asked.get("commit_id") or pull.head_sha
    made = Review(world.number(), user, body, state, commit, world.clock.stamp() if event else None)
    pull.reviews.append(made)
    for each, thread in zip(wanted, threads, strict=True):
        pull.threads.append(thread)
        say(world, user, each["body"], made, thread)
    if event:
        submitted(world, pull, made)
    return made


def allow(pull: PullRequest, user: User, event: str | None, body: str, has_comments: bool) -> None:
    """Refuse a verdict on one's own pull request, one without words where words are needed, and a body too long."""
    if user is pull.user and event in {"APPROVE", "REQUEST_CHANGES"}:
        words = {"APPROVE": "approve", "REQUEST_CHANGES": "request changes on"}[event]
        raise unprocessable(f"Review Can not {words} your own pull request")
    if len(body) > MOST_BODY:
        raise unprocessable(f"Body is too long (maximum is {MOST_BODY} characters)")
    if (event == "REQUEST_CHANGES" and not body.strip()) or (
        event == "COMMENT" and not body.strip() and not has_comments
    ):
        raise unprocessable("Body can't be blank")


def submitted(world: World, pull: PullRequest, review: Review) -> None:
    """What a review that was handed in does: its author is no longer asked for one."""
    pull.updated = world.clock.stamp()
    if review.user in pull.reviewers:
        pull.reviewers.remove(review.user)
    world.trigger("pull_request_review", "submitted", pull.repository, pull.number, review.user)
