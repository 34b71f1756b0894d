"""Which posts are shown."""


class Post:
    def __init__(self, author, public=False, draft=False):
        self.author = author
        self.public = public
        self.draft = draft


def visible(post, user):
    """Drafts are shown to nobody; other posts to their author, and to all if public."""
    return (post.public or post.author == user) and not post.draft


def shown(posts, user=None):
    return [post.author for post in posts if (visible(post, user))]
