import logging

import subject


def test_all_is_moved():
    assert subject.flush_all([[1, 2], [], [3]]) == [1, 2, 3]
    buffer = [1]
    assert subject.flush(buffer, [0]) == 2
    assert buffer == []


def test_what_was_moved_is_logged(caplog):
    with caplog.at_level(logging.INFO, logger="buffer"):
        subject.flush(["a"], [])
    assert caplog.records[0].args == (["a"],)
