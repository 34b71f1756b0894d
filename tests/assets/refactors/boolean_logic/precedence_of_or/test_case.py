import pytest

import subject


@pytest.mark.parametrize(
    ("public", "draft", "user", "answer"),
    [
        (True, False, "x", True),
        (False, False, "x", False),
        (False, False, "ada", True),
        (True, True, "x", False),
        (False, True, "ada", False),
    ],
)
def test_who_sees_a_post(public, draft, user, answer):
    assert subject.visible(subject.Post("ada", public, draft), user) is answer


def test_shown_posts():
    assert subject.shown([subject.Post("a", public=True), subject.Post("b")]) == ["a"]
