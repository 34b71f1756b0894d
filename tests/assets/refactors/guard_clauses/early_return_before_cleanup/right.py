"""A gate that is open only while somebody passes."""


class Gate:
    def __init__(self):
        self.open = False
        self.passed = []


def enter(gate, ticket):
    """Whether the ticket let somebody pass; the gate is closed in the end."""
    gate.open = True
    passed = ticket is not None and bool(ticket.startswith("T"))
    if passed:
        gate.passed.append(ticket)
    gate.open = False
    return passed
