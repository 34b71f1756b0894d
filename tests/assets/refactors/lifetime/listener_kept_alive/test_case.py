import subject


class Listener:
    def __init__(self):
        self.heard = []

    def hear(self, value):
        self.heard.append(value)


class Deaf:
    """What a reference to something that is gone looks like."""

    def __call__(self):
        return None


def test_listeners_hear_what_is_sent():
    signal, one, two = subject.Signal(), Listener(), Listener()
    signal.connect(one)
    signal.connect(two)
    assert signal.send("x") == 2
    assert one.heard == two.heard == ["x"]


def test_nobody_listens():
    assert subject.Signal().send(1) == 0


def test_what_is_gone_is_forgotten():
    signal = subject.Signal()
    signal._listeners.append(Deaf())
    assert signal.send(1) == 0
    assert signal._listeners == []
