import pytest

import subject


@pytest.mark.parametrize(
    ("amounts", "total"), [([1, 2, 3], 6), ([0.5, 0.25], 0.75), ([], 0), ([-1.5, 1.5], 0), ([10.0], 10.0)]
)
def test_totals(amounts, total):
    assert subject.total(amounts) == total


def test_shares():
    assert subject.share([3, 5], 4) == 2
    with pytest.raises(ValueError, match="nobody"):
        subject.share([1], 0)
