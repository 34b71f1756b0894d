import subject


def test_small_numbers_come_first():
    assert subject.order([(3, "c"), (1, "a"), (2, "b")]) == [(1, "a"), (2, "b"), (3, "c")]


def test_the_first_job():
    assert subject.first([(5, "late"), (2, "soon")]) == "soon"
    assert subject.first([]) is None


def test_the_given_jobs_are_left_alone():
    jobs = [(2, "b"), (1, "a")]
    assert subject.order(jobs) != jobs
