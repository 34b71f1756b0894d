import subject


def test_a_key_is_set_and_unset():
    settings = subject.Settings()
    settings.set("a", 1)
    assert settings.get("a") == 1
    settings.set("a")
    assert "a" not in settings
    settings.set("a")


def test_none_is_a_value():
    settings = subject.Settings()
    settings.set("a", None)
    assert "a" in settings
    assert settings.get("a") is None
