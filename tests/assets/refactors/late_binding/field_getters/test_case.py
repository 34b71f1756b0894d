import subject


def test_each_column_has_its_value():
    row = subject.make_row(["id", "name"])((1, "Ada"))
    assert (row.id, row.name) == (1, "Ada")


def test_a_row_without_columns():
    assert subject.make_row([])([]).values == ()
