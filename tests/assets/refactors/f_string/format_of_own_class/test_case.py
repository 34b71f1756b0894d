import subject


def test_a_price_as_text():
    assert str(subject.Price(250)) == "2.50"
    assert f"{subject.Price(250)}" == "2.50 EUR"
    assert f"{subject.Price(250):USD}" == "2.50 USD"


def test_labels():
    assert subject.label("tea", "2.50") == "tea: 2.50"
    assert subject.label("tea", 3) == "tea: 3"


def test_a_receipt():
    assert subject.receipt([("tea", 2), ("cake", 4.5)]) == "tea: 2\ncake: 4.5"
