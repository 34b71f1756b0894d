"""The tools at work in a real repository: plain data in, plain data out, and nothing read or changed outside of it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from nova import tools
from nova.cli import main
from nova.errors import UsageError
from nova.tools import World, bound, load, names
from reviewers.rules.no_secrets import NoSecrets
from tests.functional.shop import log, shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.functional.repositories import Repository


@pytest.fixture
def world(repository: Repository) -> World:
    return shop(repository)


def use(world: World, name: str, /, **arguments: Any) -> Any:
    return json.loads(json.dumps(bound([name], world)[name].work("key", **arguments)))


def test_every_file_that_is_no_part_of_another_is_a_tool_of_its_name() -> None:
    found = load(names())
    assert {name: tool.name for name, tool in found.items()} == {name: name for name in names()}
    for tool in found.values():
        assert tool.says.endswith(".")
        assert tool.writes == (tool.effect is not None)
    assert {name for name, tool in found.items() if tool.writes} == {
        "remember", "forget", "supersede", "first_bad", "propose", "post_proposals"
    }  # fmt: skip
    with pytest.raises(KeyError):
        load(["no_such_tool"])


def test_looking_for_the_names_imports_no_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.startswith("nova.tools.")]:
        monkeypatch.delitem(sys.modules, name)
    tools.load(["clock"])
    assert {n for n in sys.modules if n.startswith("nova.tools.")} == {"nova.tools.clock"}


def test_a_review_is_the_one_that_the_command_gives(world: World) -> None:
    data = use(world, "review", everything=True)
    assert {"B006", "F401", "S602"} <= {f["rule"] for f in data["findings"]}
    assert (data["status"], data["scope"]) == ("complete", "work tree")
    only = use(world, "review", path="shop/tax.py", select=["S602"], everything=True)
    assert [f["path"] for f in only["findings"]] == ["shop/tax.py"]


def test_a_review_of_a_change_tells_what_it_brings_in(world: World, repository: Repository) -> None:
    repository.write("shop/user.py", f"{{}}\n{'import sys'}\n")
    repository.git("add", "-A")
    staged = use(world, "review", staged=True, everything=True)
    assert all(f["introduced_by_diff"] for f in staged["findings"])
    assert use(world, "review", diff="HEAD", everything=True)["scope"] == "work tree against HEAD"
    with pytest.raises(UsageError, match="two different changes"):
        use(world, "review", diff="HEAD", staged=True)


def test_findings_know_when_they_were_seen_first_and_gone(world: World, repository: Repository) -> None:
    assert use(world, "findings")["runs"] == 0
    use(world, "review")
    first = use(world, "findings")
    assert first["runs"] == 1
    assert {f["first_seen"] for f in first["findings"]} == {""}
    repository.write("shop/user.py", "import os\nimport sys\n")
    repository.write("shop/cart.py", CART_WITHOUT_DEFAULT)
    use(world, "review")
    again = use(world, "findings", path="shop/user.py")
    assert [f["rule"] for f in again["findings"] if f["first_seen"]] == ["F401"]
    gone = use(world, "findings", state="fixed")["findings"]
    assert [(f["rule"], bool(f["gone_seen"])) for f in gone] == [("B006", True)]
    repository.git("checkout", "-q", "--", "shop/cart.py")
    use(world, "review")
    assert [f["rule"] for f in use(world, "findings", state="regressed")["findings"]] == ["B006"]


CART_WITHOUT_DEFAULT = "class Cart:\n    def total(self, rows):\n        return sum(rows)\n"


def test_a_finding_by_rank_or_id_has_its_code_history_and_fix(world: World, repository: Repository) -> None:
    shown = use(world, "review", everything=True)["findings"]
    rank = next(f["rank"] for f in shown if f["rule"] == "F401")
    told = use(world, "finding", id=str(rank))
    assert told["present"]
    assert told["finding"]["rule"] == "F401"
    assert {"line": 1, "text": "import os"} in told["excerpt"]
    assert told["finding"]["fix"]["patch"].startswith("--- ")
    assert [e["what"] for e in told["history"]] == ["opened"]
    repository.write("shop/user.py", "x = 1\n")
    gone = use(world, "finding", id=told["finding"]["id"][:8])
    assert (gone["present"], gone["finding"]["rule"]) == (False, "F401")
    with pytest.raises(UsageError, match="no finding"):
        use(world, "finding", id="ffffff")


def test_the_page_of_a_rule_says_how_often_it_was_right(world: World) -> None:
    own = use(world, "rule_page", rule="no-secrets")
    precision = NoSecrets.precision
    assert (own["right"], own["read"], own["severity"]) == (precision.right, precision.read, "high")
    assert "B006" in use(world, "rule_page", rule="b006")["page"]
    with pytest.raises(UsageError, match="no rule"):
        use(world, "rule_page", rule="no-such-rule")


def test_lines_and_outlines_are_read_from_where_the_person_stands(world: World) -> None:
    inside = World(world.folder / "shop", world.database)
    assert use(inside, "source", path="tax.py", line=4, end_line=5)["lines"] == [
        {"line": 4, "text": "def rate(row):"},
        {"line": 5, "text": "    if row is None:"},
    ]
    assert use(inside, "source", path="shop/tax.py")["path"] == "shop/tax.py"
    assert [d["symbol"] for d in use(inside, "outline", path="cart.py")["definitions"]] == [
        "Cart", "Cart.total", "Cart._unused",
    ]  # fmt: skip


@pytest.mark.parametrize("tool", ["source", "outline", "blame", "review"])
@pytest.mark.parametrize("path", ["../secret.py", "link.py", "/etc/passwd"])
def test_nothing_outside_of_the_repository_is_read(world: World, repository: Repository, tool: str, path: str) -> None:
    (repository.path.parent / "secret.py").write_text("x = 1\n")
    (repository.path / "link.py").symlink_to("../secret.py")
    with pytest.raises(UsageError, match="outside"):
        use(world, tool, path=path)


def test_blame_names_the_commits_of_lines_with_their_messages(world: World, repository: Repository) -> None:
    told = use(world, "blame", path="shop/cart.py", line=14, end_line=14)
    (commit,) = told["commits"]
    assert (commit["author"], commit["subject"]) == ("Ada", "fix: taxes were left out")
    assert commit["body"] == "The rate counts for every row."
    repository.write("shop/cart.py", "x = 1\n")
    assert use(world, "blame", path="shop/cart.py")["commits"][0]["subject"] == "not committed yet"


def test_activity_tells_commits_branches_and_what_is_not_committed(world: World, repository: Repository) -> None:
    repository.git("branch", "old", "HEAD~1")
    repository.write("new.py", "x = 1\n")
    told = use(world, "activity", since="2023-11-14")
    assert [c["subject"] for c in told["commits"]][-1] == "Begin the shop"
    assert len(told["commits"]) == 4
    assert told["uncommitted"] == 1
    branch = next(b for b in told["branches"] if b["name"] == "old")
    assert (branch["merged"], branch["stale"], branch["current"]) == (True, True, False)
    assert use(world, "activity")["commits"] == []
    with pytest.raises(UsageError, match="no time"):
        use(world, "activity", since="soon")


def test_hotspots_are_the_places_of_a_review(world: World) -> None:
    assert [p["symbol"] for p in use(world, "hotspots", most=1)["places"]] == ["Cart.total"]


def test_callers_definitions_and_dead_code_are_found(world: World) -> None:
    assert [(c["path"], c["certain"]) for c in use(world, "callers", path="shop/tax.py", symbol="rate")["callers"]] == [
        ("shop/cart.py", True)
    ]
    assert use(world, "defined", name="Cart.total")["definitions"][0]["line"] == 7
    assert [d["symbol"] for d in use(world, "dead_code")["dead"]] == ["Cart._unused"]
    assert use(world, "dead_code", path="shop/tax.py")["dead"] == []
    assert use(world, "cycles")["cycles"] == use(world, "clones")["groups"] == []


def test_dangers_come_without_the_text_of_their_lines(world: World, repository: Repository) -> None:
    secret = "q8ZrT4vN1bXw6YkP3mLd9HsC"
    repository.write("shop/settings.py", f"SIGNING_KEY = '{secret}'\n")
    told = use(world, "dangers")
    assert [(g["title"], [f["code"] for f in g["found"]]) for g in told["groups"]] == [
        ("secrets in the code", ["no-secrets"]),
        ("code or commands made from data", ["S307", "S602"]),
    ]
    assert secret not in json.dumps(told)
    assert [f["path"] for f in use(world, "dangers", path="shop/tax.py")["groups"][0]["found"]] == ["shop/tax.py"] * 2


def test_dangers_of_a_change_are_those_that_it_brings_in(world: World, repository: Repository) -> None:
    assert use(world, "dangers", diff="HEAD")["groups"] == []
    repository.write(
        "shop/tax.py", "import os\n\n" + (world.folder / "shop/tax.py").read_text() + "\n\nexec(os.name)\n"
    )
    (group,) = use(world, "dangers", diff="HEAD")["groups"]
    assert [f["code"] for f in group["found"]] == ["S102"]
    repository.git("add", "-A")
    assert use(world, "dangers", staged=True)["found"] == 1


def test_runs_verdicts_reverts_and_muted_rules_speak_of_the_record(
    world: World, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.path)
    assert use(world, "verdicts") == {"rules": [], "runs": 0, "targets": 1, "verdicts": 0}
    use(world, "review", everything=True)
    (run,) = use(world, "runs")["runs"]
    assert (run["scope"], run["findings"] > 0) == ("work tree", True)
    known = use(world, "findings")["findings"][0]
    assert main(["verdict", known["id"], "dismiss", "--because", "wrong", "--db", str(world.database)]) == 0
    row = use(world, "verdicts")["rules"][0]
    assert (row["rule"], row["dismissed"], row["wrong"], row["precision"]) == (known["rule"], 1, 1, 0.0)
    assert known["id"] not in {f["id"] for f in use(world, "findings")["findings"]}
    assert use(world, "findings")["dismissed"] == 1
    repository.write("pyproject.toml", '[tool.nova.review]\nignore = ["F401"]\n')
    assert use(world, "muted_rules")["muted"] == ["F401"]
    assert [r["subject"] for r in use(world, "reverts")["reverts"]] == ['Revert "Let users buy"']


def test_a_timeline_merges_logs_commits_and_runs(world: World, tmp_path: Path) -> None:
    use(world, "review")
    app = log(
        tmp_path, "app.log",
        "2023-11-15 00:00:00,000 - shop - INFO - started",
        "2023-11-15 03:00:00,000 - shop - ERROR - order 5512 failed",
        "Traceback (most recent call last):",
        "ValueError: no price for 77",
        "2023-11-15 03:05:00,000 - shop - ERROR - order 5513 failed",
        "ValueError: no price for 78",
        "2023-11-15 09:00:00,000 - shop - WARNING - out of the window",
    )  # fmt: skip
    told = use(world, "timeline", logs=[app], start="2023-11-15T00:00", end="2023-11-15T04:00", zone="+01:00")
    logs = [e for e in told["events"] if e["kind"] == "log"]
    assert [(e["time"], e["until"], e["count"], e["detail"], e["line"]) for e in logs] == [
        ("2023-11-15T02:00:00Z", "2023-11-15T02:05:00Z", 2, "ValueError: no price for 77", 2)
    ]
    assert [e["text"] for e in told["events"] if e["kind"] == "commit"] == ["Begin the shop"]
    (source,) = told["logs"]
    assert (source["levels"], source["unzoned"]) == ({"error": 2, "info": 1}, 3)
    whole = use(world, "timeline", logs=[app])
    assert (whole["start"], whole["end"]) == ("2023-11-15T00:00:00Z", "2023-11-15T09:00:00Z")
    with pytest.raises(UsageError, match="no window"):
        use(world, "timeline")
    with pytest.raises(UsageError, match="no log"):
        use(world, "timeline", logs=["missing.log"])


def counting(repository: Repository, good: int, bad: int) -> list[str]:
    """Commits with a number each; ``check.py`` fails from 4 on and cannot tell at 3."""
    repository.write("check.py", "import sys\n\nn = int(open('n').read())\nsys.exit(125 if n == 3 else n >= 4)\n")
    made = []
    for n in range(good, bad + 1):
        repository.write("n", str(n))
        made.append(repository.commit(f"number {n}"))
    return made


def test_the_first_bad_commit_is_found_in_a_clone_of_its_own(repository: Repository) -> None:
    commits = counting(repository, 0, 9)
    repository.write("n", "not committed")
    world = World(repository.path, None)
    command = f"{sys.executable} check.py"
    told = use(world, "first_bad", command=command, good=commits[0])
    assert (told["commit"], told["subject"], told["paths"]) == (commits[4], "number 4", ["n"])
    assert len(told["tried"]) <= 7
    assert told["unsure"] in ([], [commits[3]])
    assert use(world, "first_bad", command=command, good=commits[0]) == told
    assert (repository.path / "n").read_text() == "not committed"
    assert repository.git("rev-parse", "HEAD") == commits[-1]
    assert not (repository.path / ".git" / "BISECT_START").exists()


def test_where_the_ends_do_not_differ_there_is_no_first_bad_commit(repository: Repository) -> None:
    commits = counting(repository, 0, 5)
    world = World(repository.path, None)
    command = f"{sys.executable} check.py"
    with pytest.raises(UsageError, match="succeeds at the bad end"):
        use(world, "first_bad", command=command, good=commits[0], bad=commits[2])
    with pytest.raises(UsageError, match="does not lie before"):
        use(world, "first_bad", command=command, good=commits[5], bad=commits[0])
    with pytest.raises(UsageError, match="cannot be run"):
        use(world, "first_bad", command="no-such-program", good=commits[0])


def test_the_effect_of_a_search_says_that_code_is_run(world: World) -> None:
    effect = load(["first_bad"])["first_bad"].effect
    assert effect is not None
    assert "runs the code of those commits" in effect(world, command="pytest", good="v1")


def test_a_folder_without_git_has_files_but_no_past(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.py").write_text("def _gone(): ...\n")
    world = World(tmp_path / "plain", tmp_path / "nova.duckdb")
    assert [d["symbol"] for d in use(world, "dead_code")["dead"]] == ["_gone"]
    with pytest.raises(UsageError, match="not inside a git repository"):
        use(world, "activity")


def test_a_repository_without_a_commit_is_no_failure(repository: Repository) -> None:
    repository.write("a.py", "def f():\n    return 1\n")
    world = World(repository.path, repository.path.parent / "nova.duckdb")
    assert use(world, "activity")["commits"] == []
    assert use(world, "reverts")["reverts"] == []
    assert use(world, "callers", path="a.py", symbol="f")["of"] == 0
    with pytest.raises(UsageError, match="no commit yet"):
        use(world, "blame", path="a.py")


def test_the_clock_has_a_zone_and_the_roster_its_agents(world: World) -> None:
    assert use(world, "clock")["now"][19] in "+-"
    told = use(world, "roster")
    assert {"concierge", "code-reviewer"} <= {a["name"] for a in told["agents"]}
    assert told["planned"] == 34


def test_a_write_that_is_made_again_with_its_key_changes_nothing_more(world: World) -> None:
    keep = bound(["remember", "supersede", "forget"], world)
    first = keep["remember"].work("k1", text="the vpn is slow", kind="note")
    again = keep["remember"].work("k1", text="the vpn is slow", kind="note")
    assert first["item"]["id"] == again["item"]["id"]
    new = keep["supersede"].work("k2", id=first["item"]["id"], text="the vpn is fast")
    assert keep["supersede"].work("k2", id=first["item"]["id"], text="the vpn is fast")["new"]["id"] == new["new"]["id"]
    assert [i["value"] for i in use(world, "recall", query="vpn")["items"]] == ["the vpn is fast"]
    assert len(use(world, "recall", query="vpn", past=True)["items"]) == 2
    gone = keep["forget"].work("k3", id=new["new"]["id"])
    assert keep["forget"].work("k3", id=new["new"]["id"]) == gone
    assert use(world, "recall", query="vpn")["items"] == []


def test_projects_and_goals_are_what_is_kept_and_what_the_target_says(world: World, repository: Repository) -> None:
    assert use(world, "projects")["projects"] == []
    repository.write("pyproject.toml", '[tool.nova.context]\ngoals = ["Orders arrive once."]\n')
    assert use(world, "goals")["target"]["goals"] == ["Orders arrive once."]
    keep = bound(["remember"], world)["remember"]
    keep.work("k1", text="shopping", kind="project")
    keep.work("k2", text="no high findings", kind="goal")
    (project,) = use(world, "projects")["projects"]
    assert (project["name"], [g["text"] for g in project["goals"]]) == ("shopping", ["no high findings"])
    assert [g["text"] for g in use(world, "goals")["goals"]] == ["no high findings"]


def test_a_message_is_routed_with_its_best_three(world: World) -> None:
    told = use(world, "route", message="any secrets in the repo?")
    assert told["agent"] == "security-auditor"
    assert len(told["scores"]) == 3
    assert use(world, "routes") == {"corrections": [], "by_agent": []}
