"""Targets: settings read once, and every mistake in them named."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova import targets
from nova.errors import TargetError


def test_the_shipped_targets_are_right_and_say_what_they_are_for() -> None:
    found = {path.stem: target for path, target in targets.every(Path("/nonexistent"))}
    assert set(found) == {"nova", "airep", "find_a_sign"}
    for target in found.values():
        assert isinstance(target, targets.Target)
        assert target.goals
        assert target.values
        assert target.constraints


@pytest.mark.parametrize("name", ["airep", "find_a_sign"])
def test_a_target_without_a_path_says_which_key_to_set(name: str) -> None:
    target = targets.named(name, Path("/nonexistent"))
    with pytest.raises(TargetError) as error:
        targets.folder_of(target)
    assert 'path = "..."' in error.value.next_step


def test_ones_own_target_hides_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "airep.toml").write_text(f'[target]\nname = "airep"\npath = "{tmp_path}"\n')
    target = targets.named("airep", tmp_path)
    assert targets.folder_of(target) == tmp_path


@pytest.mark.parametrize(
    ("text", "what", "next_step"),
    [
        ('[tool.nova.review]\nselct = ["B"]\n', "selct", "did you mean select?"),
        ('[tool.nova]\nselect = ["B"]\n', "select stands outside its table", "[review]"),
        ("[tool.nova.reviews]\n", "reviews", "did you mean review?"),
        ("[tool.nova.review]\ntop = 0\n", "must be 1 or more", ""),
        ('[tool.nova.review]\ntop = "many"\n', "must be a whole number", ""),
        ("[tool.nova.review]\ntop = true\n", "must be a whole number", ""),
        ('[tool.nova.review]\nselect = "B"\n', "must be a list of texts", ""),
        ('[tool.nova.review]\nfail_on = "severe"\n', "severe", "one of: info, low, medium, high, never"),
        ('[tool.nova.test]\ngoals = ["x"]\n', "goals", "[context]"),
        ("[tool.nova\n", "not valid TOML", ""),
    ],
)
def test_a_wrong_setting_is_named_with_the_nearest_right_one(text: str, what: str, next_step: str) -> None:
    with pytest.raises(TargetError) as error:
        targets.from_pyproject(text, "shop")
    assert what in error.value.what
    assert next_step in error.value.next_step


@pytest.mark.parametrize(
    "text", ["", "[tool.ruff]\n", "this is no toml, and speaks of no tool of ours", "[project]\nname = 'x'\n"]
)
def test_a_pyproject_that_does_not_speak_of_nova_gives_the_defaults(text: str) -> None:
    assert targets.from_pyproject(text, "shop") == targets.Target("shop")


def test_settings_are_read(tmp_path: Path) -> None:
    text = '[tool.nova.review]\nignore = ["B904"]\ntop = 5\n[tool.nova.verdicts]\nin_repository = true\n'
    target = targets.from_pyproject(text, "shop")
    assert (target.ignore, target.top, target.verdicts_in_repository) == (("B904",), 5, True)


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(TargetError) as error:
        targets.named("airpe", tmp_path)
    assert "airep" in error.value.next_step
