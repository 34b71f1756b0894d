from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from nova.errors import UsageError
from nova.report import FORMATS, SHOW_FORMATS, render, show
from tests.nova.report.reviews import detail, hostile, ranked, review, usual

if TYPE_CHECKING:
    from nova.answer import Review

REVIEWS = {
    "usual": usual(),
    "hostile": hostile(),
    "clean": review(),
    "empty": review(files=0, lines=0),
    "no commit": review(ranked(), commit=None, scope="", dirty=True),
}


@pytest.mark.parametrize("answer", REVIEWS.values(), ids=REVIEWS.keys())
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_ends_with_one_line_end_and_can_be_written(form: str, answer: Review) -> None:
    text = render(answer, form)
    assert text.encode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_through_what_a_terminal_obeys(form: str) -> None:
    for character in render(hostile(), form):
        assert character == "\n" or character.isprintable(), repr(character)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_review_gives_the_same_text(form: str) -> None:
    assert render(usual(), form) == render(usual(), form)


def test_a_format_that_is_not_known_says_which_are() -> None:
    with pytest.raises(UsageError, match="no format called yaml") as caught:
        render(review(), "yaml")
    assert all(form in caught.value.next_step for form in FORMATS)
    with pytest.raises(UsageError):
        show(detail(), "sarif")


@pytest.mark.parametrize("form", SHOW_FORMATS)
def test_one_finding_can_be_shown_in_every_format(form: str) -> None:
    assert "close-resources" in show(detail(), form)


def _loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_the_face_loads_nothing_heavy() -> None:
    loaded = _loaded("import nova.report")
    assert not {name.partition(".")[0] for name in loaded} & {"rich", "json", "libcst", "duckdb", "urllib"}
    assert not {name for name in loaded if name.startswith("nova.report.")} - {"nova.report.formats"}


def test_rich_is_loaded_for_colour_alone_and_pygments_never() -> None:
    ready = "from tests.nova.report.reviews import usual\nfrom nova.report import render\n"
    plain = _loaded(f"{ready}len(render(usual()))")
    painted = _loaded(f"{ready}len(render(usual(), color=True))")
    assert "rich" not in plain
    assert "rich.style" in painted
    assert "rich.console" not in painted
    assert "pygments" not in painted
