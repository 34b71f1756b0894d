import subject


def broken():
    raise OSError("disk")


def test_how_many_ended_well():
    assert subject.run_all([list, broken, dict]) == 2


def test_the_traceback_is_logged(caplog):
    assert subject.run(broken) is False
    (record,) = caplog.records
    assert record.getMessage() == "job broken failed"
    assert record.exc_info[0] is OSError
