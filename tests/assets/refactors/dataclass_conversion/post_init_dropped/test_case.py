import subject


def test_steps_follow_each_other():
    assert subject.Path(()).then("a").then("b").steps == ("a", "b")
    assert len(subject.Path("xyz")) == 3


def test_a_path_keeps_its_own_steps():
    steps = ["a"]
    path = subject.Path(steps)
    steps.append("b")
    assert path.steps == ("a",)
    assert hash(path) == hash(subject.Path(("a",)))
