"""A project as files in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.tools._files import Files
from reviewers.layout import module_names

if TYPE_CHECKING:
    from collections.abc import Mapping


def project(files: Mapping[str, str]) -> Files:
    return Files("/nowhere", files, module_names(files), {})
