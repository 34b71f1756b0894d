import pytest

import subject


@pytest.mark.parametrize(("ticket", "passes"), [("T1", True), ("X1", False), (None, False), ("", False)])
def test_who_passes(ticket, passes):
    gate = subject.Gate()
    assert subject.enter(gate, ticket) is passes
    assert gate.passed == ([ticket] if passes else [])
    assert gate.open is False
