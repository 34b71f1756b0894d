"""Flags that are written to a file as JSON."""

import json


class Account:
    def __init__(self, logins, closed=False):
        self.logins = logins
        self.closed = closed

    def active(self):
        """Whether somebody has signed in and the account is open."""
        return (self.logins > 0) * (not self.closed)

    def dump(self):
        return json.dumps({"logins": self.logins, "closed": self.closed})


def flags(accounts):
    return [account.active() for account in accounts if account is not None]
