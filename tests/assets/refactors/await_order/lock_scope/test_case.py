import asyncio

import pytest

import subject


@pytest.mark.parametrize(("workers", "most"), [(0, 0), (1, 1), (3, 1)])
def test_only_one_is_at_the_bench(workers, most):
    assert asyncio.run(subject.day(workers)) == most


def test_all_leave_in_the_end():
    async def work():
        workshop = subject.Workshop()
        await workshop.work(1)
        return workshop.inside

    assert asyncio.run(work()) == 0
