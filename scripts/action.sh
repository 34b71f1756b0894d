#!/bin/sh
# The review of action.yml. Everything comes by environment: PULL, POST, FAIL_ON, MEMORY, HEAD_REPOSITORY, NOVA.
# Ends with Nova's own exit code: 1 for findings at the threshold, 2 for a review that is not complete.
set -eu

stop() {
    printf '::error title=Nova::%s\n' "$1"
    exit 2
}

case ${PULL:-} in
'') stop "There is no pull request: run this on pull_request, or give pull-request." ;;
0* | *[!0-9]*) stop "pull-request must be a number." ;;
esac
case ${FAIL_ON:-} in
'' | info | low | medium | high | never) ;;
*) stop "fail-on must be info, low, medium, high or never." ;;
esac
case ${MEMORY:-} in
*[!A-Za-z0-9/._-]* | -*) stop "memory-branch must be the name of a branch." ;;
esac
case ${POST:-} in
true | false) ;;
auto) # the token of a pull request from a fork may only read
    if [ "${HEAD_REPOSITORY:-}" = "$GITHUB_REPOSITORY" ]; then POST=true; else POST=false; fi
    ;;
*) stop "post must be auto, true or false." ;;
esac

[ -z "${MEMORY:-}" ] || sh "$(dirname "$0")/memory_branch.sh" take "$NOVA" "$MEMORY"

set -- review --pr "$PULL" --format markdown
[ -z "${FAIL_ON:-}" ] || set -- "$@" --fail-on "$FAIL_ON"
[ "$POST" = false ] || set -- "$@" --post

status=0
"$NOVA" "$@" >>"$GITHUB_STEP_SUMMARY" || status=$?
case $status in
0) ;;
1) printf '\n**Findings at or above the threshold.**\n' >>"$GITHUB_STEP_SUMMARY" ;;
*)
    printf '\n**This review is not complete (exit code %s). The log of the step says why.**\n' "$status" \
        >>"$GITHUB_STEP_SUMMARY"
    printf '::error title=Nova::The review is not complete; what stands above says why.\n'
    ;;
esac
exit "$status"
