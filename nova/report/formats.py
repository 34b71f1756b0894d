"""The report formats by name, each loaded only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nova.answer import Review
    from nova.report.detail import Detail, RuleText


Renderer = TypeVar("Renderer")


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look; what a format has no use for it ignores."""

    color: bool = False
    width: int = 80
    base: str = ""
    """What leads from the folder a person stands in to the root of the target, such as ``../``; for paths to click."""
    rules: Mapping[str, RuleText] = field(default_factory=dict)
    """What is known of the rules, by name; a rule that is not here is described by its name alone."""


def render(
    review: Review,
    form: str = "text",
    *,
    color: bool = False,
    width: int = 80,
    base: str = "",
    rules: Mapping[str, RuleText] | None = None,
) -> str:
    """The review as text in one of ``FORMATS``, ending with a newline.

    The text can always be encoded as UTF-8, whatever the paths and the code held. Raises ``UsageError`` for a
    format that is not known.
    """
    return _chosen(FORMATS, form)(review, Look(color, width, base, rules or {}))


def show(detail: Detail, form: str = "text", *, color: bool = False, width: int = 80, base: str = "") -> str:
    """One finding with all that is known of it, in one of ``SHOW_FORMATS``, ending with a newline.

    Raises ``UsageError`` for a format that is not known.
    """
    return _chosen(SHOW_FORMATS, form)(detail, Look(color, width, base))


def _chosen(formats: Mapping[str, Renderer], form: str) -> Renderer:
    if form not in formats:
        raise UsageError(
            f"there is no format called {form}",
            next_step=f"choose one of {', '.join(formats)}",
        )
    return formats[form]


def _text(review: Review, look: Look) -> str:
    from nova.report import terminal

    return terminal.render(review, color=look.color, width=look.width, base=look.base)


def _json(review: Review, _look: Look) -> str:
    from nova.report import as_json

    return as_json.render(review)


def _sarif(review: Review, look: Look) -> str:
    from nova.report import sarif

    return sarif.render(review, look.rules)


def _markdown(review: Review, _look: Look) -> str:
    from nova.report import markdown

    return markdown.render(review)


def _github(review: Review, _look: Look) -> str:
    from nova.report import github

    return github.render(review)


def _show_text(detail: Detail, look: Look) -> str:
    from nova.report import page

    return page.render(detail, color=look.color, width=look.width, base=look.base)


def _show_json(detail: Detail, _look: Look) -> str:
    from nova.report import as_json

    return as_json.render_detail(detail)


FORMATS: Mapping[str, Callable[[Review, Look], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "markdown": _markdown,
    "github": _github,
}
"""How a review can be written."""

SHOW_FORMATS: Mapping[str, Callable[[Detail, Look], str]] = {"text": _show_text, "json": _show_json}
"""How a single finding can be written."""
