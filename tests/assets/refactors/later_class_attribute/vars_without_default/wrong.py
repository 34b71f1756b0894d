"""Tickets of a help desk, saved as JSON."""

import json


class Ticket:
    state = "open"
    votes = 0

    def __init__(self, title):
        self.title = title

    def vote(self):
        self.votes += 1

    def close(self):
        self.state = "closed"

    def dump(self):
        """The ticket as JSON, with its title, state and votes."""
        return json.dumps(vars(self), sort_keys=True)


def load(text):
    """The ticket of what dump wrote."""
    data = json.loads(text)
    ticket = Ticket(data.pop("title"))
    for name, value in data.items():
        setattr(ticket, name, value)
    return ticket
