import subject


class Labelled:
    label = "box"


def test_a_label():
    assert subject.describe_all([Labelled()]) == "box"
