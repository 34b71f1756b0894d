"""A gate that is open only while somebody passes."""


class Gate:
    def __init__(self):
        self.open = False
        self.passed = []


def enter(gate, ticket):
    """Whether the ticket let somebody pass; the gate is closed in the end."""
    gate.open = True
    if ticket is None or not ticket.startswith("T"):
        return False
    gate.passed.append(ticket)
    gate.open = False
    return True
