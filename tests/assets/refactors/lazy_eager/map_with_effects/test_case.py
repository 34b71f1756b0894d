import subject


def test_machines_are_started():
    machines = [subject.Machine("a"), subject.Machine("b", broken=True)]
    assert list(subject.start_all(machines)) == [True, False]
    assert [machine.running for machine in machines] == [True, False]


def test_a_report():
    assert subject.report([subject.Machine("a"), subject.Machine("b", True)]) == "up down"
    assert subject.report([]) == ""
