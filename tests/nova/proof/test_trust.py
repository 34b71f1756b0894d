from __future__ import annotations

from typing import TYPE_CHECKING

from nova.proof.trust import trusts, untrusted
from nova.targets import Target, load_file

if TYPE_CHECKING:
    from pathlib import Path


def _own(folder: Path, root: Path, run: str) -> Target:
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(f'[target]\npath = "{root}"\n[trust]\nrun = {run}\n')
    return load_file(folder / "mine.toml")


def test_only_the_persons_own_settings_are_believed(tmp_path: Path) -> None:
    assert not trusts(Target("shop", source="pyproject.toml", trusted=True))
    assert trusts(_own(tmp_path / "targets", tmp_path, "true"))


def test_a_target_without_a_file_is_told_which_file_to_write(tmp_path: Path) -> None:
    told = untrusted("/src/shop", Target("a/b shop"), tmp_path / "targets")
    assert told.why == "the target is not trusted to be run"
    assert f"in {tmp_path}/targets/a-b-shop.toml write" in told.next_step
    assert 'path = "/src/shop"' in told.next_step
    assert "run = true" in told.next_step
    assert "--target a-b-shop" in told.next_step


def test_a_target_with_a_file_is_told_the_line(tmp_path: Path) -> None:
    own, folder = _own(tmp_path / "targets", tmp_path, "false"), tmp_path / "targets"
    asked = untrusted(str(tmp_path), own, folder)
    assert asked.next_step == f"write  run = true  below [trust] in {folder}/mine.toml"
    unasked = untrusted(str(tmp_path), Target("shop"), folder)
    assert unasked.next_step.endswith("then add  --target mine")
    _own(folder, tmp_path, "true")
    assert (
        untrusted(str(tmp_path), Target("shop"), folder).next_step == "your target mine trusts it: add  --target mine"
    )
