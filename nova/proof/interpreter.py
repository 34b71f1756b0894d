"""Which folders an interpreter needs to run, read from its files; it is not started for that."""

from __future__ import annotations

from pathlib import Path

_PARTS = ("bin", "lib", "lib64", "include", "pyvenv.cfg")
"""What is shown of a prefix: one such as ``~/.local`` holds more beside it that is nobody's business."""
_SYSTEM = (Path("/usr"), Path("/bin"), Path("/lib"), Path("/lib64"))


def folders(python: Path) -> tuple[Path, ...]:
    """What to show of the interpreter's own prefix, of that which a virtual environment stands on, and of its links."""
    prefixes: dict[Path, None] = {}
    waiting = [python.parent]
    link = python
    for _ in range(20):
        if not link.is_symlink():
            break
        target = link.readlink()
        link = target if target.is_absolute() else link.parent / target
        waiting.append(link.parent)
    while waiting:
        prefix = Path(str(waiting.pop()).rstrip("/")).parent
        for one in (prefix, prefix.resolve()):
            if one in prefixes or any(one == top or one.is_relative_to(top) for top in _SYSTEM) or one == Path("/"):
                continue
            prefixes[one] = None
            waiting.extend(_home(one / "pyvenv.cfg"))
    return tuple(prefix / part for prefix in prefixes for part in _PARTS if (prefix / part).exists())


def _home(settings: Path) -> list[Path]:
    """The folder of the interpreter that a virtual environment was made from."""
    try:
        lines = settings.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    pairs = (line.partition("=") for line in lines)
    return [Path(value.strip()) for key, _, value in pairs if key.strip() == "home"]
