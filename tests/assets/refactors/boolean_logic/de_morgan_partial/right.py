"""Who may borrow another book."""

from dataclasses import dataclass


@dataclass
class Member:
    books: int = 0
    fees: int = 0
    vip: bool = False


def may_borrow(member):
    """Not with five books or with fees to pay; a VIP only not with fees."""
    return not (member.books >= 5 and not member.vip) and not member.fees > 0


def reason(member):
    if may_borrow(member):
        return "welcome"
    return "fees" if member.fees > 0 else "too many"
