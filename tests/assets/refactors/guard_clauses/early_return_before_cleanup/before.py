"""A gate that is open only while somebody passes."""


class Gate:
    def __init__(self):
        self.open = False
        self.passed = []


def enter(gate, ticket):
    """Whether the ticket let somebody pass; the gate is closed in the end."""
    gate.open = True
    passed = False
    if ticket is not None:
        if ticket.startswith("T"):
            gate.passed.append(ticket)
            passed = True
    gate.open = False
    return passed
