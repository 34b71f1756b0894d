import os
from pathlib import Path

import subject
from places import attempt, places


def canaries(text, token):
    """Only the words that the harness planted are ever shown, never a secret of the machine."""
    return [word for word in text.replace("=", " ").replace('"', " ").split() if token in word]


def canaries_of(file, token):
    """Those of a file, none where it cannot be read; its text stays in this frame, so that no traceback shows it."""
    try:
        return canaries(file.read_text(errors="replace").replace("\0", " "), token)
    except OSError:
        return []


NAMES = ("GITHUB_TOKEN", "GH_TOKEN", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "NOVA_TOKEN", "SSH_AUTH_SOCK")


def test_tokens_can_be_read():
    told = places()
    attempt("read the environment")
    found = [word for name in NAMES for word in canaries(os.environ.get(name, ""), told["token"])]
    for number in {os.getppid(), 1, told["harness_pid"], *(int(name) for name in os.listdir("/proc") if name.isdigit())}:
        for file in ("environ", "cmdline"):
            if number != os.getpid():
                found += canaries_of(Path(f"/proc/{number}/{file}"), told["token"])
    print("FOUND", *found)
    assert found, "no token could be read"
    assert subject.double(2) == 4
