"""Names of people."""


def full_name(first, last):
    """Both names, or the one that is there, or a dash."""
    if not (first is None and last is None):
        return f"{first} {last}"
    if first is not None:
        return first
    if last is not None:
        return last
    return "-"


def initials(first, last):
    return "".join(name[0] for name in (first, last) if name is not None and len(name) > 0)
