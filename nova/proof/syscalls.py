"""The filter of system calls that the sandbox loads: what namespaces do not shut, and what would evade its limits.

A classic BPF program as ``seccomp(2)`` describes it. Refused are kernel keyrings and vsock (neither belongs to a
namespace), new user namespaces, mounts, typing into a terminal, tracing, io_uring and BPF. Memory that no process has
mapped is counted nowhere, so ``memfd_create`` and ``shmget`` are said not to exist.
"""

from __future__ import annotations

import errno
import struct

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Offsets in ``struct seccomp_data``; of the arguments, the low half on a little-endian machine."""
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_FAMILIES = (1, 2, 10, 16)
"""AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: those that a network namespace holds."""
_NEW_USER = 0x10000000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C

_TABLES: dict[str, dict[str, tuple[int, ...]]] = {
    "x86_64": {
        "architecture": (0xC000003E,),
        # add_key request_key keyctl unshare setns mount umount2 pivot_root bpf perf_event_open userfaultfd
        # open_by_handle_at kexec_load init_module finit_module delete_module process_vm_readv process_vm_writev ptrace
        "refused": (248, 249, 250, 272, 308, 165, 166, 155, 321, 298, 323, 304, 246, 175, 313, 176, 310, 311, 101),
        "absent": (319, 29),
        "clone": (56,),
        "socket": (41,),
        "ioctl": (16,),
    },
    "aarch64": {
        "architecture": (0xC00000B7,),
        "refused": (217, 218, 219, 97, 268, 40, 39, 41, 280, 241, 282, 265, 104, 105, 273, 106, 270, 271, 117),
        "absent": (279, 194),
        "clone": (220,),
        "socket": (198,),
        "ioctl": (29,),
    },
}
_REFUSED_EVERYWHERE = (425, 426, 427, 428, 429, 430, 431, 432, 433, 442)
"""io_uring_*, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr."""
_ABSENT_EVERYWHERE = (435, 447)
"""clone3, whose flags no filter can read (the C library falls back to clone), and memfd_secret."""


def program(machine: str) -> bytes | None:
    """The filter for a machine as ``platform.machine()`` names it; None where none is known."""
    table = _TABLES.get(machine)
    if table is None:
        return None
    refuse, absent = _fail(errno.EPERM), _fail(errno.ENOSYS)
    steps = [_step(_LOAD, _ARCHITECTURE), _step(_EQUAL, table["architecture"][0], 1, 0), absent, _step(_LOAD, _NUMBER)]
    if machine == "x86_64":
        steps += [_step(_AT_LEAST, 0x40000000, 0, 1), absent]  # the x32 numbers
    for number in (*table["refused"], *_REFUSED_EVERYWHERE):
        steps += [_step(_EQUAL, number, 0, 1), refuse]
    for number in (*table["absent"], *_ABSENT_EVERYWHERE):
        steps += [_step(_EQUAL, number, 0, 1), absent]
    families = [_step(_EQUAL, family, len(_FAMILIES) - i, 0) for i, family in enumerate(_FAMILIES)]
    steps += _only(table["socket"][0], [_step(_LOAD, _FIRST), *families, _fail(errno.EAFNOSUPPORT)])
    steps += _only(table["clone"][0], [_step(_LOAD, _FIRST), _step(_ANY_BIT, _NEW_USER, 0, 1), refuse])
    terminal = [_step(_EQUAL, _TIOCSTI, 1, 0), _step(_EQUAL, _TIOCLINUX, 0, 1), refuse]
    steps += _only(table["ioctl"][0], [_step(_LOAD, _SECOND), *terminal])
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _only(number: int, steps: list[bytes]) -> list[bytes]:
    """Steps for one system call, which is allowed where they come to their end."""
    return [_step(_EQUAL, number, 0, len(steps) + 1), *steps, _step(_RETURN, _ALLOW)]


def _fail(error: int) -> bytes:
    return _step(_RETURN, _ERRNO | error)


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
