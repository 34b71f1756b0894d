"""What the sandbox promises, tried on real processes; skipped, aloud, where none is to be had."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nova.proof.availability import Missing, advice, available
from nova.proof.running import MIB, Command, End, Limits, Ran, Tree

if TYPE_CHECKING:
    from nova.proof.sandbox import Sandbox

PYTHON = Path(sys.executable)
LIMITS = Limits(seconds=20, memory=256 * MIB, processes=20, disk=16 * MIB, open_files=64, output=10_000)


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    found = available()
    if isinstance(found, Missing):
        pytest.skip(f"{found.why}; {found.next_step}")
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    folder = tmp_path / "project"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.txt").write_text("old")
    return Tree(folder)


def python(sandbox: Sandbox, tree: Tree, code: str, limits: Limits = LIMITS) -> Ran:
    return sandbox.run(Command((str(PYTHON), "-c", code), PYTHON), tree, limits)


def test_what_is_written_to_the_tree_is_seen_in_the_run_and_nowhere_else(sandbox: Sandbox, tree: Tree) -> None:
    ran = python(
        sandbox, tree, "open('inner/a.txt','w').write('new'); open('b','w'); print(open('inner/a.txt').read())"
    )
    assert (ran.end, ran.status, ran.stdout) == (End.EXITED, 0, b"new\n")
    assert (tree.folder / "inner" / "a.txt").read_text() == "old"
    assert sorted(os.listdir(tree.folder)) == ["inner"]


def test_changed_files_are_laid_over_the_tree(sandbox: Sandbox, tree: Tree) -> None:
    changed = Tree(tree.folder, {"inner/a.txt": b"changed", "inner/new/c.txt": b"more"}, at=Path("/elsewhere/project"))
    ran = python(sandbox, changed, "import os; print(os.getcwd(), open('inner/a.txt').read(), os.listdir('inner/new'))")
    assert ran.stdout == b"/elsewhere/project changed ['c.txt']\n"


@pytest.mark.parametrize("name", ["../out.txt", "/tmp/out.txt", "link/a.txt"])
def test_a_changed_file_outside_of_the_tree_is_refused(sandbox: Sandbox, tree: Tree, name: str) -> None:
    (tree.folder / "link").symlink_to("inner")
    ran = python(sandbox, Tree(tree.folder, {name: b"x"}), "print('ran')")
    assert (ran.end, ran.stdout) == (End.NOT_STARTED, b"")


def test_the_persons_files_and_variables_are_not_there(
    sandbox: Sandbox, tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("word")
    monkeypatch.setenv("NOVA_TEST_TOKEN", "word")
    code = f"""
import os
print(os.path.exists({str(tmp_path / "secret")!r}), any(b'word' in open(f'/proc/{{n}}/environ','rb').read()
    for n in os.listdir('/proc') if n.isdigit() and os.access(f'/proc/{{n}}/environ', os.R_OK)), 'NOVA_TEST_TOKEN' in os.environ)
"""
    ran = python(sandbox, tree, code)
    assert ran.stdout == b"False False False\n", ran


def test_the_settings_of_git_are_hidden(sandbox: Sandbox, tree: Tree) -> None:
    (tree.folder / ".git").mkdir()
    (tree.folder / ".git" / "config").write_text("password")
    assert python(sandbox, tree, "import os; print(os.path.exists('.git/config'))").stdout == b"False\n"


def test_no_network_is_reached(sandbox: Sandbox, tree: Tree) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), 2).close()  # it does listen
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        ran = python(sandbox, tree, code)
    assert ran.status == 1
    assert b"ConnectionRefusedError" in ran.stderr


def test_sockets_that_no_namespace_holds_and_new_namespaces_are_refused(sandbox: Sandbox, tree: Tree) -> None:
    if not sandbox.filtered:
        pytest.skip("system calls are not filtered on this kind of machine")
    code = """
import ctypes, socket
try: socket.socket(40, socket.SOCK_STREAM)
except OSError as error: print(error.errno)
libc = ctypes.CDLL(None, use_errno=True)
print(libc.unshare(0x10000000), ctypes.get_errno(), libc.memfd_create(b'x', 0), ctypes.get_errno())
"""
    assert python(sandbox, tree, code).stdout == b"97\n-1 1 -1 38\n"


def test_a_run_out_of_time_is_ended_with_all_that_it_started(sandbox: Sandbox, tree: Tree) -> None:
    mark = f"86400.{os.getpid()}"
    code = f"import os; os.spawnlp(os.P_NOWAIT, 'setsid', 'setsid', 'sleep', '{mark}'); os.execlp('sleep', 'sleep', '{mark}')"
    began = time.monotonic()
    ran = python(sandbox, tree, code, Limits(seconds=1))
    assert (ran.end, ran.status) == (End.TIMED_OUT, None)
    assert time.monotonic() - began < 10
    assert mark not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_what_a_finished_run_leaves_running_is_ended(sandbox: Sandbox, tree: Tree) -> None:
    mark = f"86300.{os.getpid()}"
    ran = python(sandbox, tree, f"import os; os.spawnlp(os.P_NOWAIT, 'setsid', 'setsid', 'sleep', '{mark}')")
    assert (ran.end, ran.status) == (End.EXITED, 0)
    assert ran.seconds < 10
    assert mark not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_output_is_kept_up_to_a_bound_and_the_rest_counted(sandbox: Sandbox, tree: Tree) -> None:
    ran = python(sandbox, tree, "print('x' * 99_999)")
    assert (len(ran.stdout), ran.dropped) == (10_000, 90_000)


def test_no_control_character_of_the_output_reaches_a_terminal(sandbox: Sandbox, tree: Tree) -> None:
    ran = python(sandbox, tree, "print('\\x1b]0;title\\x07\\r\\x9b1m\\té')")
    assert ran.stdout == b"\\x1b]0;title\\x07\\x0d\\x9b1m\t\xc3\xa9\n"


def test_memory_of_all_processes_together_is_bounded(sandbox: Sandbox, tree: Tree) -> None:
    code = """
import os, time
for _ in range(4):
    if not os.fork(): break
data = b'x' * 100_000_000
time.sleep(15)
"""
    ran = python(sandbox, tree, code)
    assert (ran.end, ran.why[:6]) == (End.OVER_LIMIT, "memory")


def test_processes_are_bounded(sandbox: Sandbox, tree: Tree) -> None:
    code = """
import os, time
made = 0
try:
    while made < 60:
        if not os.fork(): time.sleep(20); os._exit(0)
        made += 1
except BlockingIOError: print('refused', made < 25, flush=True)
"""
    ran = python(sandbox, tree, code)
    assert ran.stdout == b"refused True\n" or ran.why.startswith("processes"), ran


@pytest.mark.parametrize("folder", [".", "/tmp", "/out", "/dev/shm", "/home/nova"])
def test_what_is_written_is_bounded(sandbox: Sandbox, tree: Tree, folder: str) -> None:
    code = f"""
for number in range(12):
    with open(f'{folder}/{{number}}', 'wb') as file: file.write(bytes(8 << 20))
import time; time.sleep(1); print('all written')
"""
    ran = python(sandbox, tree, code)
    assert b"all written" not in ran.stdout
    assert ran.end is not End.EXITED or b"No space left" in ran.stderr, ran


def test_only_plain_files_are_brought_back(sandbox: Sandbox, tree: Tree) -> None:
    code = "import os; open('/out/a','w').write('1'); os.symlink('/etc/hostname','/out/b'); os.mkfifo('/out/c')"
    assert python(sandbox, tree, code).kept == {"a": b"1"}


def test_a_name_for_what_is_kept_is_put_into_the_command(sandbox: Sandbox, tree: Tree) -> None:
    assert sandbox.run(Command(("/bin/cp", "inner/a.txt", "{out}/b")), tree, LIMITS).kept == {"b": b"old"}


def test_ends_are_told_apart(sandbox: Sandbox, tree: Tree) -> None:
    assert python(sandbox, tree, "raise SystemExit(3)").status == 3
    assert python(sandbox, tree, "import os; os.kill(os.getpid(), 11)").end is End.SIGNALLED
    assert sandbox.run(Command(("/no/such/program",)), tree, LIMITS).end is End.NOT_STARTED
    assert sandbox.run(Command(("/bin/true",)), Tree(tree.folder / "gone"), LIMITS).end is End.NOT_STARTED


def test_a_descriptor_of_the_caller_is_not_passed_on(sandbox: Sandbox, tree: Tree) -> None:
    out, into = os.pipe()
    os.set_inheritable(into, True)
    try:
        ran = python(sandbox, tree, "import os; print([n for n in os.listdir('/proc/self/fd') if int(n) > 3])")
    finally:
        os.close(out)
        os.close(into)
    assert ran.stdout == b"[]\n"


def test_a_bubblewrap_that_cannot_make_a_sandbox_is_told_with_its_words(tmp_path: Path) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    refusing.chmod(0o755)
    found = available(refusing)
    assert isinstance(found, Missing)
    assert "setting up uid map: Permission denied" in found.why


def test_a_bubblewrap_that_does_nothing_is_no_sandbox(tmp_path: Path) -> None:
    idle = tmp_path / "bwrap"
    idle.write_text("#!/bin/sh\nexit 7\n")
    idle.chmod(0o755)
    assert isinstance(available(idle), Missing)


def test_the_next_step_names_the_switch_that_is_off() -> None:
    denied = "setting up uid map: Permission denied"
    switches = {"kernel.apparmor_restrict_unprivileged_userns": "1", "user.max_user_namespaces": "100"}
    assert "apparmor_restrict_unprivileged_userns=0" in advice(denied, switches, inside_container=False)
    assert "max_user_namespaces" in advice(denied, {"user.max_user_namespaces": "0"}, inside_container=False)
    assert "--security-opt" in advice(denied, switches, inside_container=True)
    assert "0.11" in advice("Unknown option --overlay-src", switches, inside_container=False)


def test_where_namespaces_are_forbidden_it_says_so(sandbox: Sandbox, tree: Tree) -> None:
    import nova

    package = Path(nova.__file__).parent
    code = f"from nova.proof.availability import available; print(available(__import__('pathlib').Path({str(sandbox.bwrap)!r})))"
    command = Command(
        (str(PYTHON), "-c", code), PYTHON, {"PYTHONPATH": str(package.parent)}, (package, sandbox.bwrap.parent)
    )
    ran = sandbox.run(command, tree, LIMITS)
    assert ran.stdout.startswith(b"Missing("), ran
    assert b"bwrap: " in ran.stdout
