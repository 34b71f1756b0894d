import subject


RECORDS = [{"name": "a"}, {"name": "b", "closed": True}, {"name": "c", "closed": False}]


def test_closed_records_are_left_out():
    assert list(subject.Report(RECORDS).open()) == [{"name": "a"}, {"name": "c", "closed": False}]


def test_the_names_of_open_records():
    assert subject.Report(RECORDS).names() == ["a", "c"]


def test_a_report_without_records():
    assert list(subject.Report([]).open()) == []
