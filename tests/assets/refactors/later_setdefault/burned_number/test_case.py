import pytest

import subject


def test_names_get_numbers():
    symbols = subject.Symbols()
    assert symbols.intern("a") == 1
    assert symbols.intern("b") == 2
    assert symbols.intern("a") == 1
    assert symbols.intern("b") == 2
    assert len(symbols.numbers) == 2


def test_encode_and_decode():
    symbols = subject.Symbols()
    numbers = symbols.encode("to be or not to be")
    assert numbers == [1, 2, 3, 4, 1, 2]
    assert symbols.decode(numbers) == "to be or not to be"
    assert symbols.decode([4, 2]) == "not be"
    assert symbols.encode("") == []
    with pytest.raises(KeyError):
        symbols.decode([9])
