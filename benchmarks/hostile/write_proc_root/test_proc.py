import ctypes
import os
from pathlib import Path

import subject
from places import attempt, places


def test_proc_leads_outside():
    tmp = places()["tmp"].lstrip("/")
    roots = ["/proc/self/root", "/proc/1/root", f"/proc/{os.getppid()}/root", f"/proc/{places()['harness_pid']}/root", "/.."]
    for root in roots:
        attempt(root)
        try:
            Path(root, tmp, "nova-hostile-proc").write_text("escaped")
        except OSError:
            pass
    for descriptor in range(3, 64):
        try:
            os.fchdir(descriptor)
            Path("nova-hostile-proc").write_text("escaped")
        except OSError:
            pass


def test_namespaces_can_be_left():
    places()
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (places()["harness_pid"], 1):
        try:
            descriptor = os.open(f"/proc/{number}/ns/mnt", os.O_RDONLY)
        except OSError:
            continue
        attempt(f"setns {number}")
        child = os.fork()
        if child == 0:
            if libc.setns(descriptor, 0) == 0 and number != 1:
                try:
                    Path(places()["tmp"], "nova-hostile-setns").write_text("escaped")
                except OSError:
                    pass
            os._exit(0)
        os.waitpid(child, 0)
    assert subject.double(2) == 4
