"""Fences of posts."""


def fence(length, post="|", gap=1):
    """A fence of posts with gaps between."""
    if length < 1:
        return ""
    return post + ("-" * gap + post) * (length - 1)


def garden(*lengths, gap=1):
    return "\n".join(fence(length, gap=gap) for length in lengths)
