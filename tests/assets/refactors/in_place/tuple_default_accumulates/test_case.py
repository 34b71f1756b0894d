import subject


def test_marks_of_the_class_come_first():
    assert subject.Shape(["red"]).marks[0] == "shape"
    assert subject.Round().marks[:2] == ["shape", "round"]


def test_a_mark_is_added_once():
    shape = subject.Shape().mark("big").mark("big")
    assert shape.marks.count("big") == 1
    assert shape.mark("new").marks[-1] == "new"


def test_given_marks_are_there():
    assert "blue" in subject.Round(["blue"]).marks
