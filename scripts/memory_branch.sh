#!/bin/sh
# Keeps Nova's memory on a branch of its own, as the exported journal, from one night to the next.
# Usage: scripts/memory_branch.sh take|keep NOVA [BRANCH]     in a clone whose remote is origin; NOVA is the command.
# The branch holds one commit without a parent, so that what was forgotten does not live on in its history. `keep` writes
# only over what `take` read: it fails where somebody else wrote in between. With GH_TOKEN set, git uses that token; it
# reaches git through the environment and stands in no command line and no file.
set -eu

action=${1:?take or keep}
nova=${2:?the nova command}
branch=${3:-nova-memory}
name=memory.jsonl
seen=refs/nova/memory-branch
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

stop() {
    printf 'memory_branch: %s\n' "$1" >&2
    exit 2
}

remote() {
    if [ -n "${GH_TOKEN:-}" ]; then
        # shellcheck disable=SC2016 # the helper's own shell reads the variable
        git -c credential.helper= \
            -c credential.helper='!f() { echo username=x-access-token; echo "password=$GH_TOKEN"; }; f' "$@"
    else
        git "$@"
    fi
}

git check-ref-format "refs/heads/$branch" || stop "$branch is no name of a branch"

case $action in
take)
    status=0
    remote ls-remote --exit-code origin "refs/heads/$branch" >"$scratch/listed" || status=$?
    case $status in
    0)
        remote fetch --quiet --no-tags --depth=1 origin "+refs/heads/$branch:$seen"
        git cat-file blob "$seen:$name" >"$scratch/$name" || stop "$branch holds no $name"
        "$nova" memory import "$scratch/$name"
        git rev-parse --verify --quiet "$seen" >"$(git rev-parse --git-dir)/nova-memory-taken"
        ;;
    2)
        printf 'There is no branch %s yet: memory begins empty.\n' "$branch"
        : >"$(git rev-parse --git-dir)/nova-memory-taken"
        ;;
    *) stop "the remote could not be asked for $branch" ;;
    esac
    ;;
keep)
    taken=$(git rev-parse --git-dir)/nova-memory-taken
    [ -f "$taken" ] || stop "nothing was taken first, so what stands on $branch could be lost"
    "$nova" memory export --to "$scratch/$name"
    blob=$(git hash-object -w --no-filters "$scratch/$name")
    tree=$(printf '100644 blob %s\t%s\n' "$blob" "$name" | git mktree)
    before=$(cat "$taken")
    if [ -n "$before" ] && [ "$(git rev-parse "$before^{tree}")" = "$tree" ]; then
        printf 'Memory is as it was.\n'
        exit 0
    fi
    commit=$(git -c user.name="${GIT_AUTHOR_NAME:-Nova}" -c user.email="${GIT_AUTHOR_EMAIL:-nova@localhost}" \
        commit-tree "$tree" -m "Memory as an exported journal")
    remote push --quiet --force-with-lease="refs/heads/$branch:$before" origin "$commit:refs/heads/$branch"
    printf '%s\n' "$commit" >"$taken"
    ;;
*) stop "$action is neither take nor keep" ;;
esac
