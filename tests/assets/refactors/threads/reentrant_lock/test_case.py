import threading

import subject


def test_amounts_are_added():
    register = subject.Register()
    assert register.add_all(1, 2, 3) == 6
    assert register.add_all() == 6


def test_another_thread_has_to_wait():
    register = subject.Register()
    errors = []

    def work():
        try:
            register.add(1)
        except TimeoutError as error:
            errors.append(str(error))

    register.hold()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert errors == ["the register is held"]
