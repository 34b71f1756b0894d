import pytest

import subject


def test_good_comments():
    assert subject.check("  fine ") == "fine"
    assert subject.check("x" * 20) == "x" * 20


def test_bad_comments():
    with pytest.raises(subject.Rejected, match="empty"):
        subject.check("  ")
    with pytest.raises(subject.Rejected, match="^23 characters, 3 too many$"):
        subject.check("x" * 23)
