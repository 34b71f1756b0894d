import subject


def test_a_message_is_accepted_by_one_handler():
    seen = []

    def late(message):
        seen.append(message)
        return True

    assert subject.dispatch("ping", [subject.accepts_nothing, lambda message: 1, late]) is True
    assert seen == []


def test_a_message_may_be_dropped():
    assert subject.dispatch("ping", []) is False
    assert subject.describe("ping", [subject.accepts_nothing]) == "ping: dropped"
    assert subject.describe("ping", [lambda message: True]) == "ping: accepted"
