import pytest

import subject


def test_replies():
    assert subject.replies([200, 204, 404, 410, 500]) == ["ok", "success", "gone", "gone", "other"]


def test_a_code_is_a_number():
    with pytest.raises(TypeError, match="a number"):
        subject.reply("200")
