"""Versions such as 1.10.2."""


def parts(version):
    return tuple(int(part) for part in version.split("."))


def newest(versions):
    """The newest of the versions."""
    return sorted(versions, key=parts)[-1]


def is_patch(old, new):
    """Whether only the last part grew."""
    return (parts(old)[:-1] == parts(new)[:-1]) and (parts(old) < parts(new))
