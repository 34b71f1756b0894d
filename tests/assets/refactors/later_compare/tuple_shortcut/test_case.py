import pytest

import subject


def test_versions():
    registry = subject.Registry()
    assert registry.add("theme", "1.2") is True
    assert registry.find("theme") == "1.2.0"
    assert registry.add("theme", "1.10.3") is True
    assert registry.add("theme", "1.9.9") is False
    assert registry.add("theme", "1.10.3") is False
    assert registry.find("theme", "1.10") == "1.10.3"
    assert registry.add("theme", "2") is True
    assert registry.find("theme", "1.99.99") == "2.0.0"


def test_missing():
    registry = subject.Registry()
    with pytest.raises(LookupError, match="theme 0"):
        registry.find("theme")
    registry.add("theme", "1.2")
    with pytest.raises(LookupError, match="theme 1.2.1"):
        registry.find("theme", "1.2.1")
    assert registry.find("theme", "1.1.9") == "1.2.0"
    assert registry.find("theme", "1.2") == "1.2.0"


def test_not_a_version():
    with pytest.raises(ValueError):
        subject.parse("1.x")
