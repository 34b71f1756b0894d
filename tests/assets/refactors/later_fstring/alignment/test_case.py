import subject


def test_row():
    assert subject.row("apples", 12) == "apples    |      12"
    assert subject.row("price", 2.5) == "price     |     2.5"
    assert subject.row("debt", -3) == "debt      |      -3"


def test_row_that_is_full():
    assert subject.row("0123456789", 12345678) == "0123456789|12345678"
    assert subject.row("0123456789a", 123456789) == "0123456789a|123456789"


def test_table():
    text = subject.table("Stock", {"nuts": 1, "bolts": 20})
    assert text.splitlines() == ["Stock", "=====", "nuts      |       1", "bolts     |      20"]
    assert subject.table("None", {}) == "None\n===="
