import subject


def test_text_becomes_a_temperature():
    assert subject.Degrees.parse(" 3.5 ").value == 3.5


def test_a_subclass_makes_its_own():
    celsius = subject.Celsius.parse("20°C")
    assert isinstance(celsius, subject.Celsius)
    assert str(celsius) == "20°C"
