"""Requirements as Poetry writes them, in the form that pip reads. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def poetry_requirements(settings: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The dependency groups in ``[tool.poetry]``, by name; a package from a path or a repository is left out."""
    groups = settings.get("group")
    named = dict(groups) if isinstance(groups, dict) else {}
    for name, group in named.items():
        listed = group.get("dependencies") if isinstance(group, dict) else None
        yield name, _requirements(listed)
    yield "dev", _requirements(settings.get("dev-dependencies"))


def _requirements(listed: object) -> list[str]:
    if not isinstance(listed, dict):
        return []
    found = (requirement(name, value) for name, value in listed.items() if name.lower() != "python")
    return [text for text in found if text]


def requirement(name: str, value: object) -> str:
    """One entry of a table as a requirement; empty for what has no version."""
    if isinstance(value, list):  # alternatives by Python: the last is the newest, and pip says if it does not fit
        return requirement(name, value[-1]) if value else ""
    if isinstance(value, str):
        return name + bounds(value)
    if not isinstance(value, dict) or not isinstance(value.get("version"), str):
        return ""
    extras = value.get("extras")
    marker = value.get("markers")
    chosen = f"[{','.join(map(str, extras))}]" if isinstance(extras, list) else ""
    return name + chosen + bounds(value["version"]) + (f" ; {marker}" if isinstance(marker, str) else "")


def bounds(text: str) -> str:
    """``^1.2`` as ``>=1.2,<2``, ``~1.2`` as ``>=1.2,<1.3``, ``1.2`` as ``==1.2``, ``*`` as nothing."""
    return ",".join(part for clause in text.rsplit("||", maxsplit=1)[-1].split(",") if (part := _bound(clause.strip())))


def _bound(clause: str) -> str:
    match = re.match(r"([\^~])\s*(\d+(?:\.\d+)*)$", clause)
    if match is None:
        return "" if clause in {"", "*"} else f"=={clause}" if clause[0].isdigit() else clause
    numbers = [int(part) for part in match[2].split(".")]
    if match[1] == "^":
        place = next((n for n, number in enumerate(numbers) if number), len(numbers) - 1)
    else:
        place = min(1, len(numbers) - 1)
    upper = [*numbers[:place], numbers[place] + 1]
    return f">={match[2]},<{'.'.join(map(str, upper))}"
