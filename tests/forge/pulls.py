"""The life of a pull request: made, pushed to, merged, closed; its diff and whether it can be merged."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tests.forge import diff
from tests.forge.git import ZERO, Git
from tests.forge.state import Activity, Event, PullRequest, Repository, User
from tests.forge.wire import Refused, invalid

if TYPE_CHECKING:
    from tests.forge.diff import FileDiff
    from tests.forge.world import World

PATCH_LIMITS = diff.Limits(file_bytes=500_000, file_lines=20_000, all_bytes=1_000_000, all_lines=20_000)
MOST_FILES = 3_000
DIFF = ("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--full-index", "--find-renames", "--submodule=short",
        "--src-prefix=a/", "--dst-prefix=b/")  # fmt: skip


@lru_cache(maxsize=512)
def files_between(git: Git, old: str, new: str) -> list[FileDiff]:
    """The files of the diff of two commits.

    A patch of more than 20,000 lines or 500 kB of raw diff is left out, and so are those beyond 20,000 lines or 1 MB in
    all (page "Repository limits", section "Diff limits").
    """
    raw = git.run(*DIFF, "--raw", "--numstat", "-z", old, new, "--")
    patches = git.run(*DIFF, "--patch", old, new, "--")
    return diff.parse(raw, patches, PATCH_LIMITS)


def base_of(pull: PullRequest) -> str:
    """The commit that the diff starts from: the merge base, since a pull request shows a three-dot diff.

    Page "About comparing branches in pull requests", section "Three-dot and two-dot Git diff comparisons".
    """
    return pull.repository.git.merge_base(pull.base_sha, pull.head_sha) or pull.base_sha


def files_of(pull: PullRequest) -> list[FileDiff]:
    """The files that a pull request changes."""
    return files_between(pull.repository.git, base_of(pull), pull.head_sha)


def note(world: World, pull: PullRequest, kind: str, actor: User, commit: str | None = None, **also: Any) -> Event:
    """Add to the history of a pull request."""
    pull.updated = world.clock.stamp()
    event = Event(world.number(), kind, actor, pull.updated, commit, also)
    pull.events.append(event)
    return event


def open_pull(
    world: World,
    repository: Repository,
    user: User,
    *,
    title: str,
    body: str | None,
    base: str,
    head: str,
    draft: bool = False,
    maintainer_can_modify: bool = False,
) -> PullRequest:
    """Open a pull request; ``head`` is ``branch`` or ``owner:branch``.

    Refusals as recorded: no such head or base branch, nothing to merge, and a second one for the same two branches
    ("A pull request already exists for owner:branch.").
    """
    owner, _, branch = head.rpartition(":")
    source = repository
    if owner and owner.lower() != repository.owner.login.lower():
        source = _fork_of(world, repository, owner)
    base_sha, head_sha = repository.refs.get(f"refs/heads/{base}"), source.refs.get(f"refs/heads/{branch}")
    if head_sha is None:
        raise invalid("PullRequest", "invalid", "head")
    if base_sha is None:
        raise invalid("PullRequest", "invalid", "base")
    label = f"{source.owner.login}:{branch}"
    for other in repository.pulls.values():
        if (other.state, other.base_ref, other.head_ref, other.head_repository) == ("open", base, branch, source):
            raise invalid("PullRequest", "custom", None, f"A pull request already exists for {label}.")
    number = 1 + max(repository.pulls, default=0)
    if source is not repository:
        repository.git.fetch(source.git.path, head_sha, f"refs/pull/{number}/head")
    shared = repository.git.merge_base(base_sha, head_sha)
    if shared is None:
        raise invalid("PullRequest", "custom", None, f"The {branch} branch has no history in common with {base}")
    if shared == head_sha:
        raise invalid("PullRequest", "custom", None, f"No commits between {base} and {label if owner else branch}")
    if len(title) > 256:
        raise invalid("PullRequest", "custom", "title", "title is too long (maximum is 256 characters)")
    now = world.clock.stamp()
    pull = PullRequest(world.number(), number, repository, user, title, body, base, base_sha, source, branch, head_sha,
                       draft, now, now, maintainer_can_modify=maintainer_can_modify)  # fmt: skip
    repository.git.point(f"refs/pull/{number}/head", head_sha)
    repository.pulls[number] = pull
    world.trigger("pull_request", "opened", repository, number, user)
    return pull


def _fork_of(world: World, repository: Repository, owner: str) -> Repository:
    for each in world.repositories.values():
        if each.owner.login.lower() == owner.lower() and repository in {each.parent, each}:
            return each
    raise invalid("PullRequest", "invalid", "head")


def catch_up(world: World, actor: User | None = None, only: Repository | None = None) -> None:
    """Let the open pull requests feel what was pushed since the last look, in every repository."""
    for repository in list(world.repositories.values()):
        for change in world.catch_up(repository, actor if only in {None, repository} else None):
            for pull in world.pull_requests():
                if pull.state == "open":
                    _feel(world, pull, repository, change)


def _feel(world: World, pull: PullRequest, repository: Repository, change: Activity) -> None:
    branch = change.ref.removeprefix("refs/heads/")
    if pull.head_repository is repository and pull.head_ref == branch:
        if change.after == ZERO:
            note(world, pull, "head_ref_deleted", change.actor)
            close(world, pull, change.actor)
            return
        _move_head(world, pull, change)
    if pull.repository is repository and pull.base_ref == branch:
        if change.after == ZERO:
            close(world, pull, change.actor)
            return
        if pull.state == "open" and repository.git.is_ancestor(pull.head_sha, change.after):
            # Page "About pull request merges", section "Indirect merges": a pull request counts as merged when its
            # commits reach the base by a push.
            _merged(world, pull, change.actor, change.after)
        elif pull.state == "open":
            pull.base_sha = change.after


def _move_head(world: World, pull: PullRequest, change: Activity) -> None:
    git = pull.repository.git
    source = pull.head_repository
    if source is not None and source is not pull.repository:
        git.fetch(source.git.path, change.after, f"refs/pull/{pull.number}/head")
    git.point(f"refs/pull/{pull.number}/head", change.after)
    pull.head_sha = change.after
    if change.kind == "force_push":
        note(world, pull, "head_ref_force_pushed", change.actor, change.after)
    pull.updated = world.clock.stamp()
    world.trigger("pull_request", "synchronize", pull.repository, pull.number, change.actor)
    if git.is_ancestor(change.after, pull.base_sha):
        # Nothing is left to merge: GitHub closes it, as people find who push the base over their branch.
        close(world, pull, change.actor)


def close(world: World, pull: PullRequest, actor: User) -> None:
    """Close without merging."""
    if pull.state == "open":
        pull.state, pull.closed, pull.closed_by = "closed", world.clock.stamp(), actor
        note(world, pull, "closed", actor)
        world.trigger("pull_request", "closed", pull.repository, pull.number, actor)


def reopen(world: World, pull: PullRequest, actor: User) -> None:
    """Open again, where its branch goes on from where it was.

    Refused as recorded (cilium/cilium pull request 47088): "state cannot be changed. The ... branch was force-pushed or
    recreated."; in the same way for a deleted branch, and where another one is open for the two branches.
    """
    if pull.state == "open":
        return
    source, why = pull.head_repository, ""
    head = source.refs.get(f"refs/heads/{pull.head_ref}") if source else None
    twins = [
        each
        for each in pull.repository.pulls.values()
        if (each.state, each.base_ref, each.head_ref, each.head_repository)
        == ("open", pull.base_ref, pull.head_ref, source)
    ]
    if pull.merged:
        why = "The pull request has been merged."
    elif source is None or head is None:
        why = f"The {pull.head_ref} branch has been deleted."
    elif twins:
        why = f"There is already an open pull request from {pull.head_ref} to {pull.base_ref}."
    elif not pull.repository.git.is_ancestor(pull.head_sha, _brought(pull, source, head)):
        why = f"The {pull.head_ref} branch was force-pushed or recreated."
    if why or head is None:
        raise invalid("PullRequest", "invalid", "state", f"state cannot be changed. {why}")
    pull.state, pull.closed, pull.closed_by = "open", None, None
    pull.base_sha = pull.repository.refs.get(f"refs/heads/{pull.base_ref}", pull.base_sha)
    if head != pull.head_sha:
        _move_head(world, pull, Activity(0, "push", "", pull.head_sha, head, actor, ""))
    note(world, pull, "reopened", actor)
    world.trigger("pull_request", "reopened", pull.repository, pull.number, actor)


def _brought(pull: PullRequest, source: Repository, sha: str) -> str:
    """The commit, after it was brought from a fork."""
    if source is not pull.repository:
        pull.repository.git.fetch(source.git.path, sha, f"refs/forge/brought/{sha}")
    return sha


def look(pull: PullRequest) -> bool | None:
    """Whether it can be merged; ``None`` at the first look after a change, since GitHub finds it out in the background.

    Page "REST API endpoints for pull requests", "Get a pull request": the value can be ``true``, ``false`` or ``null``;
    when ``null``, a background job was started. A test merge is kept at ``refs/pull/N/merge``.
    """
    if pull.state != "open":
        return None if not pull.checked else pull.mergeable
    if pull.checked != (pull.base_sha, pull.head_sha):
        pull.checked, pull.mergeable = (pull.base_sha, pull.head_sha), None
        return None
    if pull.mergeable is None:
        git, ref = pull.repository.git, f"refs/pull/{pull.number}/merge"
        tree = git.merged_tree(pull.base_sha, pull.head_sha)
        pull.mergeable = tree is not None
        if tree is not None:
            message = f"Merge {pull.head_sha} into {pull.base_sha}"
            pull.merge_commit = git.write_commit(tree, [pull.base_sha, pull.head_sha], message)
            git.point(ref, pull.merge_commit)
    return pull.mergeable


def merge(
    world: World,
    pull: PullRequest,
    actor: User,
    *,
    method: str,
    title: str | None,
    message: str | None,
    sha: str | None,
) -> str:
    """Merge by ``merge``, ``squash`` or ``rebase``; the commit that the base then names.

    405 for a draft, a closed one or a conflict, 409 where ``sha`` is no longer the head (page "REST API endpoints for
    pull requests", "Merge a pull request").
    """
    git = pull.repository.git
    if sha and sha != pull.head_sha:
        raise Refused(409, "Head branch was modified. Review and try the merge again.")
    if pull.draft:
        raise Refused(405, "Pull Request is still a draft")
    tree = git.merged_tree(pull.base_sha, pull.head_sha) if pull.state == "open" else None
    if tree is None:
        raise Refused(405, "Pull Request is not mergeable")
    person = (actor.login, f"{actor.id}+{actor.login}@users.noreply.github.com")
    if method == "squash":
        text = title or f"{pull.title} (#{pull.number})"
        made = git.write_commit(tree, [pull.base_sha], f"{text}\n\n{message or ''}".rstrip(), person)
    elif method == "rebase":
        made = pull.base_sha
        for each in git.commits("--reverse", "--no-merges", f"{base_of(pull)}..{pull.head_sha}", "--"):
            step = git.picked_tree(each, made)
            if step is None:
                raise Refused(405, "Pull Request is not mergeable")
            made = git.write_commit(step, [made], each.message, each.author[:2], each.author[2])
    else:
        owner = pull.head_repository.owner.login if pull.head_repository else "ghost"
        text = title or f"Merge pull request #{pull.number} from {owner}/{pull.head_ref}"
        made = git.write_commit(tree, [pull.base_sha, pull.head_sha], f"{text}\n\n{message or pull.title}", person)
    git.point(f"refs/heads/{pull.base_ref}", made, old=pull.base_sha)
    _merged(world, pull, actor, made)
    catch_up(world, actor)
    return made


def _merged(world: World, pull: PullRequest, actor: User, commit: str) -> None:
    now = world.clock.stamp()
    pull.state, pull.closed, pull.closed_by = "closed", now, actor
    pull.merged, pull.merged_by, pull.merge_commit = now, actor, commit
    note(world, pull, "merged", actor, commit)
    note(world, pull, "closed", actor)
    world.trigger("pull_request", "closed", pull.repository, pull.number, actor)
