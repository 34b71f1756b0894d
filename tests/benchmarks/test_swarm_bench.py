"""That the router's figures are counted as they are told, on data small enough to count by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks import dialogues, intents, swarm
from benchmarks.dialogues import Turn
from benchmarks.table import Figure, write
from nova.orchestrator.classifier import Model, Told

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Words(Model):
    """A model that hears the agent that a message names, and nothing else."""

    def told(self, text: str) -> Told:
        named = [name for name in ("Hotels", "Buses", "Music") if name in text]
        chances = {name: 0.98 if name in named else 0.01 for name in ("Hotels", "Buses", "Music")}
        return Told(chances, {name: 2.0 if name in named else -2.0 for name in chances})


def dialogue(*said: tuple[str, str]) -> tuple[Turn, ...]:
    return tuple(Turn(text, right, asks=False) for text, right in said)


def test_the_area_is_the_share_of_pairs_in_order() -> None:
    assert intents.auroc([3, 4], [1, 2]) == 1.0
    assert intents.auroc([1, 2], [3, 4]) == 0.0
    assert intents.auroc([1, 3], [2, 2]) == 0.5
    assert intents.auroc([1, 1], [1]) == 0.5


def test_turns_stays_switches_and_spurious_handoffs_are_counted() -> None:
    many = [
        dialogue(
            ("i need Hotels", "Hotels"), ("yes", "Hotels"), ("i need Music please", "Hotels"), ("ok", "Hotels"),
            ("now i need Buses", "Buses"), ("hm", "Music"),
        )
    ]  # fmt: skip
    tally = dialogues.run(many, dialogues.Heard(Words(())), ("Hotels", "Buses", "Music"), 0.0)
    assert (tally.turns, tally.right) == (6, 3)  # wrong: the move to Music, what follows it, and the last switch
    assert (tally.stays, tally.spurious, tally.moved) == (3, 1, 1)
    assert (tally.switches, tally.followed) == (2, 1)


def test_moving_back_to_the_right_agent_is_not_spurious() -> None:
    many = [dialogue(("i need Music", "Hotels"), ("no, i need Hotels", "Hotels"))]
    tally = dialogues.run(many, dialogues.Heard(Words(())), ("Hotels", "Music"), 0.0)
    assert (tally.right, tally.spurious, tally.moved) == (1, 0, 1)


def test_the_right_service_of_a_turn_is_the_one_that_answers_it(tmp_path: Path) -> None:
    def frame(service: str, *acts: str) -> dict[str, Any]:
        return {"service": service, "actions": [{"act": act} for act in acts]}

    turns = [
        {"utterance": "hotels please", "frames": [frame("Hotels_2", "INFORM_INTENT")]},
        {"utterance": "where?", "frames": [frame("Hotels_2")]},
        {
            "utterance": "thanks, and a doctor",
            "frames": [frame("Hotels_2", "THANK_YOU"), frame("Services_3", "INFORM")],
        },
        {"utterance": "sure", "frames": [frame("Services_3")]},
    ]
    (tmp_path / "dialogues_001.json").write_text(json.dumps([{"dialogue_id": "1", "turns": turns}]))
    (found,) = dialogues.dialogues(tmp_path)
    assert found == (
        Turn("hotels please", "Hotels", asks=True), Turn("thanks, and a doctor", "Services_3", asks=False),
    )  # fmt: skip


def test_examples_are_drawn_from_train_by_seed(tmp_path: Path) -> None:
    data: dict[str, list[list[str]]] = {part: [] for part in ("test", "oos_test")} | {
        "train": [[f"{intent} {number}", intent] for intent in ("a", "b") for number in range(50)]
    }
    file = tmp_path / "data.json"
    file.write_text(json.dumps(data))
    read = intents.read(file)
    assert read.drawn(1) == read.drawn(1) != read.drawn(2)
    assert {name: len(set(texts)) for name, texts in read.drawn(1).items()} == {"a": 10, "b": 10}


def test_a_goal_may_be_a_least_and_a_table_stands_between_its_own_markers(tmp_path: Path) -> None:
    good, bad = (Figure("x", "y", value, 0.8, "", at_least=True) for value in (0.81, 0.79))
    assert (good.met, bad.met, good.wanted) == (True, False, "at least 0.80")
    page = tmp_path / "page.md"
    lines = ["a"]
    for about in ("figures", "swarm"):
        lines += [f"<!-- {about}: begin (written by --write) -->", about, f"<!-- {about}: end -->"]
    page.write_text("\n".join(lines))
    write(page, [good], 1, "swarm")
    text = page.read_text()
    assert "\nfigures\n" in text
    assert "\nswarm\n" not in text
    assert "| x | y | 0.81 | at least 0.80 | met |  |" in text


def test_with_nothing_to_measure_on_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("CLINC", "SGD"):
        monkeypatch.delenv(variable, raising=False)
    assert swarm.main(["--rosters", "0"]) == 2
    assert "nothing to measure on" in capsys.readouterr().err
