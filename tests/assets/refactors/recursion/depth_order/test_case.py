import subject


TREE = {"root": {"bin": {"sh": {}}, "etc": {}}}


def test_a_chain_is_walked_down():
    assert subject.walk({"a": {"b": {"c": {}}}}) == ["a", "b", "c"]
    assert subject.walk({}) == []


def test_every_name_is_met_once():
    assert sorted(subject.walk(TREE)) == ["bin", "etc", "root", "sh"]
    assert subject.walk(TREE)[0] == "root"


def test_how_deep_a_tree_is():
    assert subject.depth(TREE) == 3
    assert subject.depth({}) == 0
