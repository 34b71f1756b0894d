import pytest

import subject


def test_pick():
    house = subject.Warehouse({"nut": 5, "bolt": 3})
    assert house.pick(["nut", "bolt"], [2, 3]) == 5
    assert house.stock == {"nut": 3, "bolt": 0}
    assert house.short() == []


def test_pick_a_name_twice_and_too_many():
    house = subject.Warehouse({"nut": 5, "bolt": 3})
    assert house.pick(["bolt", "bolt"], [2, 2]) == 4
    assert house.short() == ["bolt"]


@pytest.mark.parametrize("names, counts", [(["nut"], [1, 2]), (["nut", "bolt"], [1]), ([], [1])])
def test_lengths_differ(names, counts):
    with pytest.raises(ValueError):
        subject.Warehouse({"nut": 5, "bolt": 3}).pick(names, counts)
