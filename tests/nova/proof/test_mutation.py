"""What mutants are made of some lines: each operator, exact places, what is thrown away, and a fair choice."""

from __future__ import annotations

import ast
from difflib import SequenceMatcher

import pytest

from nova.proof.case import FileChange, Patch
from nova.proof.mutation import mutants, mutants_of

OTHER = "OTHER = 0\n"


def made(text: str, *lines: int, other: str = OTHER, most: int = 200) -> dict[str, list[str]]:
    """By operator, the changed line of each mutant; the other side is another program where none is given."""
    found: dict[str, list[str]] = {}
    wanted = frozenset(lines or range(1, text.count("\n") + 2))
    for mutant in mutants(text, other, wanted, most):
        found.setdefault(mutant.kind, []).append(mutant.text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "becomes"),
    [
        ("x = a == b\n", "comparison", "x = a != b\n"),
        ("x = a is not b\n", "comparison", "x = a is b\n"),
        ("x = a not  in b\n", "comparison", "x = a in b\n"),
        ("x = a < b\n", "comparison", "x = a >= b\n"),
        ("x = a < b\n", "boundary", "x = a <= b\n"),
        ("x = a == b\n", "identity", "x = a is b\n"),
        ("x = (a)==(b)\n", "identity", "x = (a) is (b)\n"),
        ("x = a < b < c\n", "boundary", "x = a <= b < c\n"),
        ("x = a and (b)\n", "and for or", "x = a or (b)\n"),
        ("x = a or b\n", "operand alone", "x = (a)\n"),
        ("x = not a\n", "not dropped", "x = bool(a)\n"),
        ("if a: b()\n", "condition always true", "if True: b()\n"),
        ("if a: b()\n", "condition always false", "if False: b()\n"),
        ("assert a\n", "condition negated", "assert (not (a))\n"),
        ("x = 1 if a else 2\n", "condition always true", "x = 1 if True else 2\n"),
        ("x = a + b\n", "arithmetic", "x = a - b\n"),
        ("x = a // b\n", "arithmetic", "x = a * b\n"),
        ("x = a ** b\n", "arithmetic", "x = a * b\n"),
        ("x = a + 'b'\n", "operand alone", "x = (a)\n"),
        ("x = '%s' % a\n", "operand alone", "x = ('%s')\n"),
        ("x, y = a, b\n", "elements exchanged", "x, y = b, a\n"),
        ("x = a()\n", "assigned value changed", "x = None\n"),
        ("x = -a\n", "sign dropped", "x = (a)\n"),
        ("x = 41\n", "number changed", "x = 42\n"),
        ("x = 'é'\n", "string emptied", 'x = ""\n'),
        ("x = b'a'\n", "string emptied", 'x = b""\n'),
        ("x = ''\n", "string filled", 'x = "XX"\n'),
        ("x = True\n", "constant changed", "x = False\n"),
        ("x = None\n", "constant changed", "x = 1\n"),
        ("x = f'a{b}'\n", "f-string part", "x = f'a'\n"),
        ("x = f'{b!r:>3}'\n", "f-string format", "x = f'{b}'\n"),
        ("x = a[1:b]\n", "slice bound dropped", "x = a[1:None]\n"),
        ("x = [a, b]\n", "element dropped", "x = [b]\n"),
        ("x = {'a': 1, 'b': 2}\n", "element dropped", "x = {'b': 2}\n"),
        ("x = [y for y in z if y]\n", "comprehension emptied", "x = [y for y in () if y]\n"),
        ("x = [y for y in z if y]\n", "comprehension condition dropped", "x = [y for y in z if True]\n"),
        ("x = lambda: a\n", "lambda emptied", "x = lambda: None\n"),
        ("def f():\n    b()\n    return a\n", "return value changed", "def f():\n    b()\n    return None\n"),
        ("def f():\n    return a < b\n", "return value changed", "def f():\n    return (not (a < b))\n"),
        ("def f():\n    return NotImplemented\n", "return value changed", "def f():\n    return True\n"),
        ("def f():\n    if a: return\n    b()\n", "return dropped", "def f():\n    if a: pass\n    b()\n"),
        ("def f():\n    yield a\n", "yielded value changed", "def f():\n    yield None\n"),
        ("def f():\n    yield from a\n", "yield from emptied", "def f():\n    yield from ()\n"),
        ("async def f():\n    await a\n", "await dropped", "async def f():\n    (a)\n"),
        ("def f():\n    '''Doc.'''\n    a()\n", "body skipped", "def f():\n    '''Doc.'''\n    return None\n    a()\n"),
        ("def f(): a(); b()\n", "body skipped", "def f(): return None; a(); b()\n"),
        ("def f(a, b=1): a()\n", "number changed", "def f(a, b=2): a()\n"),
        ("raise ValueError('a')\n", "raise dropped", "pass\n"),
        ("raise ValueError('a')\n", "exception exchanged", "raise BufferError('a')\n"),
        ("a(1)\n", "statement deleted", "pass\n"),
        ("x += 1\n", "statement deleted", "pass\n"),
        ("x += 1\n", "augmented exchanged", "x -= 1\n"),
        ("x += [1]\n", "augmented exchanged", "x = [1]\n"),
        ("for x in y: a()\n", "loop skipped", "for x in (): a()\n"),
        ("while x: a()\n", "loop skipped", "while False: a()\n"),
        ("for x in y:\n    break\n", "break and continue", "for x in y:\n    continue\n"),
        ("for x in y:\n    if x: continue\n    a()\n", "break and continue", "for x in y:\n    if x: break\n    a()\n"),
        ("try: a()\nexcept ValueError: b()\n", "handler narrowed", "try: a()\nexcept BufferError: b()\n"),
        ("x = a(b, c)\n", "argument dropped", "x = a(b)\n"),
        ("x = a(b, c=d)\n", "argument dropped", "x = a(b)\n"),
        ("x = a(b, (c), d)\n", "arguments exchanged", "x = a(c, (b), d)\n"),
        ("x = a(b=True)\n", "constant changed", "x = a(b=False)\n"),
        ("x = any(a)\n", "method exchanged", "x = all(a)\n"),
        ("a.append(b)\n", "method exchanged", "a.extend(b)\n"),
        ("x = a.strip()\n", "method exchanged", "x = a.lstrip()\n"),
        ("x = list(a)\n", "wrapper dropped", "x = (a)\n"),
        ("@a\ndef f(): b()\n", "decorator dropped", "def f(): b()\n"),
        ("with a: b()\n", "context skipped", "with __import__('contextlib').nullcontext(): b()\n"),
        ("class A(B): pass\n", "base exchanged", "class A(object): pass\n"),
        (
            "match a:\n    case 1: b()\n    case 2: c()\n",
            "case skipped",
            "match a:\n    case 1 if False: b()\n    case 2: c()\n",
        ),
    ],
)
def test_each_operator_makes_its_change(text: str, kind: str, becomes: str) -> None:
    assert becomes in made(text).get(kind, [])


def test_columns_are_counted_in_characters() -> None:
    assert made("é = 'äöü' + ß + 1\n")["number changed"] == ["é = 'äöü' + ß + 2\n"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_nothing_else_of_the_text_moves(end: str) -> None:
    text = end.join(["# ä\f", "x = [", "    1,  # one", "    2]", "y\t=  f( x )", ""])
    for mutant in mutants(text, "", frozenset({2, 3, 4, 5})):
        changes = [c for c in SequenceMatcher(None, text, mutant.text, autojunk=False).get_opcodes() if c[0] != "equal"]
        assert text[: changes[0][1]] == mutant.text[: changes[0][3]]
        assert mutant.text.endswith(text[changes[-1][2] :])
        assert mutant.text.startswith("# ä\f" + end)
    assert text.replace("2", "3") in made(text, 4)["number changed"]


def test_a_mutant_stands_on_a_line_that_was_asked_for() -> None:
    text = "a = 1\nb = 2\nc = (3 +\n     4)\n"
    found = mutants(text, "", frozenset({2, 4}))
    assert {m.line for m in found} == {2, 4}
    assert all("a = 1\n" in m.text for m in found)
    assert any("b = 3\n" in m.text for m in found)
    assert not any("(4 +" in m.text for m in found)


def test_no_two_compile_alike_and_none_like_either_side() -> None:
    before, after = "def f(x):\n    return x == 0\n", "def f(x):\n    return not x == 0\n"
    texts = [m.text for m in mutants(before, after, frozenset({2}))]
    assert texts
    assert after not in texts
    assert len({ast.dump(ast.parse(t)) for t in texts}) == len(texts)
    assert "bool" not in "".join(m.text for m in mutants("x = 1\n", "x = 2\n", frozenset({1})))
    assert not made("x = 1\n", other="x = 2\n").get("number changed")


@pytest.mark.parametrize(
    "text",
    [
        '"""Doc."""\n', "from __future__ import annotations\n", "x: int\n", "pass\n", "del x\n",
        "if TYPE_CHECKING:\n    import a\n",
    ],
)  # fmt: skip
def test_what_no_run_can_tell_is_left_alone(text: str) -> None:
    assert not made(text, text.count("\n"))


def test_annotations_are_left_alone() -> None:
    assert made("def f(a: 'x' = 1) -> 'y': return a\n").keys() >= {"number changed"}
    assert not made("def f(a: 'x' = 1) -> 'y': return a\n").get("string emptied")


def test_an_argument_that_is_the_default_is_not_left_out() -> None:
    assert "argument dropped" not in made("x = a.get(b, None)\n")
    assert "argument dropped" in made("x = a.pop(b, None)\n")


def test_of_a_log_line_the_whole_is_left_out_and_nothing_within() -> None:
    assert made("log.info('a %s', b)\n") == {"statement deleted": ["pass\n"]}


def test_the_text_of_an_error_is_changed_only_where_the_patch_changed_it() -> None:
    before = "def f(x):\n    raise ValueError(f'bad {x}')\n"
    assert "f-string part" in made(before, 2, other="def f(x):\n    raise ValueError('bad %s' % x)\n")
    assert "f-string part" not in made(before, 2, other="def f(y):\n    raise KeyError(f'bad {x}')\n")


def test_a_boundary_is_moved_only_where_the_patch_touched_the_comparison() -> None:
    before = "def f(x):\n    if (x < 3): return 1\n"
    assert "boundary" not in made(before, 2, other="def f(x):\n    if x < 3: return 1\n")
    assert "boundary" in made(before, 2, other="def f(x):\n    if 3 > x: return 1\n")


def test_mutants_are_spread_over_lines_and_operators_and_are_always_the_same() -> None:
    text = "".join(f"a{n} = b{n} + {n}\n" for n in range(30))
    every = frozenset(range(1, 31))
    found = mutants(text, "", every, 6)
    assert len({m.line for m in found}) == 6
    assert {1, 30} <= {m.line for m in found}
    assert len({m.kind for m in found}) > 1
    assert found == mutants(text, "", every, 6)


def test_every_changed_line_has_one_before_any_has_two() -> None:
    text = "a = b + 1\nc = d * f(2)\ne()\n"
    assert sorted(m.line for m in mutants(text, "", frozenset({1, 2, 3}), 3)) == [1, 2, 3]


def test_the_text_of_every_mutant_parses() -> None:
    text = (
        "@d(1)\nclass A(B, k=C):\n    def f(self, *a, b=1, **k):\n        with x as y, z: return any(i for i in y)\n"
        "        return (a\n                # why\n                and b) or f(*a, (yield), **k)[1:2, ::3]\n"
    )
    found = mutants(text, "", frozenset(range(1, 8)), 100)
    assert len(found) > 10
    for mutant in found:
        compile(mutant.text, "x", "exec")


def patch(before: bytes | None, after: bytes | None) -> Patch:
    return Patch((FileChange("a.py", before, after),))


def test_both_sides_have_mutants_laid_over_their_own_files() -> None:
    sides = mutants_of(patch(b"x = f(1)\n", b"x = f(2)\n"))
    assert sides.count("old")
    assert sides.count("new")
    for one in sides.made:
        assert set(one.variant.changed) == {"a.py"}
    assert b"x = f(3)\n" in [one.variant.changed["a.py"] for one in sides.made if one.side == "new"]


def test_files_beside_are_as_after_the_patch_on_the_new_side() -> None:
    two = Patch((FileChange("a.py", b"x = 1\n", b"x = g(1)\n"), FileChange("b.py", b"y = 1\n", b"y = h(1)\n")))
    for one in mutants_of(two).made:
        assert len(one.variant.changed) == (1 if one.side == "old" else 2)


def test_the_lines_beside_stand_for_a_deletion() -> None:
    sides = mutants_of(patch(b"def f(x):\n    y = 1\n    return x\n", b"def f(x):\n    return x\n"))
    assert sides.count("new")
    assert {one.mutant.line for one in sides.made if one.side == "old"} == {2}


def test_the_enclosing_statement_stands_for_a_deletion_among_comments() -> None:
    before = b"def f(x):\n    if x:\n        # a\n        g(x)\n        # b\n        # c\n        h(x)\n"
    after = b"def f(x):\n    if x:\n        # a\n        # b\n        # c\n        h(x)\n"
    assert {one.mutant.line for one in mutants_of(patch(before, after)).made if one.side == "new"} & {2, 6}


def test_a_side_of_which_no_mutant_can_be_made_is_told() -> None:
    assert mutants_of(patch(b"x: int\n", b"x: str\n")).without == ("a.py before the patch", "a.py after the patch")


def test_a_file_that_is_added_has_one_side() -> None:
    sides = mutants_of(patch(None, b"x = f(1)\n"))
    assert (sides.count("old"), sides.without) == (0, ())
    assert sides.count("new")


def test_bytes_stay_in_the_encoding_of_the_file() -> None:
    before = "# coding: latin-1\nx = 'é' + f(1)\n".encode("latin-1")
    after = "# coding: latin-1\nx = 'é' + f(2)\n".encode("latin-1")
    found = [one.variant.changed["a.py"] for one in mutants_of(patch(before, after)).made if one.side == "new"]
    assert "# coding: latin-1\nx = 'é' + f(3)\n".encode("latin-1") in found
    marked = mutants_of(patch(b"\xef\xbb\xbfx = 1\n", b"\xef\xbb\xbfx = 3\n"))
    assert all(one.variant.changed["a.py"].startswith(b"\xef\xbb\xbf") for one in marked.made)
