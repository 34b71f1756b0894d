"""An account whose bank takes its time."""

import asyncio


class Account:
    def __init__(self, balance):
        self.balance = balance

    async def approve(self, amount):
        await asyncio.sleep(0)
        return amount > 0

    async def withdraw(self, amount):
        """Take the amount if the bank approves and it is there; whether it was."""
        approved = (await self.approve(amount))
        balance = self.balance
        if not approved or balance < amount:
            return False
        self.balance = balance - amount
        return True
