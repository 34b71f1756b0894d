"""Each agent at its own work in a real repository, its tools with nobody in between."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from nova.agents.chat import concierge, explainer
from nova.agents.memory import archivist, recall
from nova.agents.ops import incident_scribe, project_tracker
from nova.agents.review import (
    code_reviewer,
    meta_reviewer,
    patch_smith,
    pr_scribe,
    refactor_scout,
    security_auditor,
)
from nova.orchestrator.handoff import Done, Handoff, Kind, Question, Returned
from nova.orchestrator.tool import Queued, Refused
from nova.tools import World
from tests.functional.shop import Direct, log, shop, task

if TYPE_CHECKING:
    from pathlib import Path

    from tests.functional.repositories import Repository


@pytest.fixture
def tools(repository: Repository) -> Direct:
    return Direct(shop(repository))


def done(step: object) -> Done:
    assert isinstance(step, Done), step
    json.dumps(step.data)
    return step


def question(step: object) -> Question:
    assert isinstance(step, Question), step
    return step


def handoff(step: object) -> Handoff:
    assert isinstance(step, Handoff), step
    return step


# concierge


class Door(Direct):
    """The tools of the door, with a router that says what a test wants."""

    routes: ClassVar[dict[str, tuple[str | None, list[str]]]] = {
        "the import died again": (None, ["incident-scribe", "explainer", "recall"]),
        "any secrets in here?": ("security-auditor", ["security-auditor"]),
        "translate this": (None, ["translator"]),
        "who does dead code": ("refactor-scout", ["concierge", "refactor-scout"]),
    }

    def call(self, name: str, /, **arguments: Any) -> Any:
        """The router's word, or the tool's own answer."""
        if name != "route":
            return super().call(name, **arguments)
        agent, best = self.routes.get(arguments["message"], (None, []))
        return {"agent": agent, "scores": [{"agent": one, "score": 0.3} for one in best]}


@pytest.fixture
def door(repository: Repository) -> Door:
    return Door(World(repository.path))


def test_the_concierge_asks_with_the_best_three_and_hands_over_what_is_chosen(door: Door) -> None:
    asked = question(concierge.work(task("the import died again"), door))
    assert [o.partition(":")[0] for o in asked.options] == ["incident-scribe", "explainer", "recall"]
    for answer in ("2", "explainer", "@explainer", "the second"):
        step = handoff(concierge.work(task("the import died again", answer), door))
        assert (step.to, step.goal, step.kind) == ("explainer", "the import died again", Kind.TRANSFER)


def test_the_concierge_hands_over_what_is_clear_but_asks_where_it_is_asked_who(door: Door) -> None:
    assert handoff(concierge.work(task("any secrets in here?"), door)).to == "security-auditor"
    asked = question(concierge.work(task("who does dead code"), door))
    assert [o.partition(":")[0] for o in asked.options] == ["refactor-scout"]


def test_an_answer_that_is_a_request_of_its_own_is_handed_over_as_one(door: Door) -> None:
    step = handoff(concierge.work(task("the import died again", "any secrets in here?"), door))
    assert (step.to, step.goal) == ("security-auditor", "any secrets in here?")
    asked = question(concierge.work(task("who does dead code", "the import died again"), door))
    assert len(asked.options) == 3
    last = handoff(concierge.work(task("who does dead code", "the import died again", "3"), door))
    assert (last.to, last.goal) == ("recall", "the import died again")


def test_the_concierge_says_what_there_is_and_what_is_not(door: Door) -> None:
    told = done(concierge.work(task("what can you do"), door)).text
    assert "code-reviewer: " in told
    assert "more agents are planned and are not here yet" in told
    assert "pipeline-runner" not in told
    assert done(concierge.work(task("hi"), door)).text.startswith("Hello")


def test_the_concierge_does_not_offer_an_agent_that_is_not_there(door: Door) -> None:
    told = done(concierge.work(task("translate this"), door))
    assert told.text.startswith("None of the agents here")
    assert not told.complete


def test_the_concierge_gives_up_where_no_answer_names_an_agent(door: Door) -> None:
    wish = "the import died again"
    assert question(concierge.work(task(wish, "hmm"), door)).options
    assert not done(concierge.work(task(wish, "hmm", "erm", "what"), door)).complete
    assert not done(concierge.work(task(wish, "none of these"), door)).complete


def test_the_concierge_says_what_became_of_an_agent_that_failed(door: Door) -> None:
    back = (Returned("recall", "x", None, "it was cut off"),)
    told = done(concierge.work(task("the import died again", returned=back), door))
    assert "recall could not do it: it was cut off" in told.text
    assert "@incident-scribe" in told.text
    assert not told.complete


# explainer


def test_a_function_is_explained_by_what_it_says_who_calls_it_and_who_wrote_it(tools: Direct) -> None:
    told = done(explainer.work(task("what does rate do?"), tools))
    assert "rate is a function in shop/tax.py:4-7" in told.text
    assert "It has no docstring, so nothing here says what it is for (shop/tax.py:4)." in told.text
    assert "It raises ValueError (shop/tax.py:6)" in told.text
    assert "It is called in 1 place: shop/cart.py:14 (Cart.total)." in told.text
    assert '"Begin the shop"' in told.text
    assert ("rate", "shop/tax.py", 4) in {(e.what, e.where, e.line) for e in told.evidence}


def test_a_method_is_explained_by_its_dotted_name_and_its_docstring_is_quoted(tools: Direct) -> None:
    told = done(explainer.work(task("explain Cart.total"), tools)).text
    assert 'Its docstring says: "The sum of all rows." (shop/cart.py:7).' in told
    assert "nesting 2" in told


def test_a_file_a_line_and_a_rule_are_explained(tools: Direct) -> None:
    file = done(explainer.work(task("explain shop/cart.py"), tools)).text
    assert "- shop/cart.py:4 class Cart" in file
    assert '"Holds goods' in file
    line = done(explainer.work(task("what is in line 14 of shop/cart.py"), tools)).text
    assert "shop/cart.py:14 lies in Cart.total, a method" in line
    assert "fix: taxes were left out" in line
    assert "The rate counts for every row." in line
    rule = done(explainer.work(task("what does B006 mean"), tools))
    assert rule.text.startswith("B006 mutable-argument-default")


def test_a_finding_is_explained_with_its_rule_reason_history_and_fix(tools: Direct) -> None:
    shown = tools.call("review", everything=True)["findings"]
    found = next(f for f in shown if f["rule"] == "F401")
    for word in (f"finding {found['rank']}", found["id"]):
        told = done(explainer.work(task(f"explain {word}"), tools)).text
        assert "shop/user.py:1, F401" in told
        assert "It is ranked" in told
        assert "opened at" in told
        assert "-import os" in told


def test_every_place_that_is_cited_is_there(tools: Direct) -> None:
    for message in ("what does rate do?", "explain Cart", "explain shop/user.py", "what does run do, in `run`"):
        for e in done(explainer.work(task(message), tools)).evidence:
            if e.line:
                assert e.line <= len((tools.world.folder / e.where).read_text().splitlines())


def test_what_could_be_several_things_is_asked_for_and_what_is_nothing_too(
    tools: Direct, repository: Repository
) -> None:
    repository.write("shop/rates.py", "def rate(n):\n    return n\n")
    asked = question(explainer.work(task("what does `rate` do"), tools))
    assert asked.options == ("shop/rates.py:1 rate", "shop/tax.py:4 rate")
    assert "shop/rates.py:1-2" in done(explainer.work(task("what does `rate` do", "1"), tools)).text
    assert "load_user" in question(explainer.work(task("what does load_user do?"), tools)).text
    answered = done(explainer.work(task("what does load_user do?", "shop/tax.py:5"), tools))
    assert "shop/tax.py:5 lies in rate" in answered.text
    elsewhere = handoff(explainer.work(task("what does load_user do?", "any secrets in the repo?"), tools))
    assert (elsewhere.to, elsewhere.goal) == ("concierge", "any secrets in the repo?")
    assert not done(explainer.work(task("explain missing.py"), tools)).complete


def test_whether_code_is_right_is_handed_to_the_code_reviewer(tools: Direct) -> None:
    assert handoff(explainer.work(task("is there anything wrong in shop/tax.py"), tools)).to == "code-reviewer"


# code-reviewer


def test_a_review_is_told_in_a_line_each_with_the_places(tools: Direct) -> None:
    told = done(code_reviewer.work(task("review my code"), tools))
    assert told.text.startswith("shop, work tree: ")
    assert "B006" in told.text
    assert "Places to mend first:\n1. shop/cart.py:7 Cart.total" in told.text
    assert len(told.data["findings"]) == len(told.evidence) <= 10
    assert told.complete


def test_the_change_that_is_named_is_reviewed(tools: Direct, repository: Repository) -> None:
    repository.write("shop/new.py", "def f(x=[]):\n    x.append(1)\n    return x\n")
    told = done(code_reviewer.work(task("check my changes before i push"), tools))
    assert "brought in by this change" in told.text
    assert {f["path"] for f in told.data["findings"]} == {"shop/new.py"}
    repository.git("add", "-A")
    assert "staged changes" in done(code_reviewer.work(task("review what i staged"), tools)).text
    repository.commit("more")
    assert "HEAD~1...HEAD" in done(code_reviewer.work(task("review the last commit"), tools)).text
    assert (
        done(code_reviewer.work(task("is this branch ready to merge?"), tools)).data["scope"]
        == "work tree against main"
    )
    below = done(code_reviewer.work(task("review shop/tax.py"), tools))
    assert below.data["scope"] == "work tree, below shop/tax.py"


def test_a_review_in_which_something_failed_is_never_clean(tools: Direct, repository: Repository) -> None:
    repository.write("shop/odd.py", b"# -*- coding: utf-8 -*-\nx = '\xff'\n")
    told = done(code_reviewer.work(task("review this repo"), tools))
    assert not told.complete
    assert "no clean bill: shop/odd.py" in told.text
    nothing = done(code_reviewer.work(task("review nowhere/at_all.py"), tools))
    assert not nothing.complete
    assert "no file or folder nowhere/at_all.py" in nothing.text


def test_others_are_asked_where_the_message_asks_for_it(tools: Direct) -> None:
    step = handoff(code_reviewer.work(task("review this and look for secrets"), tools))
    assert (step.to, step.kind) == ("security-auditor", Kind.DELEGATE)
    back = (Returned("security-auditor", step.goal, Done("1 place"), ""),)
    assert done(code_reviewer.work(task("review this and look for secrets", returned=back), tools)).text.endswith(
        "1 place"
    )
    lost = (Returned("security-auditor", step.goal, None, "it was cut off"),)
    told = done(code_reviewer.work(task("review this and look for secrets", returned=lost), tools))
    assert "security-auditor could not help: it was cut off" in told.text
    assert not told.complete


# refactor-scout and security-auditor


def test_what_to_mend_first_comes_in_one_order_each_with_a_step(tools: Direct) -> None:
    told = done(refactor_scout.work(task("what should we clean up first"), tools))
    kinds = [i["kind"] for i in told.data["items"]]
    assert set(kinds) == {"hotspots", "dead_code"}
    assert [i["worth"] for i in told.data["items"]] == sorted((i["worth"] for i in told.data["items"]), reverse=True)
    assert told.text.count("First step: ") == len(kinds)
    assert "No import cycles found." in told.text


def test_only_what_is_asked_for_is_looked_for(tools: Direct, repository: Repository) -> None:
    repository.write("shop/tax.py", "from shop import cart\n" + (tools.world.folder / "shop/tax.py").read_text())
    told = done(refactor_scout.work(task("are there circular imports?"), tools))
    assert [name for name, _ in tools.calls] == ["cycles"]
    assert "shop.cart -> shop.tax -> shop.cart" in told.text
    assert "that unties all of it" in told.text
    assert done(refactor_scout.work(task("find dead code in shop/tax.py"), tools)).text.startswith("Nothing to mend")


def test_security_comes_in_groups_and_is_never_called_proved_or_safe(tools: Direct) -> None:
    told = done(security_auditor.work(task("security check"), tools))
    assert "2 places in 4 files (work tree), the worst first. Each is a pattern, not proof" in told.text
    assert "shop/tax.py:7 S307" in told.text
    only = done(security_auditor.work(task("do we use pickle?"), tools))
    assert only.text.startswith("Looked in 4 files (work tree) for unsafe loading: no such pattern found.")
    assert "does not prove it safe" in only.text
    assert (
        done(security_auditor.work(task("are we using eval in my branch"), tools)).data["scope"]
        == "work tree against main"
    )


def test_a_secret_is_never_shown_whole(tools: Direct, repository: Repository) -> None:
    repository.write("shop/settings.py", "SIGNING_KEY = 'q8ZrT4vN1bXw6YkP3mLd9HsC'\n")
    told = done(security_auditor.work(task("any secrets in the repo?"), tools))
    assert "shop/settings.py:1" in told.text
    assert "q8ZrT4vN" not in told.text + json.dumps(told.data)


# meta-reviewer


def test_with_nothing_to_judge_by_the_record_says_so(tools: Direct) -> None:
    assert "Nothing was reviewed here yet" in done(meta_reviewer.work(task("how good are you"), tools)).text
    tools.call("review")
    told = done(meta_reviewer.work(task("how good are you"), tools)).text
    assert "Nobody has given a verdict yet" in told
    assert "take others back" in told


def test_figures_come_with_their_cases_and_muting_is_only_proposed() -> None:
    class Record:
        """Answers as the tools give them."""

        def call(self, name: str, /, **_: Any) -> Any:
            rule = {"seen": 9, "open": 4, "fixed": 2, "regressed": 0, "later": 0}
            return {
                "verdicts": {"runs": 3, "targets": 1, "verdicts": 9, "rules": [
                    {**rule, "rule": "B006", "accepted": 0, "dismissed": 6, "wrong": 3, "precision": 0.5,
                     "because": {"wrong": 3, "by design": 3}},
                    {**rule, "rule": "F401", "accepted": 2, "dismissed": 1, "wrong": 0, "precision": 1.0,
                     "because": {}},
                ]},
                "muted_rules": {
                    "muted": [], "settings": "pyproject.toml",
                    "proposed": [{"rule": "B006", "dismissed": 6, "fixed": 0, "because": {"wrong": 3}}],
                },
                "findings": {"findings": [{"path": "a.py", "line": 3, "rule": "F401"}]},
                "reverts": {"reverts": [{"commit": "c" * 40, "findings": ["x"]}], "more": False},
                "routes": {"corrections": [{}] * 3, "by_agent": [{"right": "recall", "count": 3}]},
            }[name]  # fmt: skip

        def say(self, text: str) -> None: ...

    told = done(meta_reviewer.work(task("how good are you"), Record())).text
    assert "Of 9 verdicts, 2 accepted and 7 dismissed: 67% were not called wrong." in told
    assert "B006: 9 findings, 2 gone, 0 accepted, 6 dismissed (3 wrong and 3 by design): 50% not called wrong." in told
    assert "F401: 9 findings, 2 gone, 2 accepted, 1 dismissed: too few to tell." in told
    assert "1 finding came back after being gone: a.py:3 F401." in told
    assert "undo a commit that had mended findings: cccccccccc (1 findings)" in told
    assert '- mute B006: dismissed 6 times (3 wrong) and never accepted; it takes  ignore = ["B006"]' in told
    assert "- give recall more examples: 3 of its requests went elsewhere" in told
    one = done(meta_reviewer.work(task("how noisy is F401"), Record())).text
    assert "- B006:" not in one


def test_a_night_goes_to_the_reviewer_then_to_the_scout_then_to_the_record(tools: Direct) -> None:
    options = {"night": "state"}
    first = handoff(meta_reviewer.work(task("by night", options=options), tools))
    assert first.to == "code-reviewer"
    back = [Returned(first.to, first.goal, Done("reviewed"), "")]
    second = handoff(meta_reviewer.work(task("by night", options=options, returned=tuple(back)), tools))
    assert second.to == "refactor-scout"
    back.append(Returned(second.to, second.goal, None, "it was cut off"))
    third = handoff(meta_reviewer.work(task("by night", options=options, returned=tuple(back)), tools))
    assert (third.to, third.goal != second.goal) == ("refactor-scout", True)
    back.append(Returned(third.to, third.goal, Done("proposed"), ""))
    told = done(meta_reviewer.work(task("by night", options=options, returned=tuple(back)), tools))
    parts = ("reviewed", "refactor-scout could not help: it was cut off", "proposed", "Nova's own record:")
    assert told.text.startswith("\n\n".join(parts))
    assert not told.complete


def test_a_night_that_may_write_no_more_asks_for_no_fixes(tools: Direct) -> None:
    options = {"night": "state", "top": 0}
    back: list[Returned] = []
    for _ in range(2):
        step = handoff(meta_reviewer.work(task("by night", options=options, returned=tuple(back)), tools))
        back.append(Returned(step.to, step.goal, Done("told")))
    told = done(meta_reviewer.work(task("by night", options=options, returned=tuple(back)), tools))
    assert "what this night may write is used up" in told.text


# patch-smith and pr-scribe


CHOSEN: dict[str, Any] = {
    "base": "0123456789abcdef", "branch": "main", "offered": 3, "proved": 2, "left": {"B006": "#4 is open"},
    "notices": [],
    "proposals": [
        {"rule": rule, "branch": f"nova/{rule.lower()}-1", "title": f"Mend {rule}", "there": there, "proof": ["proven"],
         "files": ["app.py"], "measured": {"findings": [3, 2]}}
        for rule, there in (("F401", False), ("F541", True))
    ],
}  # fmt: skip


class Forge(Direct):
    """The tools of the two, with what a test wants in their place; writes are told and waited for as anywhere."""

    def call(self, name: str, /, **arguments: Any) -> Any:
        """What was chosen, or what was made of it."""
        self.calls.append((name, arguments))
        if name == "proved_fixes":
            return CHOSEN
        if name not in {"propose", "post_proposals"}:
            self.calls.pop()
            return super().call(name, **arguments)
        if self.word is not True:
            raise (Queued if self.word is None else Refused)("it waits")
        rules = [one["rule"] for one in arguments["proposals"]]
        made = [one for one in CHOSEN["proposals"] if one["rule"] in rules]
        posted = {"pull_requests": {made[0]["branch"]: 7}, "posted": ["#3 was closed: it is gone"], "whole": False}
        return {**CHOSEN, "proposals": made, **(posted if name == "post_proposals" else {})}


@pytest.fixture
def forge(repository: Repository) -> Forge:
    return Forge(shop(repository))


def test_the_patch_smith_hands_on_what_is_proved_and_not_there_yet(forge: Forge) -> None:
    step = handoff(patch_smith.work(task("by night", options={"proposals": "branches", "top": 2}), forge))
    assert step.to == "pr-scribe"
    assert [one["rule"] for one in step.artifacts[0].data] == ["F401"]
    assert forge.calls == [("proved_fixes", {"top": 2, "renew": False})]
    back = (Returned(step.to, step.goal, Done("1 branch made."), ""),)
    told = done(patch_smith.work(task("by night", options={"proposals": "branches"}, returned=back), forge))
    assert "2. Mend F541: proven; findings 3 -> 2; its branch nova/f541-1 is there." in told.text
    assert "Left: B006, #4 is open." in told.text
    assert told.text.endswith("1 branch made.")


def test_a_pr_scribe_that_failed_makes_the_patch_smiths_answer_no_whole_one(forge: Forge) -> None:
    back = (Returned("pr-scribe", "propose", None, "it was cut off"),)
    told = done(patch_smith.work(task("by night", options={"proposals": "branches"}, returned=back), forge))
    assert "pr-scribe could not help: it was cut off" in told.text
    assert not told.complete


def test_the_patch_smith_proves_the_fixes_of_what_is_named_and_writes_nothing(
    forge: Forge, repository: Repository
) -> None:
    before = repository.git("status", "--porcelain")
    told = done(patch_smith.work(task("fix F401 in shop/user.py"), forge))
    assert forge.calls == [("fixes", {"path": "shop/user.py", "rules": ["F401"]})]
    assert "shop/user.py:1 F401, unproven" in told.text or "shop/user.py:1 F401, proven" in told.text
    assert repository.git("status", "--porcelain") == before
    nothing = done(patch_smith.work(task("fix shop/tax.py"), forge)).text
    assert nothing.startswith("No rule offers a fix for shop/tax.py")
    assert "there is no file or folder" in done(patch_smith.work(task("fix shop/gone.py"), forge)).text


def test_the_pr_scribe_makes_branches_unless_posting_was_asked_for(forge: Forge) -> None:
    told = done(pr_scribe.work(task("make branches of the fixes, do not push"), forge))
    assert [name for name, _ in forge.calls] == ["proved_fixes", "propose"]
    assert "git diff ...nova/f401-1  shows it" in told.text
    assert told.complete
    forge.calls.clear()
    told = done(pr_scribe.work(task("open a draft pull request"), forge))
    assert [name for name, _ in forge.calls] == ["proved_fixes", "post_proposals"]
    assert "Mend F401: pull request #7." in told.text
    assert "#3 was closed: it is gone" in told.text
    assert not told.complete


def test_what_nobody_allowed_waits_and_is_no_failure_by_night(forge: Forge) -> None:
    forge.word = None
    night = task("by night", options={"proposals": "ask"})
    told = done(pr_scribe.work(night, forge))
    assert told.text.endswith("Nothing is written yet: 1 branch waits for a person's yes.")
    assert told.complete
    assert not done(pr_scribe.work(task("make a branch of the fix"), forge)).complete


# recall and archivist


def test_what_is_kept_is_brought_back_with_its_reason_and_age(tools: Direct) -> None:
    kept = done(archivist.work(task("we decided to keep sync views because async is slow"), tools)).text
    assert kept.startswith('Kept as decision, for shop: "we decided to keep sync views", because async is slow.')
    told = done(recall.work(task("what did we decide about views"), tools))
    assert "we decided to keep sync views" in told.text
    assert "because async is slow" in told.text
    assert "(today)" in told.text
    assert "Here because it speaks of views." in told.text
    nothing = done(recall.work(task("what do you know about kubernetes"), tools)).text
    assert nothing == "Memory holds nothing about kubernetes that is sure enough to be shown."


def test_the_same_is_not_kept_twice_and_a_secret_is_not_kept_at_all(tools: Direct) -> None:
    archivist.work(task("remember that the demo is on friday"), tools)
    assert "kept already" in done(archivist.work(task("note: The demo is on Friday!"), tools)).text
    refused = done(archivist.work(task("remember that the key is q8ZrT4vN1bXw6YkP3mLd9HsC"), tools))
    assert "looks like a password or a key" in refused.text
    assert not refused.complete
    assert len(tools.call("recall", query="")["items"]) == 1


def test_a_new_value_takes_the_place_of_the_old_one(tools: Direct) -> None:
    archivist.work(task("remember that the test server is called hermes"), tools)
    told = done(archivist.work(task("the test server is now called atlas"), tools)).text
    assert told.startswith('Replaced the note "the test server is called hermes"')
    now = done(recall.work(task("what is the test server called"), tools)).text
    assert "atlas" in now
    assert "hermes" not in now
    assert "hermes" in done(recall.work(task("what was the test server called before"), tools)).text


def test_what_is_to_be_forgotten_is_asked_for_where_several_things_fit(tools: Direct) -> None:
    archivist.work(task("remember that the vpn needs a token"), tools)
    archivist.work(task("remember that the vpn is slow on mondays"), tools)
    asked = question(archivist.work(task("forget the note about the vpn"), tools))
    assert len(asked.options) == 3
    number = next(n for n, o in enumerate(asked.options, 1) if "slow" in o)
    assert "slow on mondays" in done(archivist.work(task("forget the note about the vpn", str(number)), tools)).text
    assert "slow" not in done(recall.work(task("what do i know about the vpn"), tools)).text


@pytest.mark.parametrize(
    ("word", "says"), [(False, "Nothing was changed: the person said no."), (None, "Nothing is changed yet")]
)
def test_nothing_is_written_without_a_yes(tools: Direct, word: bool | None, says: str) -> None:
    tools.word = word
    told = done(archivist.work(task("remember that the demo is on friday"), tools))
    assert says in told.text
    assert "the demo is on friday" in tools.effects[0]
    assert not told.complete
    assert tools.call("recall", query="")["items"] == []


def test_what_is_replaced_or_forgotten_is_shown_before_it_is(tools: Direct) -> None:
    archivist.work(task("remember that the test server is called hermes"), tools)
    archivist.work(task("the test server is now called atlas"), tools)
    assert 'in the place of the note "the test server is called hermes"' in tools.effects[-1]
    name = tools.call("recall", query="test server")["items"][0]["id"]
    assert done(archivist.work(task(f"forget {name[:8]}"), tools)).text == f"Forgotten: the note {name[:8]}."
    assert 'the note "the test server is now called atlas"' in tools.effects[-1]


def test_the_archivist_asks_what_to_keep_and_takes_the_answer(tools: Direct) -> None:
    assert "What is to be kept?" in question(archivist.work(task("take a note"), tools)).text
    told = done(archivist.work(task("take a note", "invoices are rounded per line"), tools)).text
    assert told.startswith('Kept as note, for shop: "invoices are rounded per line"')


def test_questions_and_news_go_to_whose_work_they_are(tools: Direct) -> None:
    assert handoff(archivist.work(task("what did we decide on retries?"), tools)).to == "recall"
    assert handoff(recall.work(task("forget the note about the vpn"), tools)).to == "archivist"
    back = (Returned("recall", "x", Done("nothing"), ""),)
    assert done(archivist.work(task("what did we decide?", returned=back), tools)).text == "nothing"


# project-tracker and incident-scribe


def test_the_brief_tells_what_moved_what_stands_and_what_is_next(tools: Direct) -> None:
    tools.call("review")
    told = done(project_tracker.work(task("what happened since 2023-11-14"), tools))
    assert "- 4 commits in " in told.text
    assert "Revert" in told.text
    assert "open finding" in told.text
    assert "No project is kept yet" in told.text
    quiet = done(project_tracker.work(task("daily brief"), tools)).text
    assert "commits in" not in quiet


def test_the_brief_of_a_day_on_which_nothing_is_known_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.commit("begin")
    tools = Direct(World(repository.path, tmp_path / "other.duckdb"))
    assert "Nothing moved, nothing is open" in done(project_tracker.work(task("daily brief"), tools)).text


def test_an_incident_is_told_in_order_with_sources_and_no_cause(tools: Direct, tmp_path: Path) -> None:
    app = log(tmp_path, "app.log", "2023-11-15 03:00:00Z ERROR no price", "2023-11-15 03:01:00Z ERROR no price")
    told = done(incident_scribe.work(task(f"make a timeline from {app}"), tools))
    assert f"- 2023-11-15T03:00:00Z error: ERROR no price ({app}:1, 2 times until 2023-11-15T03:01:00Z)" in told.text
    assert "commit" in told.text
    assert "because" not in told.text.replace("After is not because of", "")
    assert "nothing of a cause" in told.text
    asked = question(incident_scribe.work(task("the site crashed"), tools))
    assert "Which stretch of time" in asked.text
    answered = done(incident_scribe.work(task("the site crashed", f"on 2023-11-15, {app}"), tools))
    assert "2 times until" in answered.text


def test_the_first_bad_commit_is_searched_for_once_the_command_is_approved(
    tools: Direct, repository: Repository
) -> None:
    repository.write("n", "1")
    good = repository.commit("one")
    repository.write("n", "2")
    bad = repository.commit("two")
    repository.commit("three")
    command = f"{sys.executable} -c \"import sys; sys.exit(open('n').read() != '1')\""
    first = question(incident_scribe.work(task("which commit broke it"), tools))
    assert "which command" in first.text
    assert "at which older commit" in first.text
    told = done(incident_scribe.work(task("which commit broke it", f"`{command}`, good: {good}"), tools))
    assert f"fails is {bad[:10]} by Ada" in told.text
    assert "why it fails is not" in told.text
    assert command in tools.effects[0]
    tools.word = False
    refused = done(incident_scribe.work(task(f"bisect with `{command}`, good: {good}"), tools))
    assert refused.text == "Nothing was run: the person said no."


def test_the_same_task_gives_the_same_steps(tools: Direct) -> None:
    for work, message in (
        (code_reviewer.work, "review my code"),
        (refactor_scout.work, "what should be mended first"),
        (security_auditor.work, "security check"),
        (explainer.work, "what does rate do?"),
        (meta_reviewer.work, "how good are you"),
    ):
        work(task(message), tools)
        tools.calls.clear()
        first, calls = work(task(message), tools), list(tools.calls)
        tools.calls.clear()
        again = work(task(message), tools)
        assert tools.calls == calls
        assert getattr(first, "text", "") == getattr(again, "text", "")
