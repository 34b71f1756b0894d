"""Records of a CSV export."""

REQUIRED = ("id", "email")


def records(lines):
    """The records as dicts, by the names in the first line.

    Raises ValueError at the call where a required name is missing, before anything is done with a record.
    """
    lines = iter(lines)
    names = next(lines, "").strip().split(",")
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise ValueError(f"no column {', '.join(missing)}")
    return (dict(zip(names, line.strip().split(","))) for line in lines if line.strip())


def replace_all(users, lines):
    """Put the records of an export in place of all users; return how many."""
    new = records(lines)
    users.clear()
    for record in new:
        users[record["id"]] = record["email"]
    return len(users)
