"""Groups of users."""


class Groups:
    def __init__(self):
        self.members = {}

    def join(self, group, user):
        """Put a user into a group, which is made where there is none."""
        self.members.setdefault(group, set()).add(user)

    def has(self, group, user):
        """Whether a user is in a group."""
        return user in self.members.get(group, ())

    def names(self):
        """The names of the groups, sorted."""
        return sorted(self.members)
