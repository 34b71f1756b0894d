from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nova.proof import rung1_rule
from nova.proof.case import Case, FileChange, Mend, Patch, TargetFacts
from nova.proof.reviewer import Ground, Reviewer
from nova.proof.rung1_rule import new_findings
from nova.proof.verdict import Outcome
from reviewers.finding import Finding, Span
from reviewers.registry import BY_NAME
from tests.nova.proof.cases import OWN, Told, finding, text_case, tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.compilers import Compilers

AT = Span(1, 1, 1, 2)


def _climb(
    compilers: Compilers, before: tuple[Finding, ...], after: tuple[Finding, ...], *mends: Mend
) -> tuple[Outcome, str]:
    case = text_case("x = 1\n", "x = 2\n", *mends)
    result = rung1_rule.climb(case, tools(compilers, Told(before, after)))
    return result.outcome, result.why


def test_a_rule_that_no_longer_fires_has_been_heeded(compilers: Compilers) -> None:
    assert _climb(compilers, (finding("a", 1),), (), Mend("a", "a.py", AT))[0] is Outcome.PASSED


def test_a_rule_that_fires_as_before_fails(compilers: Compilers) -> None:
    one = (finding("a", 1),)
    assert _climb(compilers, one, one, Mend("a", "a.py", AT)) == (
        Outcome.FAILED, "a still fires in a.py: 1 before, 1 after, 1 to be mended",
    )  # fmt: skip
    assert _climb(compilers, one, (finding("a", 1, "other"),), Mend("a", "a.py", AT))[0] is Outcome.FAILED


def test_of_twins_as_many_go_as_are_mended(compilers: Compilers) -> None:
    twins = tuple(finding("a", n, f"twin {n}") for n in range(3))
    mend = Mend("a", "a.py", AT)
    assert _climb(compilers, twins, twins[:1], mend, mend)[0] is Outcome.PASSED
    assert _climb(compilers, twins, twins[:2], mend, mend)[0] is Outcome.FAILED


def test_a_rule_that_never_fired_there_is_not_mended(compilers: Compilers) -> None:
    assert "did not fire" in _climb(compilers, (), (), Mend("a", "a.py", AT))[1]


def test_a_new_finding_fails(compilers: Compilers) -> None:
    outcome, why = _climb(compilers, (finding("a", 1),), (finding("b", 1),), Mend("a", "a.py", AT))
    assert (outcome, "a new finding: b in line 1" in why) == (Outcome.FAILED, True)


def test_a_finding_whose_words_changed_with_the_fix_is_not_new() -> None:
    old, new = finding("b", 1, "f(x)"), finding("b", 1, "f(y)")
    assert new_findings([old], [new]) == []
    assert new_findings([old], [new, finding("b", 2, "f(z)")]) != []
    assert new_findings([old], [finding("b", 1, "f(y)", path="b.py")]) != []
    assert new_findings([old], [finding("b", 1, "f(y)", symbol="g")]) != []


def test_what_no_longer_parses_is_refuted_with_the_command_that_shows_it(compilers: Compilers) -> None:
    result = rung1_rule.climb(text_case("x = 1\n", "x = = 1\n"), tools(compilers))
    assert result.outcome is Outcome.REFUTED
    assert result.counterexample is not None
    assert result.counterexample.text == f"python{OWN} -m py_compile a.py"


def test_what_did_not_parse_before_is_not_refuted(compilers: Compilers) -> None:
    assert rung1_rule.climb(text_case("x = = 1\n", "x = = 2\n"), tools(compilers)).outcome is Outcome.PASSED


def test_what_python_warns_of_anew_fails(compilers: Compilers) -> None:
    result = rung1_rule.climb(text_case("x = r'\\d'\n", "x = '\\d'\n"), tools(compilers))
    assert (result.outcome, "invalid escape sequence" in result.why) == (Outcome.FAILED, True)
    assert rung1_rule.climb(text_case("x = '\\d'\n", "x =  '\\d'\n"), tools(compilers)).outcome is Outcome.PASSED


def test_syntax_that_a_declared_version_lacks_is_refuted_though_that_version_is_not_here(compilers: Compilers) -> None:
    broken = {b"x = 2\n": {"3.1": "no such thing"}}
    case = text_case("x = 1\n", "x = 2\n", versions=("3.1", OWN))
    result = rung1_rule.climb(case, tools(compilers, Told(broken=broken)))
    assert (result.outcome, "3.1" in result.why) == (Outcome.REFUTED, True)
    both = {**broken, b"x = 1\n": {"3.1": "no such thing"}}
    assert rung1_rule.climb(case, tools(compilers, Told(broken=both))).outcome is Outcome.PASSED


def test_what_can_no_longer_be_reviewed_fails(compilers: Compilers) -> None:
    case = text_case("x = 1\n", "x = 2\n")
    assert rung1_rule.climb(case, tools(compilers, Told(failed=("a.py: a rule crashed",)))).outcome is Outcome.FAILED


@pytest.fixture
def reviewer() -> Iterator[Reviewer]:
    ground = Ground(("no-mutable-class-state",), ("F401", "F541"), {"ruff.toml": b"line-length = 100\n"}, {"a.py": "a"})
    with Reviewer(ground) as found:
        yield found


def _patch(before: bytes, after: bytes, path: str = "a.py") -> Patch:
    return Patch((FileChange(path, before, after),))


def test_both_sides_are_reviewed_by_ruff_and_by_the_rules(reviewer: Reviewer) -> None:
    before, after = reviewer.review(_patch(b"import os\nx = f'a'\n", b"x = f'a'\n"))
    assert [f.rule for f in before.findings] == ["F401", "F541"]
    assert [f.rule for f in after.findings] == ["F541"]


def test_comments_that_silence_are_heard(reviewer: Reviewer) -> None:
    before, after = reviewer.review(_patch(b"import os  # nova: ignore[F401] why\n", b"import os\n"))
    assert ([f.rule for f in before.findings], [f.rule for f in after.findings]) == ([], ["F401"])


def test_the_settings_of_the_target_hold() -> None:
    settings = {"pyproject.toml": b"[tool.ruff.lint.per-file-ignores]\n'src/*' = ['F401']\n"}
    with Reviewer(Ground((), ("F401",), settings, {})) as found:
        inside, _ = found.review(_patch(b"import os\n", b"", "src/a.py"))
        outside, _ = found.review(_patch(b"import os\n", b"", "a.py"))
    assert ([f.rule for f in inside.findings], [f.rule for f in outside.findings]) == ([], ["F401"])


def test_a_file_that_kills_the_reader_is_told_and_the_next_one_read(reviewer: Reviewer) -> None:
    deep = b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\n"
    _, after = reviewer.review(_patch(b"import os\n", deep))
    assert after.failed
    assert [f.rule for f in reviewer.review(_patch(b"import os\n", b""))[0].findings] == ["F401"]


def test_nothing_is_written_outside_of_the_folder(reviewer: Reviewer, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="out of its folder"):
        reviewer.review(_patch(b"", b"x = 1\n", f"../{tmp_path.name}.py"))


def test_rules_that_look_across_files_see_what_a_patch_takes_from_others() -> None:
    from reviewers.engine import Job, analyse
    from reviewers.snapshot import SourceFile

    rule = BY_NAME["import-defined-names"]
    files = {
        "shop/__init__.py": b"",
        "shop/a.py": b"def f():\n    return 1\n",
        "shop/b.py": b"from shop.a import f\n\nprint(f)\n",
    }
    modules = {"shop/__init__.py": "shop", "shop/a.py": "shop.a", "shop/b.py": "shop.b"}
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        for path, data in files.items():
            Path(name, path).parent.mkdir(exist_ok=True)
            Path(name, path).write_bytes(data)
        sources = [SourceFile(path, path) for path in files]
        reports = analyse(name, sources, modules, Job((rule.name,), (), jobs=1), {}).reports
    ground = Ground((rule.name,), (), {}, modules, {}, (rule,), reports, True)  # type: ignore[arg-type]
    with Reviewer(ground) as found:
        before, after = found.review(_patch(files["shop/a.py"], b"def g():\n    return 1\n", "shop/a.py"))
    assert before.findings == ()
    assert [(f.rule, f.path) for f in after.findings] == [(rule.name, "shop/b.py")]


def test_a_new_file_must_parse(compilers: Compilers) -> None:
    case = Case(Patch((FileChange("a.py", None, b"x = = 1\n"),)), TargetFacts("/nowhere", versions=(OWN,)))
    assert rung1_rule.climb(case, tools(compilers)).outcome is Outcome.REFUTED
