"""What bubblewrap is told: a file system of its own for one run, as arguments. It looks which paths exist, no more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nova.proof import interpreter
from nova.proof.running import OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nova.proof.running import Command, Limits, Tree

HOME = "/home/nova"
USER = 1000
NOBODY = 65534
"""Root runs the command as this user: no limit on processes holds for root, and much of ``/proc/sys`` is its own."""
_ETC = (
    "alternatives",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "ssl/certs",
    "ssl/openssl.cnf",
    "pki/tls/certs",
)
_SEARCHED = ("/usr/local/bin", "/usr/bin", "/bin")
_ISOLATED = ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
_DROPPED = ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP")


def arguments(command: Command, tree: Tree, layers: Sequence[Path], limits: Limits, *, root: bool) -> list[str]:
    """Every option but those that name descriptors. ``layers``: the folders of the tree, the lowest first."""
    options = [*_ISOLATED, "--die-with-parent", "--new-session", "--hostname", "nova", "--clearenv"]
    options += _DROPPED if root else ("--unshare-user", "--disable-userns", "--uid", str(USER), "--gid", str(USER))
    options += _system()
    options += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", "/var/tmp", HOME, OUT, "/dev/shm"):  # noqa: S108  each is the sandbox's own
        options += [*_parents(Path(folder)), "--perms", "1777", "--size", str(limits.disk), "--tmpfs", folder]
    shown = [*(interpreter.folders(command.python) if command.python else ()), *command.readable]
    place = tree.place
    options += _show(path for path in shown if not path.is_relative_to(place))
    options += _parents(place)
    for layer in layers:
        options += ["--overlay-src", str(layer)]
    options += ["--tmp-overlay", str(place)]
    if root:
        options += ["--chmod", "0777", str(place)]
    if (tree.folder / ".git").is_dir():
        # Its settings may hold a password, and no test of a change asks for its history.
        options += ["--size", str(limits.disk), "--tmpfs", str(place / ".git")]
    # The environment within the tree is not part of what a run may change.
    options += _show(path for path in shown if path.is_relative_to(place))
    options += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", str(place)]
    for name, value in variables(command).items():
        options += ["--setenv", name, value]
    return options


def variables(command: Command) -> dict[str, str]:
    """The whole environment of the command."""
    searched = (*((str(command.python.parent),) if command.python else ()), *_SEARCHED)
    fixed: Mapping[str, str] = {
        "PATH": os.pathsep.join(searched),
        "HOME": HOME,
        "USER": "nova",
        "TMPDIR": "/tmp",  # noqa: S108  the sandbox's own
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "NOVA_OUT": OUT,
    }
    return {**fixed, **command.environment}


def files(*, root: bool) -> dict[str, bytes]:
    """Files of the sandbox's own ``/etc``: one user, one host, no name service but these."""
    number = NOBODY if root else USER
    return {
        "/etc/passwd": f"nova:x:{number}:{number}::{HOME}:/bin/sh\n".encode(),
        "/etc/group": f"nova:x:{number}:\n".encode(),
        "/etc/hosts": b"127.0.0.1 localhost\n::1 localhost\n127.0.0.1 nova\n",
        "/etc/nsswitch.conf": b"passwd: files\ngroup: files\nhosts: files\n",
    }


def dropping(argv: Sequence[str], setpriv: str) -> list[str]:
    """The command, run as nobody with no capability; for a sandbox that root has made."""
    who = str(NOBODY)
    drop = ("--clear-groups", "--inh-caps", "-all", "--bounding-set", "-all", "--no-new-privs")
    return [setpriv, "--reuid", who, "--regid", who, *drop, "--", *argv]


def _system() -> list[str]:
    options = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            options += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            options += ["--ro-bind", str(path), str(path)]
    for name in _ETC:
        if Path("/etc", name).exists():
            options += [*_parents(Path("/etc", name)), "--ro-bind", f"/etc/{name}", f"/etc/{name}"]
    return options


def _show(paths: Iterable[Path]) -> list[str]:
    options: list[str] = []
    for path in paths:
        options += [*_parents(path), "--ro-bind", str(path), str(path)]
    return options


def _parents(path: Path) -> list[str]:
    """Folders above a place, open to the command whoever makes them; what is there stays as it is."""
    options: list[str] = []
    for folder in reversed(path.parents[:-1]):
        options += ["--perms", "0755", "--dir", str(folder)]
    return options
