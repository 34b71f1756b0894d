"""What people said moves the order, here and elsewhere, and counts for a whole team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.functional.repositories import Repository
from tests.functional.verdicts import ALL, JSON, SHARED, caught, dismiss_some, shop_of

if TYPE_CHECKING:
    import pytest

    from tests.functional.verdicts import Nova


def test_the_order_follows_what_people_said_and_tells_why(repository: Repository, nova: Nova) -> None:
    repository.write("left/a.py", "".join(caught(f"load{n}") for n in range(4)))
    repository.write("right/b.py", "".join(caught(f"load{n}") for n in range(4)))
    repository.commit()
    before = {f["path"]: f["score"] for f in nova(*ALL).data["findings"]}
    dismiss_some(nova, {"right/b.py": 3})
    after = [f for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"]
    scores = {f["path"]: f["score"] for f in after}
    assert scores["right/b.py"] < scores["left/a.py"] < before["left/a.py"]
    assert after[-1]["path"] == "right/b.py"
    assert "dismissed 3 of 3 times in this file" in after[-1]["reasons"]
    assert "dismissed 3 of 3 times in this repository" in after[0]["reasons"]
    nova("verdict", *[f["id"] for f in after if f["path"] == "left/a.py"][:2], "accept")
    raised = {f["path"]: f["score"] for f in nova(*ALL).data["findings"] if f["state"] != "dismissed"}
    assert raised["left/a.py"] > before["left/a.py"]


def test_what_was_said_in_one_repository_is_felt_in_the_others(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nova.cli import main

    other = Repository(repository.path.parent / "other")
    other.commit(f0="".join(caught(f"load{n}") for n in range(4)))
    shop_of(repository, 1, 4)
    repository.commit()
    before = nova(*ALL)
    monkeypatch.chdir(other.path)
    assert main(["review"]) == 0
    assert main(["verdict", "1", "2", "3", "dismiss", "--because", "not worth it"]) in {0, 2}
    monkeypatch.chdir(other.path)
    main(["review", "--all"])
    assert main(["verdict", "1", "2", "3", "dismiss", "--because", "not worth it"]) == 0
    after = nova(*ALL)
    assert max(f["score"] for f in after.data["findings"]) < min(f["score"] for f in before.data["findings"])
    assert "in other repositories" in " ".join(after.data["findings"][0]["reasons"])
    assert after.same() == nova(*ALL, "--no-cache").same()


def test_what_teammates_said_counts_too(repository: Repository, nova: Nova) -> None:
    repository.write("pyproject.toml", SHARED)
    shop_of(repository, 1, 6)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 4})
    repository.commit("answers")
    bare = nova(*ALL, "--no-memory")
    assert bare.data["totals"]["findings"] == 0
    assert bare.data["totals"]["dismissed"] == 6
    nova("verdict", "--wake", "B904", "--path", "shop")
    assert '"answer": "wake"' in (repository.path / ".nova/verdicts.jsonl").read_text().splitlines()[-1]
    assert nova(*ALL, "--no-memory").data["totals"]["findings"] == 2


def test_a_change_cannot_silence_a_rule_by_its_own_verdict_file(repository: Repository, nova: Nova) -> None:
    repository.write("pyproject.toml", SHARED)
    shop_of(repository, 1, 5)
    repository.commit()
    dismiss_some(nova, {"shop/f0.py": 5})
    text = (repository.path / ".nova/verdicts.jsonl").read_text()
    (repository.path / ".nova/verdicts.jsonl").unlink()
    repository.git("checkout", "-q", "-b", "feature")
    repository.write(".nova/verdicts.jsonl", text)
    repository.write("shop/f0.py", "".join(caught(f"load{n}") for n in range(6)))
    repository.commit("sneak")
    assert nova(*JSON, "--diff", "main...feature", "--no-memory").rules() == ["B904"]
