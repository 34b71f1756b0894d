import pytest

import subject


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 3 +", 5), ("2 3 *", 6), ("2 3 + 4 *", 20), ("5 5 -", 0), ("9 2 + 11 -", 0)],
)
def test_expressions_are_worth_what_they_say(text, value):
    assert subject.evaluate(text) == value


def test_an_operator_that_is_not_known_is_refused():
    calculator = subject.Calculator()
    calculator.push(1)
    calculator.push(2)
    with pytest.raises(ValueError):
        calculator.apply("/")
