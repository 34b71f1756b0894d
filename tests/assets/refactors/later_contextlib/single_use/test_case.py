import pytest

import subject


def test_override():
    settings = subject.Settings(debug=False, level=1)
    with settings.override(debug=True) as same:
        assert same is settings
        assert settings["debug"] is True
        assert settings["level"] == 1
    assert settings["debug"] is False


def test_nested():
    settings = subject.Settings(level=1)
    with settings.override(level=2, extra="x"):
        with settings.override(level=3):
            assert (settings["level"], settings["extra"]) == (3, "x")
        assert settings["level"] == 2
    assert settings.values == {"level": 1}


def test_restored_after_an_error():
    settings = subject.Settings(level=1)
    with pytest.raises(KeyError):
        with settings.override(level=2):
            settings["missing"]
    assert settings["level"] == 1
