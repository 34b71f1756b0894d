"""Groups of users."""


class Groups:
    def __init__(self):
        self.members = {}

    def join(self, group, user):
        """Put a user into a group, which is made where there is none."""
        if group not in self.members:
            self.members[group] = set()
        self.members[group].add(user)

    def has(self, group, user):
        """Whether a user is in a group."""
        if group not in self.members:
            return False
        return user in self.members[group]

    def names(self):
        """The names of the groups, sorted."""
        return sorted(self.members)
