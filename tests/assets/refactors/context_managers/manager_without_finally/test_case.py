import pytest

import subject


def test_a_setting_is_put_back():
    settings = {"a": 1}
    with subject.setting(settings, "a", 2) as inside:
        assert inside["a"] == 2
    assert settings == {"a": 1}


def test_a_new_setting_is_removed():
    settings = {}
    with subject.setting(settings, "a", 2):
        assert settings == {"a": 2}
    assert settings == {}


def test_it_is_put_back_after_an_error():
    settings = {"a": 1}
    with pytest.raises(KeyError):
        with subject.setting(settings, "a", 2):
            raise KeyError
    assert settings == {"a": 1}
