import subject


def test_values_are_read():
    instrument = subject.Instrument([1, 2, 3])
    assert subject.measure(instrument, 2) == [1, 2]
    assert instrument.values == [3]


def test_the_instrument_is_closed():
    instrument = subject.Instrument([1])
    assert instrument.open
    subject.measure(instrument, 0)
    assert not instrument.open


def test_it_is_closed_after_an_error_too():
    instrument = subject.Instrument([])
    try:
        subject.measure(instrument, 1)
    except IndexError:
        pass
    assert not instrument.open
