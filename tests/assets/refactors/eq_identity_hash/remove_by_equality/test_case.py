import subject


def test_a_task_can_be_withdrawn():
    one, two = subject.Task("one"), subject.Task("two")
    queue = subject.Queue([one, two])
    assert queue.drop(two) is True
    assert queue.tasks == [one]


def test_a_task_that_is_not_there_stays_away():
    queue = subject.Queue([subject.Task("one")])
    assert queue.drop(subject.Task("two")) is False
    assert len(queue.tasks) == 1


def test_tasks_of_one_name_are_equal():
    assert subject.Task("a", "x") == subject.Task("a", "y")
    assert len({subject.Task("a"), subject.Task("a")}) == 1
    assert subject.Task("a") != "a"
