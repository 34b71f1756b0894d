import logging

import subject


def test_the_number_of_rows():
    assert subject.note("a.csv", "xyz") == 3
    assert subject.import_all({"a": [1, 2], "b": [], "c": [3]}) == 3


def test_what_is_logged(caplog):
    with caplog.at_level(logging.INFO, logger="importer"):
        subject.import_all({"a.csv": [1, 2], "empty.csv": [], "b c.csv": [3]})
    assert [record.getMessage() for record in caplog.records] == ["a.csv: 2 rows", "b c.csv: 1 rows"]
    assert {record.levelname for record in caplog.records} == {"INFO"}
