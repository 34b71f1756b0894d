import subject


class Anything:
    def __eq__(self, other):
        return True


def test_equal_amounts_are_equal():
    assert subject.Money(3) == subject.Money(3)
    assert subject.Money(3) != subject.Money(4)
    assert subject.Money(3) != 3
    assert len({subject.Money(3), subject.Money(3)}) == 1


def test_the_other_side_is_asked():
    assert subject.Money(3) == Anything()


def test_how_an_amount_looks():
    assert repr(subject.Money(1205)) == "Money(12.05)"
