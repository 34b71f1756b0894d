import subject


def test_calls_are_counted():
    before = subject.area.calls
    subject.area(2)
    subject.area(2, height=3)
    assert subject.area.calls == before + 2
