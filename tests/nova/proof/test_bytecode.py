from __future__ import annotations

import math

import pytest

from nova.proof import rung2_bytecode
from nova.proof.child.normal import constant, difference
from nova.proof.compilers import Compilers
from nova.proof.compiling import levels_of
from nova.proof.pythons import admitted
from nova.proof.verdict import Outcome
from tests.nova.proof.cases import OWN, text_case, tools

SAME = {
    "layout": ("def f(a):\n    return g(a)\n", "\n\n# why\ndef f(\n    a,\n):\n    return (g(a))\n"),
    "a class further down": ("class A:\n    x = 1\n    def f(self): pass\n", "\n\n\nclass A:\n    x = 1\n    def f(self): pass\n"),
    "nested conditions": ("def f():\n    if a:\n        if b:\n            c()\n", "def f():\n    if a and b:\n        c()\n"),
    "negation of a test": ("x = not a is b\n", "x = a is not b\n"),
    "unneeded pass": ("def f():\n    pass\n    return 1\n", "def f():\n    return 1\n"),
    "handlers": ("try:\n    a()\nexcept (E):\n    b()\nfinally:\n    c()\n", "try:\n\n    a()\nexcept E:\n    b()\nfinally:\n    c()\n"),
    "a joined text": ("x = 'a' 'b'\n", "x = 'ab'\n"),
    "a folded sum": ("x = 60 * 60\n", "x = 3600\n"),
    "code that cannot be reached": ("def f():\n    return 1\n", "def f():\n    return 1\n    g()\n"),
    "quotes": ('x = "a"\n', "x = 'a'\n"),
    "a set that is asked": ("x = a in {1, 2}\n", "x = a in {1, 2,}\n"),
    "the order of a set that is asked": ("x = a in {8, 0}\n", "x = a in {0, 8}\n"),
}  # fmt: skip
DIFFERENT = {
    "int and bool": ("x = 1\n", "x = True\n"),
    "int and float": ("x = 1\n", "x = 1.0\n"),
    "the sign of zero": ("x = 0.0\n", "x = -0.0\n"),
    "the sign of an imaginary zero": ("x = 0j\n", "x = -0j\n"),
    "text and bytes": ("x = 'a'\n", "x = b'a'\n"),
    "a type deep in a tuple": ("x = (1, (2, 3))\n", "x = (1, (True, 3))\n"),
    "a type in a set": ("x = a in {1, 2}\n", "x = a in {1.0, 2}\n"),
    "a docstring": ("def f():\n    'a'\n", "def f():\n    'b'\n"),
    "a docstring that goes": ("def f():\n    'a'\n    return 1\n", "def f():\n    return 1\n"),
    "the docstring of a module": ("'a'\nx = 1\n", "x = 1\n"),
    "the name of a parameter": ("def f(a): return 1\n", "def f(b): return 1\n"),
    "a parameter by position alone": ("def f(a): return 1\n", "def f(a, /): return 1\n"),
    "a parameter by name alone": ("def f(a): return 1\n", "def f(*, a): return 1\n"),
    "a default": ("def f(a=1): return a\n", "def f(a=2): return a\n"),
    "the order of defaults": ("def f(a=g(), b=h()): pass\n", "def f(a=h(), b=g()): pass\n"),
    "an annotation": ("def f(a: int): pass\n", "def f(a: str): pass\n"),
    "the annotation of a name": ("class A:\n    x: int\n", "class A:\n    x: str\n"),
    "the name of a function": ("f = lambda: 1\n", "def f(): return 1\n"),
    "async": ("async def f(): pass\n", "def f(): pass\n"),
    "a generator": ("def f():\n    return 1\n", "def f():\n    return 1\n    yield\n"),
    "a global": ("def f():\n    x = 1\n", "def f():\n    global x\n    x = 1\n"),
    "order of evaluation": ("x = a() + b()\n", "x = b() + a()\n"),
    "or for a test of None": ("x = a if a is not None else b\n", "x = a or b\n"),
    "a handler": ("try:\n    a()\nexcept E:\n    b()\n", "try:\n    a()\nexcept F:\n    b()\n"),
    "what a handler covers": ("try:\n    a()\nexcept E:\n    b()\nc()\n", "try:\n    a()\n    c()\nexcept E:\n    b()\n"),
    "a finally that is left out": ("try:\n    a()\nfinally:\n    b()\n", "a()\nb()\n"),
    "a call for a format": ("x = '{}'.format(a)\n", "x = f'{a}'\n"),
    "an attribute that is called": ("x = a.b\n", "x = a.b()\n"),
    "a slot in a closure": ("def f():\n    x = 1\n    return lambda: x\n", "def f():\n    x = 1\n    return lambda: y\n"),
    "a future": ("x = 1\n", "from __future__ import annotations\nx = 1\n"),
    "a jump back": ("while a:\n    if b: continue\n    c()\n", "while a:\n    if b: break\n    c()\n"),
    "the order of a set that is run through": ("for x in {8, 0}: f(x)\n", "for x in {0, 8}: f(x)\n"),
    "super": ("class A:\n    def f(self): super().f()\n", "class A:\n    def f(self): super().g()\n"),
}  # fmt: skip


def _compiled(text: str) -> object:
    return compile(text, "a.py", "exec", dont_inherit=True)


@pytest.mark.parametrize("name", SAME)
def test_the_same_program_is_the_same_in_every_python(name: str, compilers: Compilers) -> None:
    before, after = (text.encode() for text in SAME[name])
    answers = compilers.compare(_lasting(name, compilers), "a.py", before, after, (0, 1, 2))
    assert answers
    assert {a.version: (a.differs, a.failed) for a in answers if a.differs or a.failed} == {}


def _lasting(name: str, compilers: Compilers) -> tuple[str, ...]:
    """Where a pair is equal: folding and the shape of jumps differ from version to version, which is why each is asked."""
    versions = compilers.present(admitted(""))
    older = {"code that cannot be reached": ("3.8", "3.9")}
    return tuple(v for v in versions if v not in older.get(name, ()))


@pytest.mark.parametrize("name", DIFFERENT)
def test_another_program_is_another_in_every_python(name: str, compilers: Compilers) -> None:
    before, after = (text.encode() for text in DIFFERENT[name])
    answers = compilers.compare(compilers.present(admitted("")), "a.py", before, after, (0,))
    assert {a.version for a in answers if not a.differs} == set()
    assert answers


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_names_the_function_and_what_it_is(name: str) -> None:
    before, after = map(_compiled, DIFFERENT[name])
    told = difference(before, after)  # type: ignore[arg-type]
    assert told is not None
    assert all(told)


def test_constants_are_told_apart_by_type_and_sign() -> None:
    values = [
        0,
        False,
        0.0,
        -0.0,
        0j,
        -0j,
        complex(0, -0.0),
        1,
        True,
        1.0,
        "1",
        b"1",
        (1,),
        (True,),
        None,
        ...,
        math.nan,
    ]
    values += [frozenset({1}), frozenset({True}), frozenset({1.0}), ((1, 2),), ((1.0, 2),)]
    assert len({constant(v) for v in values}) == len(values)
    assert constant(math.nan) == constant(math.nan)


def test_a_loop_over_a_constant_set_is_itself_however_the_compiler_orders_it(compilers: Compilers) -> None:
    words = ", ".join(repr(f"word {n}") for n in range(40))
    text = f"for x in {{{words}}}:\n    f(x)\n"
    for tail in range(20):
        (answer,) = compilers.compare([OWN], "a.py", text.encode(), (text + "\n" * tail).encode() + b"# end", (0,))
        assert answer.differs == ()


def test_assertions_are_compared_with_optimisation_too() -> None:
    before, after = "if __debug__:\n    f()\n", "f()\n"
    assert difference(_compiled(before), _compiled(after)) is None  # type: ignore[arg-type]
    with Compilers() as found:
        result = rung2_bytecode.climb(text_case(before, after), tools(found))
    assert result.outcome is Outcome.FAILED
    assert "with -O" in result.why


@pytest.mark.parametrize(
    ("before", "after", "levels"),
    [
        ("x = 1\n", "x=1\n", (0,)),
        ("assert x\n", "assert  x\n", (0, 1)),
        ("x = __debug__\n", "x = 1\n", (0, 1)),
        ("x = __\U0001d41debug__\n", "x = 1\n", (0, 1)),
        ("x = 1\n", "__doc__ = 1\n", (0, 1, 2)),
    ],
)
def test_levels_of_optimisation_are_asked_where_they_can_differ(
    before: str, after: str, levels: tuple[int, ...]
) -> None:
    assert levels_of(text_case(before, after).patch.files[0]) == levels


def test_a_proof_names_the_versions_that_it_holds_for(compilers: Compilers) -> None:
    result = rung2_bytecode.climb(text_case("x = (1)\n", "x = 1\n"), tools(compilers))
    assert result.outcome is Outcome.PASSED
    assert [v.startswith(OWN + ".") for v in result.versions] == [True]
    assert result.versions[0] in result.why


def test_without_a_declared_python_on_the_machine_nothing_is_identical(compilers: Compilers) -> None:
    case = text_case("x = (1)\n", "x = 1\n", versions=("3.99",), requires=">=3.99")
    result = rung2_bytecode.climb(case, tools(compilers))
    assert result.outcome is Outcome.FAILED
    assert ">=3.99" in result.why


def test_a_file_that_no_version_reads_is_not_identical(compilers: Compilers) -> None:
    result = rung2_bytecode.climb(text_case("x = = 1\n", "x = = 2\n"), tools(compilers))
    assert result.outcome is Outcome.FAILED


def test_a_file_that_could_not_be_read_before_is_not_identical(compilers: Compilers) -> None:
    result = rung2_bytecode.climb(text_case("x = = 1\n", "x = 1\n"), tools(compilers))
    assert (result.outcome, "did not parse" in result.why) == (Outcome.FAILED, True)


def test_a_program_that_reads_its_source_is_excluded_aloud(compilers: Compilers) -> None:
    text = "import inspect\nx = inspect.getsource(f)\n"
    result = rung2_bytecode.climb(text_case(text, text + "\n"), tools(compilers))
    assert (result.outcome, "getsource" in result.why) == (Outcome.FAILED, True)


def test_readers_elsewhere_in_the_target_are_named_beside_the_proof(compilers: Compilers) -> None:
    case = text_case("x = (1)\n", "x = 1\n", reads_source=("b.py:3 getsource",))
    result = rung2_bytecode.climb(case, tools(compilers))
    assert (result.outcome, "b.py:3 getsource" in result.why) == (Outcome.PASSED, True)


def test_a_file_that_comes_or_is_no_python_has_no_equal_code(compilers: Compilers) -> None:
    from nova.proof.case import Case, FileChange, Patch, TargetFacts

    for change in (
        FileChange("a.py", None, b"x = 1\n"),
        FileChange("a.py", b"", None),
        FileChange("a.txt", b"1", b"2"),
    ):
        case = Case(Patch((change,)), TargetFacts("/nowhere", versions=(OWN,)))
        assert rung2_bytecode.climb(case, tools(compilers)).outcome is Outcome.FAILED
