from __future__ import annotations

from dataclasses import replace

import pytest

from nova import kept
from nova.errors import UsageError
from nova.findings import meant
from tests.nova.report.reviews import ranked, usual


def test_a_review_survives_its_bytes() -> None:
    answer = usual()
    again = kept.unpack(kept.pack(answer), 0.5)
    assert replace(again, totals=answer.totals) == answer
    assert (again.totals.seconds, again.totals.cached_files) == (0.5, answer.totals.files)


class _Memory:
    """Memory that holds one page of what was shown, and no lives."""

    def __init__(self, data: bytes | None) -> None:
        self._data = data

    def page(self, target: str, name: str) -> tuple[str, bytes] | None:
        return ("", self._data) if self._data is not None and (target, name) == ("shop", kept.SHOWN) else None

    def lives(self, target: str) -> list[object]:
        return []


SHOWN = kept.pack_shown(
    replace(
        usual(), findings=tuple(ranked(n, id=name) for n, name in enumerate(("abcd1111", "abcd2222", "ffff3333"), 1))
    )
)


@pytest.mark.parametrize(
    ("word", "expected"), [("1", "abcd1111"), ("3", "ffff3333"), ("ff", "ffff3333"), ("abcd2", "abcd2222")]
)
def test_a_rank_or_the_beginning_of_an_id_will_do(word: str, expected: str) -> None:
    assert meant(_Memory(SHOWN), "shop", word).id == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "word", "said"),
    [(SHOWN, "4", "no finding of rank 4"), (SHOWN, "abcd", "could be any of 2 findings"),
     (SHOWN, "eeee", "no finding is known by eeee"),
     (None, "1", "no findings were shown yet"), (b"[]", "1", "the last review showed no findings")],
)  # fmt: skip
def test_a_word_that_names_no_one_finding_is_told(data: bytes | None, word: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        meant(_Memory(data), "shop", word)  # type: ignore[arg-type]
