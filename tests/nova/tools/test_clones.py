"""Functions that are the same up to names and literals."""

from __future__ import annotations

from nova.tools.clones import clones
from tests.nova.tools.small import project

BODY = """\
def {name}(rows, most={most}):
    "{name} rows."
    total = 0
    for row in rows:
        if row.price > most:
            continue
        total += row.price
    log.info("{name}", total)
    return total
"""


def test_bodies_that_differ_in_names_and_literals_alone_are_one_group() -> None:
    other = BODY.format(name="sums", most=7).replace("total", "amount")
    (group,) = clones(project({"a.py": BODY.format(name="adds", most=5), "b.py": other}))
    assert [(p["path"], p["symbol"]) for p in group["places"]] == [("a.py", "adds"), ("b.py", "sums")]
    assert not group["exact"]
    assert ["5", "7"] in group["differences"]
    assert group["statements"] == 7
    assert group["spare_lines"] == 9


def test_the_same_body_is_exact() -> None:
    text = BODY.format(name="adds", most=5)
    (group,) = clones(project({"a.py": text, "b.py": text, "c.py": text}))
    assert group["exact"]
    assert len(group["places"]) == 3


def test_another_attribute_is_another_body() -> None:
    other = BODY.format(name="sums", most=7).replace("row.price", "row.weight")
    assert clones(project({"a.py": BODY.format(name="adds", most=5), "b.py": other})) == []


def test_names_must_be_exchanged_throughout() -> None:
    other = BODY.format(name="sums", most=7).replace("total += row.price", "most += row.price")
    assert clones(project({"a.py": BODY.format(name="adds", most=5), "b.py": other})) == []


def test_short_functions_tests_and_overloads_do_not_count() -> None:
    short = "def f(a):\n    b = a\n    c = b\n    return c\n"
    text = BODY.format(name="adds", most=5)
    assert clones(project({"a.py": short, "b.py": short})) == []
    assert clones(project({"tests/test_a.py": text, "tests/test_b.py": text})) == []


def test_functions_inside_of_a_clone_are_not_told_again() -> None:
    inner = "".join(f"    {line}\n" for line in BODY.format(name="adds", most=5).splitlines())
    outer = f"def outer(x):\n{inner}    return adds(x)\n"
    (group,) = clones(project({"a.py": outer, "b.py": outer}))
    assert group["places"][0]["symbol"] == "outer"
