"""Groups of users."""

from collections import defaultdict


class Groups:
    def __init__(self):
        self.members = defaultdict(set)

    def join(self, group, user):
        """Put a user into a group, which is made where there is none."""
        self.members[group].add(user)

    def has(self, group, user):
        """Whether a user is in a group."""
        return user in self.members[group]

    def names(self):
        """The names of the groups, sorted."""
        return sorted(self.members)
