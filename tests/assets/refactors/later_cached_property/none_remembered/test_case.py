import subject


def test_worker_is_kept():
    asked = []

    def find(name):
        asked.append(name)
        return "w1"

    job = subject.Job("build", find)
    assert asked == []
    assert job.worker == "w1"
    assert job.worker == "w1"
    assert job.describe() == "build: on w1"
    assert asked == ["build"]


def test_no_worker():
    job = subject.Job("build", {}.get)
    assert job.worker is None
    assert job.describe() == "build: waiting"


def test_jobs_have_their_own():
    workers = {"a": "w1", "b": "w2"}
    jobs = [subject.Job(name, workers.get) for name in "abc"]
    assert [job.worker for job in jobs] == ["w1", "w2", None]
