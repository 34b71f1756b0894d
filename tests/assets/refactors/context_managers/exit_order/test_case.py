import pytest

import subject


def test_the_work_gets_what_is_open():
    log = []
    assert subject.use(["a", "b"], "+".join, log) == "a+b"
    assert log[:2] == ["open a", "open b"]
    assert sorted(log[2:]) == ["close a", "close b"]


def test_one_resource():
    log = []
    assert subject.use(["db"], len, log) == 1
    assert log == ["open db", "close db"]


def test_all_is_closed_after_an_error():
    log = []
    with pytest.raises(ZeroDivisionError):
        subject.use(["a"], lambda names: 1 / 0, log)
    assert log == ["open a", "close a"]
