import subject


def test_jobs_run_by_time():
    plan = subject.Scheduler()
    plan.add(30, "report")
    plan.add(10, "sync")
    plan.add(20, "purge")
    assert len(plan) == 3
    assert list(plan.due(5)) == []
    assert list(plan.due(20)) == ["sync", "purge"]
    assert len(plan) == 1
    assert list(plan.due(99)) == ["report"]
    assert len(plan) == 0


def test_jobs_of_one_time():
    plan = subject.Scheduler()
    plan.add(10, "backup")
    plan.add(10, "clean")
    plan.add(5, "zip")
    plan.add(10, "mail")
    assert list(plan.due(10)) == ["zip", "backup", "clean", "mail"]


def test_added_while_running():
    plan = subject.Scheduler()
    plan.add(1, "first")
    ran = []
    for job in plan.due(3):
        ran.append(job)
        if job == "first":
            plan.add(2, "second")
    assert ran == ["first", "second"]
