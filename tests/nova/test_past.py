"""The history that memory keeps: going from branch to branch does not read it all anew."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nova import past

if TYPE_CHECKING:
    from nova.ports import Remembered
    from nova.subject import Subject

PARENTS = {"trunk": "root", "feature": "trunk", "other": "trunk", "later": "feature", "root": ""}


class Pages:
    """A memory of pages alone."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, bytes]] = {}

    def page(self, _: str, name: str) -> tuple[str, bytes] | None:
        return self.pages.get(name)

    def keep_page(self, _: str, name: str, key: str, data: bytes) -> None:
        self.pages[name] = key, data


def _is_ancestor(one: str, other: str) -> bool:
    while other and other != one:
        other = PARENTS.get(other, "")
    return one == other


def _subject(tip: str) -> Subject:
    made: Any = SimpleNamespace(
        key="shop", scope="", head=SimpleNamespace(commit=tip), git=SimpleNamespace(is_ancestor=_is_ancestor)
    )
    subject: Subject = made
    return subject


def _read_on(pages: Pages, tip: str, commits: int = 1) -> str:
    """Read up to a commit as a review does; returns where it began."""
    memory: Any = pages
    kept: Remembered = memory
    reader = past.reader(kept, _subject(tip))
    assert reader is not None
    began = reader.commit
    if began != tip:
        reader.commit, reader.count = tip, reader.count + commits
        past.keep(kept, _subject(tip), reader)
    return began


def test_a_commit_beside_the_one_read_last_is_read_from_where_they_parted() -> None:
    pages = Pages()
    assert [_read_on(pages, tip) for tip in ("trunk", "feature", "other", "trunk")] == ["", "trunk", "trunk", "trunk"]


def test_a_commit_upon_the_one_read_last_is_read_from_there() -> None:
    pages = Pages()
    assert [_read_on(pages, tip) for tip in ("trunk", "feature", "later")] == ["", "trunk", "feature"]
    assert _read_on(pages, "other") == "trunk"


def test_the_page_further_down_follows_when_many_commits_were_read() -> None:
    pages = Pages()
    _read_on(pages, "root")
    _read_on(pages, "trunk", past.FAR)
    _read_on(pages, "feature", past.FAR)
    assert _read_on(pages, "other") == "trunk"


def test_a_history_that_cannot_be_read_back_is_begun_anew() -> None:
    pages = Pages()
    _read_on(pages, "trunk")
    pages.pages = {name: (key, b"[0]") for name, (key, _) in pages.pages.items()}
    assert _read_on(pages, "feature") == ""
