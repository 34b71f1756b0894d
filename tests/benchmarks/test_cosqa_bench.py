"""That the figures of code search are counted as they are told, on data small enough to count by hand."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from benchmarks import cosqa

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

CODES = {7: "def read_file(path): ...", 8: "def send_mail(to): ...", 9: "def sort_names(names): ..."}


class Twofold:
    """An embedder for tests that knows of a text whether it is about mail."""

    name = "twofold 1"
    dimension = 2

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One row a text."""
        return [[1.0, 0.0] if "mail" in text or "letter" in text else [0.0, 1.0] for text in texts]


def written(folder: Path) -> Path:
    rows = [
        {"doc": "python read a file", "code": CODES[7], "retrieval_idx": 7},
        {"doc": "how to open a file", "code": CODES[7], "retrieval_idx": 7},
        {"doc": "write a letter", "code": CODES[8], "retrieval_idx": 8},
        {"doc": "file names", "code": CODES[9], "retrieval_idx": 9},
    ]
    (folder / "cosqa-retrieval-test-500.json").write_text(json.dumps(rows), "utf-8")
    (folder / "code_idx_map.txt").write_text(json.dumps({code: number for number, code in CODES.items()}), "utf-8")
    return folder


def test_a_place_counts_an_equal_one_above_and_what_was_not_found_has_none() -> None:
    assert cosqa.place({1: 3.0, 2: 2.0, 3: 1.0}, 2) == 2
    assert cosqa.place({1: 2.0, 2: 2.0}, 1) == 2
    assert cosqa.place({1: 2.0}, 5) == math.inf


def test_each_function_of_a_part_is_there_once(tmp_path: Path) -> None:
    part = cosqa.read(written(tmp_path), "test")
    assert part.codes == CODES
    assert part.questions[1] == ("how to open a file", 7)


def test_an_embedder_finds_what_shares_no_word() -> None:
    assert 8 not in cosqa.Searcher(CODES).found("write a letter")
    found = cosqa.Searcher(CODES, Twofold(), 0.1).found("write a letter")
    assert max(found, key=found.__getitem__) == 8


def test_the_figures_are_those_counted_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"
    assert cosqa.main(["--cosqa", str(written(tmp_path)), "--all", "--json", str(file)]) == 1
    assert "missed" in capsys.readouterr().out
    figures = {one["what"]: one["value"] for one in json.loads(file.read_text("utf-8"))["figures"]}
    of = "CoSQA test, 3 functions, words alone"
    assert figures[f"{of}: recall@10"] == 0.75
    assert figures[f"{of}: reciprocal rank"] == 0.75


def test_without_data_there_is_nothing_to_measure_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COSQA", raising=False)
    assert cosqa.main([]) == 2
    assert "COSQA=FOLDER" in capsys.readouterr().err
