"""Where Nova's own things lie. The only module that reads the environment for settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

_NOWHERE = Path(os.devnull, "nova")
"""A folder that cannot be, for a user without a home."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user, by the platform's conventions."""

    data: Path
    config: Path

    @property
    def database(self) -> Path:
        """The one database of a user."""
        return self.data / "nova.duckdb"

    @property
    def environments(self) -> Path:
        """Where test environments are that Nova made for targets."""
        return self.data / "environments"

    @property
    def targets(self) -> Path:
        """Where a user's own targets are."""
        return self.config / "targets"


def places() -> Places:
    """The folders of the present user; for one without a home, folders that cannot be."""
    import platformdirs

    try:
        return Places(
            _absolute(platformdirs.user_data_dir("nova", appauthor=False)),
            _absolute(platformdirs.user_config_dir("nova", appauthor=False)),
        )
    except RuntimeError:  # there is no home to be found
        return Places(_NOWHERE, _NOWHERE)


def _absolute(folder: str) -> Path:
    """A relative folder is a ``~`` that led nowhere: used as it is, it would lie in the repository under review."""
    return Path(folder) if Path(folder).is_absolute() else _NOWHERE


def wants_colour(stream_is_terminal: bool) -> bool:
    """Whether to colour: on a terminal that is not dumb, unless ``NO_COLOR`` is set; ``FORCE_COLOR`` overrides."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream_is_terminal and os.environ.get("TERM") != "dumb"


def python_folders() -> tuple[Path, ...]:
    """Where pyenv and uv keep a Python of each version: those on the PATH are found by their names."""
    found: list[Path] = []
    for root, pattern in (
        (os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"), "versions/3.*/bin"),
        (os.environ.get("UV_PYTHON_INSTALL_DIR") or os.path.expanduser("~/.local/share/uv/python"), "cpython-3.*/bin"),
    ):
        if Path(root).is_absolute():
            found += sorted(Path(root).glob(pattern))
    return tuple(found)


def active_environment() -> str:
    """The virtual environment that is active in the person's shell; empty where none is."""
    return os.environ.get("VIRTUAL_ENV", "")


def shared_folders() -> tuple[Path | None, Path | None]:
    """Where all programs of the user keep their caches and their data; None for a user without a home."""
    import platformdirs

    try:
        found = platformdirs.user_cache_path(), platformdirs.user_data_path()
    except RuntimeError:
        return None, None
    return found if all(path.is_absolute() for path in found) else (None, None)


def traces_endpoint() -> str:
    """Where OpenTelemetry spans go, by the variable that all its tools know; empty for nowhere."""
    return os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "")


@dataclass(frozen=True, slots=True)
class GitHubWords:
    """What the environment says of GitHub; tokens never show in a representation."""

    tokens: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """For github.com, or the host that the environment itself names: each with its variable."""
    enterprise_tokens: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """For any other host."""
    api: str = ""
    host: str = ""
    repository: str = ""
    is_workflow: bool = False


def github() -> GitHubWords:
    """The variables that GitHub's own tools know: those of a workflow, and those of ``gh``."""

    def given(*names: str) -> tuple[tuple[str, str], ...]:
        return tuple((name, value) for name in names if (value := os.environ.get(name, "").strip()))

    return GitHubWords(
        given("GH_TOKEN", "GITHUB_TOKEN"),
        given("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"),
        os.environ.get("GITHUB_API_URL", "").strip(),
        os.environ.get("GH_HOST", "").strip(),
        os.environ.get("GITHUB_REPOSITORY", "").strip(),
        os.environ.get("GITHUB_ACTIONS") == "true",
    )
