import subject


def test_publish():
    bus, heard = subject.Bus(), []
    bus.subscribe("saved", heard.append)
    bus.subscribe("closed", lambda event: heard.append(("closed", event)))
    assert bus.publish("saved", 1) == 1
    assert bus.publish("closed", 2) == 1
    assert bus.publish("other", 3) == 0
    assert heard == [1, ("closed", 2)]


def test_cancel():
    bus, heard = subject.Bus(), []
    first = bus.subscribe("saved", heard.append)
    second = bus.subscribe("saved", lambda event: heard.append(-event))
    assert (first.topic, second.topic) == ("saved", "saved")
    bus.cancel(first)
    assert bus.publish("saved", 5) == 1
    assert heard == [-5]
    bus.cancel(first)
    assert bus.subscriptions == [second]
    bus.cancel(second)
    assert bus.publish("saved", 6) == 0


def test_one_listener_twice():
    bus, heard = subject.Bus(), []
    bus.subscribe("saved", heard.append)
    again = bus.subscribe("saved", heard.append)
    assert bus.publish("saved", 1) == 2
    bus.cancel(again)
    assert bus.publish("saved", 2) == 1
    assert heard == [1, 1, 2]
