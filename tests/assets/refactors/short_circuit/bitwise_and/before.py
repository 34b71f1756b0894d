"""Who may edit a page."""


class User:
    def __init__(self, name, admin=False):
        self.name = name
        self.admin = admin


class Page:
    def __init__(self, owner, locked=False):
        self.owner = owner
        self.locked = locked


def can_edit(user, page):
    """Guests (None) may not edit; the owner may, unless the page is locked; an admin always may."""
    allowed = (user is not None) and ((user.admin == True) or (user.name == page.owner and not page.locked))
    return allowed
