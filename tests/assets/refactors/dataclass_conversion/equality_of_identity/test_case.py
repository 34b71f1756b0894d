import subject


def test_a_job_has_a_name_and_a_priority():
    job = subject.Job("build", priority=2)
    assert (job.name, job.priority) == ("build", 2)
    assert subject.Job("test").priority == 0


def test_how_a_job_looks():
    assert repr(subject.Job("build", 1)) == "Job(name='build', priority=1)"


def test_the_place_of_a_job():
    low, high = subject.Job("low"), subject.Job("high", 9)
    queue = subject.Queue(low, high)
    assert queue.position(high) == 0
    assert queue.position(low) == 1
