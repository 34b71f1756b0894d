import subject


def raising(error):
    def action():
        raise error

    return action


def test_kinds():
    errors = [FileNotFoundError(), PermissionError(), ValueError(), TypeError()]
    assert subject.kinds([raising(error) for error in errors]) == ["missing", "system", "input", "input"]
    assert subject.kinds([list]) == ["fine"]
