import subject


def test_signs():
    assert subject.sign(3) == 1
    assert subject.same_sign(0, 0)
