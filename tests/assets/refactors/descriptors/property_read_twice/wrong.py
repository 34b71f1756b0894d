"""Tickets whose number is drawn when it is first needed, and anew each time."""


class Ticket:
    """`number` draws a new number at each read."""

    _last = 0

    @property
    def number(self):
        Ticket._last += 1
        return Ticket._last

    def label(self, prefix="T"):
        if self.number > 9999:
            raise OverflowError("no numbers left")
        return f"{prefix}{self.number:04d}"
