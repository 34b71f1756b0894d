"""Tickets whose number is drawn when it is first needed, and anew each time."""


class Ticket:
    """`number` draws a new number at each read."""

    _last = 0

    @property
    def number(self):
        Ticket._last += 1
        return Ticket._last

    def label(self, prefix="T"):
        number = self.number
        if number <= 9999:
            return f"{prefix}{number:04d}"
        raise OverflowError("no numbers left")
