import subject


def test_counts_add_up():
    report = subject.Report("a", subject.Counts()).add("x", 1).add("x", 2)
    assert report.counts == {"x": 3}


def test_a_report_without_counts():
    report = subject.Report("a")
    assert report.title == "a"
    assert report.counts == {}
    assert isinstance(report.counts, subject.Counts)


def test_reports_are_compared():
    assert subject.Report("a") == subject.Report("a")
    assert subject.Report("a") != subject.Report("b")
