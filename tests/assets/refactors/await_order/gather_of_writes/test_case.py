import pytest

import subject


def step(value):
    async def run():
        return value

    return run


def test_results_are_in_order():
    assert subject.deploy_now([step("build"), step("push")]) == (["build", "push"], ["build", "push"])


def test_without_steps_nothing_happens():
    assert subject.deploy_now([]) == ([], [])


def test_an_error_ends_the_deployment():
    async def broken():
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        subject.deploy_now([broken])
