import subject


def test_a_model_has_its_name():
    assert subject.Cache().get("a").name == "a"


def test_a_model_is_loaded_once():
    cache = subject.Cache()
    first = cache.get("a")
    assert cache.get("a") is first


def test_models_are_told_apart():
    cache = subject.Cache()
    one, two = cache.get("a"), cache.get("b")
    assert one is not two
    assert {one.name, two.name} == {"a", "b"}
