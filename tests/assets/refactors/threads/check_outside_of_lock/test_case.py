import threading

import subject


def test_seats_are_taken():
    hall = subject.Hall(2)
    assert [hall.take(), hall.take(), hall.take()] == [True, True, False]
    assert hall.free == 0


def test_there_is_a_pause_before_each_booking():
    pauses = []
    hall = subject.Hall(1, pause=lambda: pauses.append(hall.free))
    assert [hall.take(), hall.take()] == [True, False]
    assert pauses == [1]


def test_many_threads_take_seats():
    hall = subject.Hall(10)
    threads = [threading.Thread(target=hall.take) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hall.free == 0
