import pytest

import subject


class Service:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.slept = []

    def __call__(self):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_tried_again():
    service = Service(ConnectionResetError(), TimeoutError(), "ok", "not reached")
    assert subject.retry(service, sleep=service.slept.append) == "ok"
    assert service.slept == [0.5, 1.0]
    assert service.answers == ["not reached"]


def test_the_last_error_is_raised():
    service = Service(TimeoutError(), ConnectionRefusedError())
    with pytest.raises(ConnectionRefusedError):
        subject.retry(service, attempts=2, delay=1, sleep=service.slept.append)
    assert service.slept == [1]


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError, EOFError])
def test_other_errors_are_not_tried_again(error):
    service = Service(error(), "not reached")
    with pytest.raises(error):
        subject.retry(service, sleep=service.slept.append)
    assert service.slept == []
    assert service.answers == ["not reached"]
