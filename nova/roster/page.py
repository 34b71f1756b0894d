"""An agent's page as text: front matter in YAML, checked, then the body. Loads YAML and pydantic when first asked."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from nova.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

FENCE = "---"
KINDS = {
    "string": "a text",
    "list": "a list of texts",
    "dict": "a table of  name: text",
    "model": "a table",
    "model_attributes": "a table",
    "int": "a whole number",
    "float": "a number",
    "finite_number": "a finite number",
}
"""What pydantic calls a kind of value, in words."""


class Unreadable(RosterError):
    """A page that cannot be read at all, so that nothing can be said of what it holds."""


def read(text: str, source: str) -> dict[str, Any]:
    """What a page sets, checked, with the body under ``body``; what it does not set is not there.

    Raises ``RosterError`` for a key or a value that is not one, naming the nearest that is.
    """
    from pydantic import ValidationError

    from nova.roster.schema import FrontMatter

    front, body = _parts(text, source)
    data = _yaml(front, source)
    try:
        page = FrontMatter.model_validate(data)
    except ValidationError as error:
        raise _told(error.errors()[0], FrontMatter.model_fields, source) from error
    return {**page.model_dump(exclude_unset=True), "body": body}


def _parts(text: str, source: str) -> tuple[str, str]:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != FENCE:
        raise Unreadable(
            f"{source} has no front matter", next_step=f"begin the file with a line  {FENCE}  and  name: ..."
        )
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise Unreadable(f"the front matter of {source} has no end", next_step=f"close it with a line  {FENCE}")
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]).strip()


def _yaml(front: str, source: str) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark is not None else ""
        why = getattr(error, "problem", None) or str(error)
        raise Unreadable(
            f"the front matter of {source} is not valid YAML{where}",
            why=str(why),
            next_step='a text that holds  : # @ `  or begins with a sign stands in "quotes"',
        ) from error
    if not isinstance(data, dict):
        raise Unreadable(f"the front matter of {source} is not a table", next_step="write one  key: value  a line")
    return data


def _told(error: ErrorDetails, known: Iterable[str], source: str) -> RosterError:
    """One fault that pydantic found, as a person wants to hear it."""
    place = [str(part) for part in error["loc"]]
    name, kind = ".".join(place), error["type"]
    if kind in {"extra_forbidden", "invalid_key"}:
        siblings = list(known) if len(place) == 1 else ["seconds", "calls", "tokens", "money"]
        return RosterError(f"{source} sets {name}, which Nova does not know", next_step=nearest(place[-1], siblings))
    context = error.get("ctx", {})
    if kind == "literal_error":
        return RosterError(f"{name} in {source} is {error['input']!r}", next_step=f"one of: {context['expected']}")
    if kind == "string_pattern_mismatch":
        return RosterError(
            f"{name} in {source} is {error['input']!r}", why="a name has small letters, digits and single hyphens"
        )
    if kind in {"greater_than_equal", "string_too_short"}:
        return RosterError(
            f"{name} in {source} must be {context.get('ge', 'more than nothing')}"
            + (" or more" if "ge" in context else "")
        )
    wanted = KINDS.get(kind.removesuffix("_type").removesuffix("_parsing"), error["msg"])
    hint = 'put it in "quotes"' if wanted == "a text" and not isinstance(error["input"], list) else ""
    return RosterError(f"{name} in {source} must be {wanted}, not {error['input']!r}", next_step=hint)


def nearest(word: str, known: Iterable[str]) -> str:
    """What to try for a word that is not known."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(names)}"
