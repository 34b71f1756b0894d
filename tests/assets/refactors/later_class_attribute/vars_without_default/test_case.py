import json

import subject


def test_new_ticket():
    ticket = subject.Ticket("Printer")
    assert (ticket.title, ticket.state, ticket.votes) == ("Printer", "open", 0)


def test_dump_and_load():
    ticket = subject.Ticket("Printer")
    ticket.vote()
    ticket.vote()
    ticket.close()
    text = ticket.dump()
    assert json.loads(text) == {"title": "Printer", "state": "closed", "votes": 2}
    again = subject.load(text)
    assert (again.title, again.state, again.votes) == ("Printer", "closed", 2)
    assert again.dump() == text


def test_tickets_are_independent():
    first, second = subject.Ticket("a"), subject.Ticket("b")
    first.vote()
    first.close()
    assert (second.votes, second.state) == (0, "open")
    assert subject.load(second.dump()).state == "open"
