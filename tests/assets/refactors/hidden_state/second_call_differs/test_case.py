import subject


def test_names_are_new():
    names = subject.Names()
    assert [names.new(), names.new(), names.new()] == ["n0", "n1", "n2"]


def test_names_that_are_taken():
    names = subject.Names("x")
    assert names.take("x1") == "x1"
    assert names.new() == "x2"
