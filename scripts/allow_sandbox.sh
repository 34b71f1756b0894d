#!/bin/sh
# Lets one binary make user namespaces where AppArmor forbids them to all others (Ubuntu 23.10 and later).
# Usage: sudo scripts/allow_sandbox.sh /path/to/bwrap
# The system's restriction stays on; the profile names this path alone. With --print it only shows the profile.
set -eu

profile() {
    cat <<PROFILE
abi <abi/4.0>,
include <tunables/global>

profile nova-bwrap "$1" flags=(unconfined) {
  userns,
}
PROFILE
}

stop() {
    printf 'allow_sandbox: %s\n' "$1" >&2
    exit 2
}

show=
if [ "${1:-}" = --print ]; then
    show=yes
    shift
fi
path=${1:?the path of bwrap}
case $path in
*[!A-Za-z0-9/._+-]*) stop "$path holds characters that mean something in a profile" ;;
/*) ;;
*) stop "$path is not absolute" ;;
esac
if [ -n "$show" ]; then
    profile "$path"
    exit 0
fi
[ -x "$path" ] || stop "$path cannot be executed"
path=$(readlink -f "$path")
switch=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
if [ ! -f "$switch" ] || [ "$(cat "$switch")" = 0 ]; then
    printf 'AppArmor does not restrict user namespaces here: nothing to allow.\n'
    exit 0
fi
profile "$path" >/etc/apparmor.d/nova-bwrap
apparmor_parser --replace /etc/apparmor.d/nova-bwrap
