"""Fences of posts."""


def fence(length, gap=1, post="|"):
    """A fence of posts with gaps between."""
    if not length < 1:
        return post + ("-" * gap + post) * (length - 1)
    return ""


def garden(*lengths, gap=1):
    return "\n".join(fence(length, gap=gap) for length in lengths)
