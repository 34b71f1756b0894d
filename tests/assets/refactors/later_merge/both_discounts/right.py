"""Prices in cents."""


def price(cents, quantity, member=False):
    """The price of some items: from 10 on 5 % less, for members 100 less from 2000 on."""
    total = cents * quantity
    if quantity >= 10:
        total -= total * 5 // 100
    if member and total >= 2000:
        total -= 100
    return total


def receipt(lines, member=False):
    """Lines of text for (name, cents, quantity), and the sum."""
    texts, total = [], 0
    for name, cents, quantity in lines:
        cost = price(cents, quantity, member)
        total += cost
        texts.append(f"{quantity} x {name}: {cost / 100:.2f}")
    texts.append(f"Sum: {total / 100:.2f}")
    return texts
