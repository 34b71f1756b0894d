import subject


def test_stamps():
    assert subject.stamps("a", "b") == ["a@0", "b@0"]


def test_another_clock(monkeypatch):
    monkeypatch.setattr(subject, "now", lambda: 5)
    assert str(subject.Stamp("c")) == "c@5"
