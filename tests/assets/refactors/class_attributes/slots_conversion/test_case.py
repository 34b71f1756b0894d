import subject


def test_a_tree_is_walked():
    tree = subject.Node("a", subject.Node("b", subject.Node("c")), subject.Node("d"))
    assert subject.names(tree) == ["a", "b", "c", "d"]


def test_a_note_can_be_attached():
    node = subject.Node("a")
    node.note = "seen"
    assert node.note == "seen"
