import logging

import subject


def test_a_state_is_entered():
    assert subject.enter(subject.State("idle")) == "IDLE"


def test_the_log_shows_the_state(caplog):
    with caplog.at_level(logging.DEBUG, logger="machine"):
        subject.enter(subject.State("busy"))
    assert [record.getMessage() for record in caplog.records] == ["enter busy"]


def test_how_a_state_looks():
    assert str(subject.State("off")) == "off"
