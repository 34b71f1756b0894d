"""Teams."""


class Team:
    def __init__(self, *members):
        self._members = list(members)

    def join(self, member):
        if member in self._members:
            return False
        self._members.append(member)
        return True

    def members(self):
        """The members, as a list that the caller may change."""
        return self._members[:]

    def __len__(self):
        return len(self._members)
