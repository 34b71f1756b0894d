from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from functools import cache
from pathlib import Path

import pytest

from nova.proof.case import Mend
from nova.proof.conditions import DECLARED, checked
from reviewers.finding import Span
from reviewers.registry import RULES

CASES = Path(__file__).parents[2] / "assets" / "refactors"


def text(source: str) -> str:
    return textwrap.dedent(source).lstrip("\n")


def conditions(code: str, before: str, after: str) -> tuple[str, ...]:
    old = text(before)
    return checked(Mend(code, "a.py", Span(1, 1, len(old.splitlines()), 1)), old, text(after))


@cache
def by_ruff(code: str, before: str) -> tuple[Span, str]:
    """The place of ruff's first finding of a code, and the text after its fix."""
    words = [sys.executable, "-m", "ruff", "check", "--isolated", "--preview", "--unsafe-fixes", "--select", code]
    shown = [*words, "--output-format", "json", "-"]
    told = subprocess.run(shown, input=before, capture_output=True, text=True, check=False)
    found = json.loads(told.stdout)
    assert found, f"ruff does not find {code}"
    first, last = found[0]["location"], found[0]["end_location"]
    mending = [*words, "--fix-only", "-"]
    fixed = subprocess.run(mending, input=before, capture_output=True, text=True, check=False).stdout
    assert fixed != before, f"ruff does not mend {code}"
    return Span(first["row"], first["column"], last["row"], last["column"]), fixed


HOLDS = {
    "RET505": "def f(a):\n    if a:\n        return 1\n    else:\n        b = 2\n    return b\n",
    "RET506": "def f(a):\n    if a:\n        raise ValueError\n    else:\n        return 2\n",
    "RET507": "def f(a):\n    for x in a:\n        if x:\n            continue\n        else:\n            print(x)\n",
    "RET508": "def f(a):\n    for x in a:\n        if x:\n            break\n        else:\n            print(x)\n",
    "SIM102": "def f(a, b, c):\n    if a or c:\n        if b and c:\n            return 1\n    return 2\n",
    "SIM103": "def f(a, b):\n    if a in b:\n        return True\n    return False\n",
    "SIM210": "def f(a):\n    return True if a else False\n",
    "SIM211": "def f(a):\n    return False if a else True\n",
    "SIM108": "def f(a):\n    if a:\n        x = 1\n    else:\n        x = 2\n    return x\n",
    "SIM114": "def f(a, b):\n    if a:\n        return 1\n    elif b:\n        return 1\n    return 2\n",
    "E713": "def f(a, b):\n    return not a in b\n",
    "E714": "def f(a, b):\n    return not a is b\n",
    "RET504": "def f(a):\n    b = a.c(1)\n    return b\n",
    "PLR1711": "def f(a):\n    a.b()\n    return\n",
    "PLW0120": "def f(a):\n    for x in a:\n        print(x)\n    else:\n        print(a)\n",
    "C400": "def f(a):\n    return list((x, 1) for x in a)\n",
    "C401": "def f(a):\n    return set((x, 1) for x in a)\n",
    "C405": "def f(a, b):\n    return set([a, b, 1])\n",
    "C406": "def f(a, b):\n    return dict([(a, 1), (b(), 2)])\n",
    "C408": "def f(a):\n    return dict(x=a, y=2)\n",
    "C410": "def f(a):\n    return list([a, 1])\n",
    "C411": "def f(a):\n    return list([x.y for x in a])\n",
    "C413": "def f(a):\n    return list(sorted(a))\n",
    "C414": "def f(a):\n    return sorted(list(a), reverse=True)\n",
    "RUF010": "def f(a):\n    return f'{repr(a.b):>10}'\n",
    "SIM101": "def f(a):\n    return isinstance(a, int) or isinstance(a, str)\n",
    "SIM118": "def f(**a):\n    return [1] if 'x' in a.keys() else []\n",
    "SIM910": "def f(b):\n    a = {b: 1}\n    return a.get(b, None)\n",
    "PERF401": "def f(a):\n    out = []\n    for x in a:\n        if x.y:\n            out.append(x.z())\n    return out\n",
    "B007": "def f(a):\n    n = 0\n    for x in a:\n        n += 1\n    return n\n",
}


def test_every_declared_code_has_an_example() -> None:
    assert set(HOLDS) == set(DECLARED)
    assert all(one.words for one in DECLARED.values())


@pytest.mark.parametrize("code", HOLDS)
def test_the_conditions_hold_for_what_ruff_makes_of_a_plain_example(code: str) -> None:
    before = HOLDS[code]
    span, after = by_ruff(code, before)
    assert checked(Mend(code, "a.py", span), before, after) == DECLARED[code].words


@pytest.mark.parametrize("code", HOLDS)
def test_the_conditions_are_not_given_to_a_patch_that_does_more(code: str) -> None:
    before = HOLDS[code]
    span, after = by_ruff(code, before)
    assert checked(Mend(code, "a.py", span), before, after + "\nMORE = 1\n") == ()
    assert checked(Mend(code, "a.py", span), before, before) == ()
    assert checked(Mend("X999", "a.py", span), before, after) == ()
    assert checked(Mend(code, "a.py", span), before, "def (") == ()


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        # == may give anything; bool may be somebody's own
        ("SIM103", "def f(a, b):\n    if a == b:\n        return True\n    return False\n", "def f(a, b):\n    return a == b\n"),
        ("SIM103", "def bool(x): return x\ndef f(a):\n    if a:\n        return True\n    return False\n", "def bool(x): return x\ndef f(a):\n    return bool(a)\n"),
        ("SIM103", "from x import *\ndef f(a):\n    if a:\n        return True\n    return False\n", "from x import *\ndef f(a):\n    return bool(a)\n"),
        ("SIM210", "def f(a):\n    return True if a else False\n", "def f(a):\n    return a\n"),
        ("SIM211", "def f(a, b):\n    return False if a < b else True\n", "def f(a, b):\n    return a >= b\n"),
        # a branch that does not leave
        ("RET505", "def f(a):\n    if a:\n        print(1)\n    else:\n        print(2)\n", "def f(a):\n    if a:\n        print(1)\n    print(2)\n"),
        # the else of the outer if
        ("SIM102", "def f(a, b):\n    if a:\n        if b:\n            return 1\n    else:\n        return 2\n", "def f(a, b):\n    if a and b:\n        return 1\n    else:\n        return 2\n"),
        ("SIM102", "def f(a, b):\n    if a:\n        if b:\n            return 1\n", "def f(a, b):\n    if b and a:\n        return 1\n"),
        ("SIM114", "def f(a, b):\n    if a:\n        return 1\n    elif b:\n        return 2\n", "def f(a, b):\n    if a or b:\n        return 1\n"),
        ("SIM114", "def f(a, b):\n    if a():\n        return 1\n    elif b():\n        return 1\n", "def f(a, b):\n    if b() or a():\n        return 1\n"),
        ("SIM108", "def f(a):\n    if a:\n        x = 1\n    else:\n        x = 2\n    return x\n", "def f(a):\n    x = a and 1 or 2\n    return x\n"),
        # a variable that others see
        ("RET504", "def f(a):\n    global b\n    b = a\n    return b\n", "def f(a):\n    global b\n    return a\n"),
        ("RET504", "def f(a):\n    def g(): return b\n    b = a\n    return b\n", "def f(a):\n    def g(): return b\n    return a\n"),
        ("RET504", "def f(a):\n    b = 1\n    try:\n        b = a()\n        return b\n    finally:\n        print(b)\n", "def f(a):\n    b = 1\n    try:\n        return a()\n    finally:\n        print(b)\n"),
        ("RET504", "def f(a):\n    b = locals()\n    return b\n", "def f(a):\n    return locals()\n"),
        ("PLW0120", "def f(a):\n    for x in a:\n        if x: break\n    else:\n        print(a)\n", "def f(a):\n    for x in a:\n        if x: break\n    print(a)\n"),
        ("PLW0120", "def f(a):\n    for x in a:\n        for y in x: pass\n        else: break\n    else:\n        print(a)\n", "def f(a):\n    for x in a:\n        for y in x: pass\n        else: break\n    print(a)\n"),
        # a generator turns StopIteration into RuntimeError
        ("C400", "def f(a):\n    return list(next(x) for x in a)\n", "def f(a):\n    return [next(x) for x in a]\n"),
        ("C401", "def f(a):\n    return set(x.y for x in a)\n", "def f(a):\n    return {x.y for x in a}\n"),
        ("C400", "def f(a):\n    return list(x for x in a if x)\n", "def f(a):\n    return [x for x in a if x]\n"),
        ("C400", "def f(list, a):\n    return list(x for x in a)\n", "def f(list, a):\n    return [x for x in a]\n"),
        # another order of the set, unpacking between hashes, a name that a class changes
        ("C405", "A = set([8, 0, 16])\n", "A = {8, 0, 16}\n"),
        ("C405", "def f(a, b):\n    return set([*a, b])\n", "def f(a, b):\n    return {*a, b}\n"),
        ("C408", "class A:\n    x = dict(__a=1)\n", "class A:\n    x = {'__a': 1}\n"),
        ("C408", "def f(a):\n    return dict(**a)\n", "def f(a):\n    return {**a}\n"),
        ("C414", "def f(a):\n    return sorted(list(a), key=g())\n", "def f(a):\n    return sorted(a, key=g())\n"),
        ("C414", "def f(a):\n    return set(list(a))\n", "def f(a):\n    return set(a)\n"),
        ("C414", "def f(a):\n    return tuple(list(a))\n", "def f(a):\n    return tuple(a)\n"),
        ("C413", "def f(a):\n    return list(reversed(sorted(a)))\n", "def f(a):\n    return sorted(a, reverse=True)\n"),
        ("C405", "def f(x):\n    return x in set([8, 0])\n", "def f(x):\n    return x in {8, 0}\n"),
        ("SIM101", "def f(a):\n    return isinstance(a, A) or isinstance(a, B)\n", "def f(a):\n    return isinstance(a, (A, B))\n"),
        ("SIM101", "def f(a):\n    return isinstance(a.b, int) or isinstance(a.b, str)\n", "def f(a):\n    return isinstance(a.b, (int, str))\n"),
        # nothing tells that it is a dictionary
        ("SIM118", "def f(a):\n    return 'x' in a.keys()\n", "def f(a):\n    return 'x' in a\n"),
        ("SIM118", "def f(**a):\n    a = g(a)\n    return 'x' in a.keys()\n", "def f(**a):\n    a = g(a)\n    return 'x' in a\n"),
        ("SIM118", "def f(b):\n    a = {}\n    a |= b\n    return 'x' in a.keys()\n", "def f(b):\n    a = {}\n    a |= b\n    return 'x' in a\n"),
        ("SIM118", "def f(b):\n    a = {}\n    for a in b: pass\n    return 'x' in a.keys()\n", "def f(b):\n    a = {}\n    for a in b: pass\n    return 'x' in a\n"),
        ("SIM118", "def f():\n    a = {}\n    def g():\n        nonlocal a\n        a = h()\n    g()\n    return 'x' in a.keys()\n", "def f():\n    a = {}\n    def g():\n        nonlocal a\n        a = h()\n    g()\n    return 'x' in a\n"),
        ("SIM118", "def f(**a):\n    return list(a.keys())\n", "def f(**a):\n    return list(a)\n"),
        ("SIM910", "def f(a, b):\n    return a.get(b, None)\n", "def f(a, b):\n    return a.get(b)\n"),
        # what a loop leaves behind
        ("PERF401", "def f(a):\n    out = []\n    for x in a:\n        out.append(x.y)\n    return out, x\n", "def f(a):\n    out = [x.y for x in a]\n    return out, x\n"),
        ("PERF401", "def f(a):\n    out = []\n    for x in a:\n        out.append(len(out))\n    return out\n", "def f(a):\n    out = [len(out) for x in a]\n    return out\n"),
        ("PERF401", "def f(a):\n    out = []\n    try:\n        for x in a:\n            out.append(x.y)\n    finally:\n        print(out)\n", "def f(a):\n    out = []\n    try:\n        out = [x.y for x in a]\n    finally:\n        print(out)\n"),
        ("PERF401", "def f(a):\n    try:\n        out = []\n        for x in a:\n            out.append(x.y)\n    except E:\n        return out\n", "def f(a):\n    try:\n        out = [x.y for x in a]\n    except E:\n        return out\n"),
        ("PERF401", "def f(a, out):\n    out = []\n    def g(): return out\n    for x in a:\n        out.append(g())\n    return out\n", "def f(a, out):\n    def g(): return out\n    out = [g() for x in a]\n    return out\n"),
        ("PERF401", "out = []\nfor x in A:\n    out.append(x)\n", "out = [x for x in A]\n"),
        ("PERF401", "async def f(a):\n    out = []\n    for x in a:\n        out.append(await x)\n    return out\n", "async def f(a):\n    out = [await x for x in a]\n    return out\n"),
        ("PERF401", "def f(a):\n    out = []\n    for x in a:\n        out.append(lambda: x)\n    return out\n", "def f(a):\n    out = [lambda: x for x in a]\n    return out\n"),
        ("PERF401", "class A(B):\n    def f(self, a):\n        out = []\n        for x in a:\n            out.append(super().g(x))\n        return out\n", "class A(B):\n    def f(self, a):\n        out = [super().g(x) for x in a]\n        return out\n"),
        ("PERF401", "def f(a):\n    out = []\n    for x in a:\n        out.append(x.y)\n    return out\n", "def f(a):\n    out = list(x.y for x in a)\n    return out\n"),
        ("B007", "def f(a):\n    for x in a: pass\n    return x\n", "def f(a):\n    for _x in a: pass\n    return x\n"),
        ("B007", "for x in A: pass\n", "for _x in A: pass\n"),
        ("B007", "def f(a):\n    _x = 1\n    for x in a: pass\n    return _x\n", "def f(a):\n    _x = 1\n    for _x in a: pass\n    return _x\n"),
        ("B007", "def f(a):\n    for x in a: pass\n    return locals()\n", "def f(a):\n    for _x in a: pass\n    return locals()\n"),
        ("RUF010", "def str(x): ...\nA = f'{str(1)}'\n", "def str(x): ...\nA = f'{1!s}'\n"),
        ("E713", "def f(a, b):\n    return not a in b\n", "def f(a, b):\n    return b not in a\n"),
    ],
)  # fmt: skip
def test_no_condition_is_given_where_it_does_not_hold(code: str, before: str, after: str) -> None:
    assert conditions(code, before, after) == ()


def cases() -> list[Path]:
    return sorted(path.parent for path in CASES.glob("*/*/wrong.py"))


def test_no_wrong_refactor_is_given_the_conditions_of_any_code() -> None:
    found = []
    for case in cases():
        before = (case / "before.py").read_text(encoding="utf-8")
        wrong = (case / "wrong.py").read_text(encoding="utf-8")
        span = Span(1, 1, len(before.splitlines()) + 1, 1)
        found += [(case.name, code) for code in DECLARED if checked(Mend(code, "subject.py", span), before, wrong)]
    assert len(cases()) >= 150
    assert found == []


def test_every_rule_of_novas_own_that_mends_says_what_its_fix_changes() -> None:
    silent = [rule.name for rule in RULES if rule.fix_title and not rule.fix_changes]
    assert silent == []
    assert not {rule.name for rule in RULES} & set(DECLARED)


def test_every_declared_condition_stands_on_the_page() -> None:
    page = (Path(__file__).parents[3] / "docs" / "conditions.md").read_text(encoding="utf-8")
    missing = [code for code, one in DECLARED.items() if f"| {code} | {'; '.join(one.words)} |" not in page]
    assert missing == []
